#!/usr/bin/env python3
"""Whether an adapter that Solera wrote is the same policy in PEFT: log-likelihoods of texts, ours and theirs.

    bin/solera score --input TEXTS.csv --rewards 'fluency(model=ADAPTER)' --output SCORED.csv
    peft_roundtrip.py BASE ADAPTER SCORED.csv [COLUMN]

reads the model folder BASE with from_pretrained and ADAPTER on it with PeftModel.from_pretrained, and computes the mean
log-probability per token, the end token included, of every text of COLUMN (default smiles): with the adapter, after
merge_and_unload, and without it. It prints the largest differences from the column fluency, and ends with 1 where the
adapter's is above 1e-4. It needs torch, transformers and peft.
"""

import csv
import sys

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast


def means(model, texts):
    with torch.no_grad():
        return [
            torch.log_softmax(model(ids).logits[0, :-1], -1).gather(-1, ids[0, 1:, None]).mean().item() for ids in texts
        ]


def greatest(ours, theirs):
    return max(abs(a - b) for a, b in zip(ours, theirs))


def main(base, adapter, scored, column="smiles"):
    tokenizer = PreTrainedTokenizerFast.from_pretrained(base)
    ours, texts = [], []
    with open(scored, newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if row["fluency_status"] == "ok":
                ids = tokenizer(row[column], add_special_tokens=False)["input_ids"]
                texts.append(torch.tensor([[tokenizer.bos_token_id] + ids + [tokenizer.eos_token_id]]))
                ours.append(float(row["fluency"]))
    bare = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32).eval()
    without = greatest(ours, means(bare, texts))
    adapted = PeftModel.from_pretrained(bare, adapter).eval()
    numbers = sum(tensor.numel() for name, tensor in adapted.named_parameters() if "lora_" in name)
    beside = greatest(ours, means(adapted, texts))
    merged = greatest(ours, means(adapted.merge_and_unload(), texts))
    print(
        f"{len(texts)} texts, {numbers} numbers in the adapter; largest difference in nats per token: "
        f"{beside:.1e} with the adapter, {merged:.1e} merged, {without:.1e} without it"
    )
    return 0 if texts and beside < 1e-4 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
