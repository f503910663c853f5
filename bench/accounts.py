"""The model of a run on a server: its cache or replay, what its calls use, and the limit to that."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from agent.llm.cache import DiskCache, Replay
from agent.llm.modes import settled
from agent.llm.prices import Price, price
from agent.llm.settings import Settings, load, server_name
from agent.llm.spending import Ledger, Use
from kg.errors import DataError, UsageError
from kg.folders import file_hash
from kg.graph import KnowledgeGraph

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

CALLS = "calls.jsonl"
MODELLED = ("agent", "llm")  # systems that ask a model


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a run may use, in USD and in calls that a server answers; None is any."""

    cost: float | None = None
    calls: int | None = None


class Accounts:
    """Makes the model of a run and keeps its accounts; for the built-in model there are none to keep.

    The ledger lies in the run folder, so what was used before a run was stopped counts when it goes on.
    """

    def __init__(
        self,
        system: str,
        model: str,
        *,
        replay: Path | None = None,
        record: Path | None = None,
        limits: Limits = Limits(),
    ):
        self.name = model
        self.record = record
        self.limits = limits
        self.settings: Settings | None = None
        self.cache: DiskCache | Replay | None = None
        self._ledger: Ledger | None = None
        if system in MODELLED and model != "builtin":
            self.cache = Replay(replay) if replay else DiskCache()
            if isinstance(self.cache, Replay):
                self.settings = _recorded(self.cache)
            else:
                self.settings = settled(server_name(model), load(server_name(model)))
            self._affordable()
            self._recordable()
        elif replay or record or limits != Limits():
            raise UsageError(
                "--replay, --record, --max-cost and --max-calls are for models on servers"
                f" (--model openai:NAME); this run asks {system} with the model {model!r}."
            )

    @property
    def price(self) -> Price | None:
        """The price of the model; None if it is unknown."""
        return price(self.settings.host, server_name(self.name)) if self.settings else None

    @property
    def identity(self) -> dict[str, Any]:
        """What of the model decides answers, for the run's manifest: its settings, and a replay's hash."""
        if self.settings is None:
            return {}
        replayed = {"replay": file_hash(self.cache.path)[:16]} if isinstance(self.cache, Replay) else {}
        return {"model_settings": self.settings.stamp()} | replayed

    def model(self, graph: KnowledgeGraph) -> str | BaseChatModel:
        """Return the model, with everything it needs; the built-in one by its name."""
        if self.settings is None:
            return self.name
        from agent.models import chat_model

        return chat_model(self.name, graph, settings=self.settings, cache=self.cache, watch=self)[0]

    def open(self, folder: Path, *, fresh: bool) -> None:
        """Open the ledger of a run folder; `fresh` forgets what it held."""
        if self.settings is None:
            return
        if fresh:
            with suppress(FileNotFoundError):
                (folder / CALLS).unlink()
        self._ledger = Ledger(
            folder / CALLS,
            self.price,
            max_cost=self.limits.cost,
            max_calls=self.limits.calls,
            max_tokens=self.settings.limit,
        )

    def before(self, body: Mapping[str, Any]) -> None:
        """Hear of a call that is about to be made; see `agent.llm.spending.Watch`."""
        if self._ledger:
            self._ledger.before(body)

    def after(self, use: Use) -> None:
        """Hear of what happened."""
        if self._ledger:
            self._ledger.after(use)

    def close(self) -> dict[str, Any]:
        """Return what the run used, as `run.json` holds it; nothing for a model that uses nothing."""
        if self._ledger is None:
            return {}
        self._ledger.close()
        return {"usage": self._ledger.totals.plain() | {"price_as_of": self.price and self.price.as_of}}

    def write_replay(self) -> None:
        """Write the replies that this run used to the file it was asked to record, if it was."""
        if self.record and self._ledger and self.settings and isinstance(self.cache, DiskCache):
            self.cache.write(self._ledger.keys, self.record, self.settings.stamp())

    def _affordable(self) -> None:
        if self.limits.cost is not None and self.price is None and self.settings:
            raise UsageError(
                f"the price of {self.name!r} at {self.settings.host} is unknown,"
                " so --max-cost cannot be kept."
                "\n  Give its price in a file (USHER_PRICES, docs/models.md), or use --max-calls."
            )

    def _recordable(self) -> None:
        """Say before a run, not after it, that its replies cannot be written."""
        if self.record and isinstance(self.cache, Replay):
            raise UsageError("--record writes what a server replied; with --replay none is asked.")
        if self.record and not self.record.parent.is_dir():
            raise UsageError(
                f"--record {self.record}: there is no folder {self.record.parent}; make it first."
            )


def said(usage: Mapping[str, Any] | None) -> dict[str, str]:
    """Return what a run used in words: heading -> words; nothing if it used nothing."""
    if not usage:
        return {}
    if not usage["calls"]:
        money = "nothing spent"
    elif usage["cost"] is None:
        money = "price unknown"
    else:
        money = f"${usage['cost']:.4f}, prices as of {usage.get('price_as_of')}"
        money += f"; {usage['unpriced']} calls without a price" if usage["unpriced"] else ""
    faults = ", ".join(f"{name} {count}" for name, count in usage["faults"].items())
    return {
        "model calls": f"{usage['calls']:,} answered, {usage['hits']:,} from the cache",
        "tokens": f"{usage['input']:,} in ({usage['cached']:,} cached by the server), {usage['output']:,} out"
        f" ({usage['reasoning']:,} reasoning)",
        "money": money,
        "faults": f"{faults}; {usage['retries']:,} calls failed" if faults else "none",
    }


def _recorded(replay: Replay) -> Settings:
    try:
        return Settings(**replay.settings)
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        raise DataError(
            f"its settings are not those of a replay: {wrong['loc'][0]}: {wrong['msg']}",
            path=replay.path,
            line=1,
            remedy="Write it again with --record FILE.",
        ) from None
