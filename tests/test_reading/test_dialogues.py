"""Conversations of three to six turns on the built-in catalogue, by what their hardest turn asks for.

A line of `dialogues.jsonl` is a conversation: `{"id", "class", "turns": [{"text", "expect"}]}`. A turn is
right if everything it expects holds; a conversation is right if every turn is. What `expect` may hold:

- `all_of`, `none_of` `[[relation, value]]`, `years` `[from, to]`, `domain`: the answer is exactly what the
  graph finds under them, less `without`; `neutral` titles count neither way;
- `items`: the answer is exactly these; `absent`: it has items, but none of these; `empty`: none, and words;
- `said`: words (or a list of them) in the text, in any case;
- `fact` `{"item", "relation"}`: the text says the true values (or the `year`), as a fact of that item;
- `correction` `{"title", "relation", "claimed", "true"}`: it is said. Any other correction is a false alarm;
- `any_of`: one of these expectations holds.

An item is a title, `#2` (the second of the last answer that had items; `#-1` the last) or `@1#2` (the second
of turn 1): the order of an answer is not the subject here.

`pytest tests/test_reading/test_dialogues.py -rP` lists the turns that are not right, whatever share is asked.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from agent.assistant import Assistant
from agent.graph import build
from kg.graph import KnowledgeGraph, Years
from kg.types import Condition, ItemId, RelationName

SHARE = {  # class -> the share of its conversations that must be right, turn by turn
    "refine": 0.9,
    "drop": 1.0,
    "exclude": 1.0,
    "similar": 1.0,
    "why": 1.0,
    "fact": 1.0,
    "role": 1.0,
    "identity": 1.0,
    "more": 1.0,
    "replace": 0.75,
    "domain": 1.0,
    "reset": 1.0,
    "thanks": 1.0,
    "same": 1.0,
}
POSITION = re.compile(r"(?:@(\d+))?#(-?\d+)")
FOUND_BY = frozenset({"all_of", "none_of", "years", "domain"})
OTHER_KEYS = ("without", "neutral", "items", "absent", "empty", "said", "fact", "correction", "any_of")
KEYS = FOUND_BY.union(OTHER_KEYS)


class NoSuchPositionError(LookupError):
    """A position that an earlier answer of the same conversation does not have."""


@dataclass(slots=True)
class Conversation:
    """A conversation so far: the items of every answer, and the corrections that were due."""

    graph: KnowledgeGraph
    answers: list[list[ItemId]] = field(default_factory=list)
    due: list[dict[str, str]] = field(default_factory=list)

    def problems(self, expect: dict[str, Any], answer: dict[str, Any]) -> list[str]:
        """Return what is wrong with the answer to the next turn."""
        if "correction" in expect:
            self.due.append(expect["correction"])
        try:
            found = [*self._wrong(expect, answer), *self._false_alarms(answer)]
        except NoSuchPositionError as missing:
            found = [str(missing)]
        self.answers.append(ids_of(answer))
        return found

    def _wrong(self, expect: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
        got, text = ids_of(answer), answer["text"]
        if len(got) != len(set(got)):
            yield "an item twice"
        if FOUND_BY & set(expect):
            neutral = self.named(expect.get("neutral", ()))
            expected = found_by(self.graph, expect) - self.named(expect.get("without", ()))
            yield from self._difference(expected - neutral, set(got) - neutral)
        if "items" in expect:
            yield from self._difference(self.named(expect["items"]), set(got))
        if "absent" in expect and (not got or self.named(expect["absent"]) & set(got)):
            yield f"expected items without {expect['absent']}, got {self._titles(got)}"
        if expect.get("empty") and (got or not text):
            yield f"expected words and no items, got {self._titles(got)}"
        if "fact" in expect:
            yield from self._untold(expect["fact"], answer)
        words = expect.get("said", ())
        for word in [words] if isinstance(words, str) else words:
            if word.casefold() not in text.casefold():
                yield f"expected {word!r} in {text!r}"
        due, said = expect.get("correction"), answer["corrections"]
        if due and not any(self._says(each, due) for each in said):
            yield f"expected the correction {due}, got {said}"
        if "any_of" in expect:
            readings = [list(self._wrong(each, answer)) for each in expect["any_of"]]
            if all(readings):
                yield " or ".join("; ".join(each) for each in readings)

    def _untold(self, fact: dict[str, str], answer: dict[str, Any]) -> Iterator[str]:
        (item,) = self.named([fact["item"]])
        yield from self._difference({item}, {ItemId(each["item"]) for each in answer["facts"]})
        text = answer["text"]
        true = true_values(self.graph, item, fact["relation"])
        told = [each.casefold() in text.casefold() for each in true]
        if not (any(told) if fact["relation"] == "actor" else all(told)):  # of a cast some names will do
            yield f"expected the {fact['relation']} of {self.graph.item(item).name} in {text!r}"

    def _false_alarms(self, answer: dict[str, Any]) -> Iterator[str]:
        for said in answer["corrections"]:
            if not any(self._says(said, due) for due in self.due):
                yield f"a false alarm: {said}"

    def _says(self, said: dict[str, Any], due: dict[str, str]) -> bool:
        return (
            bool(self.named([due["title"]]) & set(said["items"]))
            and said["relation"] == due["relation"]
            and said["claimed"].casefold() == due["claimed"].casefold()
            and due["true"] in said["true"]
        )

    def named(self, names: list[str] | tuple[()]) -> set[ItemId]:
        """Return the items that titles and positions name.

        Raises:
            NoSuchPositionError: the answer meant has no such position.
        """
        return {item for name in names for item in self._named(name)}

    def _named(self, name: str) -> list[ItemId]:
        position = POSITION.fullmatch(name)
        if position is None:
            return [each.id for each in self.graph.catalogue.items if name in (each.title, each.name)]
        turn, number = position[1], int(position[2])
        last = next((each for each in reversed(self.answers) if each), [])
        items = self.answers[int(turn) - 1] if turn else last
        if not -len(items) <= number <= len(items):
            raise NoSuchPositionError(f"an earlier answer has no {name}: {self._titles(items)}")
        return [items[number - (number > 0)]]

    def _difference(self, expected: set[ItemId], got: set[ItemId]) -> Iterator[str]:
        if expected != got:
            missing, extra = self._titles(expected - got), self._titles(got - expected)
            yield f"expected {self._titles(expected)}; missing {missing}, too many {extra}"

    def _titles(self, items: set[ItemId] | list[ItemId]) -> str:
        names = [self.graph.item(each).name for each in items]
        names = sorted(names) if isinstance(items, set) else names
        return str(names[:12])[:-1] + (f", and {len(names) - 12} more]" if len(names) > 12 else "]")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one conversation went: a line for every turn that was not right."""

    id: str
    sort: str
    failures: tuple[str, ...]


def dialogues() -> list[dict[str, Any]]:
    """Return the conversations of the suite."""
    lines = Path(__file__).with_name("dialogues.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def turns() -> list[tuple[str, dict[str, Any]]]:
    """Return every expectation, alternatives apart, with the conversation it belongs to."""
    stated = [(each["id"], turn["expect"]) for each in dialogues() for turn in each["turns"]]
    return stated + [(key, other) for key, expect in stated for other in expect.get("any_of", ())]


def ids_of(answer: dict[str, Any]) -> list[ItemId]:
    return [line["id"] for line in answer["items"]]


def found_by(graph: KnowledgeGraph, expect: dict[str, Any]) -> set[ItemId]:
    """Return what the graph finds under the conditions of an expectation."""
    all_of, none_of = (
        [Condition(RelationName(relation), value) for relation, value in expect.get(key, ())]
        for key in ("all_of", "none_of")
    )
    years = Years(*expect.get("years", ()))
    return set(graph.ids(graph.find(all_of, none_of, years=years, domain=expect.get("domain"))))


def true_values(graph: KnowledgeGraph, item: ItemId, relation: str) -> list[str]:
    """Return what the catalogue knows of an item, as the words a text must hold."""
    if relation == "year":
        return [str(graph.item(item).year)]
    return [entity.label for entity in graph.values(item, relation)]


def play(assistant: Assistant, dialogue: dict[str, Any]) -> Outcome:
    """Hold one conversation in a thread of its own, to its end whatever goes wrong."""
    graph = build(InMemorySaver())
    conversation = Conversation(assistant.graph)
    failures = []
    for number, turn in enumerate(dialogue["turns"], 1):
        where = f"{dialogue['id']} turn {number} {turn['text']!r}"
        try:
            said = assistant.chat(graph, dialogue["id"], turn["text"], lambda step: None)
        except Exception as error:  # a crash costs this conversation, not the report on the others
            failures.append(f"{where}: {type(error).__name__}: {error}")
            break
        wrong = conversation.problems(turn["expect"], said.answer)
        failures += [f"{where}: {problem}" for problem in wrong]
    return Outcome(dialogue["id"], dialogue["class"], tuple(failures))


@pytest.fixture(scope="session")
def outcomes(usher: Assistant) -> tuple[Outcome, ...]:
    """Return how every conversation went; they are held once a session."""
    return tuple(play(usher, dialogue) for dialogue in dialogues())


@pytest.mark.parametrize("sort", SHARE)
def test_enough_dialogues_of_a_class_are_right(outcomes: tuple[Outcome, ...], sort: str) -> None:
    of_class = [each for each in outcomes if each.sort == sort]
    failures = [line for each in of_class for line in each.failures]
    sys.stdout.write("".join(f"{line}\n" for line in failures))
    right = sum(not each.failures for each in of_class)
    assert right / len(of_class) >= SHARE[sort], f"{right} of {len(of_class)} right:\n" + "\n".join(failures)


def test_there_are_at_least_44_dialogues() -> None:
    assert len(dialogues()) >= 44


def test_dialogues_have_three_to_six_turns() -> None:
    assert [each["id"] for each in dialogues() if not 3 <= len(each["turns"]) <= 6] == []


def test_every_dialogue_has_an_id_of_its_own() -> None:
    assert len({each["id"] for each in dialogues()}) == len(dialogues())


def test_the_classes_are_those_of_the_table() -> None:
    assert {each["class"] for each in dialogues()} == set(SHARE)


def test_expectations_use_known_keys_only() -> None:
    assert [(key, set(expect) - KEYS) for key, expect in turns() if not expect or set(expect) - KEYS] == []


def test_what_is_expected_by_conditions_exists(usher: Assistant) -> None:
    stated = [(key, expect) for key, expect in turns() if FOUND_BY & set(expect)]
    assert [(key, expect) for key, expect in stated if not found_by(usher.graph, expect)] == []


def test_titles_that_are_named_are_in_the_catalogue(usher: Assistant) -> None:
    conversation = Conversation(usher.graph)
    listed, single = ("without", "neutral", "items", "absent"), (("fact", "item"), ("correction", "title"))
    expected = [expect for _, expect in turns()]
    named = [name for expect in expected for key in listed for name in expect.get(key, ())]
    named += [expect[key][field] for expect in expected for key, field in single if key in expect]
    titles = [name for name in named if not POSITION.fullmatch(name)]
    assert [name for name in titles if not conversation.named([name])] == []


def test_corrections_that_are_expected_are_true(usher: Assistant) -> None:
    graph = usher.graph
    due = [expect["correction"] for _, expect in turns() if "correction" in expect]
    held = [
        (each, true_values(graph, item, each["relation"]))
        for each in due
        for item in Conversation(graph).named([each["title"]])
        if true_values(graph, item, each["relation"])
    ]
    assert [each for each, true in held if each["true"] not in true or each["claimed"] in true] == []


def test_names_that_are_to_be_said_are_true_of_the_items(usher: Assistant) -> None:
    graph = usher.graph
    wrong = []
    for key, expect in turns():
        if not expect.get("items") or POSITION.fullmatch(expect["items"][0]):
            continue
        (item,) = Conversation(graph).named(expect["items"])
        known = {entity.label for entities in graph.facts(item).values() for entity in entities}
        known |= {str(graph.item(item).year)}
        words = expect.get("said", [])
        for word in [words] if isinstance(words, str) else words:
            wrong += [(key, word)] if not any(word in label for label in known) else []
    assert wrong == []


def test_the_table(outcomes: tuple[Outcome, ...], capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(sort, [each for each in outcomes if each.sort == sort]) for sort in SHARE]
    lines = ["", f"{'dialogues':12}{'n':>4}{'right':>7}{'share':>7}{'asked':>7}"]
    for sort, of_class in [*rows, ("all", outcomes)]:
        right = sum(not each.failures for each in of_class)
        asked = f"{SHARE[sort]:7.2f}" if sort in SHARE else ""
        lines.append(f"{sort:12}{len(of_class):4}{right:7}{right / len(of_class):7.2f}{asked}")
    with capsys.disabled():
        sys.stdout.write("\n".join(lines) + "\n")
    assert len(outcomes) == len(dialogues())
