"""The chat remembers a person across sessions, shows what it remembers, and forgets it without a trace."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import wait
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from rich.console import Console

from agent import typed
from agent.__main__ import main
from agent.assistant import Assistant
from agent.chat import Chat
from agent.chat_me import Me
from agent.graph import build
from agent.memory import conversations, erase, erase_all, thread_of
from agent.people import People
from agent.person import Person, Profile
from agent.records import FILE
from kg.errors import DataError, UsageError
from kg.types import ItemId
from tools.knowledge import Asker

REPOSITORY = Path(__file__).parents[2]
MARKER = "zqplantedmarker71"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home; the catalogue of the test was opened before."""
    monkeypatch.setenv("USHER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


class Session:
    """A session of a person in the chat, as they would see it on a wide screen."""

    def __init__(self, assistant: Assistant, folder: Path, user: str = "me", saver: Any = None):
        self.stream = io.StringIO()
        console = Console(file=self.stream, width=400, force_terminal=False, color_system=None)
        self.replies: list[str] = []
        console.input = lambda *_: self._reply()  # type: ignore[method-assign, assignment]
        self.me = Me(assistant, People(assistant.graph, folder), user, console)
        thread = thread_of(assistant.graph.catalogue.name, user)
        self.chat = Chat(assistant, build(saver or InMemorySaver()), thread, console, me=self.me)

    def says(self, line: str, *replies: str) -> str:
        """Return what the chat prints after a line; `replies` answer what it asks back."""
        self.replies = list(replies)
        start = len(self.stream.getvalue())
        assert self.chat.hear(line)
        return self.stream.getvalue()[start:]

    def _reply(self) -> str:
        if not self.replies:
            raise EOFError
        return self.replies.pop(0)


@pytest.fixture
def session(usher: Assistant, tmp_path: Path) -> Session:
    return Session(usher, tmp_path / "people")


@pytest.fixture
def later(usher: Assistant, tmp_path: Path) -> Callable[[], Session]:
    """Begin another session of the same person."""
    return lambda: Session(usher, tmp_path / "people")


def traces(folder: Path, marker: str) -> list[str]:
    """Return the files below a folder whose bytes hold a marker, in any case of letters."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if marker.casefold().encode() in path.read_bytes().lower()]


# What is said is noted


def test_a_like_is_noted_in_one_line_with_how_to_undo_it(session: Session) -> None:
    said = session.says("I loved the camera work in Jaws, more by whoever shot it")
    assert said.splitlines()[-1] == "Noted: you liked Jaws (1975). To undo: /me forget Jaws (1975)"


def test_a_dislike_is_noted(session: Session) -> None:
    said = session.says("Psycho bored me. Any comedies?")
    assert "Noted: not Psycho (1960). To undo: /me forget Psycho (1960)" in said


def test_seen_it_is_about_the_last_answer(session: Session) -> None:
    session.says("films with the same cinematographer as Jaws")
    assert "Noted: you have seen One Flew Over the Cuckoo's Nest (1975)." in session.says("seen it")


def test_seen_it_is_about_what_was_last_spoken_of(session: Session) -> None:
    session.says("films with the same cinematographer as Jaws")
    session.says("the second one, who made it")
    assert "you have seen Grease." in session.says("seen it")
    session.says("who made the first one?")
    session.says("thanks")
    assert "you have seen Rocky III" in session.says("I've seen the third one")


def test_a_list_that_is_called_bad_is_put_aside_and_not_kept(session: Session) -> None:
    first = session.says("films by Steven Spielberg")
    said = session.says("these are crap")
    assert ("Jaws (1975)" in first, "Jaws (1975)" in said, "Amistad (1997)" in said) == (True, False, True)
    assert "Nothing is remembered" in session.says("/me")


def test_why_proves_what_was_shown(session: Session) -> None:
    session.says("films by Steven Spielberg")
    said = session.says("/why")
    assert (said.count("director → Steven Spielberg"), "and 19 more, not shown here" in said) == (10, True)


def test_seen_them_all_is_about_what_was_shown(session: Session) -> None:
    session.says("dramas")
    session.says("I've seen them all")
    assert len(session.me.person.seen) == 10


def test_seen_them_all_after_more_is_about_all(session: Session) -> None:
    session.says("films directed by Steven Spielberg")
    session.says("/more")
    session.says("I've seen them all")
    assert len(session.me.person.seen) == 20


def test_a_title_of_several_items_is_noted_with_its_year(session: Session) -> None:
    assert "To undo: /me forget Dune (2021)" in session.says("I loved Dune (2021). Any westerns?")


def test_what_is_noted_already_is_not_noted_again(session: Session) -> None:
    session.says("I loved Jaws")
    assert "Noted" not in session.says("I loved Jaws")


def test_what_is_wished_from_now_on_is_remembered_and_withdrawn_by_number(
    session: Session, later: Callable[[], Session]
) -> None:
    session.says("stop suggesting thrillers")
    assert "Noted, from now on: no horror." in session.says("from now on no horror please")
    shown = session.says("/me")
    assert "1. no horror (from now on)" in shown
    assert "2. no thriller (this conversation)" in shown
    again = later()
    shown = again.says("/me")
    assert "1. no horror (from now on)" in shown
    assert "thriller" not in shown  # that held for the conversation only
    assert "no horror (4 left out)" in again.says("films by John Carpenter")
    assert "No longer kept to: no horror." in again.says("/me forget 1")
    assert "horror" not in again.says("/me")
    assert "left out" not in again.says("films by John Carpenter")
    assert "There is no wish 3" in session.says("/me forget 3")


def test_what_is_remembered_is_withdrawn_in_words(session: Session, later: Callable[[], Session]) -> None:
    session.says("never show me horror again")
    assert "No longer kept to: no horror." in session.says("horror is fine again")
    assert "horror" not in later().says("/me")


def test_a_question_is_not_noted(session: Session) -> None:
    assert "Noted" not in session.says("is Jaws any good?")


def test_an_opinion_is_remembered_in_the_next_session(session: Session, later: Callable[[], Session]) -> None:
    session.says("I loved Jaws")
    assert later().me.person.likes == ("movie/jaws-1975",)


def test_nothing_is_kept_if_the_answer_fails(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session.chat.assistant, "chat", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        session.says("I loved Jaws")
    assert session.me.people.load("me").is_empty


def test_a_text_too_long_to_read_says_nothing_of_items(session: Session) -> None:
    assert "Noted" not in session.says("I loved Jaws. " * 2_000)


def test_the_run_is_given_the_person_with_what_they_just_said(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Asker] = []
    ask = session.chat.assistant.chat

    def spy(*arguments: Any, asker: Asker, **rest: Any) -> Any:
        given.append(asker)
        return ask(*arguments, asker=asker, **rest)

    monkeypatch.setattr(session.chat.assistant, "chat", spy)
    session.says("I loved Jaws")
    assert (given[0].history, given[0].likes) == (("movie/jaws-1975",), {"movie/jaws-1975"})


def test_items_that_left_the_catalogue_do_not_disturb_an_answer(session: Session) -> None:
    session.me.people.change("me", lambda person: replace(person, seen=(ItemId("gone"),)))
    assert "Jurassic Park" in session.says("films directed by Steven Spielberg")


def test_a_chat_without_a_person_keeps_nothing(usher: Assistant) -> None:
    stream = io.StringIO()
    chat = Chat(usher, build(InMemorySaver()), "test", Console(file=stream, width=200))
    chat.hear("I loved Jaws")
    assert "Noted" not in stream.getvalue()


# /me


def test_me_is_nobody_at_first(session: Session) -> None:
    assert session.says("/me").startswith("Nothing is remembered of me yet.")


def test_me_shows_what_was_said(session: Session) -> None:
    session.says("I loved Jaws but not Alien, and I've seen Psycho")
    said = session.says("/me")
    assert all(
        line in said.splitlines()
        for line in ("liked (1): Jaws (1975)", "disliked (1): Alien (1979)", "seen (1): Psycho (1960)")
    )


def test_me_shows_a_taste_in_words(session: Session) -> None:
    session.says("I loved Jaws and E.T.")
    assert "So far: films directed by Steven Spielberg." in session.says("/me")


@pytest.mark.parametrize(("word", "place"), [("like", "likes"), ("dislike", "dislikes"), ("seen", "seen")])
def test_me_adds_a_title(session: Session, word: str, place: str) -> None:
    session.says(f"/me {word} alien")
    assert getattr(session.me.person, place) == ("movie/alien-1979",)


def test_me_understands_a_misspelt_title(session: Session) -> None:
    session.says("/me like Raiders of the Lost Arc")
    assert session.me.person.likes == ("movie/raiders-of-the-lost-ark-1981",)


def test_me_asks_which_of_several_is_meant(session: Session) -> None:
    said = session.says("/me like dune")
    assert "Which one: Dune (1965) or Dune (1984) or Dune (2021)? Say it with its year." in said


def test_me_takes_the_year_as_the_answer(session: Session) -> None:
    session.says("/me like Dune (2021)")
    assert session.me.person.likes == ("movie/dune-2021",)


def test_me_knows_no_unknown_title(session: Session) -> None:
    assert "There is no 'Gribnak Xylo' in this catalogue." in session.says("/me like Gribnak Xylo")


def test_me_forgets_a_title(session: Session) -> None:
    session.says("I loved Alien")
    said = session.says("/me forget alien")
    assert (said, session.me.person.is_empty) == ("Forgotten: Alien (1979).\n", True)


def test_me_forgets_only_what_is_remembered(session: Session) -> None:
    assert "Nothing is remembered of 'Jaws'" in session.says("/me forget Jaws")


def test_a_mind_that_changes_is_followed(session: Session) -> None:
    session.says("I loved Alien")
    session.says("/me dislike Alien")
    assert (session.me.person.likes, session.me.person.dislikes) == ((), ("movie/alien-1979",))


def test_an_age_is_kept_if_it_is_said(session: Session, later: Callable[[], Session]) -> None:
    session.says("/me age 34")
    assert later().me.person.profile.age == 34


def test_an_age_is_forgotten_on_request(session: Session) -> None:
    session.says("/me age 34")
    session.says("/me forget age")
    assert session.me.person.profile.age is None


@pytest.mark.parametrize("age", ["old", "-3", "0", "999", "３４x"])
def test_what_is_no_age_is_refused(session: Session, age: str) -> None:
    assert "is no age" in session.says(f"/me age {age}")


def test_chat_about_age_is_not_kept(session: Session) -> None:
    session.says("I'm a 25-year-old woman and a nurse, I loved Jaws")
    profile = session.me.person.profile
    assert (profile.gender, profile.age, profile.occupation) == (None, None, None)


@pytest.mark.parametrize("rest", ["lieke Jaws", "like", "forget", "delete everything", "seen  "])
def test_me_says_what_it_does_not_know(session: Session, rest: str) -> None:
    assert "/me like|dislike|seen TITLE" in session.says(f"/me {rest}")


def test_why_tells_why_an_item_is_for_this_person(session: Session) -> None:
    session.says("I loved Jaws. More films directed by Steven Spielberg")
    assert "You liked Jaws, directed by Steven Spielberg, who directed this too." in session.says("/why")


def test_markup_in_a_command_is_printed_as_it_is(session: Session) -> None:
    assert "[bold]x[/bold]" in session.says("/me like [bold]x[/bold]")


# Export


def test_me_exports_json(session: Session) -> None:
    session.says("I loved Jaws")
    assert json.loads(session.says("/me export"))["titles"] == {"movie/jaws-1975": "Jaws (1975)"}


def test_me_exports_into_a_file(session: Session, tmp_path: Path) -> None:
    session.says("I loved Jaws")
    session.says(f"/me export {tmp_path / 'me.json'}")
    assert json.loads((tmp_path / "me.json").read_text(encoding="utf-8"))["likes"] == ["movie/jaws-1975"]


def test_an_export_overwrites_nothing(session: Session, tmp_path: Path) -> None:
    (tmp_path / "me.json").write_text("mine", encoding="utf-8")
    said = session.says(f"/me export {tmp_path / 'me.json'}")
    assert ("is there already" in said, (tmp_path / "me.json").read_text(encoding="utf-8")) == (True, "mine")


def test_an_export_to_nowhere_is_said(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "no" / "me.json"
    said = session.says(f"/me export {file}")
    assert f"{file} cannot be written: No such file or directory. Name a file in a folder" in said


# Other people


def test_another_user_is_another_person(session: Session) -> None:
    session.says("I loved Jaws")
    session.says("/user zoe")
    assert session.me.person.is_empty


def test_an_unknown_user_is_said_to_be_unknown(session: Session) -> None:
    assert session.says("/user zoe") == "You are zoe. Nothing is known of you yet.\n"


def test_to_come_back_is_to_be_remembered(session: Session) -> None:
    session.says("I loved Jaws")
    session.says("/user zoe")
    session.says("/user me")
    assert session.me.person.likes == ("movie/jaws-1975",)


def test_another_user_does_not_see_the_conversation(session: Session) -> None:
    session.says("films directed by Steven Spielberg")
    session.says("/user zoe")
    assert "no earlier answer" in session.says("not the second one")


def test_user_alone_tells_who_is_talking(session: Session) -> None:
    assert session.says("/user").startswith("You are me.")


def test_an_impossible_name_is_refused(session: Session) -> None:
    assert "cannot be a person's name" in session.says(f"/user {'x' * 99}")


def test_a_user_of_the_catalogue_has_its_history(session: Session) -> None:
    session.says("/user nora-nightingrain")
    assert len(session.me.person.seen) == 60


@pytest.mark.parametrize("user", ["me", "zoe", "a/b"])
def test_conversations_of_two_catalogues_have_two_names(user: str) -> None:
    assert thread_of("a", user) != thread_of("b", user)


# Deleted


def test_delete_asks_before(session: Session) -> None:
    session.says("I loved Jaws")
    assert ("Nothing was deleted." in session.says("/me delete", "no"), session.me.person.is_empty) == (
        True,
        False,
    )


def test_delete_is_not_done_if_nobody_answers(session: Session) -> None:
    session.says("I loved Jaws")
    session.says("/me delete")
    assert not session.me.people.load("me").is_empty


def test_delete_forgets_the_person(session: Session, later: Callable[[], Session]) -> None:
    session.says("I loved Jaws")
    session.says("/me delete", "yes")
    assert later().me.person.is_empty


def test_delete_forgets_the_last_answer(session: Session) -> None:
    session.says("films directed by Steven Spielberg")
    session.says("/me delete", "yes")
    assert "no answer yet" in session.says("/why")


def test_delete_forgets_the_conversation(session: Session) -> None:
    session.says("films directed by Steven Spielberg")
    session.says("/me delete", "yes")
    assert "no earlier answer" in session.says("not the second one")


def test_the_history_of_a_catalogue_is_said_to_stay(session: Session) -> None:
    session.says("/user nora-nightingrain")
    assert "own history of nora-nightingrain stays" in session.says("/me delete", "yes")


def test_delete_leaves_no_trace_on_disk(usher: Assistant, home: Path) -> None:
    with conversations() as saver:
        zoe = Session(usher, home, "zoe", saver)
        zoe.says(f"I loved Jaws and {MARKER}")
        zoe.says(f"/me occupation {MARKER}")
        before = traces(home, MARKER)
        zoe.says("/me delete", "yes")
        during = traces(home, MARKER) + traces(home, "jaws")
    assert ({"conversations.sqlite-wal", FILE} <= {*before}, during) == (True, [])


def test_after_the_session_there_is_no_trace_either(usher: Assistant, home: Path) -> None:
    with conversations() as saver:
        zoe = Session(usher, home, "zoe", saver)
        zoe.says(f"I loved Jaws and {MARKER}")
    with conversations() as saver:
        assert traces(home, MARKER) == ["conversations.sqlite"]
        Session(usher, home, "zoe", saver).says("/me delete", "yes")
    assert traces(home, MARKER) + traces(home, "jaws") + traces(home, "zoe") == []


def test_delete_leaves_what_others_said(usher: Assistant, home: Path) -> None:
    with conversations() as saver:
        Session(usher, home, "bo", saver).says("I loved Psycho")
        zoe = Session(usher, home, "zoe", saver)
        zoe.says("I loved Jaws")
        zoe.says("/me delete", "yes")
        kept = saver.get_tuple({"configurable": {"thread_id": thread_of("builtin", "bo")}})
    assert (kept is not None, People(usher.graph, home).load("bo").likes) == (True, ("movie/psycho-1960",))


def test_conversations_about_every_catalogue_are_deleted(usher: Assistant, home: Path) -> None:
    threads = [
        thread_of(catalogue, user) for catalogue in ("builtin", "ml-1m") for user in ("zoe", "me", "b")
    ]
    with conversations() as saver:
        graph = build(saver)
        for thread in threads:
            usher.chat(graph, thread, f"films directed by {thread}", lambda _: None)
        erase_all(saver, "zoe", thread_of("builtin", "zoe"))
        left = [t for t in threads if saver.get_tuple({"configurable": {"thread_id": t}}) is not None]
    assert left == [thread for thread in threads if not thread.endswith("/zoe")]


def test_to_delete_me_reaches_the_conversations_of_me(usher: Assistant, home: Path) -> None:
    with conversations() as saver:
        usher.chat(build(saver), thread_of("ml-1m", "me"), f"films by {MARKER}", lambda _: None)
        erase_all(saver, "me", thread_of("builtin", "me"))
        assert traces(home, MARKER) == []


def test_reset_leaves_no_trace_of_the_conversation(usher: Assistant, home: Path) -> None:
    with conversations() as saver:
        session = Session(usher, home, saver=saver)
        session.says(f"films by {MARKER}")
        session.says("/reset")
        assert traces(home, MARKER) == []


def test_a_conversation_in_use_elsewhere_is_said_not_to_be_gone(usher: Assistant, home: Path) -> None:
    with conversations() as saver, conversations() as other:
        thread = thread_of("builtin", "zoe")
        usher.chat(build(saver), thread, f"films by {MARKER}", lambda _: None)
        other.conn.execute("BEGIN")
        other.conn.execute("SELECT count(*) FROM checkpoints").fetchone()
        saver.conn.execute("PRAGMA busy_timeout = 100")
        with pytest.raises(UsageError, match="Close the other one and delete again"):
            erase(saver, thread)


def test_damaged_conversations_are_an_error(home: Path) -> None:
    home.mkdir()
    (home / "conversations.sqlite").write_bytes(b"not a database, " * 100)
    with (
        pytest.raises(DataError, match=r"conversations\.sqlite: not readable .*\n  Move it away"),
        conversations(),
    ):
        pass


def test_a_busy_conversation_does_not_end_the_chat(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise UsageError("in use")

    monkeypatch.setattr("agent.chat.erase_all", busy)
    assert session.says("/me delete", "yes").endswith("in use\n")


# Typed lines


@pytest.fixture
def readline(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A readline that keeps its lines in a list."""
    lines: list[str] = []
    module = SimpleNamespace(
        lines=lines,
        set_history_length=lambda _: None,
        clear_history=lines.clear,
        read_history_file=lambda path: lines.extend(Path(path).read_text(encoding="utf-8").splitlines()),
        write_history_file=lambda path: Path(path).write_text("\n".join(lines), encoding="utf-8"),
    )
    monkeypatch.setitem(sys.modules, "readline", module)
    return module


def test_typed_lines_are_kept(home: Path, readline: SimpleNamespace) -> None:
    home.mkdir()
    with typed.Typed("me"):
        readline.lines.append("films by Ford")
    with typed.Typed("me"):
        assert readline.lines == ["films by Ford"]


def test_typed_lines_are_those_of_the_person(home: Path, readline: SimpleNamespace) -> None:
    home.mkdir()
    with typed.Typed("me") as lines:
        readline.lines.append("films by Ford")
        lines.become("zoe")
        assert readline.lines == []


def test_erased_lines_leave_no_trace(home: Path, readline: SimpleNamespace) -> None:
    home.mkdir()
    with typed.Typed("zoe"):
        readline.lines.append(MARKER)
    with typed.Typed("zoe") as lines:
        lines.erase()
    assert traces(home, MARKER) == []


def test_erased_lines_are_those_of_one_person(home: Path, readline: SimpleNamespace) -> None:
    home.mkdir()
    with typed.Typed("me") as lines:
        readline.lines.append("films by Ford")
        lines.become("zoe")
        lines.erase()
    assert typed.place("me").read_text(encoding="utf-8") == "films by Ford"


# The commands `usher` and `usher ask`


Asked = Callable[..., tuple[str, str]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asked:
    """Run `usher ask` with arguments, in this process; return what it printed."""

    def run(*arguments: str) -> tuple[str, str]:
        monkeypatch.setattr(sys, "argv", ["usher", "ask", *arguments])
        with suppress(SystemExit):
            main()
        printed = capsys.readouterr()
        return printed.out, printed.err

    return run


def test_ask_for_an_unknown_user_says_that_the_memory_is_empty(asked: Asked) -> None:
    said = asked("films with Sigourney Weaver", "--user", "nobody-yet")[1]
    assert "Nothing is known of 'nobody-yet' yet" in said


def test_ask_for_a_user_of_the_catalogue_says_nothing_of_it(asked: Asked) -> None:
    assert asked("films with Sigourney Weaver", "--user", "nora-nightingrain")[1] == ""


def test_ask_with_an_impossible_name_is_an_error(asked: Asked) -> None:
    assert "cannot be a person's name" in asked("films", "--user", " ")[1]


def test_ask_remembers_nothing(asked: Asked, usher: Assistant) -> None:
    asked("I loved Jaws, more like it", "--user", "asker")
    assert People(usher.graph).load("asker").is_empty


def test_ask_gives_the_run_the_person(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Asker] = []
    ask = Assistant.ask

    def spy(self: Assistant, request: str, *, asker: Asker = Asker()) -> Any:
        given.append(asker)
        return ask(self, request, asker=asker)

    monkeypatch.setattr(Assistant, "ask", spy)
    asked("films with Sigourney Weaver", "--user", "nora-nightingrain")
    asked("films with Sigourney Weaver")
    assert (len(given[0].history), given[1]) == (60, Asker())


def test_tools_are_told_what_is_known_of_a_person(usher: Assistant) -> None:
    person = Person("zoe", dislikes=(ItemId("a"),), seen=(ItemId("a"), ItemId("b")), profile=Profile(age=40))
    assert person.asker == Asker(("a", "b"), frozenset(), frozenset("a"), age=40)


class Terminal:
    """The chat on a pseudo-terminal, with real typed lines."""

    def __init__(self, home: Path, *arguments: str):
        self.leader, follower = pty.openpty()
        environment = os.environ | {"USHER_HOME": str(home), "TERM": "dumb", "COLUMNS": "200"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "agent", *arguments],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            cwd=REPOSITORY,
            env=environment,
            close_fds=True,
        )
        os.close(follower)

    def until(self, end: str) -> str:
        """Return what is printed up to a prompt."""
        said = ""
        limit = time.monotonic() + 60
        while not said.endswith(end) and time.monotonic() < limit:
            if not wait([self.leader], 1):
                continue
            try:
                said += os.read(self.leader, 65536).decode(errors="replace")
            except OSError:
                break
        return said

    def types(self, line: str, end: str = "\n> ") -> str:
        """Type a line and return what is printed."""
        os.write(self.leader, f"{line}\n".encode())
        return self.until(end)


@pytest.fixture
def terminal(tmp_path: Path, session_home: Path) -> Iterator[Callable[..., Terminal]]:
    """Open the chat in a home of its own, with the catalogue that was built before."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "catalogues").symlink_to(session_home / "catalogues")
    opened: list[Terminal] = []

    def begin(*arguments: str) -> Terminal:
        opened.append(Terminal(home, *arguments))
        opened[-1].until("> ")
        return opened[-1]

    yield begin
    for each in opened:
        each.process.kill()
        each.process.wait()
        os.close(each.leader)


def test_in_a_terminal_delete_leaves_no_trace(
    terminal: Callable[..., Terminal], usher: Assistant, tmp_path: Path
) -> None:
    first = terminal("--user", "zoe")
    first.types(f"I loved Jaws and {MARKER}")
    first.types("/quit", "nothing more")
    first.process.wait(timeout=30)
    home = tmp_path / "home"
    mine = [path.name for path in home.iterdir() if path.is_file()]
    before = {name for name in mine if MARKER.encode() in (home / name).read_bytes()}
    second = terminal("--user", "zoe")
    assert "liked (1): Jaws (1975)" in second.types("/me")
    second.types("/me delete", "delete: ")
    assert "Deleted." in second.types("yes")
    second.types("/quit", "nothing more")
    second.process.wait(timeout=30)
    after = [path.name for path in home.iterdir() if path.is_file()]
    left = {name for name in after if MARKER.encode() in (home / name).read_bytes()}
    assert ({"conversations.sqlite", typed.place("zoe").name} <= before, left) == (True, set())
