"""A name that two people bear, or one person in two roles: what is named, who is asked, what counts after."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langgraph.checkpoint.memory import InMemorySaver
from rich.console import Console

from agent.assistant import Assistant, Turn
from agent.chat import Chat
from agent.choosing import choice_of
from agent.graph import build
from agent.guard.proof import examine
from kg import names, naming
from kg.builder import Builder
from kg.graph import KnowledgeGraph
from kg.store import Opened
from kg.types import Condition, Entity, EntityId, Item, ItemId, RelationName
from tools.proposal import Proposal, SecondReading

# id: genre, director, actor. Two Marlows, Tarns and Dekkers direct; Nell Brandt directs and acts; Sam Idle
# acts in most of what he directs; Lee Pike directs, and writes what Jo Vance directs.
FILMS = {
    "w1": ("Comedy", "Wes Marlow", ""),
    "w2": ("Drama", "Wes Marlow", ""),
    "w3": ("Drama", "Wes Marlow", ""),
    "p1": ("Comedy", "Paula Marlow", ""),
    "p2": ("Western", "Paula Marlow", ""),
    "n1": ("Comedy", "Nell Brandt", ""),
    "n2": ("Drama", "Nell Brandt", ""),
    "v1": ("Comedy", "Jo Vance", "Nell Brandt"),
    "v2": ("Drama", "Jo Vance", "Nell Brandt"),
    "v3": ("Western", "Jo Vance", "Nell Brandt"),
    "s1": ("Drama", "Sam Idle", "Sam Idle"),
    "s2": ("Drama", "Sam Idle", "Sam Idle"),
    "s3": ("Drama", "Jo Vance", "Sam Idle"),
    "l1": ("Drama", "Lee Pike", ""),
    "l2": ("Drama", "Lee Pike", ""),
    **{f"h{n}": ("Drama", "Hugo Tarn", "") for n in range(7)},
    **{f"o{n}": ("Drama", "Olga Tarn", "") for n in range(2)},
    **{f"a{n}": ("Drama", "Anton Dekker", "") for n in range(6)},
    **{f"u{n}": ("Drama", "Una Dekker", "") for n in range(2)},
}
RELATIONS = ("genre", "director", "actor", "writer")
WES, PAULA = ["w1", "w2", "w3"], ["p1", "p2"]
ADA = {"relation": "director", "value": "Ada Quill"}
DOV = {"relation": "director", "value": "Dov Eberhart"}


@pytest.fixture
def usher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    """The assistant on the films above, one a year from 1960."""
    builder = Builder()
    for year, (key, (genre, director, actor)) in enumerate(FILMS.items(), 1960):
        builder.add_item(Item(ItemId(key), f"Untold {key.upper()}", year))
        writer = "Lee Pike" if director == "Jo Vance" else ""
        for relation, value in zip(RELATIONS, (genre, director, actor, writer), strict=True):
            if value:
                builder.add_fact(ItemId(key), relation, Entity(EntityId(f"e/{value}"), value))
    catalogue = builder.finish("namesakes", "tests", "1")
    naming.write(catalogue, tmp_path)
    opened = Opened(KnowledgeGraph(catalogue, names.load(tmp_path)), tmp_path)
    monkeypatch.setattr("agent.assistant.open_catalogue", lambda *_: opened)
    return Assistant("namesakes")


class Talk:
    """A conversation with a person who always makes the same choice, or cannot be asked."""

    def __init__(self, assistant: Assistant, choice: int | None):
        self.assistant = assistant
        self.choice = choice
        self.graph = build(InMemorySaver())
        self.asked: list[tuple[str, list[str]]] = []
        self.shown: list[str] = []

    def says(self, request: str) -> Turn:
        on_question = None if self.choice is None else self._choose
        show = lambda step: self.shown.append(step.tool)  # noqa: E731
        return self.assistant.chat(self.graph, "t", request, show, on_question)

    def _choose(self, question: str, choices: Sequence[str]) -> int:
        self.asked.append((question, list(choices)))
        assert self.choice is not None
        return self.choice


class Recommends(BaseChatModel):
    """Calls `recommend` with its arguments, whatever is said."""

    arguments: dict[str, Any]

    @property
    def _llm_type(self) -> str:
        return "recommends"

    def bind_tools(self, *_: Any, **__: Any) -> Any:
        return self

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        call = {"name": "recommend", "args": self.arguments, "id": f"id-{len(messages)}", "type": "tool_call"}
        return ChatResult(generations=[ChatGeneration(message=AIMessage("", tool_calls=[call]))])


def ids(turn: Turn) -> list[str]:
    return [line["id"] for line in turn.answer["items"]]


def also_ids(turn: Turn) -> list[str]:
    return [line["id"] for line in turn.answer["also"]["items"]]


# What is another reading


@pytest.mark.parametrize(
    ("request_", "question", "choices"),
    [
        ("films by Marlow", "Which Marlow: Wes Marlow or Paula Marlow?", ["Wes Marlow", "Paula Marlow"]),
        ("a comedy by Marlow", "Which Marlow: Wes Marlow or Paula Marlow?", ["Wes Marlow", "Paula Marlow"]),
        (
            "films directed by Marlow",
            "Which Marlow: Wes Marlow or Paula Marlow?",
            ["Wes Marlow", "Paula Marlow"],
        ),
        ("films by Dekker", "Which Dekker: Anton Dekker or Una Dekker?", ["Anton Dekker", "Una Dekker"]),
        ("Nell Brandt films", "Nell Brandt as actor or as director?", ["as actor", "as director"]),
    ],
    ids=["bearers", "bearers-under-a-condition", "bearers-in-a-stated-role", "a-third-of-the-items", "roles"],
)
def test_a_name_with_two_likely_readings_is_a_question(
    usher: Assistant, request_: str, question: str, choices: list[str]
) -> None:
    also = usher.ask(request_).answer["also"]
    assert (also["question"], also["choices"]) == (question, choices)


@pytest.mark.parametrize(
    "request_",
    [
        "films by Tarn",
        "a western by Marlow",
        "films by Marlow before 1963",
        "films by Paula Marlow",
        "films directed by Nell Brandt",
        "films starring Nell Brandt",
        "films by Lee Pike",
        "Sam Idle films",
    ],
    ids=[
        "less-than-a-third-of-the-items",
        "a-condition-leaves-one-bearer",
        "years-leave-one-bearer",
        "the-name-in-full",
        "role-stated-as-director",
        "role-stated-as-actor",
        "role-stated-as-any-maker",
        "mostly-the-same-items",
    ],
)
def test_a_name_with_one_likely_reading_is_no_question(usher: Assistant, request_: str) -> None:
    turn = usher.ask(request_)
    assert (bool(turn.answer["items"]), turn.answer["also"]) == (True, None)


# Where nobody can be asked


def test_ask_answers_the_likelier_reading(usher: Assistant) -> None:
    turn = usher.ask("films by Marlow")
    assert (ids(turn), turn.answer["conditions"]) == (
        WES,
        [{"relation": "director", "op": "is", "value": "Wes Marlow"}],
    )


def test_ask_names_the_other_bearer_with_his_items(usher: Assistant) -> None:
    turn = usher.ask("films by Marlow")
    assert (turn.answer["also"]["label"], also_ids(turn)) == ("If you mean Paula Marlow", PAULA)


def test_ask_names_the_other_role_with_its_items(usher: Assistant) -> None:
    turn = usher.ask("Nell Brandt films")
    assert (turn.answer["also"]["label"], also_ids(turn)) == (
        "If you mean Nell Brandt as director",
        ["n1", "n2"],
    )


def test_the_other_reading_has_its_proofs(usher: Assistant) -> None:
    proofs = [line["proof"] for line in usher.ask("films by Marlow").answer["also"]["items"]]
    assert proofs == [[["director", "Paula Marlow"]]] * 2


def test_a_chat_with_nobody_to_ask_answers_as_ask_does(usher: Assistant) -> None:
    assert Talk(usher, None).says("films by Marlow").answer == usher.ask("films by Marlow").answer


# Where a person is asked


def test_a_person_is_asked_once_with_both_choices(usher: Assistant) -> None:
    talk = Talk(usher, 1)
    talk.says("films by Marlow")
    assert talk.asked == [("Which Marlow: Wes Marlow or Paula Marlow?", ["Wes Marlow", "Paula Marlow"])]


def test_a_person_is_not_asked_what_the_request_decides(usher: Assistant) -> None:
    talk = Talk(usher, 1)
    assert (ids(talk.says("a western by Marlow")), talk.asked) == (["p2"], [])


@pytest.mark.parametrize(
    ("request_", "choice", "found", "condition"),
    [
        ("films by Marlow", 0, WES, {"relation": "director", "op": "is", "value": "Wes Marlow"}),
        ("films by Marlow", 1, PAULA, {"relation": "director", "op": "is", "value": "Paula Marlow"}),
        (
            "Nell Brandt films",
            0,
            ["v1", "v2", "v3"],
            {"relation": "actor", "op": "is", "value": "Nell Brandt"},
        ),
        ("Nell Brandt films", 1, ["n1", "n2"], {"relation": "director", "op": "is", "value": "Nell Brandt"}),
    ],
)
def test_the_chosen_reading_alone_is_the_answer(
    usher: Assistant, request_: str, choice: int, found: list[str], condition: dict[str, str]
) -> None:
    turn = Talk(usher, choice).says(request_)
    assert (ids(turn), turn.answer["conditions"], turn.answer["also"]) == (found, [condition], None)


@pytest.mark.parametrize(
    ("request_", "choice", "found"),
    [
        ("films by Marlow", 0, ["w1"]),
        ("films by Marlow", 1, ["p1"]),
        ("Nell Brandt films", 0, ["v1"]),
        ("Nell Brandt films", 1, ["n1"]),
    ],
)
def test_what_follows_up_keeps_the_chosen_reading(
    usher: Assistant, request_: str, choice: int, found: list[str]
) -> None:
    talk = Talk(usher, choice)
    talk.says(request_)
    assert (ids(talk.says("only comedies")), len(talk.asked)) == (found, 1)


def test_what_follows_up_keeps_the_last_of_two_choices(usher: Assistant) -> None:
    talk = Talk(usher, 1)
    talk.says("Nell Brandt films")
    talk.says("films by Marlow")
    assert ids(talk.says("only comedies")) == ["p1"]


@pytest.mark.parametrize("choice", [0, 1])
def test_a_question_does_not_show_a_step_twice(usher: Assistant, choice: int) -> None:
    talk = Talk(usher, choice)
    turn = talk.says("films by Marlow")
    assert talk.shown == [step.tool for step in turn.steps]


# The guard


NAMED = "Salt Road, Night Tram, Paper Moons and The Glass Harbour"  # what a model may speak of


@pytest.fixture
def proposing(toy_assistant: Callable[..., Assistant]) -> Callable[..., Assistant]:
    """Make an assistant on the toy catalogue that recommends Dov's Salt Road, and this as second reading."""

    def make(
        items: Sequence[str], question: str = "Dov or Ada?", choices: Sequence[str] = ("Dov", "Ada")
    ) -> Any:
        also = {"label": "Ada", "items": items, "conditions": [ADA], "question": question, "choices": choices}
        return toy_assistant(model=Recommends(arguments={"items": ["4"], "conditions": [DOV], "also": also}))

    return make


def test_an_unproved_item_does_not_leave_when_its_reading_is_chosen(
    proposing: Callable[..., Assistant],
) -> None:
    assert ids(Talk(proposing(["2", "3", "1"]), 1).says(NAMED)) == ["2", "1"]


def test_what_a_chosen_reading_lost_is_named(proposing: Callable[..., Assistant]) -> None:
    removed = Talk(proposing(["2", "3"]), 1).says(NAMED).answer["removed"]
    assert removed == ["Paper Moons (1983): not proved: director: Ada Quill"]


def test_a_reading_with_nothing_proved_is_not_asked_about(proposing: Callable[..., Assistant]) -> None:
    talk = Talk(proposing(["3"]), 1)
    assert (ids(talk.says(NAMED)), talk.asked) == (["4"], [])


@pytest.mark.parametrize("choices", [[], ["Ada"], ["Dov", "Ada", "Ines"]])
def test_a_question_without_two_choices_is_not_asked(
    proposing: Callable[..., Assistant], choices: list[str]
) -> None:
    talk = Talk(proposing(["2"], choices=choices), 1)
    assert (ids(talk.says(NAMED)), talk.asked) == (["4"], [])


@pytest.mark.parametrize(
    ("question", "choices"), [("Which?", ["Ada"]), ("  ", ["Dov", "Ada"])], ids=["one-choice", "blank"]
)
def test_no_half_of_a_question_is_kept(toy: KnowledgeGraph, question: str, choices: list[str]) -> None:
    also = SecondReading("x", ["2"], [Condition(RelationName("director"), "Ada Quill")], question, choices)
    second = examine(toy, Proposal(("4",), (), (), "", also)).also
    assert second is not None
    assert ([line.id for line in second.items], second.question, second.choices) == (["2"], "", ())


# What a reply means

BEARERS = ("Wes Marlow", "Paula Marlow")
ROLES = ("as actor", "as director")


@pytest.mark.parametrize(
    ("reply", "choices", "chosen"),
    [
        ("1", BEARERS, 0),
        ("2", BEARERS, 1),
        ("second", BEARERS, 1),
        ("the first one", BEARERS, 0),
        ("Paula", BEARERS, 1),
        ("wes marlow", BEARERS, 0),
        ("director", ROLES, 1),
        ("as actor", ROLES, 0),
        ("Marlow", BEARERS, None),
        ("Wes or Paula", BEARERS, None),
        ("1 2", BEARERS, None),
        ("3", BEARERS, None),
        ("films from the fifties", BEARERS, None),
        ("the first film by Tarn", BEARERS, None),
        ("the second one please", BEARERS, 1),
        ("number 2", BEARERS, 1),
        ("I mean Wes", BEARERS, 0),
        ("not Wes", BEARERS, None),
        ("films by Wes Craven", BEARERS, None),
        ("the", BEARERS, None),
        ("", BEARERS, None),
    ],
)
def test_a_reply_is_a_number_an_ordinal_or_a_word_of_one_choice(
    reply: str, choices: Sequence[str], chosen: int | None
) -> None:
    assert choice_of(reply, choices) == chosen


# The terminal


@pytest.fixture
def types(usher: Assistant, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Say lines to a chat, the replies to its questions after them; return what is on the screen."""

    def run(*lines: str, replies: Sequence[str]) -> str:
        stream = io.StringIO()
        console = Console(file=stream, width=200, force_terminal=False, color_system=None)
        chat = Chat(usher, build(InMemorySaver()), "test", console)
        left = iter(replies)
        monkeypatch.setattr("builtins.input", lambda: next(left))
        for line in lines:
            chat.hear(line)
        assert list(left) == [], "not everything was asked"
        return stream.getvalue()

    return run


def test_the_terminal_puts_the_question_with_its_choices(types: Callable[..., str]) -> None:
    said = types("films by Marlow", replies=["1"])
    assert "Which Marlow: Wes Marlow or Paula Marlow?\n  1. Wes Marlow\n  2. Paula Marlow\n> " in said


@pytest.mark.parametrize(
    ("reply", "shown", "hidden"),
    [
        ("1", "Untold W1", "Untold P1"),
        ("2", "Untold P1", "Untold W1"),
        ("the second", "Untold P1", "Untold W1"),
        (" paula ", "Untold P1", "Untold W1"),
        ("", "Untold W1", "Untold P1"),
    ],
)
def test_the_terminal_shows_only_the_reading_that_was_chosen(
    types: Callable[..., str], reply: str, shown: str, hidden: str
) -> None:
    said = types("films by Marlow", replies=[reply])
    assert (shown in said, hidden in said) == (True, False)


def test_another_request_in_reply_is_answered_after_the_likelier_reading(types: Callable[..., str]) -> None:
    said = types("films by Marlow", replies=["films by Tarn"])
    assert 0 < said.index("Untold W1") < said.index("Untold H0")


def test_another_request_in_reply_may_be_a_question_too(types: Callable[..., str]) -> None:
    said = types("films by Marlow", replies=["films by Dekker", "2"])
    assert ("Untold W1" in said, "Untold U0" in said, "Untold A0" in said) == (True, True, False)


def test_what_is_typed_next_follows_up_on_the_choice(types: Callable[..., str]) -> None:
    said = types("films by Marlow", "only comedies", replies=["2"])
    assert said.rstrip().splitlines()[-1].split()[1:3] == ["Untold", "P1"]


def test_why_works_after_a_choice(types: Callable[..., str]) -> None:
    assert "Untold P1 (1963): director → Paula Marlow" in types("films by Marlow", "/why", replies=["2"])


def test_a_command_in_reply_is_a_command(types: Callable[..., str]) -> None:
    assert "namesakes (tests)" in types("films by Marlow", replies=["/catalogue"])


def test_what_is_ruled_out_stays_ruled_out(usher: Assistant) -> None:
    turn = Talk(usher, 1).says("films by Marlow that are not comedies")
    assert (ids(turn), turn.answer["none_of"]) == (
        ["p2"],
        [{"relation": "genre", "op": "is", "value": "Comedy"}],
    )


def test_a_number_limits_both_readings(usher: Assistant) -> None:
    assert len(ids(Talk(usher, 1).says("one film by Marlow"))) == 1


def test_the_chat_ends_with_the_input(usher: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def end() -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", end)
    chat = Chat(usher, build(InMemorySaver()), "test", Console(file=io.StringIO()))
    assert chat.hear("films by Marlow") is False
