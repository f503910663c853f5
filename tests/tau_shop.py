"""Six films by invented people in the form of τ-Rec's files; every verdict can be read off this table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from agent.assistant import Assistant
from bench.tau_rec.tasks import read_shop
from bench.tau_rec.types import Dialogue, Exchange, Offer, Question, Reply, Shop, Stop, Task, Utterance
from kg.adding import add_tables
from kg.policy import Policy
from kg.sources.mapping import Mapping
from kg.sources.table import Tables

FILMS = (
    # id, genres, runtime, rating, votes, services, sponsored, content rating
    ("short", ["Comedy"], 90, 6.5, 600, ["Vidora"], False, "PG"),
    ("long", ["Comedy"], 150, 8.0, 500, ["Vidora"], False, "PG"),
    ("paid", ["Comedy", "Crime"], 100, 7.5, 400, ["Vidora"], True, "PG-13"),
    ("dark", ["Drama"], 110, 7.0, 300, ["Vidora", "Kinoway"], False, "R"),
    ("plain", ["Drama"], 95, 7.0, 200, ["Kinoway"], False, "NR"),
    ("weak", ["Comedy"], 95, 4.5, 100, ["Vidora"], False, "PG"),
)


def films() -> list[dict[str, Any]]:
    """The catalogue as its file holds it."""
    return [
        {
            "id": key,
            "title": f"The {key.title()} One",
            "release_date": "2020-01-01",
            "runtime": runtime,
            "genres": genres,
            "overview": "Somebody does something.",
            "cast": ["Mara Vance"],
            "director": "Ada Quill",
            "rating": rating,
            "vote_count": votes,
            "streaming_services": services,
            "sponsored": sponsored,
            "content_rating": age,
        }
        for key, genres, runtime, rating, votes, services, sponsored, age in FILMS
    ]


def task(*constraints: tuple[str, str, Any, str], **rest: Any) -> dict[str, Any]:
    """A task as a file holds it, of `(field, op, value, reveal)`."""
    told = [
        {"constraint": {"field": field, "op": op, "value": value}, "reveal": reveal}
        for field, op, value, reveal in constraints
    ]
    known = rest.pop("known", [])
    return {
        "id": "task_001",
        "constraints": told,
        "complexity": "simple",
        "reveal_difficulty": "volunteer",
        "user_id": "u",
        "user_history": {"u": {"watched": known, "ratings": {}}},
        "user_services": ["Vidora"],
    } | rest


COMEDY = ("genres", "contains", "Comedy", "volunteer")
SHORT = ("runtime", "<=", 120, "hidden")


def written(folder: Path, *tasks: dict[str, Any]) -> Path:
    """Write a τ-Rec folder and return it."""
    (folder / "tasks").mkdir(parents=True, exist_ok=True)
    (folder / "catalog.json").write_text(json.dumps(films()), encoding="utf-8")
    for each in tasks:
        (folder / "tasks" / f"{each['id']}.json").write_text(json.dumps(each), encoding="utf-8")
    return folder


def shop(folder: Path) -> Shop:
    """The toy shop."""
    return read_shop(written(folder))


@contextmanager
def under_policy(home: Path, policy: Policy) -> Iterator[Assistant]:
    """An assistant for the films as a table that is guessed, in a home of its own for as long as it lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(home))
        (home / "films.json").write_text(json.dumps(films()), encoding="utf-8")
        add_tables("shop", Tables(home / "films.json"), Mapping(guess=True))
        yield Assistant("shop", policy=policy)


def goal(*constraints: tuple[str, str, Any, str], **rest: Any) -> Task:
    """A task."""
    return Task.model_validate(task(*constraints, **rest))


def offer(*items: str, text: str = "", notices: Sequence[str] = ()) -> Reply:
    """An answer that offers."""
    return Reply(act="recommend", text=text, items=[Offer(id=key, notices=list(notices)) for key in items])


def ask(text: str, slot: str = "", *choices: str) -> Reply:
    """An answer that asks."""
    return Reply(act="ask", text=text, question=Question(text=text, slot=slot, choices=list(choices)))


NOTHING = Reply(act="decline", text="Nothing fits.")


def said(text: str = "", **what: Any) -> Utterance:
    """A message of the person."""
    return Utterance(text=text, **what)


def dialogue(*exchanges: tuple[Utterance, Reply], stop: Stop = "accepted") -> Dialogue:
    """A dialogue of the toy task."""
    told = [Exchange(said=message, reply=reply) for message, reply in exchanges]
    return Dialogue(task="task_001", trial=0, exchanges=told, last=said(stop=stop))
