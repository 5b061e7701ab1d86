#!/usr/bin/env python3
"""LoRA adapters as PEFT makes them on the tiny models of families.py: the golden files of TestAdapters.

    adapters.py FAMILIES

reads FAMILIES/<family>/ (see families.py) and writes FAMILIES/<family>/adapter/ with adapter_config.json,
adapter_model.safetensors and golden.safetensors: logits [3, 9, V] of the family's ids with the adapter, and
gradient.<name> of the sum of the log-likelihoods of ids[:, 1:], for every tensor of the adapter. It needs torch,
transformers and peft.
"""

import json
import os
import sys

import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM

TARGETS = {
    "gpt2": ["c_attn", "c_proj", "c_fc"],
    "llama": ["q_proj", "v_proj", "down_proj"],
    "qwen2": ["q_proj", "o_proj"],
}


def main(folder):
    for number, (family, targets) in enumerate(TARGETS.items()):
        torch.manual_seed(100 + number)
        path = os.path.join(folder, family)
        base = AutoModelForCausalLM.from_pretrained(path, dtype=torch.float32, attn_implementation="eager").eval()
        model = get_peft_model(
            base,
            LoraConfig(
                task_type="CAUSAL_LM",
                r=3,
                lora_alpha=5,
                target_modules=targets,
                fan_in_fan_out=family == "gpt2",
                use_rslora=family == "llama",
                lora_dropout=0.0,
            ),
        )
        for name, tensor in model.named_parameters():
            if "lora_B" in name:
                tensor.data.normal_(0, 0.3)
        adapter = os.path.join(path, "adapter")
        model.save_pretrained(adapter)
        config = os.path.join(adapter, "adapter_config.json")
        with open(config, encoding="utf-8") as file:
            settings = json.load(file)
        settings["base_model_name_or_path"] = family
        settings["target_modules"] = sorted(targets)
        with open(config, "w", encoding="utf-8") as file:
            json.dump(settings, file, indent=2, sort_keys=True)
        os.remove(os.path.join(adapter, "README.md"))
        ids = load_file(os.path.join(path, "golden.safetensors"))["ids"].long()
        logits = model(ids).logits
        torch.log_softmax(logits[:, :-1], -1).gather(-1, ids[:, 1:, None]).sum().backward()
        golden = {"logits": logits.detach()}
        for name, tensor in model.named_parameters():
            if "lora_" in name:
                golden["gradient." + name.replace(".default", "")] = tensor.grad
        save_file(
            {key: value.contiguous() for key, value in golden.items()}, os.path.join(adapter, "golden.safetensors")
        )


if __name__ == "__main__":
    main(sys.argv[1])
