"""What is installed is this checkout, whole, and it names no place that others do not have."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
ROOMS = ("kg", "tools", "prompts", "agent", "bench", "usher")
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
DATA = (
    *("kg/builtin/*.txt", "prompts/**/*.md", "bench/queries/*.jsonl", "tools/*.txt"),
    "bench/queries/profiles/*.json*",
    *(f"{room}/py.typed" for room in ROOMS),
    "agent/llm/prices.toml",
    *("agent/http/page/*.html", "agent/http/page/*.css", "agent/http/page/*.js", "agent/http/page/*.svg"),
    "agent/builtin/lexicon/words/*.txt",
    "bench/tau_rec/wording/*.txt",
    "bench/dialogue/*.txt",
    "bench/reports/*.tsv",
    "bench/hard/words/*.txt",
)


def git(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "-C", str(REPOSITORY), *arguments], capture_output=True, text=True, timeout=60
    )


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    """The files of the repository, or a skip where this is none."""
    listed = git("ls-files", "--cached", "--others", "--exclude-standard")
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    return listed.stdout.splitlines()


# Rooms


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_imported_from_this_checkout(room: str) -> None:
    """Another distribution's `tools` or `agent` must not stand before ours."""
    assert Path(importlib.import_module(room).__file__).parent == REPOSITORY / room


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_knows(room: str) -> None:
    assert importlib.import_module(room).__doc__


@pytest.mark.parametrize("room", ROOMS)
def test_no_module_of_a_room_has_the_name_of_a_room(room: str) -> None:
    modules = {path.stem for path in (REPOSITORY / room).glob("*.py")}
    packages = {path.parent.name for path in (REPOSITORY / room).glob("*/__init__.py")}
    assert not (modules | packages) & set(ROOMS)


# The wheel


def test_the_wheel_packages_are_the_rooms() -> None:
    assert tuple(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == ROOMS


def test_the_wheel_leaves_nothing_of_the_rooms_out() -> None:
    """Hatchling ships every tracked file of a package unless it is told otherwise."""
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert set(wheel) <= {"packages"}


@pytest.mark.parametrize("pattern", DATA)
def test_data_files_are_there(pattern: str) -> None:
    assert list(REPOSITORY.glob(pattern))


@pytest.mark.parametrize("pattern", DATA)
def test_data_files_are_not_ignored(pattern: str, tracked: list[str]) -> None:
    """Hatchling leaves out what git ignores."""
    there = {path.relative_to(REPOSITORY).as_posix() for path in REPOSITORY.glob(pattern)}
    assert there <= set(tracked)


@pytest.mark.parametrize("pattern", DATA)
def test_data_files_lie_in_a_room(pattern: str) -> None:
    assert pattern.split("/")[0] in ROOMS


@pytest.mark.parametrize("pattern", DATA)
def test_hatchling_selects_the_data_files(pattern: str) -> None:
    wheel = pytest.importorskip("hatchling.builders.wheel", reason="hatchling is not installed")
    builder = wheel.WheelBuilder(str(REPOSITORY))
    selected = {Path(file.path) for file in builder.recurse_included_files()}
    assert set(REPOSITORY.glob(pattern)) <= selected


def test_the_command_is_there() -> None:
    module, _, name = PROJECT["project"]["scripts"]["usher"].partition(":")
    assert callable(getattr(importlib.import_module(module), name))


def test_the_project_cannot_be_uploaded_by_accident() -> None:
    assert "Private :: Do Not Upload" in PROJECT["project"]["classifiers"]


def test_the_version_is_that_of_what_is_installed() -> None:
    try:
        installed = metadata.version(PROJECT["project"]["name"])
    except metadata.PackageNotFoundError:
        pytest.skip("usher is not installed, only on the path")
    assert installed == PROJECT["project"]["version"]


@pytest.mark.parametrize("field", ["readme", "license-files"])
def test_a_file_that_the_metadata_names_is_there(field: str) -> None:
    named = PROJECT["project"][field]
    assert all((REPOSITORY / name).is_file() for name in ([named] if isinstance(named, str) else named))


def test_every_dependency_has_an_upper_bound() -> None:
    dependencies = PROJECT["project"]["dependencies"]
    assert [each for each in dependencies if "<" not in each] == []


# Nothing of this machine

REGISTRY = "pypi" + r"\.org"
ELSEWHERE = "|".join(("/wor" + "k/", "/roo" + "t/", REGISTRY, "files.python" + "hosted", "/home/[a-z]+/"))


def test_no_file_names_a_registry_or_a_path_of_this_machine(tracked: list[str]) -> None:
    found = []
    for name in tracked:
        path = REPOSITORY / name
        if path.is_file():
            text = path.read_bytes().decode("utf-8", "replace")
            found += [f"{name}: {match[0]}" for match in re.finditer(ELSEWHERE, text)]
    assert found == []


@pytest.mark.parametrize("name", ["constraints.txt", "constraints-studio.txt"])
def test_constraints_name_versions_only(name: str) -> None:
    lines = (REPOSITORY / name).read_text(encoding="utf-8").splitlines()
    pinned = re.compile(r"[A-Za-z0-9._-]+==[^\s;]+(\s*;.*)?$|\s*#|$")
    assert [line for line in lines if not pinned.match(line)] == []


def test_no_tracked_file_is_a_cache(tracked: list[str]) -> None:
    assert [name for name in tracked if re.search(r"__pycache__|\.pyc$|_cache/|\.egg-info", name)] == []


# What make installs


def planned(target: str, folder: Path) -> str:
    """Return what make would do for a target where nothing is installed."""
    command = ["make", "--dry-run", f"VENV={folder / 'venv'}", f"STUDIO={folder / 'studio'}", target]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("target", "extras"),
    [
        ("chat", []),
        ("serve", ["server"]),
        ("test", ["server,mcp,dev"]),
        ("test-studio", ["studio"]),
        ("test-model", ["server,mcp,dev", "train,ctr"]),
        ("test-browser", ["server,mcp,dev", "browser"]),
    ],
)
def test_make_installs_what_a_target_needs(target: str, extras: list[str], tmp_path: Path) -> None:
    assert re.findall(r"--editable '\.\[(.+?)\]'", planned(target, tmp_path)) == extras


def test_an_installation_that_fails_says_why(tmp_path: Path) -> None:
    command = [sys.executable, REPOSITORY / ".ci" / "install.py", "Trying", os.devnull, tmp_path / "absent"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode != 0
    assert "absent" in done.stderr


# The container


def test_the_image_holds_every_room() -> None:
    lines = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    allowed = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert [room for room in ROOMS if f"COPY {room} {room}" not in lines or f"!{room}" not in allowed] == []


def test_what_the_image_is_built_of_is_not_ignored() -> None:
    lines = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    named = [word for line in lines if line.startswith("COPY ") for word in line.split()[1:-1]]
    allowed = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert [each for each in named if f"!{each}" not in allowed or not (REPOSITORY / each).exists()] == []


def test_the_commands_of_the_compose_file_have_options_that_exist() -> None:
    yaml = pytest.importorskip("yaml", reason="yaml is not installed")
    from typer.main import get_command

    from agent.commands import app

    serve = get_command(app).commands["serve"]  # type: ignore[attr-defined]
    options = {option for each in serve.params for option in each.opts}
    services = yaml.safe_load((REPOSITORY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    said = [each["command"] for each in services.values() if "command" in each]
    assert {command[0] for command in said} == {"serve"}
    assert {word for command in said for word in command if word.startswith("--")} <= options
