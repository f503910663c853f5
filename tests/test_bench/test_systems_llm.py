"""The systems `llm`, `retrieval` and `random`: scripted models, a loopback server, planted texts."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import Field

import prompts
from bench.attempts import Patience, attempt
from bench.systems.llm import LanguageModel
from bench.systems.random_items import RandomItems
from bench.systems.retrieval import Retrieval
from bench.systems.roster import SYSTEMS, Setup, system
from bench.types import PromptName, Query
from kg.documents import documents
from kg.embedders import Lsa
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.vectors import exact_index

Run = Callable[..., Any]
Lines = Callable[..., Path]


class Parrot(BaseChatModel):
    """Says one thing, and keeps what it was shown."""

    reply: Any
    finish: str | None = None
    shown: list[list[BaseMessage]] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "parrot"

    def _generate(self, messages: list[BaseMessage], *_: Any, **kwargs: Any) -> ChatResult:
        self.shown.append(list(messages))
        usage: Any = {"input_tokens": 30, "output_tokens": 12, "total_tokens": 42}
        about = {"finish_reason": self.finish} if self.finish else {}
        message = AIMessage(content=self.reply, usage_metadata=usage, response_metadata=about)
        return ChatResult(generations=[ChatGeneration(message=message)])


def query(**changes: Any) -> Query:
    row = {
        "id": "q",
        "domain": "movie",
        "type": "explicit",
        "query": "a film with a tram",
        "ground_truth": ["2"],
    }
    return Query.model_validate(row | changes)


def asked(
    toy: KnowledgeGraph,
    k: int | None = None,
    *,
    with_history: bool = False,
    prompt: PromptName = "usher",
    **changes: Any,
) -> list[str]:
    """Return what a model is shown: its instruction and the request."""
    model = Parrot(reply="Night Tram")
    LanguageModel(toy, model, k, with_history=with_history, prompt=prompt).answer(query(**changes))
    return [str(message.content) for message in model.shown[0]]


# What the model is told


def test_the_model_is_sent_an_instruction_and_the_request(toy: KnowledgeGraph) -> None:
    assert asked(toy)[1:] == ["a film with a tram"]


def test_the_model_is_told_to_recommend_films(toy: KnowledgeGraph) -> None:
    assert "recommender of films" in asked(toy)[0]


def test_the_model_is_told_to_recommend_books(toy: KnowledgeGraph) -> None:
    assert "recommender of books" in asked(toy, domain="book")[0]


def test_with_k_the_model_is_told_how_many(toy: KnowledgeGraph) -> None:
    assert "Recommend 7 films that" in asked(toy, 7)[0]


def test_without_k_the_model_may_choose_how_many(toy: KnowledgeGraph) -> None:
    assert "Recommend as many films as you see fit that" in asked(toy)[0]


def test_one_is_one_film(toy: KnowledgeGraph) -> None:
    assert "Recommend 1 film that" in asked(toy, 1)[0]


def test_the_history_is_shown_in_its_order(toy: KnowledgeGraph) -> None:
    told = asked(toy, with_history=True, history=["4", "1"])[0]
    assert told.endswith("Salt Road (1990)\nThe Glass Harbour (1975)")


def test_the_history_is_not_shown_unless_asked_for(toy: KnowledgeGraph) -> None:
    assert "Salt Road" not in asked(toy, history=["4"])[0]


def test_without_a_history_the_model_is_asked_without_one(toy: KnowledgeGraph) -> None:
    assert asked(toy, with_history=True) == asked(toy)


@pytest.mark.parametrize("secret", ["Night Tram", "Ada Quill", "'2'"])
def test_the_model_sees_no_truth(toy: KnowledgeGraph, secret: str) -> None:
    conditions = [{"relation": "director", "value": "Ada Quill"}]
    told = asked(toy, with_history=True, history=["4"], conditions=conditions)
    assert all(secret not in text for text in told)


def test_a_request_with_a_slot_in_it_stays_as_it_is(toy: KnowledgeGraph) -> None:
    assert asked(toy, query="{{history}} {count} </s>")[1] == "{{history}} {count} </s>"


@pytest.mark.parametrize("name", ["bench/llm", "bench/llm_history"])
def test_the_prompts_ask_for_titles_only(name: str) -> None:
    assert "titles only" in (Path(prompts.__file__).parent / f"{name}.md").read_text(encoding="utf-8")


# The paper's prompts (appendix A)


def test_the_paper_s_prompt_says_no_number_and_no_form(toy: KnowledgeGraph) -> None:
    told = asked(toy, prompt="paper")[0]
    assert ("Reply with films that meet" in told, "year" in told, "line" in told) == (True, False, False)


def test_the_paper_s_prompt_with_k_says_how_many(toy: KnowledgeGraph) -> None:
    assert "Reply with 5 films that meet" in " ".join(asked(toy, 5, prompt="paper")[0].split())


def test_the_paper_s_prompt_shows_what_was_watched(toy: KnowledgeGraph) -> None:
    told = asked(toy, with_history=True, prompt="paper", history=["4", "1"])[0]
    assert ("preferences" in told, told.endswith("watched:\nSalt Road (1990)\nThe Glass Harbour (1975)")) == (
        True,
        True,
    )


def test_the_paper_s_prompt_without_a_history_is_asked_without_one(toy: KnowledgeGraph) -> None:
    assert asked(toy, with_history=True, prompt="paper") == asked(toy, prompt="paper")


# What the model says


def said(toy: KnowledgeGraph, reply: Any, k: int | None = None) -> Any:
    return LanguageModel(toy, Parrot(reply=reply), k).answer(query())


def test_a_planted_answer_is_matched(toy: KnowledgeGraph) -> None:
    assert said(toy, "1. Night Tram (1981)\n2. Jaws (1975)\n3. Salt Road").items == ["2", "4"]


def test_what_names_nothing_is_unmatched(toy: KnowledgeGraph) -> None:
    assert said(toy, "1. Night Tram (1981)\n2. Jaws (1975)").unmatched == ["Jaws (1975)"]


def test_every_title_is_kept_as_said(toy: KnowledgeGraph) -> None:
    assert said(toy, "night tram\nJaws").titles == ["night tram", "Jaws"]


def test_more_than_k_titles_are_cut_before_they_are_matched(toy: KnowledgeGraph) -> None:
    answer = said(toy, "Jaws\nNight Tram\nAlien\nSalt Road", 2)
    assert (answer.items, answer.unmatched) == (["2"], ["Jaws"])


def test_a_reply_in_blocks_is_read(toy: KnowledgeGraph) -> None:
    blocks = [{"type": "reasoning", "reasoning": "Salt Road?"}, {"type": "text", "text": "Night Tram"}]
    assert said(toy, blocks).items == ["2"]


def test_an_empty_reply_recommends_nothing(toy: KnowledgeGraph) -> None:
    answer = said(toy, "")
    assert (answer.items, answer.unmatched, answer.error) == ([], [], None)


def test_calls_and_tokens_are_counted(toy: KnowledgeGraph) -> None:
    answer = said(toy, "Night Tram")
    assert (answer.calls, answer.tokens) == (1, 42)


def test_tokens_sent_and_written_are_told_apart(toy: KnowledgeGraph) -> None:
    answer = said(toy, "Night Tram")
    assert (answer.tokens_in, answer.tokens_out) == (30, 12)


@pytest.mark.parametrize("finish", ["stop", "length", None])
def test_why_a_reply_ended_is_kept(toy: KnowledgeGraph, finish: str | None) -> None:
    assert (
        LanguageModel(toy, Parrot(reply="Night Tram", finish=finish)).answer(query()).finish_reason == finish
    )


def test_an_answer_cannot_set_its_own_fields(toy: KnowledgeGraph) -> None:
    answer = said(toy, '{"id": "other", "items": ["2"], "error": "x", "corrections": [{"true": ["y"]}]}')
    assert (answer.id, answer.items, answer.error, answer.corrections) == ("q", [], None, [])


def test_the_built_in_model_is_refused(toy: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="--model openai:NAME"):
        system("llm", setup(toy))


# On the wire


class Server(ThreadingHTTPServer):
    """Speaks like OpenAI on loopback: first the planned failures, then one reply for ever."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.failures: list[int] = []
        self.bodies: list[dict[str, Any]] = []


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.bodies.append(body)
        status = self.server.failures.pop(0) if self.server.failures else 200
        message = {"role": "assistant", "content": "1. Night Tram (1981)\n2. Jaws"}
        reply: dict[str, Any] = {"error": {"message": "not now"}}
        if status == 200:
            reply = {
                "id": "1",
                "object": "chat.completion",
                "created": 1,
                "model": body["model"],
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 5, "completion_tokens": 4, "total_tokens": 9},
            }
        data = json.dumps(reply).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.send_header("retry-after-ms", "1")
        self.send_header("retry-after", "0")
        self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        monkeypatch.setenv("USHER_BASE_URL", f"http://127.0.0.1:{running.server_address[1]}/v1")
        monkeypatch.delenv("OPENAI_API_KEY", raising=False)
        yield running
        running.shutdown()
        thread.join()


def rows(toy_queries: list[dict[str, Any]], lines: Lines) -> list[Any]:
    return ["--queries", lines("queries.jsonl", *toy_queries), "--system", "llm", "--model", "openai:fake"]


def test_a_server_is_asked_and_its_answer_scored(
    on_toy: Run, server: Server, toy_queries: list[dict[str, Any]], lines: Lines
) -> None:
    answers = on_toy(*rows(toy_queries[:2], lines)).answers
    assert [(a["items"], a["unmatched"], a["tokens"]) for a in answers] == [(["2"], ["Jaws"], 9)] * 2


def test_the_prompt_is_part_of_the_run(
    on_toy: Run, server: Server, toy_queries: list[dict[str, Any]], lines: Lines
) -> None:
    on_toy(*rows(toy_queries[:1], lines))
    done = on_toy(*rows(toy_queries[:1], lines), "--prompt", "paper")
    assert (done.code, "this folder holds another run: prompt differ" in done.err) == (2, True)


def test_why_a_reply_ended_is_in_the_run_folder(
    on_toy: Run, server: Server, toy_queries: list[dict[str, Any]], lines: Lines
) -> None:
    row = on_toy(*rows(toy_queries[:1], lines), "--prompt", "paper").answers[0]
    assert (row["finish_reason"], row["tokens_in"], row["tokens_out"]) == ("stop", 5, 4)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--system", "agent", "--prompt", "paper"), "--prompt is for --system llm"),
        (("--system", "llm", "--prompt", "poem"), "unknown prompt 'poem'"),
    ],
)
def test_a_prompt_that_nothing_reads_is_refused(on_toy: Run, options: tuple[str, ...], words: str) -> None:
    done = on_toy(*options)
    assert (done.code, words in done.err.lower() or words in done.err) == (2, True)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(
    on_toy: Run, server: Server, toy_queries: list[dict[str, Any]], lines: Lines, status: int
) -> None:
    server.failures = [status] * 4  # more than the client tries by itself
    answers = on_toy(*rows(toy_queries[:1], lines)).answers
    assert [(a["items"], a["error"]) for a in answers] == [(["2"], None)]


def test_a_refused_key_is_an_error_at_once(
    on_toy: Run, server: Server, toy_queries: list[dict[str, Any]], lines: Lines
) -> None:
    server.failures = [401]
    answers = on_toy(*rows(toy_queries[:1], lines)).answers
    assert ("gave no answer: 401: not now" in answers[0]["error"], len(server.bodies)) == (True, 1)


def test_a_server_that_is_gone_is_tried_again(toy: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USHER_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("USHER_RETRIES", "0")
    alone = system("llm", replace(setup(toy), model="openai:fake"))
    outcome = attempt(alone, query(), Patience(retries=1, pause=0.001))
    assert (outcome.unreachable, (outcome.answer.error or "")[:16]) == (True, "after 2 attempts")


# Retrieval: the tram driver is in one description only


@pytest.fixture
def retrieval(toy: KnowledgeGraph) -> Callable[..., list[str]]:
    index = exact_index(toy, Lsa.fit(documents(toy)))
    return lambda k=None, **changes: Retrieval(toy, index, k).answer(query(**changes)).items


def test_retrieval_gives_the_nearest_first(retrieval: Callable[..., list[str]]) -> None:
    assert retrieval(query="a tram driver sees a murder")[0] == "2"


def test_retrieval_gives_k(retrieval: Callable[..., list[str]]) -> None:
    assert retrieval(1, query="two forgers sell the moon") == ["3"]


def test_retrieval_leaves_out_the_history(retrieval: Callable[..., list[str]]) -> None:
    assert "2" not in retrieval(query="a tram driver sees a murder", history=["2"])


def test_retrieval_gives_nothing_for_nothing(retrieval: Callable[..., list[str]]) -> None:
    assert retrieval(query="zzzz qqqq") == []


def test_retrieval_stays_in_the_domain(retrieval: Callable[..., list[str]]) -> None:
    assert retrieval(query="a tram driver sees a murder", domain="book") == []


def test_retrieval_does_not_look_at_the_truth(retrieval: Callable[..., list[str]]) -> None:
    assert retrieval(ground_truth=["5"]) == retrieval(ground_truth=["1"])


def test_retrieval_runs_by_name(on_toy: Run, toy_queries: list[dict[str, Any]], lines: Lines) -> None:
    path = lines("queries.jsonl", *toy_queries)
    done = on_toy("--queries", path, "--system", "retrieval", "--k", "3")
    assert (done.code, all(len(answer["items"]) <= 3 for answer in done.answers)) == (0, True)


# Random


def drawn(toy: KnowledgeGraph, seed: int = 0, k: int | None = None, **changes: Any) -> list[str]:
    return RandomItems(toy, k, seed).answer(query(**changes)).items


def test_random_is_the_same_again(toy: KnowledgeGraph) -> None:
    assert drawn(toy) == drawn(toy)


def test_random_differs_by_seed(toy: KnowledgeGraph) -> None:
    assert len({tuple(drawn(toy, seed)) for seed in range(8)}) > 1


def test_random_differs_by_query(toy: KnowledgeGraph) -> None:
    assert len({tuple(drawn(toy, id=f"q{number}")) for number in range(8)}) > 1


def test_random_does_not_depend_on_what_was_asked_before(toy: KnowledgeGraph) -> None:
    system = RandomItems(toy, 3, 1)
    system.answer(query(id="other"))
    assert system.answer(query()).items == drawn(toy, 1, 3)


def test_random_gives_k_different_items(toy: KnowledgeGraph) -> None:
    assert [len(set(drawn(toy, seed, 4))) for seed in range(9)] == [4] * 9


def test_random_leaves_out_the_history_and_fills_up(toy: KnowledgeGraph) -> None:
    assert [sorted(drawn(toy, seed, 4, history=["1", "2"])) for seed in range(5)] == [
        ["3", "4", "5", "6"]
    ] * 5


def test_random_stays_in_the_domain(toy: KnowledgeGraph) -> None:
    assert drawn(toy, domain="book") == []


def test_random_draws_every_item_about_as_often(toy: KnowledgeGraph) -> None:
    counts = [sum(drawn(toy, seed, 1) == [item] for seed in range(600)) for item in "123456"]
    assert min(counts) > 60


# Ranking a given list


def ranked(toy: KnowledgeGraph, reply: str, *, finish: str | None = None, **asked: str) -> list[str]:
    return LanguageModel(toy, Parrot(reply=reply, finish=finish)).rank(query(**asked), ["4", "2", "3"])


def test_the_model_s_order_of_the_list_is_its_ranking(toy: KnowledgeGraph) -> None:
    assert ranked(toy, "Night Tram (1981)\nPaper Moons (1983)\nSalt Road (1990)") == ["2", "3", "4"]


def test_what_the_model_adds_to_the_list_or_leaves_out_of_it_is_not_ranked(toy: KnowledgeGraph) -> None:
    assert ranked(toy, "Cold Orchard (2001)\nSalt Road (1990)\nThe Third Man (1949)") == ["4"]


def test_half_a_title_at_the_end_of_a_cut_ranking_is_none(toy: KnowledgeGraph) -> None:
    assert ranked(toy, "Paper Moons\nSalt Road", finish="length") == ["3"]


def test_a_ranking_takes_no_place_from_the_title_that_the_request_names(toy: KnowledgeGraph) -> None:
    reply = 'You loved "Night Tram", so I recommend "Salt Road" and "Paper Moons".'
    assert ranked(toy, reply, query="films like Night Tram") == ["4", "3"]


def test_a_listed_title_is_ranked_though_the_instruction_holds_it(toy: KnowledgeGraph) -> None:
    assert ranked(toy, 'I recommend "Salt Road" and "Paper Moons".') == ["4", "3"]


def test_the_model_is_shown_the_list_in_its_order_and_the_request(toy: KnowledgeGraph) -> None:
    model = Parrot(reply="Night Tram")
    LanguageModel(toy, model).rank(query(), ["4", "2"])
    listed, request = (str(message.content) for message in model.shown[0])
    assert (listed.endswith("The list:\nSalt Road (1990)\nNight Tram (1981)"), request) == (
        True,
        "a film with a tram",
    )


# The roster


def setup(toy: KnowledgeGraph) -> Setup:
    return Setup(toy, {"q"}, "builtin", None, "full", "builtin", None, None)


def test_the_roster_has_the_systems_of_the_benchmark() -> None:
    assert {"agent", "llm", "retrieval", "popularity", "random", "oracle", "answers"} <= set(SYSTEMS)


@pytest.mark.parametrize("name", ["random", "popularity", "oracle"])
def test_a_system_answers_under_the_id_of_the_query(toy: KnowledgeGraph, name: str) -> None:
    assert system(name, setup(toy)).answer(query()).id == "q"
