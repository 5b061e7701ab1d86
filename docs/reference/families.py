#!/usr/bin/env python3
"""Tiny random models of every family with what transformers computes of them: the golden files of TestFamilies.

    families.py FOLDER

writes FOLDER/<family>/ with config.json and model.safetensors (one model in bfloat16 shards), and golden.safetensors:
  ids             [B, T] token ids, as numbers
  hidden, logits  of these ids, after the last norm and after the output matrix
  greedy          [B, 12] the most likely continuation, generated with cached keys and values
  prompt, prompt_greedy, prompt_log_probabilities
                  prompts of 3, 5 and 9 tokens (0 fills up), padded on the left for transformers' generate: the most
                  likely continuation of each, and its tokens' log-probabilities
  gradient.<name> of the sum of the log-likelihoods of ids[:, 1:], for every tensor
It needs torch and transformers.
"""

import os
import sys

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, GPT2Config, LlamaConfig, MistralConfig, Qwen2Config, Qwen3Config

SHAPE = dict(
    vocab_size=24,
    hidden_size=16,
    intermediate_size=24,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=32,
    bos_token_id=1,
    eos_token_id=2,
    pad_token_id=0,
)
LLAMA3 = dict(
    rope_type="llama3",
    rope_theta=500000.0,
    factor=8.0,
    low_freq_factor=1.0,
    high_freq_factor=4.0,
    original_max_position_embeddings=16,
)
FAMILIES = {
    "gpt2": GPT2Config(
        vocab_size=24, n_positions=32, n_embd=16, n_layer=2, n_head=4, bos_token_id=1, eos_token_id=2, pad_token_id=0
    ),
    "llama": LlamaConfig(**SHAPE, tie_word_embeddings=False, rope_parameters=LLAMA3),
    "mistral": MistralConfig(
        **SHAPE,
        sliding_window=None,
        tie_word_embeddings=False,
        rope_parameters=dict(rope_type="linear", rope_theta=10000.0, factor=2.0)
    ),
    "qwen2": Qwen2Config(**SHAPE, tie_word_embeddings=True),
    "qwen3": Qwen3Config(**SHAPE, head_dim=6, tie_word_embeddings=True),
    "shards": LlamaConfig(**SHAPE, tie_word_embeddings=True),
}


def prompted(model, ids):
    lengths = (3, 5, 9)
    padded, mask, plain = torch.zeros_like(ids), torch.zeros_like(ids), torch.zeros_like(ids)
    for row, length in enumerate(lengths):
        padded[row, 9 - length :] = ids[row, :length]
        mask[row, 9 - length :] = 1
        plain[row, :length] = ids[row, :length]
    model.generation_config.eos_token_id = None
    out = model.generate(
        padded,
        attention_mask=mask,
        do_sample=False,
        max_new_tokens=12,
        pad_token_id=0,
        output_logits=True,
        return_dict_in_generate=True,
    )
    tokens = out.sequences[:, 9:]
    logits = torch.stack(out.logits, 1)
    chosen = torch.log_softmax(logits, -1).gather(-1, tokens[:, :, None])[:, :, 0]
    return {"prompt": plain.float(), "prompt_greedy": tokens.float(), "prompt_log_probabilities": chosen.detach()}


def main(folder):
    for number, (name, config) in enumerate(FAMILIES.items()):
        torch.manual_seed(number)
        model = AutoModelForCausalLM.from_config(config, attn_implementation="eager").eval()
        for tensor in model.parameters():
            tensor.data.add_(0.2 * torch.randn_like(tensor))
        path = os.path.join(folder, name)
        if name == "shards":
            model.to(torch.bfloat16).save_pretrained(path, max_shard_size="5KB")
            # read again: casting back would leave the rotary frequencies rounded to bfloat16
            model = AutoModelForCausalLM.from_pretrained(path, dtype=torch.float32, attn_implementation="eager").eval()
        else:
            model.save_pretrained(path)
        for extra in ("generation_config.json",):
            if os.path.exists(os.path.join(path, extra)):
                os.remove(os.path.join(path, extra))
        ids = torch.randint(3, 24, (3, 9))
        base = model.transformer if name == "gpt2" else model.model
        hidden = base(ids).last_hidden_state
        logits = model(ids).logits
        chosen = torch.log_softmax(logits[:, :-1], -1).gather(-1, ids[:, 1:, None])
        chosen.sum().backward()
        golden = {"ids": ids.float(), "hidden": hidden.detach(), "logits": logits.detach()}
        text = ids
        past = None
        step = ids
        for _ in range(12):
            out = model(step, past_key_values=past, use_cache=True)
            past = out.past_key_values
            step = out.logits[:, -1].argmax(-1, keepdim=True)
            text = torch.cat([text, step], 1)
        golden["greedy"] = text[:, 9:].float()
        golden.update(prompted(model, ids))
        for tensor_name, tensor in model.named_parameters():
            golden["gradient." + tensor_name] = tensor.grad
        save_file({key: value.contiguous() for key, value in golden.items()}, os.path.join(path, "golden.safetensors"))


if __name__ == "__main__":
    main(sys.argv[1])
