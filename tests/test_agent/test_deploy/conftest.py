"""Real servers on loopback: Postgres with a password, a database a test."""

from __future__ import annotations

import importlib.util
import itertools
from collections.abc import Iterator

import pytest

from agent import database as databases
from postgres_server import Postgres, binaries

_EXTRAS = ("psycopg", "psycopg_pool", "langgraph.checkpoint.postgres")
_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """A Postgres, or a skip that says what is missing."""
    if not all(map(importlib.util.find_spec, _EXTRAS)):
        pytest.skip("a database needs the `postgres` extra: make test-deploy")
    from postgres_server import Postgres

    found = binaries()
    if found is None:
        pytest.skip("there is no Postgres here: make test-deploy")
    made = Postgres(found)
    yield made
    made.remove()


@pytest.fixture
def url(server: Postgres) -> Iterator[str]:
    """The URL of an empty database of the test's own."""
    from agent.postgres import database

    name = f"test_{next(_NUMBERS)}"
    server.execute(f"CREATE DATABASE {name}")
    own = server.url.removesuffix("postgres") + name
    yield own
    database(own, databases.place(own)).pool.close()
    database.cache_clear()
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")
