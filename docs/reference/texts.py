#!/usr/bin/env python3
"""Reference values for the tests of the text rewards, with sacreBLEU, rouge_score, textstat and Python's own json and
re as judges.

    texts.py FOLDER DATA      writes texts.jsonl.gz for `./mvnw -Preference -Dsolera.reference.data=FOLDER`
    texts.py FOLDER DATA --golden
                              writes golden.jsonl: the texts below, for the folder of test resources

reads text_cmudict.zip (which textstat asks for) and, for the first form, text_scitldr_abstracts.jsonl.gz,
text_sentence_polarity.zip, text_movie_reviews.zip and text_qa_feedback_dev.json.gz of DATA. A line is {"kind", "text",
"reference", "values"}: values by the call of the reward, null where it has none. The same versions of the judges write
the same lines on every run.
"""

import gzip
import json
import os
import random
import re
import sys
import zipfile

import nltk
import sacrebleu
import textstat
from rouge_score import rouge_scorer
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

ROUGE = ["rouge1", "rouge2", "rougeL"]
SCORERS = {stemmer: rouge_scorer.RougeScorer(ROUGE, use_stemmer=stemmer == "yes") for stemmer in ("no", "yes")}
MEASURES = {"f": "fmeasure", "precision": "precision", "recall": "recall"}
TOKENIZER = Tokenizer13a()
# Python backtracks: it gets an expression of the same meaning for the one that would take it for ever.
PLAIN = {"(a+)+b": "a+b"}
PATTERNS = [
    ("(?i)(model|network)s?", "part"),
    (r"[0-9]+(\.[0-9]+)?%", "part"),
    (r"\b[A-Z]{2,}\b", "part"),
    ("(a+)+b", "part"),
    ("[^a-z]*[a-zA-Z ,'-]+[.]", "whole"),
    (r"(?s)<think>.*</think>\s*<answer>.*</answer>", "whole"),
]
SET = ["The cat sat on the mat.", "A dog, and another dog!", "We propose a simple model of language."]

# Sentences of our own, and what makes tokenizers differ.
PAIRS = [
    ("The cat sat on the mat.", "The cat sat on the mat."),
    ("The cat sat on the mat.", "The dog lay on the mat."),
    ("the the the the the the the", "The cat is on the mat"),
    ("It costs $1,234.56 (about 3.5% more)!", "It cost $1,234.56, 3.5 % more."),
    ("Wait... what?! No--never; 10-20, 3-D, e.g., U.S.A.", "Wait, what? Never: 10 - 20 3D e.g. USA"),
    ("&quot;A &amp;lt; B&quot; &lt;skipped&gt; <skipped> done", '"A < B" done'),
    ("A line that is broken-\nup and one\nthat is not.  ", "A line that is brokenup and one that is not."),
    ("She said: \"It's John's, isn't it?\" They'd agreed.", "She said it is John's, is it not? They agreed."),
    (
        "Running runners ran easily; the relational databases were generalized happily.",
        "The runner runs with ease; relations of a database generalize happy.",
    ),
    (
        "Skies dying lying ties news innings; agreed, feed, plastered, hopping, falling, hissing.",
        "Sky die lie tie new inning agree fed plaster hop fall hiss.",
    ),
    (
        "conformably radically differently vilely analogously digitizer predication operator feudalism",
        "decisiveness hopefulness callousness formality sensitivity sensibility",
    ),
    (
        "Geology and theology are logically controlled, rolling; cease, rate, probate; enjoying flies.",
        "geologies theological logic control roll ceasing rating probation enjoy fly",
    ),
    (
        "Na\u00efve caf\u00e9 \u2014 d\u00e9j\u00e0 vu\u2026 \u00fcber-cool \u0130stanbul \u212aelvin",
        "Naive cafe deja vu, uber cool Istanbul Kelvin",
    ),
    (
        (
            "\u4f60\u597d\uff0c\u4e16\u754c\u3002 \u3053\u3093\u306b\u3061\u306f \u0645\u0631\u062d\u0628\u0627"
            " \u0928\u092e\u0938\u094d\u0924\u0947"
        ),
        "\u4f60\u597d\uff0c\u4e16\u754c\u3002",
    ),
    ("\U0001f600 smile\u00a0and\u2003wide\u3000spaces \U0001d11e \u00bd \u2163 \u0661\u0662", "smile and wide spaces"),
    ("under_score a_b_c _x_ 'quoted' ''twice'' rock 'n' roll", "under score abc x quoted twice rock and roll"),
    ("", "The cat sat on the mat."),
    ("   \n\t ", "The cat"),
    ("?!... ---", "The cat"),
    ("Word", "Word"),
    ("Two words", "Two other words here"),
    (
        "a b c d e f g h i j k l m n o p q r s t u v w x y z " * 3,
        "z y x w v u t s r q p o n m l k j i h g f e d c b a " * 3,
    ),
    ("A short one. A short one. A short two! Is it short? It is a short one.", "A short one."),
    (
        "We propose a simple model. We train the model on text. The model is simple and the text is plain.",
        "A simple model is trained on text.",
    ),
    ("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", "A platypus is a mammal."),
    ("This sentence has been written so that people can read it with ease. It is not a hard one.", "An easy sentence."),
    ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaab"),
    ("<think>2 + 2 is 4</think>\n<answer>4</answer>", "4"),
    ('{"name": "A", "age": 3}', '{"name": "A"}'),
    ('{"name": 1, "ag\\u0065": [1, -0.5e+3, true, false, null, "\\ud83d\\ude00 \\n"], "x": {}}', "json"),
    ('[{"name": 1, "age": 2}]', "json"),
    ('{"name": {"age": 1}}', "json"),
]
JSONS = [
    "0",
    "-0",
    "01",
    "1.",
    ".5",
    "+1",
    "1e5",
    "1E+",
    "-",
    "1.5e-3",
    "true",
    "True",
    "nul",
    "null ",
    "NaN",
    "Infinity",
    '"a"',
    "'a'",
    '"a\nb"',
    '"\\x"',
    '"\\u12g4"',
    '"\\ud800"',
    '"tab\there"',
    '"\u2028"',
    "[]",
    "[ ]",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1],",
    "{}",
    "{,}",
    '{"a":1,}',
    '{"a" 1}',
    "{a:1}",
    '{"a":1 "b":2}',
    '{"a":1}}',
    "[[[[]]]]",
    "[[[[]]]",
    "[}",
    "{]",
    "\ufeff1",
    "\u00a01",
    "1\f",
    '{"a":{"b":[{"c":[]}]}}',
    '[1, {"a": [2, {"b": 3}]}, []]',
    '"',
    '"\\',
    "tru",
    "[true,false]",
    '["]"]',
    "1 // one",
    '{"name":1,"age":2,"name":3}',
]


def grams(tokens, n):
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]


def distinct(tokens, n):
    found = grams(tokens, n)
    return len(set(found)) / len(found) if found else None


def overlong(length, most, cache):
    return 0.0 if length <= most - cache else -1.0 if length > most else (most - cache - length) / cache


def self_bleu(text):
    parts = [part for part in re.split(r"\n|(?<=[.!?])\s", text) if TOKENIZER(part.rstrip())]
    if len(parts) < 2:
        return None
    others = [parts[:i] + parts[i + 1 :] for i in range(len(parts))]
    return sum(sacrebleu.sentence_bleu(part, rest).score for part, rest in zip(parts, others)) / len(parts)


def refuse(constant):
    raise ValueError(constant)


def is_json(text, names=()):
    try:
        value = json.loads(text, parse_constant=refuse)
    except ValueError:
        return 0
    return int(not names or isinstance(value, dict) and all(name in value for name in names))


def alone(text):
    """The values of a text by itself."""
    words = textstat.lexicon_count(text)
    tokens = TOKENIZER(text.rstrip()).split()
    values = {
        "length": words,
        "length(unit=characters)": len(text),
        "overlong(max=200, cache=50)": overlong(words, 200, 50),
        "distinct(n=1)": distinct(tokens, 1),
        "distinct": distinct(tokens, 2),
        "distinct(n=3, unit=characters)": distinct(text, 3),
        "repetition": None if len(tokens) < 4 else 1 - distinct(tokens, 4),
        "reading_ease": textstat.flesch_reading_ease(text) if words else None,
        "reading_grade": textstat.flesch_kincaid_grade(text) if words else None,
        "json": is_json(text),
        "json(names='name age')": is_json(text, ("name", "age")),
    }
    for pattern, match in PATTERNS:
        find = re.compile(PLAIN.get(pattern, pattern), re.ASCII)
        found = find.fullmatch(text) if match == "whole" else find.search(text)
        values["regex(match={}, pattern='{}')".format(match, pattern.replace("'", "''"))] = int(found is not None)
    return values


def beside(text, reference):
    values = {"bleu(reference-column=other)": sacrebleu.sentence_bleu(text, [reference]).score}
    for stemmer, scorer in SCORERS.items():
        for kind, score in scorer.score(reference, text).items():
            for measure, field in MEASURES.items():
                call = f"{kind.lower()}(measure={measure}, reference-column=other, stemmer={stemmer})"
                values[call] = getattr(score, field)
    return values


def mutated(text, rng):
    """Words dropped, doubled and swapped."""
    words = text.split()
    for _ in range(rng.randint(1, 1 + len(words) // 3)):
        if words:
            i = rng.randrange(len(words))
            words[i : i + 1] = rng.choice([[], [words[i]] * 2, [rng.choice(words)]])
    return " ".join(words)


def scrambled(text, rng):
    """Characters replaced by what tokenizers treat differently."""
    odd = (
        "aZ09 .,-'\"!?&;<>_()%\n\t\u00a0\u2003\u2028\u0085\u00e9\u00df\u0130\u03a3\u4e16\u0661\u0301\u200d\u00bd"
        "\U0001f600\u201c\u2019\u2014\u2026"
    )
    characters = list(text)
    for _ in range(rng.randint(1, 1 + len(characters) // 4)):
        i = rng.randrange(len(characters) + 1)
        characters[i : i + rng.randint(0, 2)] = [rng.choice(odd) for _ in range(rng.randint(0, 2))]
    return "".join(characters)


def golden():
    for text, reference in PAIRS:
        set_bleu = {"self_bleu": self_bleu(text), "self_bleu(file=set.txt)": sacrebleu.sentence_bleu(text, SET).score}
        yield "golden", text, reference, alone(text) | beside(text, reference) | set_bleu
    for text in JSONS:
        yield "json", text, "", {"json": is_json(text), "json(names='name age')": is_json(text, ("name", "age"))}


def real(data):
    rng = random.Random(4)
    with gzip.open(os.path.join(data, "text_scitldr_abstracts.jsonl.gz"), "rt", encoding="utf-8") as lines:
        papers = [json.loads(line) for line in lines]
    for paper in papers:
        abstract, summary = " ".join(paper["source"]), paper["target"][0]
        yield (
            "abstract",
            abstract,
            summary,
            alone(abstract) | beside(abstract, summary) | {"self_bleu": self_bleu(abstract)},
        )
        yield "first sentence", paper["source"][0], summary, beside(paper["source"][0], summary)
        odd = scrambled(abstract[:200], rng)
        yield "scrambled", odd, abstract[:200], alone(odd) | beside(odd, abstract[:200]) | {"self_bleu": self_bleu(odd)}
    with zipfile.ZipFile(os.path.join(data, "text_sentence_polarity.zip")) as archive:
        sentences = [
            line.strip()
            for name in sorted(archive.namelist())
            if re.search(r"rt-polarity\.(pos|neg)$", name)
            for line in archive.read(name).decode("latin-1").splitlines()
        ]
    for sentence in sentences:
        other = mutated(sentence, rng)
        yield "sentence", sentence, other, alone(sentence) | beside(sentence, other)
    with zipfile.ZipFile(os.path.join(data, "text_movie_reviews.zip")) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".txt"):
                review = archive.read(name).decode("latin-1")
                yield "review", review, "", alone(review)
    with gzip.open(os.path.join(data, "text_qa_feedback_dev.json.gz"), "rt", encoding="utf-8") as whole:
        for item in json.load(whole):
            text = json.dumps(item, ensure_ascii=rng.random() < 0.5, indent=rng.choice([None, 1]))[:20_000]
            cut = text[: rng.randrange(len(text))]
            i = rng.randrange(len(text))
            odd = text[:i] + rng.choice('{}[]",:\\01\x01 aé') + text[i + rng.randint(0, 1) :]
            for each in (text, cut, odd):
                yield (
                    "json",
                    each,
                    "",
                    {"json": is_json(each), "json(names='name age')": is_json(each, ("name", "age"))},
                )


def main(folder, data, only_golden):
    os.makedirs(os.path.join(folder, "nltk_data", "corpora"), exist_ok=True)
    with zipfile.ZipFile(os.path.join(data, "text_cmudict.zip")) as archive:
        archive.extractall(os.path.join(folder, "nltk_data", "corpora"))
    nltk.data.path.insert(0, os.path.join(folder, "nltk_data"))
    path = os.path.join(folder, "golden.jsonl" if only_golden else "texts.jsonl.gz")
    rows = golden() if only_golden else real(data)
    with (
        open(path, "w", encoding="utf-8") if only_golden else gzip.open(path, "wt", encoding="utf-8", compresslevel=6)
    ) as out:
        for kind, text, reference, values in rows:
            out.write(json.dumps({"kind": kind, "text": text, "reference": reference, "values": values}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "--golden" in sys.argv)
