"""Toy catalogues with planted answers, and the real data where it lies beside the repository."""

from __future__ import annotations

import gc
import os
import resource
import signal
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg import catalogue as catalogues
from kg import names, naming
from kg.builder import Builder
from kg.catalogue import Catalogue, Histories
from kg.documents import documents
from kg.embedders import Lsa
from kg.graph import KnowledgeGraph
from kg.types import Entity, EntityId, Item, ItemId, Kind, Relation, RelationName, User
from kg.vectors import ExactIndex, exact_index
from tools.knowledge import Knowledge

if TYPE_CHECKING:
    from agent.assistant import Assistant

_OPEN_FILES = 8192
_COLLECTED_AFTER = 100_000  # objects more
SHARED = Path(__file__).parents[2] / "shared" / "data"


def pytest_configure() -> None:
    """Let more files be open than shells allow by default: the text indexes of many tests stay open.

    And look for garbage seldom: what tests and libraries make when they are loaded nearly all stays. And
    load no certificates: tests reach loopback only, and every client of a server would read some 150. And
    heed Ctrl-C, which what a shell runs in the background ignores: tests press it in programs they start.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    gc.set_threshold(_COLLECTED_AFTER, *gc.get_threshold()[1:])
    os.environ.pop("SSL_CERT_FILE", None)
    os.environ["SSL_CERT_DIR"] = str(Path(__file__).parent)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(_OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what is slow, so that at the end no process waits for another."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session", autouse=True)
def _lasting_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep fixtures that live longer than a test out of the person's own cache, as `_own_home` does tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(tmp_path_factory.getbasetemp() / "usher-home"))
        yield


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests out of the person's own cache and settings; one home a session, built once."""
    for name in os.environ:
        if name.startswith(("OPENAI_", "USHER_", "LANGSMITH_")):
            monkeypatch.delenv(name)
    home = tmp_path_factory.getbasetemp() / "usher-home"
    monkeypatch.setenv("USHER_HOME", str(home))
    (home / "servers.json").unlink(missing_ok=True)  # what another test found out of a server


@pytest.fixture(scope="session")
def assistants(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Assistant]:
    """Return the assistant on a catalogue that ships or lies in the real data, opened once a process.

    Tests that only ask share it, with all that it opens and learns at its first questions.
    """
    from agent.assistant import Assistant

    home = tmp_path_factory.getbasetemp() / "usher-home"

    @cache
    def opened(catalogue: str) -> Assistant:
        if catalogue != "builtin" and not (SHARED / catalogue).is_dir():
            pytest.skip(f"the real data of {catalogue} is not at {SHARED}")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("USHER_HOME", str(home))
            return Assistant(catalogue, data=None if catalogue == "builtin" else SHARED)

    return opened


@pytest.fixture
def shared() -> Path:
    """The folder of real data; tests that need it are skipped where it is not there."""
    if not SHARED.is_dir():
        pytest.skip(f"the real data is not at {SHARED}")
    return SHARED


def toy_catalogue() -> Catalogue:
    """Six films by invented people; every answer in the tests can be read off this table."""
    builder = Builder()
    films = {
        "1": (
            "The Glass Harbour",
            1975,
            "Ada Quill",
            "Bo Lund",
            "Drama",
            "A lighthouse keeper counts ships.",
        ),
        "2": ("Night Tram", 1981, "Ada Quill", "Cy Marsh", "Thriller", "A tram driver sees a murder."),
        "3": ("Paper Moons", 1983, "Dov Eberhart", "Bo Lund", "Comedy", "Two forgers sell the moon."),
        "4": ("Salt Road", 1990, "Dov Eberhart", "Cy Marsh", "Western", "A caravan crosses a salt desert."),
        "5": ("The Glass Harbour II", 1992, "Ines Okafor", "Bo Lund", "Drama", "The lighthouse goes dark."),
        "6": (
            "Cold Orchard",
            2001,
            "Ada Quill",
            "Bo Lund",
            "Thriller",
            "Apples, snow and a missing brother.",
        ),
    }
    for key, (title, year, director, cinematographer, genre, text) in films.items():
        builder.add_item(Item(ItemId(key), title, year), text)
        for name, value in (("director", director), ("cinematographer", cinematographer), ("genre", genre)):
            builder.add_fact(ItemId(key), name, Entity(EntityId(f"{name[:5]}/{value}"), value))
    for key, star in (("1", "Mara Vance"), ("2", "Mara Vance"), ("3", "Theo Brandt"), ("6", "Theo Brandt")):
        builder.add_fact(ItemId(key), "actor", Entity(EntityId(f"actor/{star}"), star))
    users = [User("u1", "F", 25, "artist"), User("u2", "M", 45, "farmer")]
    histories = Histories.pack([[0, 1, 5], [1, 3]])
    return builder.finish("toy", "tests", "1", users=users, histories=histories)


def bottles() -> Catalogue:
    """Five bottles; the fourth has no price, the third two, the last nothing but a title."""
    builder = Builder()
    builder.relations |= {
        "price": Relation(RelationName("price"), Kind.NUMBER, "EUR"),
        "tasted": Relation(RelationName("tasted"), Kind.DATE),
        "organic": Relation(RelationName("organic"), Kind.FLAG),
        "body": Relation(RelationName("body"), Kind.CATEGORY, scale=("light", "medium", "full")),
    }
    for key, title, prices, tasted, organic, body in (
        ("a", "Alder", (12.5,), 20150600, 1, "light"),
        ("b", "Birch", (40,), 20150614, 0, "full"),
        ("c", "Cedar", (18, 22), 20160000, 1, "medium"),
        ("d", "Dogwood", (), 20140101, None, "Full"),
        ("e", "Elm", (), None, None, None),
    ):
        builder.add_item(Item(ItemId(key), title, domain="wine"), f"A bottle of {title.lower()} wine.")
        for price in prices:
            builder.add_value(ItemId(key), "price", price)
        if tasted is not None:
            builder.add_value(ItemId(key), "tasted", tasted)
        if organic is not None:
            builder.add_value(ItemId(key), "organic", organic)
        if body is not None:
            builder.add_fact(ItemId(key), "body", Entity(EntityId(f"body/{body.lower()}"), body.lower()))
    return builder.finish("bottles", "tests", "1")


def as_graph(catalogue: Catalogue, folder: Path) -> KnowledgeGraph:
    """Return a catalogue as a graph, its name index kept in `folder`."""
    naming.write(catalogue, folder)
    return KnowledgeGraph(catalogue, names.load(folder))


@pytest.fixture(scope="session")
def lasting_toy(tmp_path_factory: pytest.TempPathFactory) -> tuple[KnowledgeGraph, Path]:
    """The toy catalogue as a graph and its folder, written once; whoever harms the folder takes a copy."""
    folder = tmp_path_factory.mktemp("lasting") / "toy"  # runs name a catalogue by its folder
    folder.mkdir()
    catalogues.save(toy_catalogue(), folder)
    return as_graph(toy_catalogue(), folder), folder


@pytest.fixture
def toy(lasting_toy: tuple[KnowledgeGraph, Path]) -> KnowledgeGraph:
    """The toy catalogue as a graph."""
    return lasting_toy[0]


@pytest.fixture(scope="session")
def toy_index(lasting_toy: tuple[KnowledgeGraph, Path]) -> ExactIndex:
    """The text index of the toy catalogue, by brute force."""
    graph, _ = lasting_toy
    return exact_index(graph, Lsa.fit(documents(graph)))


@pytest.fixture
def toy_knowledge(toy: KnowledgeGraph, toy_index: ExactIndex) -> Knowledge:
    """What tools act on: the toy catalogue with a text index by brute force."""
    return Knowledge(toy, lambda: toy_index)


@pytest.fixture(scope="session")
def lasting_cellar(tmp_path_factory: pytest.TempPathFactory) -> tuple[KnowledgeGraph, ExactIndex]:
    """The five bottles as a graph, and their text index."""
    graph = as_graph(bottles(), tmp_path_factory.mktemp("cellar"))
    return graph, exact_index(graph, Lsa.fit(documents(graph)))


@pytest.fixture
def cellar(lasting_cellar: tuple[KnowledgeGraph, ExactIndex]) -> Knowledge:
    """What tools act on: the five bottles, with prices, dates, flags and a scale."""
    graph, index = lasting_cellar
    return Knowledge(graph, lambda: index)
