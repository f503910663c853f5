"""What a database may be called, and what is said of one without its password; Postgres is not needed."""

from __future__ import annotations

import sys

import pytest

from agent import database
from agent.llm.secrets import masked
from kg.errors import UsageError

WORD = "zq-planted-word"


@pytest.mark.parametrize(
    ("url", "where"),
    [
        (f"postgresql://films:{WORD}@db.example:5433/usher", "postgresql://db.example:5433/usher"),
        (f"postgres://films:{WORD}@127.0.0.1/usher?sslmode=require", "postgresql://127.0.0.1/usher"),
        (f"postgresql://films@a:1,b:2/usher?password={WORD}", "postgresql://a:1,b:2/usher"),
        (f"postgresql://films:{WORD}%40x@[::1]:5432/usher", "postgresql://[::1]:5432/usher"),
        ("postgresql:///usher?host=/run/postgresql", "postgresql:///usher"),
        ("postgresql://localhost", "postgresql://localhost"),
    ],
)
def test_a_database_is_named_without_who_enters(url: str, where: str) -> None:
    assert database.place(url) == where


@pytest.mark.parametrize(
    "url",
    [
        "",
        "usher.sqlite",
        f"mysql://films:{WORD}@db.example/usher",
        f"postgresql://films:{WORD}/x@db.example/usher",
        f"postgresql://films:{WORD}?x@db.example/usher",
        f"postgresql://films:{WORD}#x@db.example/usher",
        f"postgresql://films:x@{WORD}@db.example/usher",
        f"postgresql://db.example:{WORD}/usher",
    ],
)
def test_what_is_no_url_of_a_database_is_not_repeated(url: str) -> None:
    with pytest.raises(UsageError, match=r"no URL of a Postgres database; expected postgresql://") as error:
        database.opened(url)
    assert WORD not in str(error.value)


@pytest.mark.parametrize("sent", ["p%40ss-word-9", "p@ss-word-9"])
def test_a_password_is_masked_from_then_on(sent: str) -> None:
    database.place("postgresql://films:p%40ss-word-9@db.example/usher")
    assert sent not in masked(f"could not log in with {sent}")


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "agent.postgres", None)
    with pytest.raises(UsageError, match=r"needs the `postgres` extra: pip install '\.\[postgres\]'"):
        database.opened("postgresql://localhost/usher")
