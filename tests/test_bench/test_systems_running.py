"""Running systems: several queries at once, failures of the way tried again, time-outs, crashes apart."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import openai
import pytest

from bench import execute, jsonl
from bench.attempts import Patience, attempt, is_transient
from bench.types import Answer, Query
from kg.errors import UsageError

QUICK = Patience(pause=0.001)
REQUEST = httpx.Request("POST", "http://localhost/v1")


def query(id_: str = "q") -> Query:
    return Query(id=id_, domain="movie", type="explicit", query="films", ground_truth=["1"])


class Scripted:
    """Does, query by query, what it was told to: raises errors one after the other, then answers."""

    def __init__(self, *errors: BaseException, act: Callable[[Query], object] = lambda query: None):
        self.errors = list(errors)
        self.act = act
        self.asked: list[str] = []

    def answer(self, query: Query) -> Answer:
        self.asked.append(query.id)
        self.act(query)
        if self.errors:
            raise self.errors.pop(0)
        return Answer(id=query.id, items=[f"item of {query.id}", "2", "3"], titles=["a", "b", "c"])


def status(number: int, **body: Any) -> openai.APIStatusError:
    return openai.APIStatusError("no", response=httpx.Response(number, request=REQUEST), body=body or None)


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


# What is tried again

TRANSIENT = {
    "refused": ConnectionRefusedError("no"),
    "reset": ConnectionResetError("no"),
    "timeout": TimeoutError("slow"),
    "openai connection": openai.APIConnectionError(request=REQUEST),
    "openai timeout": openai.APITimeoutError(request=REQUEST),
    "httpx connect": httpx.ConnectError("no"),
    "httpx read": httpx.ReadTimeout("slow"),
    "wrapped": caused(RuntimeError("the model failed"), ConnectionError("no")),
    **{str(code): status(code) for code in (408, 429, 500, 502, 503, 504, 529)},
}
FINAL = {
    "bug": ZeroDivisionError("no way"),
    "value": ValueError("429"),
    "file": FileNotFoundError("no"),
    "quota": status(429, code="insufficient_quota"),
    **{str(code): status(code) for code in (400, 401, 403, 404, 422)},
}


@pytest.mark.parametrize("name", TRANSIENT)
def test_a_failure_of_the_way_is_tried_again(name: str) -> None:
    assert attempt(Scripted(TRANSIENT[name]), query(), QUICK).answer.error is None


@pytest.mark.parametrize("name", FINAL)
def test_another_failure_is_not_tried_again(name: str) -> None:
    system = Scripted(FINAL[name])
    attempt(system, query(), QUICK)
    assert system.asked == ["q"]


@pytest.mark.parametrize("name", FINAL)
def test_another_failure_is_written_down(name: str) -> None:
    answer = attempt(Scripted(FINAL[name]), query(), QUICK).answer
    assert (answer.error or "").startswith(type(FINAL[name]).__name__)


def test_a_circle_of_causes_ends() -> None:
    first, second = ValueError("a"), ValueError("b")
    first.__cause__, second.__cause__ = second, first
    assert not is_transient(first)


def test_it_is_tried_only_so_often() -> None:
    system = Scripted(*[ConnectionError("no") for _ in range(9)])
    attempt(system, query(), Patience(retries=3, pause=0.001))
    assert len(system.asked) == 4


def test_what_failed_every_time_says_how_often() -> None:
    system = Scripted(*[ConnectionError("no") for _ in range(9)])
    answer = attempt(system, query(), Patience(retries=2, pause=0.001)).answer
    assert answer.error == "after 3 attempts: ConnectionError: no"


def test_what_failed_on_the_way_is_told_from_a_crash() -> None:
    errors = (ConnectionError("no"), ZeroDivisionError("no"))
    assert [attempt(Scripted(e), query(), Patience(retries=0)).unreachable for e in errors] == [True, False]


def pauses(monkeypatch: pytest.MonkeyPatch, *errors: Exception) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr(threading.Event, "wait", lambda self, timeout=None: bool(waited.append(timeout or 0)))
    attempt(Scripted(*errors), query(), Patience(retries=len(errors), pause=1))
    return waited


def test_pauses_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = pauses(monkeypatch, *[ConnectionError("no") for _ in range(3)])
    assert 1 <= first <= 1.5 < 2 <= second <= 3 < 4 <= third <= 6


def test_pauses_do_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    assert max(pauses(monkeypatch, *[ConnectionError("no") for _ in range(12)])) == 60


def test_the_server_says_how_long_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    error = status(429)
    error.response.headers["retry-after"] = "7"
    assert pauses(monkeypatch, error) == [7]


@pytest.mark.parametrize("said", ["soon", "nan", "-3", ""])
def test_nonsense_from_the_server_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    error = status(429)
    error.response.headers["retry-after"] = said
    (waited,) = pauses(monkeypatch, error)
    assert 1 <= waited <= 1.5


def test_latency_is_that_of_the_attempt_that_answered() -> None:
    answer = attempt(Scripted(ConnectionError("no")), query(), Patience(pause=0.2)).answer
    assert answer.latency_ms < 150


def test_an_answer_is_kept_under_the_id_of_its_query() -> None:
    system: Any = SimpleNamespace(answer=lambda query: Answer(id="other", items=["1"]))
    assert attempt(system, query(), QUICK).answer.id == "q"


def test_a_long_error_is_cut() -> None:
    answer = attempt(Scripted(ValueError("x" * 10_000)), query(), QUICK).answer
    assert len(answer.error or "") == 500


def test_an_error_that_cannot_be_written_is_replaced() -> None:
    answer = attempt(Scripted(ValueError("\ud800")), query(), QUICK).answer
    assert answer.model_dump_json()


# Time


def test_a_query_that_takes_too_long_is_an_error() -> None:
    end = threading.Event()
    answer = attempt(Scripted(act=lambda _: end.wait(20)), query(), Patience(timeout=0.05)).answer
    end.set()
    assert answer.error == "TimeoutError: no answer within 0.05 s"


def test_a_query_in_time_is_answered() -> None:
    assert attempt(Scripted(), query(), Patience(timeout=20)).answer.items[0] == "item of q"


def test_time_is_for_all_attempts_together() -> None:
    system = Scripted(*[ConnectionError("no") for _ in range(9)])
    start = time.perf_counter()
    attempt(system, query(), Patience(timeout=0.1, pause=30))
    assert time.perf_counter() - start < 5


def test_a_query_whose_time_is_up_is_not_asked_again() -> None:
    system = Scripted(*[ConnectionError("no") for _ in range(9)])
    attempt(system, query(), Patience(timeout=0.05, pause=0.2))
    time.sleep(0.4)
    assert system.asked == ["q"]


@pytest.mark.parametrize("concurrency", [1, 3])
def test_an_interrupt_in_a_thread_reaches_the_person(tmp_path: Path, concurrency: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, Scripted(KeyboardInterrupt()), MANY, concurrency, Patience(timeout=20))


# Several at once

MANY = [query(f"{number:02}") for number in range(24)]


def run(
    folder: Path,
    system: Any,
    queries: Sequence[Query],
    concurrency: int,
    patience: Patience = QUICK,
    k: int | None = None,
) -> list[Answer]:
    done = execute.open_run(folder, {}, fresh=False)
    ticks: list[int] = []
    given = execute.run(
        folder, system, queries, done, k, lambda: ticks.append(1), concurrency=concurrency, patience=patience
    )
    assert len(ticks) == len(queries)
    return given


def without_time(answers: Sequence[Answer]) -> list[Answer]:
    return [answer.model_copy(update={"latency_ms": 0.0}) for answer in answers]


def written(folder: Path) -> list[str]:
    return [answer.id for _, answer in jsonl.read(folder / "answers.jsonl", Answer)]


def uneven(query: Query) -> None:
    time.sleep(0.02 if int(query.id) % 3 == 0 else 0)


@pytest.mark.parametrize("concurrency", [2, 5, 64])
def test_answers_do_not_depend_on_concurrency(tmp_path: Path, concurrency: int) -> None:
    one = run(tmp_path / "one", Scripted(), MANY, 1)
    several = run(tmp_path / "several", Scripted(act=uneven), MANY, concurrency)
    assert without_time(one) == without_time(several)


def test_queries_are_asked_at_once(tmp_path: Path) -> None:
    together = threading.Barrier(4)
    given = run(tmp_path, Scripted(act=lambda _: together.wait(10)), MANY[:8], 4)
    assert [answer.error for answer in given] == [None] * 8


def test_no_more_than_so_many_are_asked_at_once(tmp_path: Path) -> None:
    now, most, lock = [0], [0], threading.Lock()

    def act(_: Query) -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.005)
        with lock:
            now[0] -= 1

    run(tmp_path, Scripted(act=act), MANY, 3)
    assert most[0] <= 3


def test_every_query_is_a_whole_line_whatever_the_order(tmp_path: Path) -> None:
    run(tmp_path, Scripted(act=uneven), MANY, 6)
    assert sorted(written(tmp_path)) == [each.id for each in MANY]


def test_one_at_a_time_lines_stand_in_the_order_of_the_queries(tmp_path: Path) -> None:
    run(tmp_path, Scripted(), MANY, 1)
    assert written(tmp_path) == [each.id for each in MANY]


def test_a_run_at_once_is_resumed(tmp_path: Path) -> None:
    run(tmp_path, Scripted(), MANY[:10], 4)
    second = Scripted()
    run(tmp_path, second, MANY, 4)
    assert sorted(second.asked) == [each.id for each in MANY[10:]]


def test_a_failure_is_asked_again_when_resumed(tmp_path: Path) -> None:
    run(tmp_path, Scripted(ZeroDivisionError("no")), MANY[:3], 1)
    assert [answer.error for answer in run(tmp_path, Scripted(), MANY[:3], 2)] == [None] * 3


def test_a_crash_does_not_stop_the_others(tmp_path: Path) -> None:
    given = run(tmp_path, Scripted(ZeroDivisionError("no")), MANY, 4)
    assert sum(answer.error is not None for answer in given) == 1


def test_k_is_kept_at_once_as_well(tmp_path: Path) -> None:
    assert {len(answer.items) for answer in run(tmp_path, Scripted(), MANY, 4, k=2)} == {2}


def test_nothing_to_ask_is_no_run(tmp_path: Path) -> None:
    assert run(tmp_path, Scripted(), [], 4) == []


@pytest.mark.parametrize("concurrency", [1, 4])
def test_a_system_that_is_gone_stops_the_run(tmp_path: Path, concurrency: int) -> None:
    gone = Scripted(*[ConnectionError("no") for _ in range(500)])
    many = [query(f"{number:03}") for number in range(200)]
    with pytest.raises(UsageError, match="nothing answered the last 20 queries"):
        run(tmp_path, gone, many, concurrency, Patience(retries=0))


def test_a_system_that_crashes_every_time_does_not_stop_the_run(tmp_path: Path) -> None:
    given = run(tmp_path, Scripted(*[ValueError("no") for _ in range(500)]), MANY, 1)
    assert all(answer.error == "ValueError: no" for answer in given)
