"""What is compared pair by pair: name -> how it is fitted. A person's own is named by a dotted path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from bench.pair_wise import baselines, training
from bench.pair_wise.baselines import Scores
from bench.pair_wise.feedback import Pairs
from bench.pair_wise.split import Parts
from kg import dotted
from kg.errors import UsageError

ALL = "all"
LLM = "llm"  # asks a model on a server, so that a run has to say which


class Predictor(Protocol):
    """Says of rows how likely each person likes the item."""

    def scores(self, pairs: Pairs) -> Scores:
        """Return (n,) scores, higher is likelier."""
        ...


Fit = Callable[[Parts, int], Predictor]


@dataclass(frozen=True, slots=True)
class Row:
    """A system: `fit(parts, seed)`. `group` is the paper's, or `-` for a baseline.

    `chosen` systems take the threshold of F1 from the validation; the others call .5 and more liked. `beside`
    is what a row is compared with.
    """

    fit: Fit
    group: str = "-"
    chosen: bool = True
    beside: str | None = None


NETWORKS = ("dnn", "pnn", "deepfm", "dcn", "dcnv2", "autoint", "finalmlp", "masknet", "gdcn")
TOLD = ("dnn", "dcnv2", "autoint", "gdcn")  # which the paper tells of what items are
REPRESENTED = {
    "text": (training.words, "B"),
    "static": (training.static, "B"),
    "minilm": (training.minilm, "C"),
    "sid": (training.codes, "-"),
}

ROSTER: dict[str, Row] = {
    "random": Row(baselines.chance, chosen=False),
    "popularity": Row(baselines.popularity),
    "item-rate": Row(baselines.item_rate),
    "item-knn": Row(baselines.item_knn),
    **{name: Row(partial(training.fit, name, training.ids), "A") for name in NETWORKS},
    **{
        f"{name}-{what}": Row(partial(training.fit, name, represent), group, beside=name)
        for what, (represent, group) in REPRESENTED.items()
        for name in TOLD
    },
}


def row_of(name: str) -> Row:
    """Return the row of a name; a dotted path names a `fit(parts, seed)` that gives a `Predictor`.

    Raises:
        UsageError: there is none of this name, or nothing that can be called at the path.
    """
    if name == LLM:
        return Row(_unnamed, "E", chosen=False)
    if not dotted.is_dotted(name):
        if name not in ROSTER:
            raise UsageError.unknown("system", name, [ALL, LLM, *ROSTER, "my.module:fit"])
        return ROSTER[name]
    dotted.load(name, "--system")
    return Row(partial(_own, name))


def _unnamed(_: Parts, __: int) -> Predictor:
    raise UsageError("--system llm needs --model openai:NAME.")


def _own(name: str, parts: Parts, seed: int) -> Predictor:
    takes = "two arguments, the parts of the data and the seed"
    made: Predictor = dotted.made(name, "--system", parts, seed, takes=takes, methods=("scores",))
    return made
