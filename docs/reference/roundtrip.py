#!/usr/bin/env python3
"""Whether a policy that Solera wrote is the same model in transformers: log-likelihoods of texts, ours and theirs.

    bin/solera score --input TEXTS.csv --rewards 'fluency(model=POLICY)' --output SCORED.csv
    roundtrip.py POLICY SCORED.csv [COLUMN]

reads the model folder with from_pretrained, computes the mean log-probability per token, the end token included, of
every text of COLUMN (default smiles), and prints how far it is from the column fluency at most. It needs torch and
transformers.
"""

import csv
import sys

import torch
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast


def main(policy, scored, column="smiles"):
    model = AutoModelForCausalLM.from_pretrained(policy, dtype=torch.float32).eval()
    tokenizer = PreTrainedTokenizerFast.from_pretrained(policy)
    greatest, count, sum_of_squares = 0.0, 0, 0.0
    with open(scored, newline="", encoding="utf-8") as rows, torch.no_grad():
        for row in csv.DictReader(rows):
            if row["fluency_status"] != "ok":
                continue
            ids = tokenizer(row[column], add_special_tokens=False)["input_ids"]
            text = torch.tensor([[tokenizer.bos_token_id] + ids + [tokenizer.eos_token_id]])
            logs = torch.log_softmax(model(text).logits[0, :-1], -1)
            mean = logs.gather(-1, text[0, 1:, None]).mean().item()
            greatest = max(greatest, abs(mean - float(row["fluency"])))
            sum_of_squares += mean * mean
            count += 1
    print(
        f"{count} texts, root mean square {(sum_of_squares / count) ** 0.5:.4f} nats per token, "
        f"largest difference {greatest:.1e}"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
