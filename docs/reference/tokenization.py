#!/usr/bin/env python3
"""Token ids of transformers for tricky texts: the golden files of TestTokenizers.

    tokenization.py FOLDER

FOLDER/hub/<name>/ gets small tokenizers of the kinds of GPT-2, Llama 3, Llama 2 and of SentencePiece's Unigram, trained
on the lines below. Every folder with a tokenizer.json, also those that the program wrote into FOLDER/words/, gets
golden.json: texts, their ids without special tokens, and the texts of ids with special tokens left out. It needs
transformers.
"""

import json
import os
import sys

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

CORPUS = [
    "The solera ages wine in separate casks.",
    "A part of each cask is drawn, blended and poured back.",
    "It's what we've done, and they'll do 12 or 345 times more.",
    "Na\u00efve caf\u00e9s sold cr\u00e8me br\u00fbl\u00e9e in Z\u00fcrich.",
    "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ",
    "def blend(casks):\n    return sum(casks) / len(casks)\n",
] * 4
TEXTS = [
    "The solera ages wine.",
    " leading and  two  spaces ",
    "caf\u00e9 cr\u00e8me \u2013 na\u00efve",
    "emoji \U0001f377\U0001f468\u200d\U0001f52c!",
    "line\nbreak\r\n\n\ttab",
    "12 345 6789",
    "we've they'LL don't",
    "\u00a0\u3000wide",
    "\u4f60\u597d \u0645\u0631\u062d\u0628\u0627",
    "MKTAYIAK",
    "a <|end|> b</s>",
    "x" * 700,
    "e\u0301 \ufb01",
    "",
    "hello , world . ' s",
]
WORDS = {
    "smiles": ["CC(=O)Oc1ccccc1C(=O)O", "C[C@@H](N)CBr", "[NH3+]CCl", ""],
    "amino-acids": ["MKTAYIAKQRQISFVK", "MSEQ*"],
    "kmers": ["ACGTACGTA", "ACGTNACGTACG", "NNACG", "ACGTTGCA"],
    "bytes": [text for text in TEXTS if "<|" not in text],
}


def specials(*names):
    return [AddedToken(name, special=True, normalized=False) for name in names]


def gpt2():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(
        CORPUS,
        trainers.BpeTrainer(
            vocab_size=300,
            special_tokens=specials("<|end|>"),
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    return tokenizer, dict(bos_token="<|end|>", eos_token="<|end|>")


def llama3():
    tokenizer = Tokenizer(models.BPE(ignore_merges=True))
    words = Regex(
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|"
        " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(words, "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(
        CORPUS,
        trainers.BpeTrainer(vocab_size=300, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False),
    )
    tokenizer.add_special_tokens(specials("<|begin|>", "<|end|>", "<|turn|>"))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<|begin|> $A", special_tokens=[("<|begin|>", tokenizer.token_to_id("<|begin|>"))]
    )
    return tokenizer, dict(bos_token="<|begin|>", eos_token="<|end|>")


def llama2():
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("\u2581"), normalizers.Replace(" ", "\u2581")])
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("\u2581", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    tokenizer.train_from_iterator(
        CORPUS,
        trainers.BpeTrainer(
            vocab_size=380,
            special_tokens=specials("<unk>", "<s>", "</s>") + [f"<0x{b:02X}>" for b in range(256)],
            show_progress=False,
        ),
    )
    fields = json.loads(tokenizer.to_str())
    fields["added_tokens"] = [token for token in fields["added_tokens"] if token["id"] < 3]
    return Tokenizer.from_str(json.dumps(fields)), dict(bos_token="<s>", eos_token="</s>", unk_token="<unk>")


def unigram():
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.train_from_iterator(
        CORPUS,
        trainers.UnigramTrainer(
            vocab_size=200, special_tokens=specials("<pad>", "</s>", "<unk>"), unk_token="<unk>", show_progress=False
        ),
    )
    return tokenizer, dict(eos_token="</s>", pad_token="<pad>", unk_token="<unk>")


def golden(folder, texts):
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder)
    plain = lambda ids: tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False)
    rows = []
    for text in texts:
        ids = tokenizer(text, add_special_tokens=False)["input_ids"]
        rows.append(
            {
                "text": text,
                "ids": ids,
                "decoded": plain(ids),
                "first": plain(ids[:1]),
                "last": plain(ids[-1:]),
                "framed": plain([tokenizer.eos_token_id] + ids + [tokenizer.eos_token_id]),
            }
        )
    with open(os.path.join(folder, "golden.json"), "w") as out:
        json.dump(rows, out, indent=0)


def main(folder):
    for kind in (gpt2, llama3, llama2, unigram):
        tokenizer, named = kind()
        path = os.path.join(folder, "hub", kind.__name__)
        PreTrainedTokenizerFast(
            tokenizer_object=tokenizer, clean_up_tokenization_spaces=False, **named
        ).save_pretrained(path)
        golden(path, TEXTS)
    for name, texts in WORDS.items():
        path = os.path.join(folder, "words", name)
        if os.path.exists(path):
            golden(path, texts)


if __name__ == "__main__":
    main(sys.argv[1])
