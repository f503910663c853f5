"""The account of messages: what was said and not used, and what was answered that nobody asked for.

    python -m bench.accounting FILE… [--catalogue NAME] [--data DIR]

A file holds dialogues, a JSON object a line: `{"id", "catalogue", "turns"}`, or single messages `{"query"}`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any

import typer
from langgraph.checkpoint.memory import InMemorySaver

from agent.assistant import Assistant, Turn
from agent.builtin.interpret.message import understood
from agent.builtin.interpret.spans import Use
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.vocabulary import Vocabulary
from agent.graph import build
from agent.terminal import run_app
from kg.errors import DataError
from kg.text import fold, tokens
from tools.english import common_words

_CLOSED = frozenset((Use.FUNCTION, Use.ASKING, Use.SMALL_TALK))
_NAMED = frozenset((Use.THEME, Use.UNUSED, Use.UNKNOWN))
_STATED = ("conditions", "any_of", "none_of")


@dataclass
class Account:
    """Counts over messages.

    Of content words: all, those named as unused or unknown, those without a use. Of answers: all, those
    under a condition that nobody asked for, those decided by an ordinary word that happens to be a name.
    """

    messages: int = 0
    content_words: int = 0
    named: int = 0
    without_use: int = 0
    answers: int = 0
    unasked: int = 0
    ordinary: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, other: Account) -> None:
        """Add the counts of another account."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


@dataclass
class _Conversation:
    """What has been said and told so far: words, names, what is compared, what tools resolved."""

    vocabulary: Vocabulary
    words: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    measures: set[str] = field(default_factory=set)
    dated: bool = False

    def turn(self, text: str, turn: Turn) -> Account:
        """Return the account of one message and its answer."""
        linked = next((s for s in turn.steps if s.tool == "link_entities" and not s.refused), None)
        links: dict[str, Any] = json.loads(linked.result) if linked else {"mentions": [], "unlinked": []}
        text = str(linked.arguments["text"]) if linked else text  # as it was read
        self.words |= {fold(token.raw) for token in tokens(text)}
        message = understood(text, links, self.vocabulary)
        chunks, reading = message.chunks, message.reading
        self.labels |= {choice.label for chunk in chunks for choice in chunk.choices} | set(_resolved(turn))
        self.labels |= set(_named_in_parts(turn, text, self.vocabulary))
        for_whom = reading.none_of if reading.audience else ()
        self.labels |= {c.label for each in (*reading.any_of, *for_whom) for c in each.name.choices}
        self.measures |= {each.relation for each in reading.comparisons}
        self.measures |= {each.relation for each in reading.sorts}
        self.dated |= reading.years != (None, None) or bool(_TIME & self.words)
        found = Account(messages=1, answers=bool(turn.answer["items"]))
        searched = turn.answer["basis"] == "text"
        told = {fold(token.raw) for said in _said(turn.answer) for token in tokens(said)}
        for span in (*message.spans, *message.told):
            if span.use in _CLOSED:
                continue
            found.content_words += 1
            words = {fold(token.raw) for token in tokens(span.text)}
            if span.use in _NAMED and words <= told:
                found.named += 1
            elif span.use in _NAMED and not (turn.answer["act"] == "acknowledge" or searched):
                found.without_use += 1
                found.examples.append(f"no use: {span.text!r} in {text!r}")
        if wrong := next(self._unasked(turn.answer), None):
            found.unasked = 1
            found.examples.append(f"not asked: {wrong} in {text!r}")
        if word := next(_ordinary(turn.answer, chunks), None):
            found.ordinary = 1
            found.examples.append(f"ordinary word: {word!r} in {text!r}")
        return found

    def _unasked(self, answer: dict[str, Any]) -> Iterator[str]:
        """Yield the stated conditions that nothing said in the conversation leads to."""
        for condition in (c for name in _STATED for c in answer[name]):
            value = str(condition["value"])
            if condition["relation"] == "year":
                asked = self.dated
            elif condition["relation"] in self.measures:
                asked = True  # 'not too long' says no number
            else:
                asked = value in self.labels or {fold(token.raw) for token in tokens(value)} <= self.words
            if not asked:
                yield f"{condition['relation']}: {value}"


_TIME = frozenset("newer older recent modern old classic newest latest earliest dated new early late".split())


def _named_in_parts(turn: Turn, whole: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield what is named in wishes of a message that were read each by itself, or in the message itself."""
    for step in turn.steps:
        if step.tool == "link_entities" and not step.refused and (said := step.arguments["text"]) != whole:
            chunks = understood(str(said), json.loads(step.result), vocabulary).chunks
            yield from (choice.label for chunk in chunks for choice in chunk.choices)


def _resolved(turn: Turn) -> Iterator[str]:
    """Yield the values that tools resolved in a turn: of references, of false claims, of facts."""
    for step in turn.steps:
        if step.refused:
            continue
        result = json.loads(step.result)
        yield from (value["value"] for value in result.get("values", ()))
        yield from result.get("true_values", ())
    yield from (value for fact in turn.answer["facts"] for value in fact["values"])
    yield from (value for correction in turn.answer["corrections"] for value in correction["true"])


def _said(answer: dict[str, Any]) -> Iterable[str]:
    return (*answer["unknown"], *answer["unused"], answer["note"])


def _ordinary(answer: dict[str, Any], chunks: Sequence[Chunk]) -> Iterator[str]:
    """Yield ordinary words in small letters that are taken for the name that an answer states."""
    stated = {str(c["value"]) for name in _STATED for c in answer[name]}
    for chunk in chunks:
        plain = chunk.kind in ("entity", "title") and chunk.text.islower() and " " not in chunk.text
        if plain and fold(chunk.text) in common_words() and stated & {c.label for c in chunk.choices}:
            yield chunk.text


def accounts(rows: Iterable[dict[str, Any]], catalogue: str | None, data: Path | None) -> Account:
    """Ask every dialogue and return the account of all messages."""
    opened: dict[str, Assistant] = {}
    total = Account()
    for number, row in enumerate(rows):
        name = catalogue or row.get("catalogue", "builtin")
        if name not in opened:
            opened[name] = Assistant(name, data=None if name == "builtin" else data)
        assistant, graph = opened[name], build(InMemorySaver())
        conversation = _Conversation(Vocabulary.of_graph(assistant.graph))
        for text in row.get("turns") or [row["query"]]:
            turn = assistant.chat(graph, f"{number}", text, lambda step: None)
            total.add(conversation.turn(text, turn))
    return total


def read(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Yield the dialogues and messages of some files.

    Raises:
        DataError: a line is no JSON object with turns or a query.
    """
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            row = _parsed(line, f"{path}:{number}") if line.strip() else None
            if row is not None:
                yield row


def _parsed(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise DataError(f"{where}: no JSON: {error}") from None
    if not isinstance(row, dict) or not (row.get("turns") or row.get("query")):
        raise DataError(f"{where}: expected an object with `turns` or `query`")
    return row


app = typer.Typer(add_completion=False)


@app.command()
def main(
    files: Annotated[list[Path], typer.Argument(help="files of dialogues or messages", exists=True)],
    catalogue: Annotated[str | None, typer.Option(help="for all messages; else each names its own")] = None,
    data: Annotated[Path | None, typer.Option(help="where raw sources lie")] = None,
    show: Annotated[int, typer.Option(help="so many findings are listed")] = 0,
) -> None:
    """Print the share of content words without a use, and of answers that nobody asked for.

    Example:

      python -m bench.accounting dialogues.jsonl --data DIR --show 20
    """
    total = accounts(read(files), catalogue, data)
    words, answers = max(total.content_words, 1), max(total.answers, 1)
    for line in (
        f"messages                                  {total.messages:7,}",
        f"content words                             {total.content_words:7,}",
        f"  named as unused or unknown              {total.named:7,}  {total.named / words:.1%}",
        f"  without a use                           {total.without_use:7,}  {total.without_use / words:.1%}",
        f"answers with items                        {total.answers:7,}",
        f"  under a condition nobody asked for      {total.unasked:7,}  {total.unasked / answers:.1%}",
        f"  decided by an ordinary word             {total.ordinary:7,}  {total.ordinary / answers:.1%}",
        *total.examples[:show],
    ):
        typer.echo(line)


if __name__ == "__main__":
    run_app(app)
