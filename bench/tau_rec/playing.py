"""Playing trials: a person and a system in turns, into a run folder that survives kill -9."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from agent.llm.errors import LimitReached, NotRecorded
from agent.llm.secrets import masked
from bench import execute, jsonl
from bench.tau_rec.players import Player, Say
from bench.tau_rec.simulator import Person
from bench.tau_rec.types import Dialogue, Exchange, Reply, Task

TASKS = "tasks.jsonl"
DIALOGUES = "dialogues.jsonl"
MAX_EXCHANGES = 20
_SAID = 500  # characters of an error that are kept
Trial = tuple[Task, int]
MakePerson = Callable[[Task, int], Person]


def play(person: Person, say: Say, task: Task, trial: int) -> Dialogue:
    """Return a whole dialogue; a system that crashes is written down and ends it."""
    exchanges: list[Exchange] = []
    said = person.reply(exchanges)
    while said.stop is None and len(exchanges) < MAX_EXCHANGES:
        exchanges.append(Exchange(said=said, reply=_timed(say, said.text)))
        said = person.reply(exchanges)
    if said.stop is None:
        said = said.model_copy(update={"stop": "gave up"})
    return Dialogue(task=task.id, trial=trial, manner=person.manner, exchanges=exchanges, last=said)


def _timed(say: Say, message: str) -> Reply:
    start = time.process_time()
    try:
        reply = say(message)
    except (LimitReached, NotRecorded):
        raise  # the end of the run, not of the dialogue
    except Exception as error:  # a crash of the system: counted, the run goes on
        reply = Reply(act="crash", error=masked(f"{type(error).__name__}: {error}")[:_SAID])
    return reply.model_copy(update={"cpu_ms": round((time.process_time() - start) * 1000, 3)})


def open_run(
    folder: Path, identity: dict[str, Any], tasks: Sequence[Task], *, fresh: bool = False
) -> dict[tuple[str, int], Dialogue]:
    """Prepare a run folder and return the dialogues it already holds, by task and trial.

    Raises:
        DataError: the folder holds a run of something else.
    """
    asked = (json.dumps(task.model_dump(), ensure_ascii=False) for task in tasks)
    execute.prepare(folder, identity, DIALOGUES, (TASKS, asked), fresh=fresh)
    if not (folder / DIALOGUES).exists():
        return {}
    held = {(each.task, each.trial): each for _, each in jsonl.read(folder / DIALOGUES, Dialogue)}
    return {key: each for key, each in held.items() if not _crashed(each)}  # crashes are tried again


def _crashed(dialogue: Dialogue) -> bool:
    return any(each.reply.error is not None for each in dialogue.exchanges)


def run(
    folder: Path,
    player: Player,
    make_person: MakePerson,
    trials: Iterable[Trial],
    done: dict[tuple[str, int], Dialogue],
    tick: Callable[[], None],
) -> list[Dialogue]:
    """Play what is not played yet, a line a dialogue, and return all dialogues in the order of the trials."""
    wanted = list(trials)
    with jsonl.appending(folder / DIALOGUES) as append:
        for task, trial in wanted:
            if (task.id, trial) not in done:
                played = play(make_person(task, trial), player.begin(task), task, trial)
                done[task.id, trial] = played
                append(played)
            tick()
    return [done[task.id, trial] for task, trial in wanted]
