"""What the page is given by the server: its files, the steps of a stream, proofs, people's memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from agent import serve
from agent.assistant import Assistant
from agent.conversation import Conversation, answer_last
from agent.graph import build
from agent.http import steps
from agent.http.static import FOLDER
from agent.memory import conversations, thread_of
from agent.people import People
from agent.person import wishing
from agent.progress_line import ProgressLine
from agent.proof_picture import Tie, picture
from agent.serve import create_app
from agent.typed import place
from kg.progress import stage
from kg.types import Condition, RelationName
from tools.wishes import Wish

pytest.importorskip("fastapi", reason="serving needs the `server` extra")
from fastapi.testclient import TestClient

ADA = "films directed by Ada Quill"
BY_MARSH = {"relation": "cinematographer", "op": "is", "value": "Cy Marsh"}
LENA = "/v1/people/lena"


@pytest.fixture
def client(toy_usher: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser on a home of its own: nobody is known there yet."""
    monkeypatch.setenv("USHER_HOME", str(tmp_path / "home"))
    with TestClient(create_app(toy_usher), base_url="http://127.0.0.1") as opened:
        yield opened


def refused(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


# Files


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("", "text/html"),
        ("page/usher.css", "text/css"),
        ("page/app.js", "text/javascript"),
        ("page/icon.svg", "image/svg+xml"),
    ],
)
def test_files_come_with_their_type_and_a_strict_policy(client: TestClient, name: str, kind: str) -> None:
    got = client.get(f"/{name}")
    policy = dict(each.strip().split(" ", 1) for each in got.headers["content-security-policy"].split(";"))
    assert got.headers["content-type"].split(";")[0] == kind
    assert got.headers["x-content-type-options"] == "nosniff"
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    assert client.head(f"/{name}").status_code == 200


@pytest.mark.parametrize("name", ["nowhere.js", "..%2fstatic.py", "%2e%2e/static.py", "__init__.py"])
def test_no_other_file_is_served(client: TestClient, name: str) -> None:
    assert client.get(f"/page/{name}").status_code == 404


def test_the_page_loads_its_own_files_only(client: TestClient) -> None:
    loaded = re.findall(r'(?:src|href)="([^#"]+)"', client.get("/").text)
    assert [client.get(f"/{each}").status_code for each in loaded] == [200] * len(loaded)
    for path in FOLDER.iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "://" not in text


@pytest.mark.parametrize(
    "way_in",
    [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "srcdoc",
        "style=",
        "<script>",
    ],
)
def test_the_page_never_reads_text_as_markup(way_in: str) -> None:
    assert [path.name for path in FOLDER.iterdir() if way_in in path.read_text(encoding="utf-8")] == []


def test_modules_are_short() -> None:
    assert [
        p.name for p in FOLDER.glob("*.js") if len(p.read_text(encoding="utf-8").splitlines()) >= 300
    ] == []


# Steps


def chunks(client: TestClient, *said: str, done: bool = True, **options: Any) -> list[dict[str, Any]]:
    messages = [{"role": "user", "content": text} for text in said]
    sent = {"messages": messages, "stream": True, "stream_options": {"include_steps": True, **options}}
    got = client.post("/v1/chat/completions", json=sent)
    events = got.text.strip().split("\n\n")
    assert got.headers["content-type"].split(";")[0] == "text/event-stream"
    assert not done or events.pop() == "data: [DONE]"
    return [json.loads(each.removeprefix("data: ")) for each in events]


def test_steps_come_before_the_answer_as_ordinary_chunks(client: TestClient) -> None:
    read = chunks(client, ADA)
    steps = [each["usher_step"] for each in read if "usher_step" in each]
    assert [each["tool"] for each in steps] == ["link_entities", "find_items", "recommend"]
    assert steps[1]["outcome"] == "director: Ada Quill: 3 found"
    assert ["usher_step" in each for each in read] == sorted(
        ("usher_step" in each for each in read), reverse=True
    )
    assert {(each["id"], each["choices"][0]["index"]) for each in read} == {(read[0]["id"], 0)}


def test_the_answer_comes_with_what_a_page_shows(client: TestClient) -> None:
    view = chunks(client, "films directed by Ada Quill from before 1980")[-1]["usher_view"]
    assert view["lines"] == [{"role": "heading", "text": "Films directed by Ada Quill, up to 1979:"}]
    assert [(each["group"], each["words"]) for each in view["conditions"]] == [
        ("conditions", "directed by Ada Quill"),
        ("conditions", "up to 1979"),
    ]


def test_steps_of_an_answer_that_is_kept_come_again(client: TestClient) -> None:
    first, second = chunks(client, ADA), chunks(client, ADA)
    assert [each.get("usher_step") for each in first] == [each.get("usher_step") for each in second]


def test_work_that_is_done_once_says_how_far_it_is(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(*arguments: Any, **options: Any) -> Any:
        with stage("taste", 12, "choices") as tell:
            for done in range(12):
                tell(done)
        return answer_last(*arguments, **options)

    seconds = count()
    line = partial(ProgressLine, clock=lambda: next(seconds))
    monkeypatch.setattr(steps, "ProgressLine", line)
    monkeypatch.setattr(serve, "answer_last", slowly)
    read = chunks(client, ADA)
    said = [each["usher_progress"] for each in read if "usher_progress" in each]
    assert said[0] == "taste: 1 of 12 choices, about 20 s left"
    assert said[-2:] == ["taste: 11 of 12 choices, some seconds left", ""]
    assert [each["usher_step"]["tool"] for each in read if "usher_step" in each][-1] == "recommend"


def test_without_the_option_a_stream_is_as_it_was(client: TestClient) -> None:
    read = chunks(client, ADA, include_steps=False, include_usage=True)
    assert not any("usher_step" in each or "usher_view" in each for each in read)


def test_what_is_refused_before_a_step_has_its_status(client: TestClient) -> None:
    sent = {"messages": [], "stream": True, "stream_options": {"include_steps": True}}
    assert client.post("/v1/chat/completions", json=sent).status_code == 400
    sent["messages"] = [{"role": "assistant", "content": "x"}]
    assert refused(client.post("/v1/chat/completions", json=sent)) == (400, "no_user_message")


def test_an_answer_without_items_has_no_cards(client: TestClient) -> None:
    assert chunks(client, "films by Zed Unknown")[-1]["usher_view"]["cards"] == []


def test_a_fault_after_a_step_is_an_event(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("agent.serve.view", fails)
    last = chunks(client, ADA, done=False)[-1]
    assert last["error"]["message"] == "Usher failed; its log says why"


def test_cards_come_in_words(client: TestClient) -> None:
    view = chunks(client, "shot by Cy Marsh")[-1]["usher_view"]
    assert view["cards"][0] == {
        "id": "2",
        "maker": "Ada Quill",
        "kinds": "thriller",
        "proof": "",
        "about": "A tram driver sees a murder.",
    }


def test_the_page_begins_with_what_can_be_asked(client: TestClient) -> None:
    told = client.get("/v1/welcome").json()
    assert (told["catalogue"], told["holds"]) == ("toy", "6 films")
    assert all(chunks(client, each)[-1]["usher"]["items"] for each in told["examples"])


def test_an_opinion_between_two_messages_leaves_what_was_shown(client: TestClient) -> None:
    def ask(*messages: dict[str, str]) -> str:
        sent = {"messages": messages, "user": "tess"}
        return client.post("/v1/chat/completions", json=sent).json()["choices"][0]["message"]["content"]

    first = {"role": "user", "content": "a thriller"}
    told = ask(first)
    assert told.splitlines()[1].strip() == "1. Night Tram (1981)"
    client.post("/v1/people/tess/items", json={"opinion": "dislike", "item": "2"})
    answer = {"role": "assistant", "content": told}
    assert "Cy Marsh" in ask(first, answer, {"role": "user", "content": "who shot the first one?"})
    client.delete("/v1/people/tess")


# Proofs


def test_a_proof_is_stored_facts_and_their_picture(client: TestClient) -> None:
    asked = {"items": ["4"], "references": ["2"], "conditions": [BY_MARSH]}
    told = client.post("/v1/proof", json=asked).json()
    assert [(each["title"], each["label"]) for each in told["edges"]] == [
        ("Night Tram (1981)", "Cy Marsh"),
        ("Salt Road (1990)", "Cy Marsh"),
    ]
    assert told["picture"] == client.post("/v1/proof", json=asked).json()["picture"]
    drawn = ElementTree.fromstring(told["picture"])  # noqa: S314
    assert [drawn[0].text, drawn[1].text.count("Cy Marsh")] == [
        "What proves it: 1 of the answer, 1 that was named",
        2,
    ]


def test_what_is_not_proved_has_no_edges(client: TestClient) -> None:
    told = client.post("/v1/proof", json={"items": ["1"], "conditions": [BY_MARSH]}).json()
    assert told == {"edges": [], "picture": ""}


def test_of_what_is_ruled_out_the_items_own_values_are_shown(client: TestClient) -> None:
    out = {"relation": "genre", "value": "Western", "excluded": True}
    told = client.post("/v1/proof", json={"items": ["1"], "conditions": [out]}).json()
    assert [each["label"] for each in told["edges"]] == ["Drama"]


def test_a_year_is_proved_by_itself(client: TestClient) -> None:
    after = {"relation": "year", "op": ">=", "value": 1990}
    told = client.post("/v1/proof", json={"items": ["4", "1"], "conditions": [after]}).json()
    assert [(each["item"], each["label"]) for each in told["edges"]] == [("4", "1990")]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"items": ["nowhere"]}, (404, "item_not_found")),
        ({"conditions": [{"relation": "colour", "value": "red"}]}, (404, "relation_not_found")),
        ({"model": "usher/nowhere"}, (404, "model_not_found")),
        ({"items": []}, (400, "too_short")),
        ({"items": ["1"] * 51}, (400, "too_long")),
        ({"sql": "x"}, (400, "extra_forbidden")),
    ],
)
def test_a_proof_that_cannot_be_given_is_refused(
    client: TestClient, change: dict[str, Any], code: tuple[int, str]
) -> None:
    asked = {"items": ["4"], "conditions": [BY_MARSH], **change}
    assert refused(client.post("/v1/proof", json=asked)) == code


def test_labels_in_a_picture_are_text() -> None:
    bad = '<script>alert("1")</script> & ]]> \u202e'
    drawn = picture([Tie("1", bad, bad, bad), Tie("2", "x" * 90, "genre", "映" * 40)])
    root = ElementTree.fromstring(drawn)  # noqa: S314
    assert "script" not in {each.tag.rpartition("}")[2] for each in root.iter()}
    shown = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert max(len(each or "") for each in shown) <= 25


# People


def test_opinions_are_kept_and_taken_back(client: TestClient, toy_usher: Assistant) -> None:
    for opinion, item in (("like", "2"), ("seen", "6"), ("dislike", "1")):
        assert client.post(f"{LENA}/items", json={"opinion": opinion, "item": item}).status_code == 200
    told = client.get(LENA).json()
    assert [[each["id"] for each in told[name]] for name in ("likes", "dislikes", "seen")] == [
        ["2"],
        ["1"],
        ["2", "6", "1"],
    ]
    assert People(toy_usher.graph).load("lena").likes == ("2",)
    client.post(f"{LENA}/items", json={"opinion": "forget", "item": "2"})
    assert client.get(LENA).json()["likes"] == []
    assert client.delete(LENA).json() == {"person": "lena", "deleted": True, "catalogues": ["toy"]}
    assert client.get(LENA).json()["seen"] == []


def test_a_title_is_enough(client: TestClient) -> None:
    told = client.post("/v1/people/mia/items", json={"opinion": "like", "title": "Salt Road"}).json()
    assert told["likes"] == [{"id": "4", "title": "Salt Road (1990)"}]
    client.delete("/v1/people/mia")


def test_a_profile_is_told_and_taken_back(client: TestClient) -> None:
    assert client.patch("/v1/people/noa/profile", json={"age": 34, "gender": "f"}).json()["profile"] == {
        "gender": "f",
        "age": 34,
        "occupation": None,
    }
    assert client.patch("/v1/people/noa/profile", json={"age": None}).json()["profile"]["gender"] == "f"
    assert json.loads(client.get("/v1/people/noa/export").text)["gender"] == "f"
    client.delete("/v1/people/noa")


@pytest.mark.parametrize(
    ("method", "path", "sent", "code"),
    [
        ("post", f"{LENA}/items", {"opinion": "like", "item": "nowhere"}, (404, "item_not_found")),
        ("post", f"{LENA}/items", {"opinion": "like", "title": "Nowhere"}, (400, "not_possible")),
        ("post", f"{LENA}/items", {"opinion": "like"}, (400, "no_item")),
        ("post", f"{LENA}/items", {"opinion": "love", "item": "1"}, (400, "literal_error")),
        ("post", "/v1/people/%07/items", {"opinion": "like", "item": "1"}, (400, "not_possible")),
        ("patch", f"{LENA}/profile", {"age": 0}, (400, "greater_than")),
        ("patch", f"{LENA}/profile", {"gender": "\u202e"}, (400, "not_printable")),
        ("delete", f"{LENA}/wishes/1", None, (404, "wish_not_found")),
        ("get", f"/v1/people/{'x' * 65}", None, (400, "not_possible")),
    ],
)
def test_what_cannot_be_kept_is_refused(
    client: TestClient, method: str, path: str, sent: Any, code: tuple[int, str]
) -> None:
    assert refused(client.request(method, path, json=sent)) == code


def test_a_wish_is_withdrawn_by_its_number(client: TestClient, toy_usher: Assistant) -> None:
    wish = Wish((Condition(RelationName("genre"), "Western"),), "none", always=True)
    People(toy_usher.graph).change("pia", lambda person: wishing(person, [wish], []))
    assert client.get("/v1/people/pia").json()["wishes"] == ["no western"]
    assert client.delete("/v1/people/pia/wishes/1").json()["wishes"] == []
    client.delete("/v1/people/pia")


def test_who_is_deleted_leaves_no_conversation_and_no_lines(client: TestClient, toy_usher: Assistant) -> None:
    lines = place("quinn")
    lines.parent.mkdir(parents=True, exist_ok=True)
    lines.write_text("films\n", encoding="utf-8")
    thread = thread_of("toy", "quinn")
    with conversations() as saver:
        Conversation(toy_usher, graph=build(saver), thread=thread).say(ADA)
    assert client.delete("/v1/people/quinn").status_code == 200
    with conversations() as saver:
        assert saver.get_tuple({"configurable": {"thread_id": thread}}) is None
    assert not lines.exists()
