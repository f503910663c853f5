"""Replies kept by what was asked: keys, many writers, replay files; the ledger and its limits."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from agent.llm.cache import DiskCache, Replay, key_of
from agent.llm.client import Client
from agent.llm.errors import LimitReached, NotRecorded, Unanswered
from agent.llm.prices import Price
from agent.llm.settings import Settings
from agent.llm.spending import Ledger, Totals, about, uses
from kg.errors import DataError
from llm_server import Script, Server, calls, fails, says

REPLY = {"choices": [{"message": {"content": "hi"}}]}
BODY = {"model": "m", "messages": [{"role": "user", "content": "hello"}], "temperature": 0}
CHANGED: dict[str, tuple[Any, ...]] = {
    "model": (BODY | {"model": "n"}, "u"),
    "parameters": (BODY | {"temperature": 1}, "u"),
    "messages": (BODY | {"messages": []}, "u"),
    "tools": (BODY | {"tools": []}, "u"),
    "stream": (BODY | {"stream": True}, "u"),
    "server": (BODY, "v"),
    "repeat": (BODY, "u", 1),
    "epoch": (BODY, "u", 0, "e"),
}


@pytest.fixture
def cache(tmp_path: Path) -> DiskCache:
    return DiskCache(tmp_path / "replies.sqlite")


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(Script("one", "two", "three")) as running:
        yield running


# Keys


@pytest.mark.parametrize("name", CHANGED)
def test_another_request_has_another_key(name: str) -> None:
    assert key_of(*CHANGED[name]) != key_of(BODY, "u")


def test_the_order_of_fields_does_not_matter() -> None:
    assert key_of(dict(reversed(BODY.items())), "u") == key_of(BODY, "u")


def test_half_a_character_has_a_key() -> None:
    assert len(key_of({"text": "\ud800"}, "u")) == 64


# The file


def test_what_is_kept_is_found(cache: DiskCache) -> None:
    cache.put("k", "m", REPLY)
    assert cache.get("k") == REPLY


def test_what_is_not_kept_is_not_found(cache: DiskCache) -> None:
    assert cache.get("k") is None


def test_the_first_reply_stays(cache: DiskCache) -> None:
    cache.put("k", "m", {"n": 1})
    assert (cache.put("k", "m", {"n": 2}), cache.get("k")) == ({"n": 1}, {"n": 1})


def test_it_lies_in_the_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("USHER_HOME", str(tmp_path / "home"))
    DiskCache()
    assert (tmp_path / "home" / "replies.sqlite").is_file()


def test_a_damaged_file_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "replies.sqlite"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(DataError, match=r"replies.sqlite.*\n.*Move the file away"):
        DiskCache(path)


def test_threads_may_write_at_once(cache: DiskCache) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: cache.put(f"k{n % 50}", "m", {"n": n % 50}), range(200)))
    assert [cache.get(f"k{n}") for n in range(50)] == [{"n": n} for n in range(50)]


WRITER = """
import sys
import threading
import time
from pathlib import Path
from agent.llm.cache import DiskCache
cache = DiskCache(Path(sys.argv[1]))
for number in range(40):
    cache.put(f"{number}", "m", {"by": sys.argv[2]})
"""


def test_processes_may_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "replies.sqlite"
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, path, str(n)], cwd=Path(__file__).parents[2])
        for n in range(3)
    ]
    codes = [process.wait(60) for process in running]
    assert (codes, None in [DiskCache(path).get(str(n)) for n in range(40)]) == ([0, 0, 0], False)


# A model with a cache


def model(server: Server, **options: Any) -> Client:
    return Client.connect("m", Settings(base_url=server.url, retries=0), **options)


def test_the_same_request_is_asked_once(server: Server, cache: DiskCache) -> None:
    said = [model(server, cache=cache).invoke("hello").text for _ in range(3)]
    assert (said, len(server.bodies)) == (["one"] * 3, 1)


def test_another_repeat_is_asked_again(server: Server, cache: DiskCache) -> None:
    said = [model(server, cache=cache, repeat=n).invoke("hello").text for n in (0, 1, 0)]
    assert said == ["one", "two", "one"]


def test_without_a_cache_everything_is_asked(server: Server) -> None:
    assert [model(server).invoke("hello").text for _ in range(2)] == ["one", "two"]


def test_another_time_out_is_the_same_request(server: Server, cache: DiskCache) -> None:
    for seconds in (5, 9):
        Client.connect("m", Settings(base_url=server.url, timeout=seconds), cache=cache).invoke("hello")
    assert len(server.bodies) == 1


def test_a_failure_is_not_kept(cache: DiskCache) -> None:
    with Server(Script(fails(500), "one")) as server:
        with pytest.raises(Unanswered):
            model(server, cache=cache).invoke("hello")
        assert model(server, cache=cache).invoke("hello").text == "one"


def test_what_a_server_refuses_is_remembered(cache: DiskCache) -> None:
    with Server(Script("one"), refuses=("temperature",)) as server:
        for _ in range(2):
            model(server, cache=cache).invoke("hello")
        assert len(server.bodies) == 2


# Replay files


def recorded(server: Server, cache: DiskCache, folder: Path) -> Path:
    ledger = Ledger(folder / "calls.jsonl", None)
    for text in ("hello", "good day"):
        model(server, cache=cache, watch=ledger).invoke(text)
    ledger.close()
    cache.write(ledger.keys, folder / "replay.jsonl")
    return folder / "replay.jsonl"


def test_a_replay_says_the_same_without_a_server(server: Server, cache: DiskCache, tmp_path: Path) -> None:
    path = recorded(server, cache, tmp_path)
    again = model(server, cache=Replay(path))
    assert [again.invoke(text).text for text in ("hello", "good day")] == ["one", "two"]
    assert len(server.bodies) == 2


def test_a_replay_refuses_what_was_not_recorded(server: Server, cache: DiskCache, tmp_path: Path) -> None:
    with pytest.raises(NotRecorded, match="holds no reply to a request of this run"):
        model(server, cache=Replay(recorded(server, cache, tmp_path))).invoke("something else")


def test_a_replay_holds_the_refusals(cache: DiskCache, tmp_path: Path) -> None:
    with Server(Script("one", "two"), refuses=("temperature",)) as server:
        path = recorded(server, cache, tmp_path)
        assert model(server, cache=Replay(path)).invoke("hello").text == "one"


def test_a_replay_can_be_taken_into_a_cache(server: Server, cache: DiskCache, tmp_path: Path) -> None:
    other = DiskCache(tmp_path / "other.sqlite")
    assert other.read(recorded(server, cache, tmp_path)) == 2
    assert model(server, cache=other).invoke("hello").text == "one"


def test_a_replay_file_is_the_same_every_time(server: Server, cache: DiskCache, tmp_path: Path) -> None:
    path = recorded(server, cache, tmp_path)
    keys = [json.loads(line)["key"] for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    before = path.read_bytes()
    cache.write(reversed(keys), path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("line", ["nonsense", "{}", '{"key": 1, "model": "m", "reply": {}}', "[1]"])
def test_a_line_that_is_none_is_said_by_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "replay.jsonl"
    good = {"key": "k", "model": "m", "reply": REPLY}
    path.write_text(f'{{"settings": {{}}}}\n{json.dumps(good)}\n{line}\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"replay.jsonl:3: not a line of a replay file"):
        Replay(path)


def test_a_packed_replay_says_the_same(server: Server, cache: DiskCache, tmp_path: Path) -> None:
    plain = recorded(server, cache, tmp_path)
    packed = tmp_path / "replay.jsonl.gz"
    cache.write([json.loads(line)["key"] for line in plain.read_text().splitlines()[1:]], packed)
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()
    assert model(server, cache=Replay(packed)).invoke("good day").text == "two"


def test_a_packed_replay_that_is_cut_is_said(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"settings": {}}\n' * 99)[:20])
    with pytest.raises(DataError, match="cannot be unpacked"):
        Replay(path)


def test_a_replay_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such replay file"):
        Replay(tmp_path / "none.jsonl")


# The ledger

PRICE = Price(input=1.0, cached=0.5, output=2.0, as_of="today")
Open = Callable[..., Ledger]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Open]:
    opened: list[Ledger] = []

    def make(price: Price | None = PRICE, **limits: Any) -> Ledger:
        opened.append(Ledger(tmp_path / "calls.jsonl", price, **limits))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


def test_hits_are_counted_apart_from_calls(server: Server, cache: DiskCache, ledger: Open) -> None:
    watch = ledger()
    for text in ("a", "a", "b", "a"):
        model(server, cache=cache, watch=watch).invoke(text)
    assert (watch.totals.calls, watch.totals.hits) == (2, 2)


def test_hits_cost_no_tokens(server: Server, cache: DiskCache, ledger: Open) -> None:
    watch = ledger()
    model(server, cache=cache, watch=watch).invoke("a")
    before = watch.totals.input
    model(server, cache=cache, watch=watch).invoke("a")
    assert watch.totals.input == before > 0


def test_failures_are_counted_by_kind(ledger: Open) -> None:
    watch = ledger()
    with Server(Script(fails(500), fails("reset"), calls(("x", "{")))) as server:
        asked = Client.connect("m", Settings(base_url=server.url), watch=watch)
        asked._line._sleep = lambda seconds: None
        asked.invoke("a")
    assert watch.totals.plain()["faults"] == {"500": 1, "connection": 1, "malformed tool call": 1}
    assert (watch.totals.calls, watch.totals.retries) == (1, 2)


def test_a_ledger_goes_on(server: Server, ledger: Open) -> None:
    first = ledger()
    model(server, watch=first).invoke("a")
    first.close()
    second = ledger()
    model(server, watch=second).invoke("b")
    assert (second.totals.calls, len(second.keys)) == (2, 2)


def test_a_torn_last_line_is_dropped(ledger: Open) -> None:
    first = ledger()
    first.path.write_text('{"key": "k", "source": "server"}\n{"key": "k2", "sou', encoding="utf-8")
    assert (ledger().totals.calls, len(list(uses(first.path)))) == (1, 1)


def test_calls_say_what_they_were_for(server: Server, ledger: Open) -> None:
    watch = ledger()
    with about("q7"):
        model(server, watch=watch).invoke("a")
    assert [use["about"] for use in uses(watch.path)] == ["q7"]


def test_max_calls_stops_before_one_more(server: Server, ledger: Open) -> None:
    asked = model(server, watch=ledger(max_calls=2))
    asked.invoke("a")
    asked.invoke("b")
    with pytest.raises(LimitReached, match=r"--max-calls 2 is reached"):
        asked.invoke("c")
    assert len(server.bodies) == 2


def test_a_hit_is_no_call(server: Server, cache: DiskCache, ledger: Open) -> None:
    asked = model(server, cache=cache, watch=ledger(max_calls=1))
    assert [asked.invoke("a").text for _ in range(3)] == ["one"] * 3


def test_calls_in_flight_are_still_written_down(ledger: Open) -> None:
    watch, gate = ledger(), threading.Event()

    def slow(_: Any) -> Any:
        gate.wait(5)
        return says("late")

    with Server(slow) as server, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(model(server, watch=watch).invoke, "a")
        while not server.bodies:
            time.sleep(0.001)
        threading.Timer(0.05, gate.set).start()
        watch.close()
        assert (asked.result().text, [use["source"] for use in uses(watch.path)]) == ("late", ["server"])


def test_after_the_end_nothing_is_asked(server: Server, ledger: Open) -> None:
    watch = ledger()
    watch.close()
    with pytest.raises(LimitReached, match="the run has ended"):
        model(server, watch=watch).invoke("a")
    assert server.bodies == []


def test_max_calls_holds_for_threads(server: Server, ledger: Open) -> None:
    asked = model(server, watch=ledger(max_calls=5))

    def ask(number: int) -> bool:
        try:
            asked.invoke(f"hello {number}")
        except LimitReached:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask, range(20))) == len(server.bodies) == 5


def test_max_cost_stops_before_it_is_passed(server: Server, ledger: Open) -> None:
    watch = ledger(max_cost=0.0021, max_tokens=1000)  # a reply may cost 0.002, a request some 0.00002
    asked = model(server, watch=watch)
    with pytest.raises(LimitReached, match=r"might pass --max-cost 0.0021"):
        asked.batch([f"hello {number}" for number in range(99)], {"max_concurrency": 1})
    assert 0 < watch.totals.cost <= 0.0021


def test_failed_calls_free_what_was_reserved(ledger: Open) -> None:
    watch = ledger(max_calls=2)
    with Server(Script(fails(400), "one")) as server:
        with pytest.raises(Unanswered):
            model(server, watch=watch).invoke("a")
        assert [model(server, watch=watch).invoke(text).text for text in "bc"] == ["one", "one"]


def test_costs_are_those_of_the_price() -> None:
    assert PRICE.cost(sent=1_000_000, cached=400_000, written=500_000) == pytest.approx(0.6 + 0.2 + 1.0)


def test_an_unknown_price_is_no_price() -> None:
    totals = Totals()
    totals.add({"key": "k", "source": "server", "input": 5, "cost": None})
    assert (totals.plain()["cost"], totals.plain()["unpriced"]) == (None, 1)
