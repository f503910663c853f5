"""The text index on a real Chroma server, on loopback."""

from __future__ import annotations

import gc
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from kg.documents import documents
from kg.embedders import Lsa
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.types import ItemId
from kg.vectors import ItemIndex, open_index, open_served_index

# Chroma's client leaves idle connections to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
TEXTS = ("a lighthouse keeper counts ships", "a train robbery in the snow", "two sisters and a bakery")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server of its own; it is stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = Path(sys.executable).parent / "chroma"
    if not command.exists():
        pytest.skip(f"no `chroma` command beside {sys.executable}")
    folder = tmp_path_factory.mktemp("server")
    with subprocess.Popen(
        [str(command), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            running.kill()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ResourceWarning)
                SharedSystemClient.clear_system_cache()
                gc.collect()


def _wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the Chroma server did not start in 30 s")


@pytest.fixture
def served(toy: KnowledgeGraph, server: str) -> Iterator[ItemIndex]:
    index = open_served_index(toy, server, Lsa.fit(documents(toy)))
    yield index
    index.client.close()


def rounded(found: list[tuple[ItemId, float]]) -> list[tuple[ItemId, float]]:
    return [(key, round(score, 5)) for key, score in found]


@pytest.mark.parametrize("text", TEXTS)
def test_a_server_finds_what_the_embedded_index_finds(
    toy: KnowledgeGraph, served: ItemIndex, tmp_path: Path, text: str
) -> None:
    embedded = open_index(toy, tmp_path, served.embedder)
    allowed = np.array([0, 1, 3], dtype=np.int32)
    assert rounded(served.search(text, 3)) == rounded(embedded.search(text, 3)) != []
    among = rounded(served.search(text, 3, allowed=allowed))
    assert among == rounded(embedded.search(text, 3, allowed=allowed)) != []


def test_a_filled_collection_is_used_again(toy: KnowledgeGraph, server: str, served: ItemIndex) -> None:
    again = open_served_index(toy, server, served.embedder)
    assert (again.collection.id, again.collection.metadata) == (served.collection.id, {"complete": True})
    again.client.close()


def test_a_collection_that_was_left_half_filled_is_filled(
    toy: KnowledgeGraph, server: str, served: ItemIndex
) -> None:
    served.collection.delete(ids=["1"])
    served.collection.modify(metadata={"complete": False})
    again = open_served_index(toy, server, served.embedder)
    assert again.collection.count() == len(toy.catalogue.items)
    again.client.close()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "localhost:8000", "ftp://127.0.0.1", ""])
def test_no_server_is_said_with_the_remedy(toy: KnowledgeGraph, url: str) -> None:
    with pytest.raises(UsageError, match="chroma run"):
        open_served_index(toy, url, Lsa.fit(documents(toy)))
