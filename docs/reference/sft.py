#!/usr/bin/env python3
"""Supervised fine-tuning as transformers computes it: the golden files of TestSupervisedTuning.

    sft.py FOLDER
    sft.py FOLDER ADAPTER

FOLDER gets a tiny random Llama with a byte-level tokenizer, examples.csv, and golden.json: the loss and the gradient's
norm of each step of AdamW on all examples at once. The loss is the mean negative log-likelihood of the completions'
tokens and of the end token after them; labels of prompts are -100, as TRL's SFTTrainer sets them. It needs torch and
transformers.

With ADAPTER, the policy/ of round 0 of a run of solera sft with lora on FOLDER, FOLDER gets golden-lora.json: the same
numbers where PEFT trains that adapter on the Llama that is there. It needs peft as well.
"""

import csv
import json
import os
import sys

import torch
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from tokenization import gpt2

EXAMPLES = [(f"What is {a} plus {b}? ", f"It is {a + b}" + "!" * (a % 3)) for a in range(2, 6) for b in (3, 7, 40)]
STEPS = 6


def make(folder):
    os.makedirs(folder, exist_ok=True)
    tokenizer, named = gpt2()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=tokenizer, clean_up_tokenization_spaces=False, **named)
    end = tokenizer.eos_token_id
    torch.manual_seed(5)
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer) + 4,
            hidden_size=16,
            intermediate_size=24,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            max_position_embeddings=64,
            bos_token_id=end,
            eos_token_id=end,
            tie_word_embeddings=True,
            attn_implementation="eager",
        )
    )
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    with open(os.path.join(folder, "examples.csv"), "w", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["question", "answer"])
        rows.writerows(EXAMPLES)
    return model, tokenizer


def batch(tokenizer):
    end = tokenizer.eos_token_id
    prompts = [[end] + tokenizer(prompt)["input_ids"] for prompt, _ in EXAMPLES]
    learned = [tokenizer(completion)["input_ids"] + [end] for _, completion in EXAMPLES]
    longest = max(len(a) + len(b) for a, b in zip(prompts, learned))
    ids = torch.full((len(EXAMPLES), longest), end)
    labels = torch.full((len(EXAMPLES), longest), -100)
    mask = torch.zeros((len(EXAMPLES), longest), dtype=torch.long)
    for row, (prompt, tokens) in enumerate(zip(prompts, learned)):
        both = torch.tensor(prompt + tokens)
        ids[row, : len(both)] = both
        mask[row, : len(both)] = 1
        labels[row, len(prompt) : len(both)] = both[len(prompt) :]
    return {"input_ids": ids, "attention_mask": mask, "labels": labels}


def train(model, examples, rate, file):
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=rate, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.1)
    steps = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = model(**examples).loss
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(trained, 0.5)
        optimizer.step()
        steps.append({"loss": loss.item(), "gradient_norm": norm.item()})
    with open(file, "w") as out:
        json.dump(steps, out, indent=1)


def main(folder, adapter=None):
    if adapter is None:
        model, tokenizer = make(folder)
        train(model, batch(tokenizer), 5e-3, os.path.join(folder, "golden.json"))
        return
    from peft import PeftModel

    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder)
    model = LlamaForCausalLM.from_pretrained(folder, attn_implementation="eager")
    model = PeftModel.from_pretrained(model, adapter, is_trainable=True)
    train(model, batch(tokenizer), 2e-2, os.path.join(folder, "golden-lora.json"))


if __name__ == "__main__":
    main(*sys.argv[1:])
