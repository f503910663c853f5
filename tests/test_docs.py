"""What is generated in the docs is what the commands say: help texts, transcripts, worked examples."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from usher.bench_commands import COMMANDS

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[1]


def test_the_generated_docs_are_current() -> None:
    command = [sys.executable, str(REPOSITORY / "docs" / "generate.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_page_of_commands_has_all_of_them_by_their_name() -> None:
    page = (REPOSITORY / "docs" / "cli.md").read_text(encoding="utf-8")
    told = re.findall(r"^## `usher bench (.+)`$", page, re.MULTILINE)
    assert (told, "python -m usher" in page) == (list(COMMANDS), False)


def test_reading_has_three_worked_examples() -> None:
    page = (REPOSITORY / "docs" / "reading.md").read_text(encoding="utf-8")
    assert len(re.findall(r"<!-- usher ask --trace: .+ -->\n```text\n\$ usher ask", page)) == 3


def test_every_relative_link_of_the_docs_leads_somewhere() -> None:
    pages = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *(REPOSITORY / "docs").rglob("*.md")]
    links = [
        (p, link) for p in pages for link in re.findall(r"\]\(([^)#:]+)\)", p.read_text(encoding="utf-8"))
    ]
    assert [(str(page), link) for page, link in links if not (page.parent / link).exists()] == []


def test_the_site_has_every_page() -> None:
    """What mkdocs itself checks with links and anchors, where it is installed: `make site`."""
    nav = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8").partition("nav:")[2]
    docs = REPOSITORY / "docs"
    pages = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")}
    assert set(re.findall(r"[\w/-]+\.md", nav)) == pages


def test_no_page_of_the_site_leads_out_of_it() -> None:
    docs = REPOSITORY / "docs"
    found = [
        (page.name, link)
        for page in docs.rglob("*.md")
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).resolve().is_relative_to(docs)
    ]
    assert found == []


# Examples

PYTHON = re.compile(r"(?<! -->\n)^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"^<!-- file: (\S+) -->\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)
RUN = re.compile(r"^<!-- run -->\n```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
LIBRARY = (REPOSITORY / "docs" / "library.md").read_text(encoding="utf-8")
LINES = [line for block in RUN.findall(LIBRARY) for line in block.splitlines()]


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("code", [c for c in PYTHON.findall(LIBRARY) if "from usher" in c])
def test_an_example_of_the_library_prints_something(code: str, tmp_path: Path) -> None:
    done = run([sys.executable, "-c", code], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize("name", [name for name, _ in FILE.findall(LIBRARY)])
def test_an_example_of_a_plugin_is_short(name: str) -> None:
    assert len(dict(FILE.findall(LIBRARY))[name].splitlines()) <= 15


@pytest.mark.parametrize("line", LINES)
def test_a_command_of_the_library_page_works(
    line: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.getbasetemp() / "library-page"
    monkeypatch.setenv("USHER_HOME", str(folder / "home"))
    for name, text in FILE.findall(LIBRARY):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    words = shlex.split(line)
    started = (
        [sys.executable, "-m", "usher", *words[1:]] if words[0] == "usher" else [sys.executable, *words[1:]]
    )
    done = run(started, folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert EXPECTED[LINES.index(line)] in done.stdout


EXPECTED = (
    "on builtin",
    "my_scorers:LastChosen",
    "games: 3 items",
    "Salt Harbour (1999)",
    "To the Lighthouse",
)


def test_the_readme_shows_the_library_in_five_lines() -> None:
    block = next(c for c in PYTHON.findall((REPOSITORY / "README.md").read_text("utf-8")) if "usher" in c)
    assert block in LIBRARY
    assert len([line for line in block.splitlines() if line]) <= 5
