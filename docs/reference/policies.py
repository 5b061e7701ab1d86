#!/usr/bin/env python3
"""Untrained policies of given shapes, to measure with: policies.py FOLDER, from the root of the repository.

writes, with the seed 1:
  qm9    GPT-2, 3 layers, 768 wide, inner 2048, 12 heads, vocabulary 40: the molecule policy of Ghari, Sciabola and Wang
         (2025); the prior's tokenizer
  dna    GPT-2, 6 layers, 256 wide, 4 heads, 128 positions, words of 4 bases: their DNA policy
  text   Llama 3.2 3B's width, heads, inner width and vocabulary (3072, 24 and 8, 8192, 128256) with 1 of its 28 layers:
         their text policy, cut to what a machine with 24 GiB trains in float32
  llama  Llama, 8 layers, 512 wide, 8 and 4 heads, inner 1408, 23.8 million parameters; a byte-level tokenizer of 303
         tokens
It needs torch and transformers.
"""

import os
import shutil
import sys

import torch
from transformers import AutoModelForCausalLM, GPT2Config, LlamaConfig

TOKENIZERS = "model-runtime/src/test/resources/io/solera/checkpoint/tokenizers/"
WORDS = dict(bos_token_id=1, eos_token_id=2, pad_token_id=0)
BYTES = dict(bos_token_id=300, eos_token_id=301, pad_token_id=301)
POLICIES = {
    "qm9": (
        "spark-jobs/src/main/resources/io/solera/prior",
        GPT2Config(vocab_size=40, n_layer=3, n_embd=768, n_head=12, n_inner=2048, n_positions=1024, **WORDS),
    ),
    "dna": (
        TOKENIZERS + "words/kmers",
        GPT2Config(vocab_size=265, n_layer=6, n_embd=256, n_head=4, n_positions=128, **WORDS),
    ),
    "text": (
        TOKENIZERS + "hub/llama3",
        LlamaConfig(
            vocab_size=128256,
            hidden_size=3072,
            intermediate_size=8192,
            num_hidden_layers=1,
            num_attention_heads=24,
            num_key_value_heads=8,
            head_dim=128,
            max_position_embeddings=131072,
            tie_word_embeddings=True,
            rope_parameters=dict(
                rope_type="llama3",
                rope_theta=500000.0,
                factor=32.0,
                low_freq_factor=1.0,
                high_freq_factor=4.0,
                original_max_position_embeddings=8192,
            ),
            **BYTES
        ),
    ),
    "llama": (
        TOKENIZERS + "hub/llama3",
        LlamaConfig(
            vocab_size=304,
            hidden_size=512,
            intermediate_size=1408,
            num_hidden_layers=8,
            num_attention_heads=8,
            num_key_value_heads=4,
            max_position_embeddings=512,
            tie_word_embeddings=True,
            **BYTES
        ),
    ),
}


def main(folder):
    for name, (tokenizer, config) in POLICIES.items():
        torch.manual_seed(1)
        path = os.path.join(folder, name)
        model = AutoModelForCausalLM.from_config(config)
        model.save_pretrained(path)
        for file in ("tokenizer.json", "tokenizer_config.json"):
            shutil.copy(os.path.join(tokenizer, file), path)
        print(name, sum(tensor.numel() for tensor in model.parameters()), "parameters")


if __name__ == "__main__":
    main(sys.argv[1])
