"""The text index on a real Chroma server, on loopback."""

from __future__ import annotations

import gc
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import numpy as np
import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from kg.documents import documents
from kg.embedders import Lsa
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.served_vectors import open_served_index
from kg.types import ItemId
from kg.vectors import ItemIndex, open_index

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


# Behind a proxy


class Proxy(BaseHTTPRequestHandler):
    """Hands requests on to a server, where they come with the key."""

    behind = ""
    key = "Bearer zq-key-71"

    def _handed_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if self.headers.get("authorization") != self.key:
            self._answer(401, b"who are you?", "text/plain")
            return
        with httpx.Client() as client:
            found = client.request(
                self.command,
                self.behind + self.path,
                content=body,
                headers={"content-type": self.headers.get("content-type") or "application/json"},
            )
        self._answer(found.status_code, found.content, found.headers.get("content-type", "application/json"))

    do_GET = do_POST = do_PUT = do_DELETE = _handed_on  # noqa: N815

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def proxy(server: str) -> Iterator[str]:
    handler = type("Behind", (Proxy,), {"behind": server})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


def test_a_proxy_that_checks_a_header_is_passed_with_the_key(
    toy: KnowledgeGraph, proxy: str, served: ItemIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USHER_CHROMA_TOKEN", "zq-key-71")
    behind = open_served_index(toy, proxy, served.embedder)
    assert behind.search(TEXTS[0], 3) == served.search(TEXTS[0], 3) != []
    behind.client.close()


@pytest.mark.parametrize("key", ["", "zq-wrong-key"])
def test_without_the_key_the_proxy_is_named_and_the_key_is_not(
    toy: KnowledgeGraph, proxy: str, served: ItemIndex, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("USHER_CHROMA_TOKEN", key)
    with pytest.raises(UsageError, match=r"no Chroma server answers at .*USHER_CHROMA_TOKEN") as error:
        open_served_index(toy, proxy, served.embedder)
    assert not key or key not in str(error.value)


@pytest.mark.parametrize("one_by_one", [0, 100])
def test_a_server_that_went_away_is_said(
    toy: KnowledgeGraph, proxy: str, served: ItemIndex, monkeypatch: pytest.MonkeyPatch, one_by_one: int
) -> None:
    monkeypatch.setenv("USHER_CHROMA_TOKEN", "zq-key-71")
    monkeypatch.setattr("kg.vectors.ONE_BY_ONE", one_by_one)
    behind = open_served_index(toy, proxy, served.embedder)
    monkeypatch.setattr(Proxy, "key", "Bearer another")
    with pytest.raises(UsageError, match="no Chroma server answers at"):
        behind.search(TEXTS[0], 3)
    behind.client.close()
