"""Usher as a library: typed answers, nothing else exported, and foreign packages refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_type_hints

import pytest

import usher
from usher import Answer, AnsweredItem, Assistant, Conversation, Said, UsageError, Verification
from usher.rooms import ROOMS

REPOSITORY = Path(__file__).parents[2]
SAME = "films with the same cinematographer as Jaws"


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant()


def test_an_answer_is_typed(assistant: Assistant) -> None:
    answer = assistant.ask(SAME)
    assert isinstance(answer.items[0], AnsweredItem)
    assert answer.items[0].proof == [("cinematographer", "Bill Butler")]


def test_an_answer_tells_its_steps(assistant: Assistant) -> None:
    assert assistant.ask(SAME).steps[0].tool == "link_entities"


def test_an_answer_is_that_of_the_other_interfaces(assistant: Assistant) -> None:
    from agent.assistant import Assistant as Inner

    told = assistant.ask(SAME).model_dump(exclude={"steps", "model_calls", "tokens"}, mode="json")
    assert told == Answer.of(Inner().ask(SAME)).model_dump(
        exclude={"steps", "model_calls", "tokens"}, mode="json"
    )


def test_a_conversation_goes_on(assistant: Assistant) -> None:
    talk = assistant.conversation()
    first, second = talk.say("westerns from the 1960s"), talk.say("not the second one")
    assert [each.id for each in second.items] == [each.id for n, each in enumerate(first.items) if n != 1]


def test_a_conversation_goes_on_from_messages(assistant: Assistant) -> None:
    talk = assistant.conversation()
    asked = "westerns from the 1960s"
    first = talk.say(asked)
    again = assistant.conversation([Said("user", asked), Said("assistant", first.text)])
    assert again.say("not the second one") == talk.say("not the second one")


def test_somebody_elses_answer_is_verified(assistant: Assistant) -> None:
    found = assistant.verify("films directed by Steven Spielberg", "Jaws (1975)\nAlien (1979)")
    assert [each.verdict for each in found.items] == ["proved", "contradicted"]


@pytest.mark.parametrize(
    ("method", "result"),
    [(Assistant.ask, Answer), (Conversation.say, Answer), (Assistant.verify, Verification)],
)
def test_what_comes_back_has_a_type(method: object, result: type) -> None:
    assert get_type_hints(method)["return"] is result


def test_an_option_that_does_not_exist_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="unknown catalogue 'bultin'; did you mean 'builtin'"):
        Assistant("bultin")


@pytest.mark.parametrize("name", usher.__all__)
def test_a_public_name_is_there(name: str) -> None:
    assert getattr(usher, name).__doc__


def test_every_public_name_is_documented() -> None:
    page = (REPOSITORY / "docs" / "library.md").read_text(encoding="utf-8")
    parts = {"Checked", "CheckedClaim", "Met", "Step"}  # of what is documented, as are Answered…
    named = [n for n in usher.__all__ if n not in parts and (n == "AnsweredItem" or n[:8] != "Answered")]
    assert [name for name in named if f"`{name}" not in page] == []


def test_a_name_that_is_not_public_is_refused() -> None:
    with pytest.raises(AttributeError, match="it has Answer, "):
        usher.assist  # noqa: B018


def run(code: str, *path: Path) -> subprocess.CompletedProcess[str]:
    """Run code with some folders first on the path, in front of this checkout."""
    first = "".join(f"sys.path.insert({n}, {str(each)!r}); " for n, each in enumerate((*path, REPOSITORY)))
    command = [sys.executable, "-I", "-c", f"import sys; {first}{code}"]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_importing_usher_opens_nothing() -> None:
    code = "import usher; print({'agent.assistant', 'numpy', 'pydantic'} & set(sys.modules))"
    assert run(code).stdout == "set()\n"


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("kind", ["package", "module"])
def test_a_foreign_package_is_refused(room: str, kind: str, tmp_path: Path) -> None:
    foreign = tmp_path / room / "__init__.py" if kind == "package" else tmp_path / f"{room}.py"
    foreign.parent.mkdir(exist_ok=True)
    foreign.write_text("")
    said = run("import usher", tmp_path).stderr
    assert f"ForeignPackageError: `import {room}` finds {tmp_path / room}" in said
    assert str(REPOSITORY / room) in said
    assert "environment of its own" in said


def test_a_foreign_package_that_is_loaded_already_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tools.py").write_text("")
    said = run(f"import tools; sys.path.remove({str(tmp_path)!r}); import usher", tmp_path).stderr
    assert f"`import tools` finds {tmp_path / 'tools.py'}" in said


def test_a_folder_of_the_same_name_that_is_no_package_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    assert run("import usher", tmp_path).returncode == 0


def test_a_foreign_package_behind_ours_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / "agent.py").write_text("")
    assert run(f"sys.path.append({str(tmp_path)!r}); import usher").returncode == 0
