"""`python -m bench.run --task dialogue`: RecBench+ queries told over several turns."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

import prompts
from agent.llm.errors import LimitReached, NotRecorded
from bench import dataset, execute, jsonl, stamp
from bench.accounts import Accounts
from bench.dialogue import score
from bench.dialogue.script import VERSION, Script, scripts
from bench.report import progress
from bench.systems.popularity import DEFAULT_K, Popularity
from bench.types import Query
from kg.errors import UsageError
from kg.folders import file_hash
from kg.store import Opened, open_catalogue
from kg.types import ItemId
from tools.knowledge import Asker

SYSTEMS = ("agent", "popularity", "oracle")
SCRIPTS = "scripts.jsonl"
DIALOGUES = "dialogues.jsonl"
_SAID = 500  # characters of an error or a text that are kept
Answerer = Callable[[str], tuple[list[str], str]]  # a message -> items, best first, and what was said


class Played(BaseModel):
    """A line of `dialogues.jsonl`: items, text and CPU milliseconds of every turn; a crash, if any."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    items: list[list[str]]
    texts: list[str]
    cpu_ms: list[float]
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What a run was asked for; the options of `bench.run` by the same names."""

    system: str
    catalogue: str
    data: Path | None
    queries: Sequence[Path]
    tools: str
    model: str
    with_history: bool
    seed: int
    limit: int | None
    out: Path | None
    fresh: bool


class Player(Protocol):
    """A system under test: a new conversation for every script. Only the oracle looks at its truth."""

    def __call__(self, script: Script) -> Answerer:
        """Start a conversation."""
        ...


def run(wish: Wish, accounts: Accounts) -> None:
    """Play every script, score its turns, write a run folder and print the table.

    Raises:
        UsageError: an unknown system, or no queries with conditions.
        DataError: queries that do not fit the catalogue, or a folder that holds another run.
    """
    if wish.system not in SYSTEMS:
        raise UsageError.unknown("system of --task dialogue", wish.system, SYSTEMS)
    paths = list(wish.queries) or [dataset.BUILTIN]
    opened = open_catalogue(wish.catalogue, wish.data)
    written = scripts(dataset.read(paths, opened.graph), opened.graph, wish.seed)[: wish.limit]
    if not written:
        raise UsageError("no query has conditions that can be told over several turns.")
    identity = _identity(wish, opened, paths, written, accounts)
    folder = wish.out or Path("runs") / f"dialogue-{wish.system}-{wish.catalogue}-{stamp.short(identity)}"
    player = _player(wish, opened, accounts)
    done = _open(folder, identity, written, fresh=wish.fresh)
    accounts.open(folder, fresh=wish.fresh)
    start = datetime.now(UTC)
    try:
        with progress("Playing", len(written)) as tick:
            played = _play_all(folder, player, written, done, tick)
    finally:
        used = accounts.close()
        execute.write_json(folder / execute.MANIFEST, {"what": identity, "times": stamp.times(start), **used})
    accounts.write_replay()
    rows = [
        row for script, each in zip(written, played, strict=True) for row in score.scored(script, each.items)
    ]
    scores = score.table(rows) | {"crashes": sum(each.error is not None for each in played)}
    execute.write_json(folder / execute.SCORES, scores)
    title = f"{wish.system} on {len(written)} dialogues over {wish.catalogue}, {len(rows)} turns"
    score.show(scores, title, f"crashes: {scores['crashes']}; run folder: {folder}")


def _play_all(
    folder: Path,
    player: Player,
    written: Sequence[Script],
    done: dict[str, Played],
    tick: Callable[[], None],
) -> list[Played]:
    """Play what is not played yet, a line a dialogue."""
    with jsonl.appending(folder / DIALOGUES) as append:
        for script in written:
            if script.id not in done:
                done[script.id] = play(script, player(script))
                append(done[script.id])
            tick()
    return [done[script.id] for script in written]


def play(script: Script, answer: Answerer) -> Played:
    """Return what a system answered, turn by turn; a crash is written down and ends the dialogue."""
    items, texts, spent, error = list[list[str]](), list[str](), list[float](), None
    for turn in script.turns:
        start = time.process_time()
        try:
            given, text = answer(turn.text)
        except (LimitReached, NotRecorded):
            raise  # the end of the run, not of the dialogue
        except Exception as crash:  # counted, the run goes on
            error = f"{type(crash).__name__}: {crash}"[:_SAID]
            break
        items.append(given)
        texts.append(text[:_SAID])
        spent.append(round((time.process_time() - start) * 1000, 3))
    return Played(id=script.id, items=items, texts=texts, cpu_ms=spent, error=error)


# Systems


def _player(wish: Wish, opened: Opened, accounts: Accounts) -> Player:
    if wish.system == "oracle":
        return _oracle
    if wish.system == "popularity":
        popular = Popularity(opened.graph, DEFAULT_K)
        return lambda script: lambda _: (popular.answer(_asking(script)).items, "")
    return _agent(wish, opened, accounts)


def _oracle(script: Script) -> Answerer:
    turns = iter(script.turns)
    return lambda _: (next(turns).truth, "")


def _asking(script: Script) -> Query:
    """Return what the popular system looks at: a domain, and what the person chose before."""
    return Query(
        id=script.id,
        domain=script.domain,
        type="explicit",
        query="",
        history=script.history,
        ground_truth=[],
    )


def _agent(wish: Wish, opened: Opened, accounts: Accounts) -> Player:
    from agent.assistant import Assistant
    from agent.conversation import Conversation

    model = accounts.model(opened.graph)
    assistant = Assistant(wish.catalogue, data=wish.data, tools=wish.tools, model=model)
    assistant.strict = True
    _ = assistant.context  # a model that cannot be had is said once

    def begin(script: Script) -> Answerer:
        history = tuple(map(ItemId, script.history)) if wish.with_history else ()
        conversation = Conversation(assistant, asker=Asker(history))

        def answer(message: str) -> tuple[list[str], str]:
            given = conversation.say(message).answer
            return [line["id"] for line in given["items"]], given["text"]

        return answer

    return begin


# The run folder


def _identity(
    wish: Wish, opened: Opened, paths: Sequence[Path], written: Sequence[Script], accounts: Accounts
) -> dict[str, Any]:
    return {
        "task": "dialogue",
        **{name: getattr(wish, name) for name in ("system", "tools", "model", "with_history", "seed")},
        "scripts": VERSION,
        "catalogue": opened.folder.name,
        "queries": [[path.name, file_hash(path)[:16]] for path in paths],
        "n_dialogues": len(written),
        "prompts": prompts.hashes(),
        "commit": stamp.commit(),
        **accounts.identity,
    }


def _open(
    folder: Path, identity: dict[str, Any], written: Sequence[Script], *, fresh: bool
) -> dict[str, Played]:
    """Prepare a run folder and return the dialogues it already holds; crashes are tried again."""
    asked = (script.model_dump_json() for script in written)
    execute.prepare(folder, identity, DIALOGUES, (SCRIPTS, asked), fresh=fresh)
    if not (folder / DIALOGUES).exists():
        return {}
    held = {each.id: each for _, each in jsonl.read(folder / DIALOGUES, Played)}
    return {key: each for key, each in held.items() if each.error is None}
