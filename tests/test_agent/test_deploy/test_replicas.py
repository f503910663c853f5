"""Two replicas under load, one killed, Postgres crashed and started again: what was acknowledged is kept."""

from __future__ import annotations

import itertools
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from agent.assistant import Assistant
from agent.conversation import Said, answer_last
from agent.graph import build
from agent.memory import conversations
from agent.messages import turns
from postgres_server import Postgres
from replicas import Replica, Unanswered

pytest.importorskip("uvicorn", reason="serving needs the `server` extra")
pytestmark = pytest.mark.deploy

REPOSITORY = Path(__file__).parents[3]
CHAT = "/v1/chat/completions"
TALK = (
    "films directed by Steven Spielberg",
    "only from the 90s",
    "not the first one",
    "who directed the second one?",
)
CLIENTS, LOAD = 6, 9.0  # people, and seconds of load after everybody was answered once
PATIENCE = 60.0


@dataclass
class Client:
    """Somebody whose requests go to replicas in turn, as a balancer sends them; what was acknowledged."""

    name: str
    replicas: list[Replica]
    films: list[str]
    liked: list[str] = field(default_factory=list)
    shown: list[list[str]] = field(default_factory=list)
    refused: int = 0

    def __post_init__(self) -> None:
        self._next = itertools.cycle(self.replicas)

    def post(self, path: str, body: Any) -> Any:
        """Return a reply; who is gone is passed over, and what was not acknowledged is said again."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                return next(self._next).post(path, body)
            except Unanswered:
                self.refused += 1
                time.sleep(0.05)
        raise TimeoutError(path)

    def like(self) -> None:
        """Like the next film."""
        film = self.films[len(self.liked)]
        self.post(f"/v1/people/{self.name}/items", {"opinion": "like", "item": film})
        self.liked.append(film)

    def talk(self) -> None:
        """Say the next message of a conversation, which begins anew at its end."""
        place = len(self.shown) % len(TALK)
        messages = [{"role": "user", "content": text} for text in TALK[: place + 1]]
        reply = self.post(CHAT, {"messages": messages})
        self.shown.append([item["id"] for item in reply["usher"]["items"]])


@pytest.fixture
def replicas(url: str) -> Iterator[list[Replica]]:
    made = [Replica(url) for _ in range(2)]
    for each in made:
        each.wait()
    yield made
    for each in made:
        each.kill()


def test_what_was_acknowledged_outlives_a_replica_and_a_crash_of_postgres(
    usher: Assistant, replicas: list[Replica], server: Postgres
) -> None:
    films = [item.id for item in usher.graph.offered if item.domain != "book"]
    clients = [Client(f"p{n}", replicas, films[n::CLIENTS]) for n in range(CLIENTS)]
    over, failed = threading.Event(), list[BaseException]()

    def load(client: Client) -> None:
        try:
            while not over.is_set():
                client.like()
                client.talk()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=load, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    time.sleep(LOAD / 3)
    replicas[0].kill()
    time.sleep(LOAD / 3)
    server.stop(signal.SIGQUIT)
    time.sleep(0.5)
    server.start()
    time.sleep(LOAD / 3)
    over.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert failed == []
    assert min(client.refused for client in clients) > 0
    for client in clients:
        likes = replicas[1].get(f"/v1/people/{client.name}")["likes"]
        assert [item["id"] for item in likes] == client.liked
    alone = [[line["id"] for line in answer["items"]] for answer in said_alone(usher)]
    assert [client.shown for client in clients] == [
        list(itertools.islice(itertools.cycle(alone), len(client.shown))) for client in clients
    ]
    assert min(len(client.shown) for client in clients) >= len(TALK)


def said_alone(usher: Assistant) -> list[dict[str, Any]]:
    """Return what an assistant answers that nobody else asks."""
    return [
        answer_last(usher, [Said("user", text) for text in TALK[: place + 1]]).answer
        for place in range(len(TALK))
    ]


TALKING = """
import sys
from agent.assistant import Assistant
from agent.conversation import Conversation
from agent.graph import build
from agent.memory import conversations
usher = Assistant()
with conversations(database=sys.argv[1]) as saver:
    kept = Conversation(usher, graph=build(saver), thread="chat-builtin/zoe")
    for year in range(int(sys.argv[2]), 2026):
        kept.say(f"films from {year}")
        print(year, flush=True)
"""


def test_a_chat_that_is_killed_goes_on_in_another_process(usher: Assistant, url: str) -> None:
    acknowledged = talked(url, 1950, 3) + talked(url, 1980, 3)
    with conversations(database=url) as saver:
        config: Any = {"configurable": {"thread_id": "chat-builtin/zoe"}}
        kept = [turn[0].text for turn in turns(build(saver).get_state(config).values["messages"])]
    assert set(acknowledged) <= set(kept)


def talked(url: str, first: int, count: int) -> list[str]:
    """Return the turns that a chat was answered before it is killed in the midst of the next."""
    with subprocess.Popen(
        [sys.executable, "-c", TALKING, url, str(first)], cwd=REPOSITORY, text=True, stdout=subprocess.PIPE
    ) as chat:
        assert chat.stdout is not None
        said = [f"films from {chat.stdout.readline().strip()}" for _ in range(count)]
        time.sleep(0.005)
        chat.kill()
        said += [f"films from {line.strip()}" for line in chat.stdout]
    return said
