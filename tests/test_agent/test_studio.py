"""The graph that `langgraph.json` names, and tracing: off unless somebody asks for it."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import CallbackManager
from langgraph.checkpoint.memory import InMemorySaver

from agent.assistant import Assistant
from agent.graph import build
from agent.state import Context

REPOSITORY = Path(__file__).parents[2]
NAMED = json.loads((REPOSITORY / "langgraph.json").read_text(encoding="utf-8"))["graphs"]["usher"]
TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")


@pytest.fixture
def named() -> Any:
    """What langgraph.json names, loaded as `langgraph dev` does: from the file, by the variable."""
    path, _, variable = NAMED.partition(":")
    spec = importlib.util.spec_from_file_location("studio_graph", REPOSITORY / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, variable)


def asked(graph: Any, text: str, **more: Any) -> dict[str, Any]:
    state: dict[str, Any] = graph.invoke({"messages": [{"role": "user", "content": text}]}, **more)
    return state


def test_the_named_graph_has_no_checkpointer(named: Any) -> None:
    assert named.checkpointer is None


def test_the_last_message_of_the_named_graph_is_what_a_person_reads(named: Any) -> None:
    state = asked(named, "westerns from the 1960s")
    assert (state["messages"][-1].type, state["messages"][-1].text) == ("ai", state["answer"]["text"])


def test_the_named_graph_has_schemas(named: Any) -> None:
    """Studio shows forms made of them; typing's own TypedDict gives none before Python 3.12."""
    assert "messages" in named.get_input_jsonschema()["properties"]
    assert "answer" in named.get_output_jsonschema()["properties"]


def test_the_named_graph_shows_the_loop(named: Any) -> None:
    assert {"model", "tools", "guard"} <= set(named.get_graph().nodes)


def test_the_named_graph_answers_without_a_context(named: Any) -> None:
    titles = [
        line["title"]
        for line in asked(named, "films with the same cinematographer as Jaws")["answer"]["items"]
    ]
    assert titles == [
        line["title"]
        for line in Assistant().ask("films with the same cinematographer as Jaws").answer["items"]
    ]
    assert titles


def test_loading_the_named_graph_opens_no_catalogue() -> None:
    code = "import agent.studio, sys; sys.exit('kg.store' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY).returncode == 0


def test_a_turn_begins_by_itself(toy_usher: Assistant) -> None:
    graph = build(InMemorySaver(), opened=lambda: toy_usher.context)
    thread: Any = {"configurable": {"thread_id": "t"}}
    first = asked(graph, "films directed by Ada Quill", config=thread)
    second = asked(graph, "films directed by Ada Quill", config=thread)
    assert (second["steps"], second["answer"]) == (first["steps"], first["answer"])


def test_a_context_that_is_made_is_used(toy_usher: Assistant) -> None:
    limited = Context(toy_usher.knowledge, toy_usher.tools, toy_usher.context.model, "", max_steps=0)
    assert asked(build(opened=lambda: limited), "films directed by Ada Quill")["steps"] == 0


# Tracing


def tracers() -> list[str]:
    manager = CallbackManager.configure()
    return [type(handler).__name__ for handler in manager.handlers if "Tracer" in type(handler).__name__]


def test_without_a_variable_nothing_is_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    from langsmith import utils

    for name in TRACING:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGSMITH_API_KEY", "a key alone is no consent")
    utils.get_env_var.cache_clear()
    assert tracers() == []


ASK = """
import json, sys
from agent.assistant import Assistant
Assistant().ask("films with the same cinematographer as Jaws")
from langchain_core.tracers.langchain import wait_for_all_tracers
wait_for_all_tracers()
"""


@pytest.mark.parametrize("tracing", ["true", None])
def test_traces_are_sent_where_they_are_asked_for(tracing: str | None) -> None:
    """A question with an API key and an endpoint: only LANGSMITH_TRACING makes it speak."""
    import threading
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    heard: list[str] = []

    class Collector(BaseHTTPRequestHandler):
        def _hear(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            heard.append(self.path)
            self.send_response(200)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        do_GET = do_POST = do_PATCH = _hear  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Collector) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        environment = {name: text for name, text in os.environ.items() if name not in TRACING}
        environment |= {
            "LANGSMITH_API_KEY": "key",
            "LANGSMITH_ENDPOINT": f"http://127.0.0.1:{server.server_address[1]}",
        } | ({"LANGSMITH_TRACING": tracing} if tracing else {})
        subprocess.run([sys.executable, "-c", ASK], cwd=REPOSITORY, env=environment, check=True, timeout=60)
        server.shutdown()
        thread.join()
    assert bool(heard) is bool(tracing)
