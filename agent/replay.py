"""Dialogues of a file, answered turn by turn: a line each, in the order of the file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.assistant import Assistant
from agent.conversation import Conversation
from agent.llm.errors import Unanswered
from agent.phrasing import printable
from kg.errors import DataError, UsageError

_SHOWN = 60  # characters of what came
_FORM = 'a row is {"id": …, "catalogue": …, "turns": [messages in order]}, one a line'


class Dialogue(BaseModel):
    """A row of the file; what else it says is ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str = Field(min_length=1)
    catalogue: str = "builtin"
    turns: tuple[str, ...] = Field(min_length=1)


class Row(NamedTuple):
    """A dialogue and the line it stands on, from 1."""

    line: int
    dialogue: Dialogue


def read(path: Path) -> list[Row]:
    """Return the dialogues of a file in its order; empty lines are skipped.

    Raises:
        DataError: the file cannot be read, a line is no dialogue, or an id comes twice.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise DataError(str(error.strerror), path=path, remedy="Give a file of dialogues.") from None
    except UnicodeDecodeError as error:
        raise DataError(f"not UTF-8: {error}", path=path, remedy="Save it as UTF-8.") from None
    rows = [Row(number, _row(path, number, line)) for number, line in enumerate(lines, 1) if line.strip()]
    first: dict[str, int] = {}
    for number, dialogue in rows:
        if first.setdefault(dialogue.id, number) != number:
            problem = f"the id {dialogue.id!r} stands in line {first[dialogue.id]} too"
            raise DataError(problem, path=path, line=number, remedy="Give every row an id of its own.")
    return rows


def _row(path: Path, number: int, line: str) -> Dialogue:
    try:
        return Dialogue.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        problem = f"{where}: {first['msg']}" if where else first["msg"]
        if where and first["type"] != "missing":
            problem += f", not {json.dumps(first['input'], ensure_ascii=False)[:_SHOWN]}"
        raise DataError(problem, path=path, line=number, remedy=_FORM) from None


def answers(
    path: Path, rows: Sequence[Row], opened: Callable[[str], Assistant]
) -> Iterator[tuple[Dialogue, list[dict[str, Any]]]]:
    """Yield every dialogue with its answers, one a turn; each is a conversation of its own.

    `opened` opens a catalogue by name; it is asked once for each, when it is first needed.

    Raises:
        DataError: a catalogue cannot be opened; the line is named, here and below.
        Unanswered: a model does not answer.
    """
    assistants: dict[str, Assistant] = {}
    for number, dialogue in rows:
        try:
            name = dialogue.catalogue
            assistant = assistants[name] if name in assistants else opened(name)
            assistants[name] = assistant
            yield dialogue, list(_said(assistant, dialogue))
        except (DataError, UsageError) as error:
            raise DataError(str(error), path=path, line=number) from error
        except Unanswered as error:
            raise Unanswered(f"{path}:{number}: {error}") from error


def _said(assistant: Assistant, dialogue: Dialogue) -> Iterator[dict[str, Any]]:
    conversation = Conversation(assistant)
    for turn in dialogue.turns:
        yield conversation.say(turn).answer


def transcript(dialogue: Dialogue, said: Sequence[dict[str, Any]]) -> str:
    """Return a dialogue as a person reads it: what was asked, marked, and what was answered."""
    turns = zip(dialogue.turns, said, strict=True)
    parts = [f"{_asked(turn)}\n{answer['text']}" for turn, answer in turns]
    return "\n\n".join([f"# {dialogue.id} ({dialogue.catalogue})", *parts, ""])


def _asked(turn: str) -> str:
    return "\n".join(f"> {printable(line)}" for line in turn.splitlines() or [""])
