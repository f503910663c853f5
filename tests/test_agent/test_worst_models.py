"""Models that think nothing: what they may change of the built-in reading in one-call mode."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bench.worst_models import models

ASIDE = "Films directed by Ada Quill. My aunt met Theo Brandt once."
SETTLED = (
    "a film by Ada Quyll",
    "films directed by Ada Quill",
    "Films directed by Ada Quill, my aunt met Theo Brandt once.",
    "films like Night Tram and Paper Moons, with a touch of comedy",
    "thrillers like Night Tram with some comedy in them",
    "I loved Paper Moons, which Ada Quill directed. What else did she direct?",
    "more like The Glass Harbour, but no westerns please, they bore me",
    "films with the same cinematographer as The Glass Harbour",
    "a story of snow and ships",
    "who shot Night Tram?",
)
TONED = (
    "Ada Quill and Bo Lund make such a fantastic team, I love how every frame is dripping with suspense!"
    " Tell me all the movies Quill directed with Lund as cinematographer!"
)
WORST = dict(models(seeds=6))
Answers = Callable[[str], dict[str, dict[str, Any]]]


@pytest.fixture
def answers(toy_assistant: Any) -> Answers:
    """Return the answers to a request of the built-in model ("own") and of every scripted one."""

    def ask(request: str) -> dict[str, dict[str, Any]]:
        own = {"own": toy_assistant().ask(request).answer}
        return own | {name: toy_assistant(model=each).ask(request).answer for name, each in WORST.items()}

    return ask


@pytest.mark.parametrize("request_", SETTLED)
def test_no_model_changes_what_the_reading_settles(answers: Answers, request_: str) -> None:
    own, *others = answers(request_).values()
    assert all(other == own for other in others)


def test_no_model_changes_more_than_the_order_of_what_is_proved_by_a_tone(answers: Answers) -> None:
    own, *others = answers(TONED).values()
    said = [(sorted(line["id"] for line in each["items"]), each["conditions"]) for each in (own, *others)]
    assert all(each == said[0] for each in said)
    assert any(each["items"] != own["items"] for each in others)


def test_no_model_takes_away_what_is_proved_by_an_aside(answers: Answers) -> None:
    own, *others = ([line["id"] for line in each["items"]] for each in answers(ASIDE).values())
    assert own == ["6"]
    assert {tuple(each) for each in others} == {("6",), ("6", "2", "1")}


def test_every_model_answers_by_what_the_asking_sentence_states(answers: Answers) -> None:
    stated = [[each["value"] for each in answer["conditions"]] for answer in answers(ASIDE).values()]
    assert all("Ada Quill" in each for each in stated)
