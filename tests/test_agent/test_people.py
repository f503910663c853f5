"""What is kept of people on disk: by catalogue and name, by several processes, gone when it is deleted."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from agent.people import MAX_NAME, People
from agent.person import Person, Profile, chosen, forgotten
from agent.records import FILE, FORMAT
from kg import names, naming
from kg.builder import Builder
from kg.errors import DataError, UsageError
from kg.graph import KnowledgeGraph
from kg.types import Item, ItemId

REPOSITORY = Path(__file__).parents[2]
TRAM, SALT = ItemId("2"), ItemId("4")
MARKER = "zq-planted-marker-71"


@pytest.fixture
def people(toy: KnowledgeGraph, tmp_path: Path) -> People:
    return People(toy, tmp_path / "home")


@pytest.fixture
def other(tmp_path: Path) -> KnowledgeGraph:
    """Another catalogue, with the marker in an item's id."""
    folder = tmp_path / "other"
    folder.mkdir()
    builder = Builder()
    builder.add_item(Item(ItemId(MARKER), "Marked"))
    catalogue = builder.finish("other", "tests", "1")
    naming.write(catalogue, folder)
    return KnowledgeGraph(catalogue, names.load(folder))


def likes(people: People, user: str, *items: ItemId) -> Person:
    return people.change(user, lambda person: chosen(person, people.graph, likes=items))


def traces(folder: Path, marker: str) -> list[str]:
    """Return the files below a folder whose bytes or path hold a marker."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if marker.encode() in path.read_bytes() or marker in str(path)]


# Who is known


def test_an_unknown_person_is_empty(people: People) -> None:
    assert people.load("zoe").is_empty


def test_an_unknown_person_leaves_nothing_on_disk(people: People) -> None:
    people.load("zoe")
    assert not people.folder.exists()


def test_a_user_of_the_catalogue_has_its_history(people: People) -> None:
    assert people.load("u1").seen == ("1", "2", "6")


def test_the_gender_in_a_catalogue_was_not_said_by_the_person(people: People) -> None:
    assert people.load("u1").profile == Profile()


def test_what_a_user_of_the_catalogue_says_joins_their_history(people: People) -> None:
    likes(people, "u1", SALT)
    assert people.load("u1").seen == ("1", "2", "6", "4")


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * (MAX_NAME + 1), "\x00"])
def test_what_cannot_be_a_name_is_refused(people: People, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be a person's name"):
        people.load(name)


@pytest.mark.parametrize(
    "name", ["j.doe", "Zoë", "../../etc", "a b", "'; DROP TABLE store", "42", "%", "x" * MAX_NAME]
)
def test_any_printable_name_is_kept(people: People, name: str) -> None:
    likes(people, name, TRAM)
    assert people.load(name).likes == (TRAM,)


# Kept


def test_a_person_is_loaded_as_kept(people: People) -> None:
    kept = likes(people, "zoe", TRAM, SALT)
    assert People(people.graph, people.folder).load("zoe") == kept


def test_a_profile_is_kept(people: People) -> None:
    people.change("zoe", lambda person: replace(person, profile=Profile("F", 34, "farmer")))
    assert people.load("zoe").profile == Profile("F", 34, "farmer")


def test_two_people_are_kept_apart(people: People) -> None:
    likes(people, "zoe", TRAM)
    likes(people, "bo", SALT)
    assert (people.load("zoe").likes, people.load("bo").likes) == ((TRAM,), (SALT,))


def test_two_catalogues_are_kept_apart(people: People, other: KnowledgeGraph) -> None:
    likes(people, "zoe", TRAM)
    assert People(other, people.folder).load("zoe").is_empty


def test_a_name_is_known_by_its_catalogues(people: People, other: KnowledgeGraph) -> None:
    likes(people, "zoe", TRAM)
    likes(People(other, people.folder), "zoe", ItemId(MARKER))
    likes(People(other, people.folder), "bo", ItemId(MARKER))
    assert people.catalogues("zoe") == ["other", "toy"]


def test_a_long_history_is_loaded_as_kept(people: People) -> None:
    long = Person("zoe", seen=tuple(ItemId(f"gone-{n}") for n in range(10_000)))
    people.change("zoe", lambda _: long)
    assert people.load("zoe") == long


def test_only_the_owner_may_read_the_file(people: People) -> None:
    likes(people, "zoe", TRAM)
    assert (people.folder / FILE).stat().st_mode & 0o077 == 0


def test_changes_at_one_time_are_all_kept(people: People) -> None:
    def add(n: int) -> None:
        likes(People(people.graph, people.folder), "zoe", ItemId(f"item-{n}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(24)))
    assert sorted(people.load("zoe").likes) == sorted(f"item-{n}" for n in range(24))


def test_changes_of_two_processes_are_all_kept(tmp_path: Path) -> None:
    code = """
import sys
from agent.people import People
from agent.person import chosen
from kg.store import open_catalogue
people = People(open_catalogue("builtin").graph)
items = [item.id for item in people.graph.catalogue.items[int(sys.argv[1]) :: 2][:8]]
for item in items:
    people.change("zoe", lambda person: chosen(person, people.graph, likes=[item]))
"""
    command = [sys.executable, "-c", code]
    runs = [subprocess.Popen([*command, str(n)], cwd=REPOSITORY, stderr=subprocess.PIPE) for n in range(2)]
    errors = [run.communicate(timeout=60)[1] for run in runs]
    assert errors == [b"", b""]
    from kg.store import open_catalogue

    people = People(open_catalogue("builtin").graph)
    first = {item.id for item in people.graph.catalogue.items[:16]}
    kept = set(people.load("zoe").likes)
    people.delete("zoe")
    assert kept == first


# Export


def test_an_export_is_json_with_everything(people: People) -> None:
    person = likes(people, "zoe", TRAM)
    said = json.loads(people.export(person))
    assert (said["user"], said["catalogue"], said["likes"]) == ("zoe", "toy", ["2"])


def test_an_export_has_titles(people: People) -> None:
    assert json.loads(people.export(likes(people, "zoe", TRAM)))["titles"] == {"2": "Night Tram (1981)"}


def test_an_export_has_the_weights(people: People) -> None:
    person = likes(people, "zoe", TRAM)
    exported = json.loads(people.export(person))
    assert [tuple(row) for row in exported["long_term"]] == [tuple(w) for w in person.long_term]


# Deleted


def test_a_deleted_person_is_unknown(people: People) -> None:
    likes(people, "zoe", TRAM)
    people.delete("zoe")
    assert people.load("zoe").is_empty


def test_to_delete_one_leaves_the_others(people: People) -> None:
    likes(people, "zoe", TRAM)
    likes(people, "bo", SALT)
    people.delete("zoe")
    assert people.load("bo").likes == (SALT,)


def test_to_delete_an_unknown_person_is_no_error(people: People) -> None:
    people.delete("zoe")
    assert people.load("zoe").is_empty


def test_a_deleted_user_of_the_catalogue_has_its_history_again(people: People) -> None:
    likes(people, "u1", SALT)
    people.delete("u1")
    assert people.load("u1").seen == ("1", "2", "6")


def test_to_delete_reaches_every_catalogue(people: People, other: KnowledgeGraph) -> None:
    likes(People(other, people.folder), "zoe", ItemId(MARKER))
    likes(people, "zoe", TRAM)
    people.delete("zoe")
    assert people.catalogues("zoe") == []


def test_the_marker_is_found_before_it_is_deleted(people: People) -> None:
    likes(people, "zoe", ItemId(MARKER))
    assert traces(people.folder, MARKER) == [str(people.folder / FILE)]


def test_deleted_items_leave_no_trace(people: People) -> None:
    likes(people, "bo", SALT)
    likes(people, "zoe", *(ItemId(f"{MARKER}-{n}") for n in range(2_000)))
    people.delete("zoe")
    assert traces(people.folder, MARKER) == []


def test_a_deleted_name_leaves_no_trace(people: People) -> None:
    likes(people, MARKER, TRAM)
    people.delete(MARKER)
    assert traces(people.folder, MARKER) == []


def test_a_forgotten_item_leaves_no_trace(people: People) -> None:
    likes(people, "zoe", ItemId(MARKER), TRAM)
    people.change("zoe", lambda person: forgotten(person, [ItemId(MARKER)], people.graph))
    assert traces(people.folder, MARKER) == []


def test_deleting_while_others_read_leaves_no_trace(people: People) -> None:
    likes(people, "zoe", ItemId(MARKER))
    likes(people, "bo", SALT)
    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(partial(People(people.graph, people.folder).load, "bo")) for _ in range(20)]
        people.delete("zoe")
        assert {reader.result().likes for reader in readers} == {(SALT,)}
    assert traces(people.folder, MARKER) == []


# Damaged files


def test_a_file_that_is_no_database_is_an_error(people: People) -> None:
    people.folder.mkdir()
    (people.folder / FILE).write_bytes(b"not a database, " * 100)
    with pytest.raises(DataError, match=r"people\.sqlite: not a readable memory .*\n  Move it away"):
        people.load("zoe")


def test_a_file_that_is_cut_short_is_an_error(people: People) -> None:
    likes(people, "zoe", *(ItemId(f"item-{n}") for n in range(2_000)))
    path = people.folder / FILE
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(DataError, match="not a readable memory of people"):
        people.load("zoe")


def test_a_file_of_a_newer_format_is_an_error(people: People) -> None:
    likes(people, "zoe", TRAM)
    with sqlite3.connect(people.folder / FILE) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    connection.close()
    with pytest.raises(DataError, match=f"format {FORMAT + 1}, expected {FORMAT}\n  A newer Usher wrote it"):
        people.load("zoe")


def test_somebody_elses_database_is_an_error(people: People) -> None:
    people.folder.mkdir()
    with sqlite3.connect(people.folder / FILE) as connection:
        connection.execute("CREATE TABLE bills (paid INTEGER)")
    connection.close()
    with pytest.raises(DataError, match="this is not a memory of people"):
        people.load("zoe")


def test_a_record_with_unknown_fields_is_an_error(people: People) -> None:
    likes(people, "zoe", TRAM)
    with sqlite3.connect(people.folder / FILE) as connection:
        connection.execute("UPDATE store SET value = ?", ('{"catalogue": "toy", "user": "zoe", "mood": 1}',))
    connection.close()
    with pytest.raises(DataError, match="the record of 'zoe' is not one of this version"):
        people.load("zoe")


def test_an_empty_file_is_a_new_one(people: People) -> None:
    people.folder.mkdir()
    (people.folder / FILE).touch()
    assert likes(people, "zoe", TRAM).likes == (TRAM,)
