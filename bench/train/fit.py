"""Supervised fine-tuning and GRPO with TRL: a LoRA adapter and its manifest in a new folder."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.optional import library
from bench.train import manifest
from bench.train.base import EXTRA, Base, Place, load
from bench.train.manifest import Method, Training
from bench.train.rows import Row
from kg.errors import UsageError
from kg.folders import new_folder

Reward = Callable[[str, str], float]  # the id of a request and a reply -> how good it is


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn.

    Rows of more than `longest` tokens are left out. The adapter changes the last `layers`, or all: gradients
    go no deeper. `replies` are those of GRPO to one request, `room` their tokens.
    """

    steps: int
    seed: int = 0
    batch: int = 8
    learning_rate: float = 5e-4
    rank: int = 32
    layers: int | None = None
    longest: int = 512
    replies: int = 4
    room: int = 64


@dataclass(frozen=True, slots=True)
class Start:
    """What is taught, where, and from which files the rows come; `adapter` is one that goes on learning."""

    base: Base
    where: Place
    files: Sequence[Path]
    adapter: Path | None = None


def sft(start: Start, rows: Sequence[Row], plan: Plan, out: Path) -> Training:
    """Teach a model the last messages of rows; return the manifest of the adapter in `out`."""
    trl, model, tokenizer = _loaded(start, plan)
    _fits(rows, tokenizer)
    rows = [row for row in rows if _tokens(row, tokenizer) <= plan.longest]
    data = [{"prompt": row.prompt, "completion": row.completion} for row in rows]
    given = _arguments(start, plan) | {"max_length": plan.longest, "completion_only_loss": True}
    arguments = trl.SFTConfig(per_device_train_batch_size=plan.batch, **given)
    trainer = trl.SFTTrainer(
        model=model, args=arguments, train_dataset=_dataset(data), processing_class=tokenizer
    )
    return _taught("sft", start, plan, len(rows), trainer, out)


def grpo(start: Start, rows: Sequence[Row], reward: Reward, plan: Plan, out: Path) -> Training:
    """Let a model reply several ways to each request, and strengthen what is rewarded more than the others.

    `reward` is given the id of a row's request and a reply.
    """
    trl, model, tokenizer = _loaded(start, plan)
    data = [{"prompt": row.prompt, "request": row.query} for row in rows]

    def rewarded(completions: list[Any], request: list[str], **_: Any) -> list[float]:
        return [reward(key, said[-1]["content"]) for key, said in zip(request, completions, strict=True)]

    arguments = trl.GRPOConfig(
        per_device_train_batch_size=plan.batch,
        num_generations=plan.replies,
        max_completion_length=plan.room,
        beta=0.0,
        temperature=1.0,
        **_arguments(start, plan),
    )
    trainer = trl.GRPOTrainer(
        model=model,
        args=arguments,
        train_dataset=_dataset(data),
        processing_class=tokenizer,
        reward_funcs=rewarded,
    )
    return _taught("sft+grpo" if start.adapter else "grpo", start, plan, len(rows), trainer, out)


def _loaded(start: Start, plan: Plan) -> tuple[Any, Any, Any]:
    trl, peft = library("trl", EXTRA), library("peft", EXTRA)
    model, tokenizer = load(start.base, start.where, start.adapter, trainable=True)
    if start.adapter is None:
        library("transformers", EXTRA).set_seed(plan.seed)  # the adapter begins with random numbers
        lora = peft.LoraConfig(
            r=plan.rank,
            lora_alpha=2 * plan.rank,
            target_modules=_linear(model),
            layers_to_transform=_last(model.config.num_hidden_layers, plan.layers),
            task_type="CAUSAL_LM",
        )
        model = peft.get_peft_model(model, lora)
    return trl, model, tokenizer


def _arguments(start: Start, plan: Plan) -> dict[str, Any]:
    """Return the settings that both trainers take; nothing is logged elsewhere, nothing saved on the way."""
    return {
        "output_dir": tempfile.gettempdir(),  # it must be a folder; nothing is written to it
        "max_steps": plan.steps,
        "learning_rate": plan.learning_rate,
        "lr_scheduler_type": "cosine",
        "warmup_steps": min(10, plan.steps // 10),
        "logging_steps": max(1, plan.steps // 10),
        "save_strategy": "no",
        "report_to": "none",
        "seed": plan.seed,
        "use_cpu": start.where.device == "cpu",
        "bf16": start.where.dtype == "bfloat16" and start.where.device == "cuda",
        "gradient_checkpointing": False,
        "train_sampling_strategy": "group_by_length",
        "dataloader_pin_memory": start.where.device == "cuda",
        "disable_tqdm": True,
    }


def _linear(model: Any) -> list[str]:
    """Return the names of a layer's linear maps, which an adapter changes; the head is none of them."""
    linear, head = library("torch", EXTRA).nn.Linear, model.get_output_embeddings()
    maps = [(name, each) for name, each in model.named_modules() if isinstance(each, linear)]
    return sorted({name.rpartition(".")[2] for name, each in maps if each is not head})


def _last(every: int, wanted: int | None) -> list[int] | None:
    """Return the places of the last layers of a model; None where all are wanted."""
    return None if wanted is None or wanted >= every else list(range(every - wanted, every))


def _tokens(row: Row, tokenizer: Any) -> int:
    return len(
        tokenizer.apply_chat_template(row.messages, tools=row.tools or None, tokenize=True)["input_ids"]
    )


def _dataset(rows: list[dict[str, Any]]) -> Any:
    datasets = library("datasets", EXTRA)
    datasets.disable_progress_bars()
    return datasets.Dataset.from_list(rows)


def _fits(rows: Sequence[Row], tokenizer: Any) -> None:
    """Refuse rows with tool calls where the model's template would drop them without a word."""
    if any(row.tools for row in rows) and "tools" not in (tokenizer.chat_template or ""):
        raise UsageError(
            "the rows hold tool calls, and the chat template of this model knows no tools."
            "\n  Leave traces.jsonl away, or take a model whose template has tools."
        )


def _taught(method: Method, start: Start, plan: Plan, rows: int, trainer: Any, out: Path) -> Training:
    begun, used = time.perf_counter(), time.process_time()
    done = trainer.train()
    hours, cpu = (time.perf_counter() - begun) / 3600, (time.process_time() - used) / 3600
    parent = manifest.read(start.adapter) if start.adapter else None
    made = Training(
        method=method,
        base=start.base.stamp(),
        parent=parent.model_dump() if parent else None,
        data=manifest.data_hash(start.files),
        rows=rows,
        seed=plan.seed,
        steps=plan.steps,
        batch=plan.batch,
        learning_rate=plan.learning_rate,
        rank=parent.rank if parent else plan.rank,
        layers=parent.layers if parent else plan.layers,
        longest=plan.longest,
        trained=sum(each.numel() for each in trainer.model.parameters() if each.requires_grad),
        device=start.where.device,
        dtype=start.where.dtype,
        threads=start.where.threads,
        hours=round(hours, 4),
        cpu_hours=round(cpu, 4),
        loss=round(float(done.training_loss), 4),
        versions=manifest.versions(),
    )
    with new_folder(out.resolve()) as folder:
        trainer.model.save_pretrained(str(folder), save_embedding_layers=False)
        made.save(folder)
    return made
