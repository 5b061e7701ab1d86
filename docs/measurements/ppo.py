#!/usr/bin/env python3
"""A PPO step of TRL on one thread: ppo.py MODEL STEPS

One step as Ghari, Sciabola and Wang (2025) configure it: 128 samples of at most 100 tokens, 4 epochs of 4 minibatches,
and a critic of an MLP on the frozen model. TRL 0.16.1's PPOTrainer computes the critic's body again in every pass. The
reward is a constant of no cost. It prints the seconds of each step of its training loop, generation included. It needs
torch, transformers 4.51.3 and trl 0.16.1.
"""

import sys
import time

import torch
from datasets import Dataset
from transformers import (
    AutoModelForCausalLM,
    AutoModelForSequenceClassification,
    PreTrainedTokenizerFast,
    TrainerCallback,
)
from trl import PPOConfig, PPOTrainer


class Head(torch.nn.Module):
    """The critic's MLP, as the paper's: 16 and 8 wide."""

    def __init__(self, width):
        super().__init__()
        self.layers = torch.nn.Sequential(
            torch.nn.Linear(width, 16), torch.nn.ReLU(), torch.nn.Linear(16, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1)
        )

    def forward(self, hidden):
        return self.layers(hidden)


def main(folder, steps):
    torch.set_num_threads(1)
    torch.manual_seed(1)
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder, padding_side="left")
    tokenizer.pad_token, tokenizer.bos_token, tokenizer.eos_token = (
        tokenizer.convert_ids_to_tokens(k) for k in (0, 1, 2)
    )
    policy = AutoModelForCausalLM.from_pretrained(folder)
    reference = AutoModelForCausalLM.from_pretrained(folder)
    critics = []
    for _ in range(2):
        critic = AutoModelForSequenceClassification.from_pretrained(folder, num_labels=1, pad_token_id=0)
        critic.requires_grad_(False)
        critic.score = Head(policy.config.n_embd)
        critics.append(critic)
    samples = 128
    rows = Dataset.from_dict({"input_ids": [[1]] * (samples * (steps + 1))})
    arguments = PPOConfig(
        output_dir="ppo",
        use_cpu=True,
        report_to=[],
        save_strategy="no",
        logging_steps=1,
        learning_rate=1.41e-5,
        seed=1,
        per_device_train_batch_size=samples // 4,
        gradient_accumulation_steps=1,
        num_mini_batches=4,
        num_ppo_epochs=4,
        local_rollout_forward_batch_size=samples,
        response_length=100,
        temperature=1.0,
        stop_token_id=2,
        kl_coef=0.05,
        total_episodes=samples * steps,
        num_sample_generations=0,
        missing_eos_penalty=None,
    )
    ends = []

    class Clock(TrainerCallback):
        def on_step_end(self, *_, **__):
            ends.append(time.perf_counter())

    trainer = PPOTrainer(
        args=arguments,
        processing_class=tokenizer,
        model=policy,
        ref_model=reference,
        reward_model=critics[0],
        value_model=critics[1],
        train_dataset=rows,
        eval_dataset=rows.select(range(samples)),
        data_collator=lambda few: {"input_ids": torch.tensor([row["input_ids"] for row in few])},
        callbacks=[Clock()],
    )
    begun = time.perf_counter()
    trainer.train()
    for before, after in zip([begun, *ends], ends):
        print(f"trl {after - before:.1f} seconds", flush=True)


main(sys.argv[1], int(sys.argv[2]))
