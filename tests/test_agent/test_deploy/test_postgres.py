"""People and conversations in Postgres: what is kept on disk is kept there, by several processes at once."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from agent.assistant import Assistant
from agent.conversation import Conversation
from agent.database import opened
from agent.graph import build
from agent.memory import conversations, erase, erase_all, one_turn_at_a_time, thread_of
from agent.messages import turns
from agent.people import People
from agent.person import Person, Profile, chosen
from kg.errors import UnreachableError, UsageError
from kg.graph import KnowledgeGraph
from kg.types import ItemId
from postgres_server import PASSWORD, SENT, Postgres

pytestmark = pytest.mark.deploy

REPOSITORY = Path(__file__).parents[3]
TRAM, SALT = ItemId("2"), ItemId("4")
MARKER = "zqplantedmarker71"
ADA = "films directed by Ada Quill"
TALK = (ADA, "from before 1980", "who shot it?", "thanks", "more by the director of Salt Road", "not that")


@pytest.fixture
def people(toy: KnowledgeGraph, url: str) -> People:
    return People(toy, database=url)


def likes(people: People, user: str, *items: ItemId) -> Person:
    return people.change(user, lambda person: chosen(person, people.graph, likes=items))


def asked(usher: Assistant, url: str | None, thread: str = "t") -> list[str]:
    """Return what the person asked in a conversation, as it is kept."""
    with conversations(database=url) as saver:
        state = build(saver).get_state({"configurable": {"thread_id": thread}}).values
    return [turn[0].text for turn in turns(state.get("messages", []))]


def say(usher: Assistant, url: str | None, *texts: str, thread: str = "t") -> list[dict[str, Any]]:
    with conversations(database=url) as saver:
        kept = Conversation(usher, graph=build(saver), thread=thread)
        return [kept.say(text).answer for text in texts]


def rows_with(url: str, marker: str) -> list[str]:
    """Return the tables and the planner's statistics that hold a marker, in any case of letters."""
    import psycopg

    found = []
    with psycopg.connect(url) as connection:
        named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' UNION SELECT 'pg_stats'"
        for (table,) in connection.execute(named).fetchall():
            for row in connection.execute(f"TABLE {table}").fetchall():
                text = " ".join(_text(value) for value in row).casefold()
                if marker.casefold() in text:
                    found.append(table)
    return sorted(set(found))


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def files_with(server: Postgres, marker: str) -> list[str]:
    """Return the files of tables that hold a marker once everything is written to them."""
    server.execute("CHECKPOINT")
    files = [path for path in (server.data / "base").rglob("*") if path.is_file()]
    return [path.name for path in files if marker.casefold().encode() in path.read_bytes().lower()]


# People


def test_a_person_is_loaded_as_kept(people: People, url: str) -> None:
    kept = likes(people, "zoe", TRAM, SALT)
    assert (People(people.graph, database=url).load("zoe"), people.load("zoe")) == (kept, kept)


def test_a_user_of_the_catalogue_has_its_history(people: People) -> None:
    likes(people, "u1", SALT)
    assert people.load("u1").seen == ("1", "2", "6", "4")


def test_a_change_elsewhere_is_seen_at_once(people: People, url: str) -> None:
    likes(people, "zoe", TRAM)
    assert people.load("zoe").likes == (TRAM,)
    likes(People(people.graph, database=url), "zoe", SALT)
    assert people.load("zoe").likes == (TRAM, SALT)


@pytest.mark.parametrize("name", ["Zoë", "'; DROP TABLE store", "%", 'a", "b', "_"])
def test_any_printable_name_is_kept_and_deleted_alone(people: People, name: str) -> None:
    for each in (name, "b", "x"):
        likes(people, each, TRAM)
    people.delete(name)
    assert [people.catalogues(each) for each in (name, "b", "x")] == [[], ["toy"], ["toy"]]


def test_what_json_in_postgres_refuses_is_kept(people: People) -> None:
    odd = Person("zoe", seen=(ItemId("a\x00b"),), profile=Profile("F", 34, "farmer"))
    people.change("zoe", lambda _: odd)
    assert people.load("zoe") == odd


def test_changes_at_one_time_are_all_kept(people: People) -> None:
    with ThreadPoolExecutor(24) as pool:
        list(pool.map(lambda n: likes(people, "zoe", ItemId(f"item-{n}")), range(48)))
    assert sorted(people.load("zoe").likes) == sorted(f"item-{n}" for n in range(48))


def test_deleted_people_leave_no_trace(people: People, url: str, server: Postgres) -> None:
    likes(people, "bo", SALT)
    likes(people, MARKER, *(ItemId(f"{MARKER}-{n}") for n in range(20)))
    assert (rows_with(url, MARKER), bool(files_with(server, MARKER))) == (["store"], True)
    people.delete(MARKER)
    assert (rows_with(url, MARKER), files_with(server, MARKER)) == ([], [])
    assert people.load("bo").likes == (SALT,)


# Conversations


def test_a_conversation_is_as_in_memory(toy_usher: Assistant, url: str) -> None:
    held = Conversation(toy_usher)
    assert say(toy_usher, url, *TALK) == [held.say(text).answer for text in TALK]


def test_one_state_of_a_conversation_is_kept(toy_usher: Assistant, url: str) -> None:
    say(toy_usher, url, *TALK)
    with conversations(database=url) as saver:
        assert len(list(saver.list({"configurable": {"thread_id": "t"}}))) == 1


def test_nul_and_nan_in_a_conversation_are_kept(toy_usher: Assistant, url: str) -> None:
    said = HumanMessage("films by Ada\x00 Quill", additional_kwargs={"score": float("nan")})
    answered = AIMessage("", tool_calls=[{"name": "find", "args": {"a": "\x00"}, "id": "1"}])
    with conversations(database=url) as saver:
        graph = build(saver)
        given = {"messages": [said, answered], "answer": {"text": "\x00", "score": float("inf")}}
        config = {"configurable": {"thread_id": "t"}}
        graph.update_state(config, given, as_node="model")
        kept = graph.get_state(config).values
    assert (kept["messages"][0].text, kept["answer"]["score"]) == (said.text, float("inf"))
    assert say(toy_usher, url, "films by Ada\x00 Quill", thread="other")[0]["text"]


def test_turns_of_many_threads_at_once_lose_nothing(toy_usher: Assistant, url: str) -> None:
    texts = [f"films by Ada Quill before {year}" for year in range(1980, 2000)]
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda text: say(toy_usher, url, text), texts[:5]))
        list(pool.map(lambda text: say(toy_usher, url, text, thread=text), texts))
    assert sorted(asked(toy_usher, url)) == texts[:5]
    assert [asked(toy_usher, url, text) for text in texts] == [[text] for text in texts]


TALKING = """
import sys
from agent.assistant import Assistant
from agent.conversation import Conversation
from agent.graph import build
from agent.memory import conversations
usher = Assistant()
print("ready", flush=True)
sys.stdin.readline()
with conversations(database=sys.argv[1] or None) as saver:
    kept = Conversation(usher, graph=build(saver), thread="at once")
    for text in sys.argv[2:]:
        kept.say(text)
"""


@pytest.mark.parametrize("in_database", [False, True], ids=["sqlite", "postgres"])
def test_two_processes_at_once_lose_nothing(usher: Assistant, url: str, in_database: bool) -> None:
    texts = [f"films from {year}" for year in range(1980, 1986)]
    place = url if in_database else ""
    runs = [talking(place, texts[n::2]) for n in range(2)]
    for run in runs:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
    outs = [run.communicate("\n", timeout=60) for run in runs]
    assert [error for _, error in outs] == ["", ""]
    assert sorted(asked(usher, url if in_database else None, "at once")) == texts


def talking(url: str, texts: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", TALKING, url, *texts],
        cwd=REPOSITORY,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_turn_whose_lock_is_lost_is_not_kept(usher: Assistant, url: str, server: Postgres) -> None:
    def turn() -> None:
        with conversations(database=url) as saver, one_turn_at_a_time(saver, "at once") as held:
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            )
            assert talking(url, ["films from 1980"]).communicate("\n", timeout=60)[1] == ""
            usher.chat(build(held), "at once", "films from 1990", lambda _: None)  # type: ignore[arg-type]

    with pytest.raises(UnreachableError, match="is not kept"):
        turn()
    assert asked(usher, url, "at once") == ["films from 1980"]


def test_a_deleted_conversation_leaves_no_trace(toy_usher: Assistant, url: str, server: Postgres) -> None:
    for user in ("zoe", "bo", MARKER):
        say(toy_usher, url, f"films by {user}", thread=thread_of("toy", user))
    say(toy_usher, url, f"films by {MARKER}", thread=thread_of("other", MARKER))
    assert rows_with(url, MARKER) != []
    with conversations(database=url) as saver:
        erase_all(saver, MARKER, thread_of("toy", MARKER))
    assert (rows_with(url, MARKER), files_with(server, MARKER)) == ([], [])
    assert asked(toy_usher, url, thread_of("toy", "bo")) == ["films by bo"]


def test_the_statistics_of_a_table_tell_nothing(toy_usher: Assistant, url: str, server: Postgres) -> None:
    import psycopg

    say(toy_usher, url, f"films by {MARKER}", thread=MARKER)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE")
    with conversations(database=url) as saver:
        erase(saver, MARKER)
    assert (rows_with(url, MARKER), files_with(server, MARKER)) == ([], [])


# What goes wrong


def test_tables_are_made_once_by_many_at_once(url: str) -> None:
    from agent.postgres import Database

    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: Database(url, "here"), range(6)))
    for each in made:
        each.pool.close()
    assert len(made) == 6


def test_after_a_restart_people_are_there(people: People, server: Postgres) -> None:
    likes(people, "zoe", TRAM)
    server.stop()
    threading.Timer(1.0, server.start).start()
    assert likes(people, "zoe", SALT).likes == (TRAM, SALT)


def test_a_server_that_is_gone_is_said_and_found_when_it_is_back(people: People, server: Postgres) -> None:
    def said() -> str:
        with pytest.raises(UnreachableError) as error:
            people.load("zoe")
        return str(error.value)

    likes(people, "zoe", TRAM)
    server.stop()
    try:
        with ThreadPoolExecutor(8) as pool:
            came = [each.result() for each in [pool.submit(said) for _ in range(8)]]
    finally:
        server.start()
    begun = time.monotonic()
    assert people.load("zoe").likes == (TRAM,)
    assert time.monotonic() - begun < 5
    assert re.match(r"postgresql://127.0.0.1:\d+/test_\d+: .*\n  .*Try again", came[0])


@pytest.mark.parametrize(
    "wrong", [("/test_", "/none_"), (SENT, f"{SENT}x"), (":", ":"), ("127.0.0.1:", "127.0.0.1:1")]
)
def test_a_database_that_cannot_be_used_is_said_without_the_password(
    server: Postgres, url: str, wrong: tuple[str, str]
) -> None:
    if wrong == (":", ":"):
        url = f"postgresql://{SENT}:{SENT}@127.0.0.1:{server.port}/postgres"
    with pytest.raises(UsageError, match=r"cannot be used: .*\n  Start Postgres") as error:
        opened(url.replace(*wrong))
    assert SENT not in str(error.value)
    assert PASSWORD not in str(error.value).replace(f'user "{PASSWORD}"', "")


def test_a_profile_is_kept(people: People) -> None:
    people.change("zoe", lambda person: replace(person, profile=Profile("F", 34, "farmer")))
    assert people.load("zoe").profile == Profile("F", 34, "farmer")
