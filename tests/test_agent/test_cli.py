"""The command line as a person meets it: `ask`, its errors, the chat, and what is not loaded too early."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import pytest
import typer
from langgraph.checkpoint.memory import InMemorySaver
from rich.console import Console

from agent import chat as chats
from agent import render
from agent.__main__ import CHAT_OPTIONS, is_chat
from agent.assistant import Assistant, Step
from agent.chat import Chat
from agent.chat_help import help_of
from agent.commands import app
from agent.graph import build
from kg import names, naming
from kg.builder import Builder
from kg.graph import KnowledgeGraph
from kg.types import Entity, EntityId, Item, ItemId
from tools.toolsets import TOOLSETS

REPOSITORY = Path(__file__).parents[2]
SAME_SHOOTER = "films with the same cinematographer as Jaws"

Run = Callable[..., Any]


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a fresh interpreter in the repository."""
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, cwd=REPOSITORY, timeout=60
    )


@pytest.fixture(scope="module")
def asked(session_home: Path) -> subprocess.CompletedProcess[str]:
    """One question, answered as text with its trace by a fresh `python -m agent`."""
    return python("-m", "agent", "ask", SAME_SHOOTER, "--trace")


@pytest.fixture
def as_json(agent: Run) -> dict[str, Any]:
    """One question, answered as JSON with its trace."""
    return json.loads(agent("ask", SAME_SHOOTER, "--json", "--trace").out)


# ask


def test_ask_exits_with_0(asked: subprocess.CompletedProcess[str]) -> None:
    assert asked.returncode == 0


def test_ask_says_nothing_on_stderr(asked: subprocess.CompletedProcess[str]) -> None:
    assert asked.stderr == ""


def test_ask_prints_a_title_with_its_year(asked: subprocess.CompletedProcess[str]) -> None:
    assert "The Conversation (1974)" in asked.stdout


def test_ask_says_the_condition_once(asked: subprocess.CompletedProcess[str]) -> None:
    shown = asked.stdout.split("\n\n")[-1]
    assert ("Films photographed by Bill Butler: 9" in shown, shown.count("Bill Butler")) == (True, 1)


def test_ask_prints_no_colours_where_there_is_no_terminal(asked: subprocess.CompletedProcess[str]) -> None:
    assert "\x1b" not in asked.stdout


def test_trace_prints_the_tool_calls(asked: subprocess.CompletedProcess[str]) -> None:
    assert 'resolve_reference {"items": ["movie/jaws-1975"]' in asked.stdout


def test_json_is_one_object_with_the_answer(as_json: dict[str, Any]) -> None:
    assert {"items", "conditions", "corrections", "note", "also", "removed"} < set(as_json)


def test_json_names_items_by_id(as_json: dict[str, Any]) -> None:
    assert "movie/stripes-1981" in [line["id"] for line in as_json["items"]]


def test_json_with_trace_has_the_steps(as_json: dict[str, Any]) -> None:
    tools = ["link_entities", "resolve_reference", "resolve_reference", "find_items", "recommend"]
    assert [step["tool"] for step in as_json["steps"]] == tools


def test_json_is_the_same_every_time(agent: Run) -> None:
    assert agent("ask", SAME_SHOOTER, "--json").out == agent("ask", SAME_SHOOTER, "--json").out


def test_ask_shows_ten_items_and_how_many_more(agent: Run) -> None:
    assert re.search(r"^ +and \d+ more; --all", agent("ask", "dramas").out, re.MULTILINE)


def test_all_shows_every_item(agent: Run) -> None:
    assert not re.search(r"^ +and \d+ more", agent("ask", "dramas", "--all").out, re.MULTILINE)


def test_a_correction_stands_first(agent: Run) -> None:
    said = agent("ask", "Jaws, which Ridley Scott directed, is great. More by that director!").out
    assert said.startswith("Jaws was directed by Steven Spielberg, not Ridley Scott.")


# What can go wrong


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--catalogue", "ml-1n"], "unknown catalogue 'ml-1n'; did you mean 'ml-1m'?"),
        (["--tools", "ful"], "unknown toolset 'ful'; did you mean 'full'?"),
        (["--model", "gpt-4o"], "unknown model 'gpt-4o'"),
        (["--model", "openai:"], "unknown model 'openai:'"),
        (["--model", "openai:gpt-4o"], "needs OPENAI_API_KEY"),
        (["--embedder", "word2vec"], "unknown embedder 'word2vec'"),
        (["--catalogue", "ml-1m", "--data", "no/such/folder"], "no/such/folder/ml-1m"),
    ],
    ids=["catalogue", "tools", "model", "model-without-name", "model-without-key", "embedder", "data"],
)
def test_a_wrong_option_is_one_message_and_exit_code_2(agent: Run, arguments: list[str], said: str) -> None:
    done = agent("ask", "a story about snow", *arguments)
    assert (done.code, done.out, done.err.count("error: ")) == (2, "", 1)
    assert said in done.err


def test_a_wrong_option_leaves_no_traceback_in_the_terminal() -> None:
    assert "Traceback" not in python("-m", "agent", "ask", "films", "--catalogue", "nonsense").stderr


def test_a_catalogue_that_was_never_built_says_how_to_build_it(
    agent: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USHER_HOME", str(tmp_path))
    done = agent("ask", "films", "--catalogue", "ml-1m")
    assert (done.code, "--data DIR" in done.err) == (2, True)


def test_ask_without_a_question_ends_with_2(agent: Run) -> None:
    assert agent("ask").code == 2


def test_an_unknown_command_ends_with_2(agent: Run) -> None:
    assert agent("answer").code == 2


def test_an_unknown_option_ends_with_2(agent: Run) -> None:
    assert agent("ask", "films", "--colour").code == 2


@pytest.mark.parametrize("question", ["", " "])
def test_an_empty_question_is_bad_usage(agent: Run, question: str) -> None:
    done = agent("ask", question)
    assert (done.code, done.out, "the question is empty; say what" in done.err) == (2, "", True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--database", "foo"], "expected postgresql://HOST:PORT/NAME with USER:PASSWORD@ before HOST"),
        (["--database", "foo", "--user", "zoe"], "--database is no URL of a Postgres database; expected"),
        (["--chroma", "nowhere"], "--chroma 'nowhere' is no URL of a server; expected http://HOST:PORT"),
        (["--data", "no/such/folder"], "no/such/folder: not a folder"),
    ],
)
def test_what_is_not_needed_is_refused_where_it_is_nonsense(
    agent: Run, arguments: list[str], said: str
) -> None:
    done = agent("ask", SAME_SHOOTER, *arguments)
    assert (done.code, done.out, done.err.count("error: ")) == (2, "", 1)
    assert said in done.err


@pytest.mark.parametrize("command", [[], ["serve"], ["mcp"]], ids=["chat", "serve", "mcp"])
def test_a_database_that_is_no_address_is_refused_first(agent: Run, command: list[str]) -> None:
    done = agent(*command, "--database", "foo")
    assert (done.code, "--database is no URL" in done.err) == (2, True)


def test_a_database_without_its_extra_names_the_extra(agent: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "agent.postgres", None)
    done = agent("ask", SAME_SHOOTER, "--user", "zoe", "--database", "postgresql://localhost/usher")
    assert (done.code, "needs the `postgres` extra" in done.err) == (2, True)


def test_help_names_every_toolset(agent: Run) -> None:
    said = " ".join(agent("ask", "--help").out.replace("-\n", "-").split())
    assert [name for name in TOOLSETS if name not in said.replace("- ", "-")] == []


@pytest.mark.parametrize("command", [[], ["ask"], ["serve"]], ids=["usher", "ask", "serve"])
def test_help_gives_an_example(agent: Run, command: list[str]) -> None:
    assert re.search(r"Examples?:\s+usher", agent(*command, "--help").out)


# The first line of a chat


@pytest.mark.parametrize(
    ("arguments", "chat"),
    [
        ([], True),
        (["--user", "zoe"], True),
        (["--catalogue=ml-1m", "--user", "ask"], True),
        (["ask", "films"], False),
        (["--user", "zoe", "ask"], False),
        (["--help"], False),
        (["--foo"], False),
        (["--user"], False),
    ],
)
def test_a_chat_is_known_by_its_arguments(arguments: list[str], chat: bool) -> None:
    assert is_chat(arguments) == chat


def test_a_chat_is_known_by_all_its_options() -> None:
    callback = typer.main.get_command(app)
    assert {name for each in callback.params for name in each.opts} - {"--help"} == CHAT_OPTIONS


def test_the_first_line_needs_nothing_that_takes_time() -> None:
    slow = {"typer", "rich", "json", "pathlib", "kg", "numpy"}
    assert loaded_by("import agent.__main__") & slow == set()


# What is loaded

HEAVY = {
    "torch",
    "transformers",
    "chromadb",
    "sklearn",
    "fastapi",
    "langchain_openai",
    "sentence_transformers",
}


def loaded_by(code: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter has after running `code`."""
    tell = "\nimport sys; print('\\n' + ' '.join({name.split('.')[0] for name in sys.modules}))"
    done = python("-c", code + tell)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


def test_importing_agent_loads_nothing_heavy() -> None:
    assert loaded_by("import agent") & (HEAVY | {"langgraph", "langchain_core", "numpy"}) == set()


def test_importing_the_command_loads_no_graph() -> None:
    assert loaded_by("import agent.commands") & (HEAVY | {"langgraph", "langchain_core", "numpy"}) == set()


def test_an_explicit_question_loads_nothing_heavy() -> None:
    ask = "Assistant().ask('films directed by Akira Kurosawa').answer['items']"
    loaded = loaded_by(f"from agent.assistant import Assistant\nassert {ask}")
    assert loaded & (HEAVY | {"langgraph", "langsmith"}) == set()


def test_importing_bench_loads_nothing_heavy() -> None:
    assert loaded_by("import bench.run") & HEAVY == set()


def test_importing_the_command_loads_no_fastapi() -> None:
    assert loaded_by("import agent.commands") & {"fastapi", "uvicorn"} == set()


# The chat, without a terminal


class Heard:
    """A chat on a string, as a person would see it on a wide screen."""

    def __init__(self, assistant: Assistant):
        self.stream = io.StringIO()
        console = Console(file=self.stream, width=200, force_terminal=False, color_system=None)
        self.chat = Chat(assistant, build(InMemorySaver()), "test", console)

    def says(self, line: str) -> str:
        """Return what the chat prints after a line."""
        start = len(self.stream.getvalue())
        self.goes_on = self.chat.hear(line)
        return self.stream.getvalue()[start:]


@pytest.fixture
def heard(toy_usher: Assistant) -> Heard:
    return Heard(toy_usher)


def test_chat_answers(heard: Heard) -> None:
    assert "Night Tram (1981)" in heard.says("films directed by Ada Quill")


def test_chat_goes_on_after_an_answer(heard: Heard) -> None:
    heard.says("films directed by Ada Quill")
    assert heard.goes_on


def test_chat_leaves_the_steps_out(heard: Heard) -> None:
    assert "find_items" not in heard.says("films directed by Ada Quill")


def test_trace_off_leaves_the_steps_out_again(heard: Heard) -> None:
    heard.says("/trace on")
    heard.says("/trace off")
    assert "find_items" not in heard.says("films directed by Ada Quill")


def test_trace_says_what_is_on(heard: Heard) -> None:
    before = heard.says("/trace")
    heard.says("/trace on")
    assert ("left out" in before, "are shown" in heard.says("/trace")) == (True, True)


def test_chat_shows_the_steps_where_wished_for(heard: Heard) -> None:
    heard.says("/trace on")
    assert "· find_items director: Ada Quill: 3 found" in heard.says("films directed by Ada Quill")


def test_chat_shows_the_steps_before_the_answer(heard: Heard) -> None:
    heard.says("/trace on")
    said = heard.says("films directed by Ada Quill")
    assert said.index("find_items") < said.index("Night Tram")


def test_chat_shows_the_steps_of_this_turn_only(heard: Heard) -> None:
    heard.says("/trace on")
    heard.says("films directed by Ada Quill")
    assert "Ada Quill" not in heard.says("films directed by Dov Eberhart")


def test_an_empty_line_says_nothing(heard: Heard) -> None:
    assert (heard.says("   "), heard.goes_on) == ("", True)


def test_help_prints_the_help(heard: Heard) -> None:
    assert heard.says("/help").strip() == help_of(heard.chat.assistant.graph).strip()


def test_help_names_every_command(heard: Heard) -> None:
    assert all(command in heard.says("/help") for command in [*heard.chat.commands, "/quit"])


def test_the_page_of_the_chat_names_every_command(heard: Heard) -> None:
    page = (REPOSITORY / "docs" / "chat.md").read_text(encoding="utf-8")
    assert all(f"`{command}" in page for command in [*heard.chat.commands, "/quit", "/me", "/user"])


def test_why_before_an_answer_says_so(heard: Heard) -> None:
    assert "no answer yet" in heard.says("/why")


def test_why_gives_the_proof_of_every_item(heard: Heard) -> None:
    heard.says("films directed by Ada Quill")
    assert heard.says("/why").count("director → Ada Quill") == 3


def test_why_gives_the_calls(heard: Heard) -> None:
    heard.says("films directed by Ada Quill")
    assert "find_items {" in heard.says("/why")


def test_more_before_an_answer_says_so(heard: Heard) -> None:
    assert "no answer yet" in heard.says("/more")


def test_more_where_all_is_shown_says_so(heard: Heard) -> None:
    heard.says("films directed by Ada Quill")
    assert heard.says("/more") == "That is all: 3 items.\n"


def test_more_gives_the_next_items_by_their_numbers(usher: Assistant) -> None:
    heard = Heard(usher)
    heard.says("dramas")
    numbers = re.findall(r"^ *(\d+)\. ", heard.says("/more"), re.MULTILINE)
    assert numbers == [str(n) for n in range(11, 21)]


def test_more_all_gives_what_is_left(usher: Assistant) -> None:
    heard = Heard(usher)
    heard.says("films directed by Steven Spielberg")
    shown = re.findall(r"^ *(\d+)\. ", heard.says("/more all"), re.MULTILINE)
    assert shown == [str(place) for place in range(11, 30)]


def test_tools_names_every_tool_that_is_on(heard: Heard) -> None:
    said = heard.says("/tools")
    assert all(name in said for name in heard.chat.assistant.tools)


def test_tools_leaves_out_what_is_off(toy_assistant: Callable[..., Assistant]) -> None:
    assert "check_fact" not in Heard(toy_assistant(tools="no-verify")).says("/tools")


def test_catalogue_counts_the_items(heard: Heard) -> None:
    assert "toy (tests): 6 items" in heard.says("/catalogue")


def test_catalogue_counts_the_facts_of_a_relation(heard: Heard) -> None:
    assert re.search(r"actor +4 facts about 4 items", heard.says("/catalogue"))


def test_reset_forgets_the_last_answer(heard: Heard) -> None:
    heard.says("films directed by Ada Quill")
    heard.says("/reset")
    assert "no answer yet" in heard.says("/why")


def test_reset_forgets_the_conversation(heard: Heard) -> None:
    heard.says("films directed by Ada Quill")
    heard.says("/reset")
    config = {"configurable": {"thread_id": "test"}}
    assert heard.chat.graph.get_state(config).values == {}


def test_a_conversation_is_kept_without_reset(heard: Heard) -> None:
    heard.says("films directed by Ada Quill")
    config = {"configurable": {"thread_id": "test"}}
    assert heard.chat.graph.get_state(config).values["messages"][0].content == "films directed by Ada Quill"


@pytest.mark.parametrize("line", ["/quit", "/exit", "  /quit "])
def test_quit_ends_the_chat(heard: Heard, line: str) -> None:
    heard.says(line)
    assert not heard.goes_on


def test_an_unknown_command_is_said(heard: Heard) -> None:
    assert "There is no command '/hlep'" in heard.says("/hlep me")


def test_an_unknown_command_lists_those_there_are(heard: Heard) -> None:
    assert "/help, /why, /more" in heard.says("/hlep me")


def test_an_unknown_command_does_not_end_the_chat(heard: Heard) -> None:
    heard.says("/hlep")
    assert heard.goes_on


def test_a_false_premise_is_corrected_in_words(heard: Heard) -> None:
    said = heard.says("I loved Paper Moons, which Ada Quill directed. What else did she direct?")
    assert "Paper Moons was directed by Dov Eberhart, not Ada Quill." in said


def test_a_second_reading_is_offered_in_words(heard: Heard) -> None:
    said = heard.says("Paper Moons, directed by Ada Quill, was great. More by that director?")
    assert "If you meant films directed by Ada Quill:" in said


# Markup


def test_markup_in_a_name_of_the_person_is_printed_as_it_is(heard: Heard) -> None:
    assert "[bold]Zed Unknown[/bold]" in heard.says('films by "[bold]Zed Unknown[/bold]"') + heard.says(
        "/why"
    )


def test_markup_in_an_unknown_command_is_printed_as_it_is(heard: Heard) -> None:
    assert "'/[red]x[/red]'" in heard.says("/[red]x[/red]")


def test_markup_that_closes_nothing_does_not_crash(heard: Heard) -> None:
    heard.says("films by [/bold] [/] Ada Quill")
    assert heard.goes_on


@pytest.fixture
def marked(tmp_path: Path) -> KnowledgeGraph:
    """A catalogue that tries to speak to the terminal."""
    builder = Builder()
    builder.add_item(Item(ItemId("x"), "[bold]x[/bold]", 1999))
    builder.add_fact(ItemId("x"), "director", Entity(EntityId("d"), "[red]Ann[/red] :smile:"))
    catalogue = builder.finish("[b]m[/b]", "tests", "1")
    naming.write(catalogue, tmp_path)
    return KnowledgeGraph(catalogue, names.load(tmp_path))


def printed(text: object) -> str:
    stream = io.StringIO()
    Console(file=stream, width=200, force_terminal=False, color_system=None).print(text)
    return stream.getvalue()


MARKED = {
    "items": [
        {
            "id": "x",
            "title": "[bold]x[/bold]",
            "year": 1999,
            "proof": [["director", "[red]Ann[/red] :smile:"]],
        }
    ],
    "basis": "proved",
    "conditions": [{"relation": "director", "value": "[red]Ann[/red] :smile:"}],
    "any_of": [],
    "none_of": [],
    "order": [],
    "facts": [],
    "unknown": ["[b]Zed[/b]"],
    "unused": ["[b]so[/b]"],
    "question": {"text": "[i]Which?[/i]", "slot": "", "choices": ["[i]this[/i]"]},
    "corrections": [
        {"items": ["x"], "relation": "director", "claimed": "[i]Bob[/i]", "true": ["[red]Ann[/red]"]}
    ],
    "note": "[u]note[/u]",
    "also": {
        "label": "[s]label[/s]",
        "items": [{"id": "x", "title": "[bold]x[/bold]", "year": None, "proof": []}],
    },
    "removed": ["[b]gone[/b]"],
}


@pytest.mark.parametrize(
    "text",
    [
        "[bold]x[/bold] (1999)",
        "irected by [red]Ann[/red] :smile:",
        "“[b]Zed[/b]”",
        "“[b]so[/b]”",
        "[i]Which?[/i]",
        "1. [i]this[/i]",
        "not [i]Bob[/i].",
        "[u]note[/u]",
        "[s]label[/s]:",
    ],
)
def test_markup_in_an_answer_is_printed_as_it_is(marked: KnowledgeGraph, text: str) -> None:
    assert text in printed(render.answer(MARKED, marked))


def test_markup_in_what_was_removed_is_printed_as_it_is() -> None:
    assert "left out: [b]gone[/b]" in printed(render.why(MARKED, []))


def test_markup_in_a_step_is_printed_as_it_is() -> None:
    assert "[b]no[/b]" in printed(render.step(Step("find_items", {}, "[b]no[/b]", refused=True)))


# The real thing, in a terminal


class Terminal:
    """`python -m agent` on a pseudo-terminal."""

    def __init__(self, home: Path):
        self.unread = ""
        self.fd, child = pty.openpty()
        take = "import fcntl, os, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
        command = f"{take} os.execv({sys.executable!r}, {[sys.executable, '-m', 'agent']!r})"
        environment = os.environ | {"USHER_HOME": str(home), "TERM": "dumb", "COLUMNS": "120"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", command],
            stdin=child,
            stdout=child,
            stderr=child,
            cwd=REPOSITORY,
            env=environment,
            start_new_session=True,
        )
        os.close(child)

    def until(self, text: str, seconds: float = 30) -> None:
        """Read until `text` has come; what came after it is kept for the next call."""
        end = time.monotonic() + seconds
        while text not in self.unread:
            assert time.monotonic() < end, f"no {text!r} in {self.unread!r}"
            if wait([self.fd], 0.1):
                self.unread += os.read(self.fd, 65536).decode("utf-8", "replace")
        self.unread = self.unread.split(text, 1)[1]

    def type(self, text: str) -> None:
        os.write(self.fd, text.encode())

    def interrupt(self, answer: str) -> None:
        """Press Ctrl-C until `answer` comes: between prompt and input it only waits for the next key.

        Keys are read before: Ctrl-C throws away what is not, and readline then waits for them unheard.
        """
        for _ in range(20):
            self.type("half a line")
            with suppress(AssertionError):
                self.until("half a line", seconds=1)
            self.type("\x03")
            with suppress(AssertionError):
                return self.until(answer, seconds=1)
        raise AssertionError("Ctrl-C is not answered")

    def code(self, key: str = "") -> int:
        """Return the exit code, pressing `key` until there is one."""
        for _ in range(20):
            self.type(key)
            with suppress(subprocess.TimeoutExpired):
                return self.process.wait(timeout=1)
        raise AssertionError("the chat does not end")

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.fd)


@pytest.fixture
def terminal(session_home: Path) -> Iterator[Terminal]:
    opened = Terminal(session_home)
    yield opened
    opened.close()


def test_the_chat_in_a_terminal_survives_ctrl_c_and_quits_with_0(terminal: Terminal) -> None:
    """One conversation, as it takes seconds: a question, Ctrl-C at the prompt, another question, /quit."""
    terminal.until("> ")
    terminal.type(SAME_SHOOTER + "\r")
    terminal.until("Grease (1978)")
    terminal.until("> ")
    terminal.interrupt("(/quit or Ctrl-D to leave)")
    terminal.until("> ")
    terminal.type("books by Agatha Christie\r")
    terminal.until("Death on the Nile (1937)")
    terminal.until("> ")
    terminal.type("/quit\r")
    assert terminal.code() == 0


class Impatient(Console):
    """Somebody who presses Ctrl-C at the prompt, and once more while that is answered."""

    def __init__(self, stream: io.StringIO):
        super().__init__(file=stream, width=100)
        self.lines = iter((KeyboardInterrupt, "films directed by Ada Quill", "/quit"))
        self.pressed = False

    def input(self, prompt: Any = "", **_: Any) -> str:
        line = next(self.lines)
        if isinstance(line, str):
            return line
        self.pressed = True
        raise line

    def print(self, *shown: Any, **how: Any) -> None:
        pressed, self.pressed = self.pressed, False
        if pressed:
            raise KeyboardInterrupt
        super().print(*shown, **how)


def test_ctrl_c_pressed_twice_does_not_end_the_chat(toy_usher: Assistant) -> None:
    stream = io.StringIO()
    chats.run(toy_usher, Impatient(stream))
    assert "Night Tram (1981)" in stream.getvalue()


def test_the_end_of_input_ends_the_chat_with_0(terminal: Terminal) -> None:
    terminal.until("> ")
    assert terminal.code("\x04") == 0


# Models on servers


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that lead to a server which is not there."""
    monkeypatch.setenv("USHER_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("USHER_RETRIES", "0")


def test_where_a_model_is_not_there_the_built_in_one_answers_and_says_why(agent: Run, nobody: None) -> None:
    own, done = agent("ask", "westerns"), agent("ask", "--model", "openai:m", "westerns")
    said = " ".join(done.out.removesuffix(own.out).split())  # whatever width it is wrapped to
    assert (done.code, done.err, done.out.endswith(own.out)) == (0, "", True)
    assert "Check that the server runs" in said
    assert said.endswith("this is the built-in model's answer.")


def test_chat_goes_on_where_a_model_does_not_answer(nobody: None, toy_assistant: Any) -> None:
    heard = Heard(toy_assistant(model="openai:m"))
    assert "Check that the server runs" in heard.says("films directed by Ada Quill")
    assert "Check that the server runs" in heard.says("and another")
