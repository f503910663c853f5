"""What a chat offers: examples of the catalogue at hand, completion of what was begun, the line of status."""

from __future__ import annotations

import io
import os
import pty
import re
import select
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from rich.text import Text

from agent import typed
from agent.assistant import Assistant
from agent.chat_help import examples, help_of, holdings, welcome
from agent.completion import Completion
from agent.status_line import StatusLine, built, opening, status_line
from agent.typing_console import TypingConsole
from kg.folders import new_folder, telling
from kg.graph import KnowledgeGraph
from kg.sources.mapping import Mapping
from kg.sources.table import Tables, read
from tests.conftest import as_graph

REPOSITORY = Path(__file__).parents[2]
WINES = REPOSITORY / "examples" / "wines"


@pytest.fixture(scope="module")
def wines(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The wine shop of the docs."""
    files = ("items", "relations", "interactions", "users")
    tables = Tables(*(WINES / f"{name}.csv" for name in files))
    catalogue = read(tables, Mapping.load(WINES / "usher.toml"), "wines")
    return as_graph(catalogue, tmp_path_factory.mktemp("wines"))


# Examples


def test_a_wine_shop_is_offered_no_films(wines: KnowledgeGraph) -> None:
    said = f"{help_of(wines)} {welcome(wines)}".casefold()
    assert ("film" in said, "book" in said, "wines" in said) == (False, False, True)


def test_a_catalogue_is_counted_by_what_its_items_are(usher: Assistant, wines: KnowledgeGraph) -> None:
    assert (holdings(usher.graph), holdings(wines)) == ("2,981 films and 955 books", "200 wines")


def test_an_example_names_what_the_catalogue_has(toy: KnowledgeGraph) -> None:
    assert examples(toy)[-1] in [f"something like {item.title}" for item in toy.offered]


def test_every_example_but_the_last_is_answered_with_proof(usher: Assistant) -> None:
    answers = [usher.ask(each).answer for each in examples(usher.graph)[:-1]]
    assert [(a["basis"], a["unknown"], a["unused"]) for a in answers] == [("proved", [], [])] * 3


def test_examples_are_the_same_every_time(wines: KnowledgeGraph) -> None:
    assert examples(wines) == examples(wines)


# Completion


@pytest.fixture
def complete(usher: Assistant) -> Completion:
    commands = {"/more": ("all",), "/me": ("like", "dislike"), "/trace": ("on", "off"), "/why": ()}
    return Completion(usher.graph, commands)


@pytest.mark.parametrize(
    ("line", "completed"),
    [
        ("/w", ["/why"]),
        ("/m", ["/me ", "/more "]),
        ("/trace ", ["/trace on", "/trace off"]),
        ("/me l", ["/me like"]),
        ("/me like Jaw", ["/me like Jaws"]),
        ("films with the same cinematographer as jaw", ["films with the same cinematographer as Jaws"]),
        ("more like “Jaw", ["more like “Jaws"]),
        ("something like casabl", ["something like Casablanca"]),
        ("films by Akira Kur", ["films by Akira Kurosawa"]),
        ("qqq", []),
        ("j", []),
        ("", []),
    ],
)
def test_a_line_is_completed(complete: Completion, line: str, completed: list[str]) -> None:
    assert complete(line) == completed


def test_names_of_the_catalogue_at_hand_are_completed(wines: KnowledgeGraph) -> None:
    assert Completion(wines, {})("wines like Lucky H") == ["wines like Lucky Hammock"]


# The prompt and the typed lines


def test_readline_is_told_which_codes_of_a_prompt_take_no_room() -> None:
    console = TypingConsole(file=io.StringIO(), force_terminal=True, color_system="standard")
    prompt = Text("> ", style="bold")
    assert console.marked(prompt) == "\001\x1b[1m\002> \001\x1b[0m\002"


ASK = """
import readline
from rich.text import Text
from agent.typing_console import TypingConsole
readline.clear_history()
readline.add_history("films by Ford")
console = TypingConsole(force_terminal=True, color_system="standard")
console.completing(lambda line: [line + " Ford", line + " Fordham"])
print("said", console.input(Text("> ", style="bold")))
"""


class Typing:
    """Somebody at a prompt on a pseudo-terminal."""

    def __init__(self) -> None:
        self.leader, follower = pty.openpty()
        environment = os.environ | {"TERM": "xterm", "INPUTRC": os.devnull}
        self.process = subprocess.Popen(
            [sys.executable, "-c", ASK],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            cwd=REPOSITORY,
            env=environment,
        )
        os.close(follower)
        self.until("> ")

    def until(self, end: str) -> str:
        """Return what is printed up to some text."""
        told, limit = "", time.monotonic() + 60
        while end not in told:
            assert time.monotonic() < limit, f"no {end!r} in {told!r}"
            if select.select([self.leader], [], [], 1)[0]:
                told += os.read(self.leader, 65536).decode()
        return told

    def types(self, keys: str, end: str) -> str:
        os.write(self.leader, keys.encode())
        return self.until(end)


@pytest.fixture
def typing() -> Iterator[Typing]:
    begun = Typing()
    yield begun
    begun.process.kill()
    begun.process.wait()
    os.close(begun.leader)


def test_arrow_keys_keep_the_prompt(typing: Typing) -> None:
    """Readline that does not know the prompt goes to the first column and writes over it."""
    typing.types("\x1b[A", "films by Ford")
    assert not typing.types("\x15", "\x1b[K").endswith("\r\x1b[K")  # Ctrl-U: back to where the line begins


def test_the_tab_key_lists_what_a_line_may_become_and_keeps_it(typing: Typing) -> None:
    shown = typing.types("by\t", "by Ford")
    assert re.search(r"Ford  Fordham.*\r\n.*> .*by Ford$", shown)
    assert "said by Fordham" in typing.types("ham\r", "said by Fordham")


def test_a_prompt_without_codes_is_plain() -> None:
    assert TypingConsole(file=io.StringIO(), color_system=None).marked(Text("> ", style="bold")) == "> "


def test_typed_lines_are_for_the_person_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USHER_HOME", str(tmp_path))
    typed.place("zoe").touch(mode=0o644)
    with typed.Typed("zoe"):
        pass
    assert stat.S_IMODE(typed.place("zoe").stat().st_mode) == 0o600


# The line of status


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Console:
    monkeypatch.setenv("TERM", "xterm")
    return Console(file=io.StringIO(), force_terminal=True, width=60)


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_status_is_shown_and_goes_away(screen: Console) -> None:
    with status_line(screen) as line:
        line.say("looking …")
    assert ("looking …" in printed(screen), printed(screen).endswith("\x1b[2K")) == (True, True)


def test_a_status_is_one_line_without_controls(screen: Console) -> None:
    with status_line(screen) as line:
        line.say("\u202e" + "looking " * 40)
    shown = printed(screen)
    assert ("\u202e" in shown, "…" in shown, shown.count("\n")) == (False, True, shown.count("…"))


def test_nothing_is_shown_where_nobody_looks() -> None:
    piped = Console(file=io.StringIO())
    with status_line(piped) as line:
        line.say("looking …")
    assert printed(piped) == ""


def test_nothing_is_shown_before_something_is_said(screen: Console) -> None:
    StatusLine(screen).clear()
    assert printed(screen) == ""


def test_what_is_built_is_said(screen: Console, tmp_path: Path) -> None:
    with status_line(screen), new_folder(tmp_path / "vectors-0a1b"):
        pass
    assert "building the vectors of descriptions, once" in printed(screen)


def test_a_folder_that_is_begun_is_told_within_only(tmp_path: Path) -> None:
    told: list[Path] = []
    with telling(told.append), new_folder(tmp_path / "a"):
        pass
    with new_folder(tmp_path / "b"):
        pass
    assert told == [tmp_path / "a"]


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("catalogues/ml-1m-00ff", "the catalogue ml-1m"),
        ("ml-1m-00ff/words-1", "the index of descriptions"),
        ("ml-1m-00ff/taste-1-2", "what people choose after what"),
        ("ml-1m-00ff/maps-1", "the maps of the catalogue"),
    ],
)
def test_what_is_built_has_a_name(folder: str, said: str) -> None:
    assert built(Path(folder)) == said


def test_opening_says_nothing_when_piped(capsys: Any) -> None:
    with opening("ml-1m"):
        pass
    assert capsys.readouterr() == ("", "")
