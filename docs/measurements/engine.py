#!/usr/bin/env python3
"""transformers' part of engine.sh, on one thread.

engine.py make FOLDER TOKENIZER    two untrained policies whose lengths vary; TOKENIZER is the folder of the prior that
                                   ships with Solera
engine.py train FOLDER TOKENIZER TEXTS    the same shapes (4 heads for the second) trained for three epochs on the
                                          column smiles of a CSV, so that lengths vary as molecules'
                                          do; TEXTS such as: bin/solera sample --count 2000 --seed 5 --output TEXTS
engine.py sample FOLDER SECONDS BATCH ATTENTION    samples per second, 100 new tokens at most (ATTENTION: sdpa or eager)

A random policy would end at every place alike. Here the position embeddings turn over around token 38 along one
direction, which the embedding of the end token shares, so that few samples are short; engine.sh prints the mean length,
and how long the longest is.
"""

import csv
import pathlib
import shutil
import statistics
import sys
import time

import torch
from transformers import AutoModelForCausalLM, GPT2Config, PreTrainedTokenizerFast

LONGEST = 100
BEGIN, END, PAD = 1, 2, 0
SHAPES = {
    "qm9": dict(vocab_size=40, n_layer=3, n_embd=768, n_head=12, n_inner=2048),
    "small": dict(vocab_size=40, n_layer=6, n_embd=256, n_head=8, n_inner=1024),
}


def make(folder, tokenizer):
    for name, shape in SHAPES.items():
        torch.manual_seed(1)
        model = AutoModelForCausalLM.from_config(
            GPT2Config(n_positions=128, bos_token_id=BEGIN, eos_token_id=END, pad_token_id=PAD, **shape)
        )
        width = shape["n_embd"]
        turn = torch.randn(width)
        turn = (turn - turn.mean()) / (turn - turn.mean()).norm()
        with torch.no_grad():
            places = torch.arange(128.0)
            model.transformer.wpe.weight += 3 * torch.tanh((places - 38) / 16)[:, None] * turn
            model.transformer.wte.weight[END] += 4 / width**0.5 * turn
        model.save_pretrained(folder / name)
        for file in ("tokenizer.json", "tokenizer_config.json"):
            shutil.copy(tokenizer / file, folder / name / file)


def train(folder, tokenizer, texts):
    reader = PreTrainedTokenizerFast.from_pretrained(tokenizer)
    with open(texts, newline="", encoding="utf-8") as rows:
        ids = [
            [BEGIN, *reader(row["smiles"], add_special_tokens=False)["input_ids"], END] for row in csv.DictReader(rows)
        ]
    order = sorted(range(len(ids)), key=lambda k: len(ids[k]))
    batches = [order[k : k + 32] for k in range(0, len(order), 32)]
    for name, shape in SHAPES.items():
        torch.manual_seed(1)
        shape = dict(shape, n_head=4) if name == "small" else shape
        model = AutoModelForCausalLM.from_config(
            GPT2Config(
                n_positions=128,
                bos_token_id=BEGIN,
                eos_token_id=END,
                pad_token_id=PAD,
                resid_pdrop=0,
                attn_pdrop=0,
                embd_pdrop=0,
                **shape,
            )
        )
        optimizer = torch.optim.AdamW(model.parameters(), lr=5e-4)
        for _ in range(3):
            for batch in [batches[k] for k in torch.randperm(len(batches)).tolist()]:
                longest = max(len(ids[k]) for k in batch)
                rows = torch.tensor([ids[k] + [PAD] * (longest - len(ids[k])) for k in batch])
                logits = model(rows).logits[:, :-1]
                loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), rows[:, 1:].flatten(), ignore_index=PAD)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
        model.save_pretrained(folder / name)
        for file in ("tokenizer.json", "tokenizer_config.json"):
            shutil.copy(tokenizer / file, folder / name / file)


def sample(folder, seconds, batch, attention):
    torch.set_num_threads(1)
    model = AutoModelForCausalLM.from_pretrained(folder, attn_implementation=attention).eval()
    begin = torch.full((batch, 1), BEGIN)
    wall, cpu, lengths = [], [], []
    begun = time.perf_counter()
    repeat = 0
    while repeat < 3 or time.perf_counter() - begun < seconds:
        torch.manual_seed(repeat)
        before = time.perf_counter(), time.thread_time()
        with torch.inference_mode():
            drawn = model.generate(
                begin,
                attention_mask=torch.ones_like(begin),
                do_sample=True,
                top_k=0,
                top_p=1.0,
                temperature=1.0,
                max_new_tokens=LONGEST,
            )[:, 1:]
        after = time.perf_counter(), time.thread_time()
        repeat += 1
        if repeat > 1:
            wall.append(batch / (after[0] - before[0]))
            cpu.append(batch / (after[1] - before[1]))
            ended = drawn == END
            lengths += [int(row.nonzero()[0]) + 1 if row.any() else LONGEST for row in ended]
    print(
        f"transformers-{attention} {statistics.median(cpu):.1f} {statistics.median(wall):.1f}"
        f" {statistics.mean(lengths):.1f} {max(lengths)}"
    )


if sys.argv[1] in ("make", "train"):
    {"make": make, "train": train}[sys.argv[1]](*map(pathlib.Path, sys.argv[2:]))
else:
    sample(sys.argv[2], float(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
