"""Wikidata's relations, asked of a service on loopback that answers as we tell it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import parse_qs

import pytest

from kg.builder import Builder
from kg.errors import DataError, UsageError
from kg.progress import told
from kg.sources import sparql, wikidata
from kg.sources.wikidata import Fact, Value, relations
from kg.types import Item, ItemId
from tests.test_kg.heard import Heard

FILM = "tt0114709"


def row(imdb: str = FILM, relation: str = "director", entity: str = "Q7", label: str = "Ada Quill") -> Any:
    """Return a result as the service writes it."""
    return {
        "imdb": {"type": "literal", "value": imdb},
        "relation": {"type": "literal", "value": relation},
        "value": {"type": "uri", "value": wikidata.ENTITY + entity},
        "valueLabel": {"type": "literal", "xml:lang": "en", "value": label},
    }


def running(amount: str, unit: str = "Q7727") -> Any:
    """Return a running time as the service writes it."""
    typed = {"type": "literal", "datatype": "http://www.w3.org/2001/XMLSchema#decimal", "value": amount}
    unit_of = {"type": "uri", "value": wikidata.ENTITY + unit}
    return row(relation="running_time") | {"value": typed, "valueLabel": typed, "unit": unit_of}


def released(time: str, precision: int = 11) -> Any:
    """Return a release date as the service writes it."""
    typed = {"type": "literal", "datatype": "http://www.w3.org/2001/XMLSchema#dateTime", "value": time}
    exact = {"type": "literal", "value": str(precision)}
    return row(relation="release_date") | {"value": typed, "valueLabel": typed, "precision": exact}


def results(*rows: Any) -> bytes:
    return json.dumps({"head": {"vars": ["imdb"]}, "results": {"bindings": rows}}).encode()


@dataclass
class Answer:
    """What the service says next; with `promised`, it says it sends so many bytes."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    promised: int | None = None


@dataclass
class Service:
    """A SPARQL service on loopback: what it was asked, and what it answers in order, the last for ever."""

    url: str = ""
    answers: list[Answer] = field(default_factory=list)
    asked: list[tuple[Mapping[str, str], str]] = field(default_factory=list)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    state = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            state.asked.append((dict(self.headers.items()), parse_qs(form)["query"][0]))
            answer = state.answers.pop(0) if len(state.answers) > 1 else state.answers[0]
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(answer.promised or len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_address[1]}/sparql"
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def fetch(waits: list[float]) -> Callable[[str, str], bytes]:
    """The real `post`, which notes its waits instead of waiting."""
    return lambda endpoint, text: sparql.post(endpoint, text, sleep=waits.append)


@pytest.fixture
def ask(service: Service, tmp_path: Path, fetch: sparql.Fetch) -> Callable[..., list[Fact]]:
    return lambda *ids: list(relations(ids or [FILM], tmp_path / "pages", service.url, fetch))


def test_a_result_is_a_fact(service: Service, ask: Callable[..., list[Fact]]) -> None:
    service.answers = [Answer(results(row()))]
    assert ask() == [Fact(FILM, "director", "Q7", "Ada Quill")]


def test_facts_are_sorted_and_told_once(service: Service, ask: Callable[..., list[Fact]]) -> None:
    service.answers = [Answer(results(row(entity="Q9"), row(), row(entity="Q9")))]
    assert [fact.entity for fact in ask()] == ["Q7", "Q9"]


def test_the_question_is_posted_with_our_name_and_the_format(
    service: Service, ask: Callable[..., list[Fact]]
) -> None:
    service.answers = [Answer(results())]
    ask()
    ((headers, text),) = service.asked
    assert headers["User-Agent"].startswith("Usher/")
    assert headers["Accept"] == "application/sparql-results+json"
    assert f'"{FILM}"' in text


def test_our_name_carries_the_contact_of_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USHER_CONTACT", "me@example.org\r\nEvil: (x)")
    assert sparql.user_agent().endswith("(me@example.orgEvil: x) Python-urllib")


@pytest.mark.parametrize(("name", "code"), wikidata.RELATIONS.items())
def test_every_relation_is_asked_for_by_its_property(name: str, code: str) -> None:
    assert f'("{name}" wdt:{code})' in wikidata.query([FILM])


@pytest.mark.parametrize(
    ("name", "code"), [("language", "P364"), ("country", "P495"), ("subject", "P921"), ("award", "P166")]
)
def test_what_is_asked_for(name: str, code: str) -> None:
    assert wikidata.RELATIONS[name] == code


@pytest.mark.parametrize(("name", "code"), wikidata.LITERALS.items())
def test_every_literal_is_asked_for_with_its_unit_or_precision(name: str, code: str) -> None:
    text = wikidata.query([FILM])
    assert f'BIND("{name}" AS ?relation)' in text
    assert f"psv:{code} ?node" in text


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        (running("96"), 96),
        (running("+96.5"), 96.5),
        (running("1.5", "Q25235"), 90),
        (running("5400", "Q11574"), 90),
    ],
)
def test_a_running_time_is_told_in_minutes(
    service: Service, ask: Callable[..., list[Any]], said: Any, minutes: float
) -> None:
    service.answers = [Answer(results(said))]
    assert ask() == [Value(FILM, "running_time", minutes)]


def test_a_film_may_have_several_running_times(service: Service, ask: Callable[..., list[Any]]) -> None:
    service.answers = [Answer(results(running("117"), running("110"), running("117")))]
    assert [each.value for each in ask()] == [110, 117]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (released("1994-10-14T00:00:00Z"), 19941014),
        (released("1994-10-01T00:00:00Z", 10), 19941000),
        (released("1994-01-01T00:00:00Z", 9), 19940000),
    ],
)
def test_a_release_date_is_as_exact_as_it_is_known(
    service: Service, ask: Callable[..., list[Any]], said: Any, day: int
) -> None:
    service.answers = [Answer(results(said))]
    assert ask() == [Value(FILM, "release_date", day)]


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        (
            [("1994-10-14T00:00:00Z", 11), ("1994-05-12T00:00:00Z", 11), ("2019-04-01T00:00:00Z", 11)],
            19940512,
        ),
        ([("1994-01-01T00:00:00Z", 9), ("1994-05-01T00:00:00Z", 10), ("1994-05-12T00:00:00Z", 11)], 19940512),
        ([("1994-01-01T00:00:00Z", 9), ("1995-05-12T00:00:00Z", 11)], 19940000),
    ],
)
def test_of_release_dates_the_first_counts_as_exactly_as_one_tells_it(
    service: Service, ask: Callable[..., list[Any]], dates: list[tuple[str, int]], day: int
) -> None:
    service.answers = [Answer(results(*(released(*each) for each in dates)))]
    assert [each.value for each in ask()] == [day]


UNUSABLE_VALUES = {
    "an unknown length": running("96") | {"value": {"type": "bnode", "value": "t1"}},
    "no length at all": running("0"),
    "a length in metres": running("2600", "Q11573"),
    "an unknown date": released("1994-10-14T00:00:00Z") | {"value": {"type": "bnode", "value": "t1"}},
    "a decade": released("1990-01-01T00:00:00Z", 8),
    "before our era": released("-0044-03-15T00:00:00Z"),
}


@pytest.mark.parametrize("unusable", UNUSABLE_VALUES.values(), ids=UNUSABLE_VALUES)
def test_a_value_that_says_nothing_is_left_out(
    service: Service, ask: Callable[..., list[Any]], unusable: Any
) -> None:
    service.answers = [Answer(results(unusable, row()))]
    assert ask() == [Fact(FILM, "director", "Q7", "Ada Quill")]


def test_a_page_asks_for_200_films_at_most_and_each_once(
    service: Service, ask: Callable[..., list[Fact]]
) -> None:
    service.answers = [Answer(results())]
    ask(*[f"tt{number:07}" for number in range(401)] * 2)
    assert [text.count('"tt') for _, text in service.asked] == [200, 200, 1]


def test_progress_is_told_after_every_page(service: Service, tmp_path: Path) -> None:
    service.answers = [Answer(results())]
    ids = [f"tt{number:07}" for number in range(201)]
    with told(heard := Heard()):
        list(relations(ids, tmp_path, service.url))
    assert heard.of("asking Wikidata") == [(0, 2), (1, 2), (2, 2)]


@pytest.mark.parametrize(
    "bad", ["114709", "tt1", 'tt0114709" } DROP', "tt0114709\n", "tt١٢٣٤٥٦٧", "nm0114709", "tt0114709 ", ""]
)
def test_what_is_no_imdb_id_never_reaches_the_service(
    service: Service, ask: Callable[..., list[Fact]], bad: str
) -> None:
    service.answers = [Answer(results())]
    with pytest.raises(DataError, match=r"is not an IMDb id\n  Expected 'tt'"):
        ask(FILM, bad)
    assert service.asked == []


def test_a_page_that_was_read_is_not_asked_for_again(
    service: Service, ask: Callable[..., list[Fact]], tmp_path: Path
) -> None:
    service.answers = [Answer(results(row()))]
    first = ask()

    def offline(endpoint: str, text: str) -> bytes:
        pytest.fail("the network was used")

    assert list(relations([FILM], tmp_path / "pages", service.url, offline)) == first


def test_another_question_is_another_page(service: Service, ask: Callable[..., list[Fact]]) -> None:
    service.answers = [Answer(results(row()))]
    ask()
    ask(FILM, "tt0000001")
    assert len(service.asked) == 2


def test_a_damaged_page_in_the_cache_is_asked_for_again(
    service: Service, ask: Callable[..., list[Fact]], tmp_path: Path
) -> None:
    service.answers = [Answer(results(row()))]
    ask()
    (page,) = (tmp_path / "pages").iterdir()
    page.write_bytes(page.read_bytes()[:40])
    assert (len(ask()), len(service.asked), page.read_bytes()) == (1, 2, results(row()))


def test_too_many_requests_waits_as_told_and_asks_again(
    service: Service, ask: Callable[..., list[Fact]], waits: list[float]
) -> None:
    service.answers = [Answer(status=429, headers={"Retry-After": "7"}), Answer(results(row()))]
    assert (len(ask()), waits) == (1, [7.0])


def test_a_wait_may_be_told_as_a_date(
    service: Service, ask: Callable[..., list[Fact]], waits: list[float]
) -> None:
    date = formatdate(time() + 60, usegmt=True)
    service.answers = [Answer(status=503, headers={"Retry-After": date}), Answer(results(row()))]
    ask()
    assert 50 < waits[0] <= 60


@pytest.mark.parametrize("told", [{}, {"Retry-After": "soon"}])
def test_without_a_wait_told_every_wait_is_twice_the_last(
    service: Service, ask: Callable[..., list[Fact]], waits: list[float], told: dict[str, str]
) -> None:
    service.answers = [Answer(status=502, headers=told)] * 3 + [Answer(results(row()))]
    ask()
    assert waits == [2.0, 4.0, 8.0]


def test_a_service_that_never_recovers_is_given_up_and_leaves_no_page(
    service: Service, ask: Callable[..., list[Fact]], tmp_path: Path
) -> None:
    service.answers = [Answer(status=500)]
    with pytest.raises(DataError, match=r"no whole answer in 5 tries; the last: HTTP 500 .*\n  Try again"):
        ask()
    assert (len(service.asked), (tmp_path / "pages").exists()) == (5, False)


def test_a_service_that_asks_for_more_than_patience_is_left_alone(
    service: Service, ask: Callable[..., list[Fact]], waits: list[float]
) -> None:
    service.answers = [Answer(status=429, headers={"Retry-After": "86400"})]
    with pytest.raises(DataError, match=r"HTTP 429 .*to be tried in 86400 s\n  Try again later"):
        ask()
    assert (len(service.asked), waits) == (1, [])


@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_refusal_is_not_repeated(service: Service, ask: Callable[..., list[Fact]], status: int) -> None:
    service.answers = [Answer(status=status)]
    with pytest.raises(DataError, match=rf"the service refused: HTTP {status}"):
        ask()
    assert len(service.asked) == 1


def test_a_cut_answer_is_asked_for_again(service: Service, ask: Callable[..., list[Fact]]) -> None:
    whole = results(row())
    service.answers = [Answer(whole[:50], promised=len(whole)), Answer(whole)]
    assert (len(ask()), len(service.asked)) == (1, 2)


def test_an_answer_that_is_always_cut_is_an_error_and_leaves_no_page(
    service: Service, ask: Callable[..., list[Fact]], tmp_path: Path
) -> None:
    service.answers = [Answer(results(row())[:50], promised=5000)]
    with pytest.raises(DataError, match=r"no whole answer in 5 tries; the last: IncompleteRead"):
        ask()
    assert not (tmp_path / "pages").exists()


MALFORMED = {
    "no JSON": b"<html>busy</html>",
    "JSON cut by a time-out": results(row())[:-9] + b"\njava.util.concurrent.TimeoutException",
    "another JSON": b'{"boolean": true}',
    "a list": b"[]",
    "results that are none": b'{"results": {"bindings": [3]}}',
    "a row without a value": b'{"results": {"bindings": [{"imdb": {"value": "tt0114709"}}]}}',
    "a label that is a number": results(row()).replace(b'"Ada Quill"', b"7"),
    "not UTF-8": b'{"results": "\xff"}',
    "nothing": b"",
    "too deep": b"[" * 100_000,
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_answer_is_an_error_and_leaves_no_page(
    service: Service, ask: Callable[..., list[Fact]], tmp_path: Path, body: bytes
) -> None:
    service.answers = [Answer(body)]
    with pytest.raises(DataError, match=r"sparql: not SPARQL results in JSON .*\n  Try again"):
        ask()
    assert not (tmp_path / "pages").exists()


def test_pages_read_before_an_error_are_kept(service: Service, tmp_path: Path, fetch: sparql.Fetch) -> None:
    service.answers = [Answer(results()), Answer(b"broken")]
    with pytest.raises(DataError):
        list(relations([f"tt{number:07}" for number in range(201)], tmp_path, service.url, fetch))
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("label", ["<b>Ada</b>", "[red]Ada[/red]", "{{Ada}}", "'; DROP TABLE", "=1+1"])
def test_text_that_looks_like_markup_stays_text(
    service: Service, ask: Callable[..., list[Fact]], label: str
) -> None:
    service.answers = [Answer(results(row(label=label)))]
    assert ask()[0].label == label


def test_a_label_is_one_line_without_control_characters(
    service: Service, ask: Callable[..., list[Fact]]
) -> None:
    service.answers = [Answer(results(row(label="Ada\n\x1b[31mQuill\x00\ud800 ")))]
    assert ask()[0].label == "Ada [31mQuill ?"


UNUSABLE = {
    "an unknown value": row() | {"value": {"type": "bnode", "value": "t123"}},
    "a value of another site": row() | {"value": {"type": "uri", "value": "http://example.org/Q7"}},
    "a property": row(entity="P57"),
    "an entity without a name": row(label="Q7"),
    "an empty name": row(label=" "),
    "a film nobody asked for": row(imdb="tt9999999"),
    "a relation nobody asked for": row(relation="publisher"),
}


@pytest.mark.parametrize("unusable", UNUSABLE.values(), ids=UNUSABLE)
def test_a_row_that_says_nothing_is_left_out(
    service: Service, ask: Callable[..., list[Fact]], unusable: Any
) -> None:
    service.answers = [Answer(results(unusable, row(entity="Q8")))]
    assert [fact.entity for fact in ask()] == ["Q8"]


@pytest.mark.parametrize("endpoint", ["http://query.example.org/sparql", "file:///etc/passwd", "ftp://x", ""])
def test_an_endpoint_that_is_neither_https_nor_here_is_refused(endpoint: str) -> None:
    with pytest.raises(UsageError, match="expected https"):
        sparql.post(endpoint, "SELECT")


def test_nobody_listening_is_an_error_with_a_remedy(waits: list[float]) -> None:
    with pytest.raises(DataError, match=r"no whole answer in 2 tries; the last: URLError.*\n  Try again"):
        sparql.post("http://127.0.0.1:9/sparql", "SELECT", tries=2, sleep=waits.append)


@pytest.fixture
def builder() -> Builder:
    made = Builder()
    for key in ("1", "2", "3"):
        made.add_item(Item(ItemId(key), f"Film {key}"))
    return made


def test_enriching_adds_facts_to_every_item_of_the_id(
    service: Service, builder: Builder, tmp_path: Path
) -> None:
    service.answers = [Answer(results(row(), row(relation="genre", entity="Q130232", label="drama film")))]
    imdb_of = {ItemId("1"): FILM, ItemId("2"): FILM, ItemId("3"): "tt0000001", ItemId("gone"): "tt0000002"}
    notes = wikidata.enrich(builder, imdb_of, tmp_path, service.url)
    made = builder.finish("made", "tests", "1")
    named = [
        (made.items[i].id, made.relations[r].name, made.entities[e].id.rpartition("/")[2])
        for i, r, e in made.edges
    ]
    assert named == [(i, r, e) for i in "12" for r, e in (("director", "Q7"), ("genre", "Q130232"))]
    assert notes == {"wikidata": {"asked": 3, "found": 2, "facts": {"director": 2, "genre": 2}}}


def test_enriching_adds_running_times_and_dates_as_literals(
    service: Service, builder: Builder, tmp_path: Path
) -> None:
    service.answers = [Answer(results(running("96"), released("1994-10-14T00:00:00Z")))]
    wikidata.enrich(builder, {ItemId("2"): FILM}, tmp_path, service.url)
    made = builder.finish("made", "tests", "1")
    assert {name: held.of_item(1) for name, held in made.literals.items()} == {
        "release_date": [19941014],
        "running_time": [96],
    }
    assert [(each.name, each.kind, each.unit) for each in made.relations] == [
        ("release_date", "date", ""),
        ("running_time", "number", "min"),
    ]


def test_what_a_film_is_about_is_a_fact_and_text(service: Service, builder: Builder, tmp_path: Path) -> None:
    about = [row(relation="subject", entity=f"Q{n}", label=label) for n, label in ((8, "sea"), (9, "glass"))]
    service.answers = [Answer(results(*about))]
    builder.texts[ItemId("2")] = "Two glaziers meet."
    wikidata.enrich(builder, {ItemId("2"): FILM}, tmp_path, service.url)
    made = builder.finish("made", "tests", "1")
    assert (made.texts, len(made.edges)) == ({"2": "Two glaziers meet. Sea, glass."}, 2)


def test_enriching_nothing_asks_nothing(service: Service, builder: Builder, tmp_path: Path) -> None:
    wikidata.enrich(builder, {}, tmp_path, service.url)
    assert service.asked == []
