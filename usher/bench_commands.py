"""`usher bench`: the benchmark's commands under one help; each is `python -m bench.NAME` too."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import typer

COMMANDS = {
    "run": ("bench.run", "run a system over queries and print its scores"),
    "report": ("bench.report", "runs side by side, in the terminal or as a page"),
    "leaderboard": ("bench.leaderboard", "one page of many run folders, requests by people first"),
    "beyond": ("bench.beyond", "what runs show, and for whom they are right"),
    "robustness": ("bench.robustness", "what fake users change"),
    "build": ("bench.build", "make RecBench+ queries from a catalogue with histories"),
    "train": ("bench.train.__main__", "teach a small language model, and record its replies"),
    "cot-rec": ("bench.cot_rec.__main__", "CoT-Rec: extraction, retriever and ranker with it"),
    "ablate": ("bench.ablate", "the same queries with parts of the assistant switched off"),
    "who-asks": ("bench.who_asks", "demographic requests with who asks given, said or hidden"),
    "official": ("bench.official", "read the authors' published queries"),
    "official-groups": ("bench.official_groups", "favourites of groups, beside the authors' lists"),
    "verify": ("bench.verify", "answers with planted errors: how many are found"),
    "accounting": ("bench.accounting", "what was said and not used"),
    "adversary": ("bench.tau_rec.adversary", "dialogues that try to break a shop's policies"),
    "faults": ("bench.faults.__main__", "damaged files: what becomes of the answers"),
    "builtin": ("bench.builtin", "what the built-in catalogue covers"),
    "like-but": ("bench.like_but", "items like X but Y"),
    "likeness": ("bench.likeness", "what is alike by facts, beside what people chose together"),
    "speed": ("bench.speed", "what users wait for"),
    "speed-loop": ("bench.speed_loop", "what the loop costs, in time, calls and tokens"),
    "prompt-tokens": ("bench.prompt_tokens", "tokens that requests send, in the loop and in one call"),
    "worst-models": ("bench.worst_models", "what scripted models make worse in one call"),
    "speed-scale": ("bench.speed_scale", "how times grow with the catalogue"),
    "speed-literals": ("bench.speed_literals", "ranges and orders, beside databases"),
    "speed-turn": ("bench.speed_turn", "a turn beside another checkout's"),
    "speed-text": ("bench.speed_text", "searching texts, beside a vector store"),
    "speed-serve": ("bench.speed_serve", "conversations over HTTP, beside another checkout"),
    "generated-ratings": ("bench.generated_ratings", "files in the form of MovieLens 32M, of any size"),
    "speed-run": ("bench.speed_run", "whole runs in several processes, beside another checkout"),
    "speed-ratings": ("bench.speed_ratings", "files as large as MovieLens 32M, step by step"),
    "speed-replicas": ("bench.speed_replicas", "conversations over HTTP, with one replica and with two"),
    "long-conversation": ("bench.long_conversation", "what a turn of a long conversation costs"),
}
_AS_GIVEN = {"allow_extra_args": True, "ignore_unknown_options": True}

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="The benchmark: run systems, compare them, make queries, measure speed."
    " `usher bench NAME --help` says more.",
)


def _run(name: str, module: str) -> Callable[[typer.Context], None]:
    def run(context: typer.Context) -> None:
        import_module(module).app(args=context.args, prog_name=f"usher bench {name}")

    return run


for _name, (_module, _help) in COMMANDS.items():
    app.command(_name, short_help=_help, help=_help, add_help_option=False, context_settings=_AS_GIVEN)(
        _run(_name, _module)
    )
