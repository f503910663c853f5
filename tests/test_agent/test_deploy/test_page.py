"""The commands of docs/deploy.md, read from the page and run: real servers, other ports and password."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from postgres_server import PASSWORD, USER, Postgres, binaries, free_port
from replicas import REPOSITORY, asked, wait_for

pytestmark = pytest.mark.deploy

PAGE = (REPOSITORY / "docs" / "deploy.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^<!-- (?:run|start): (\w+) -->\n```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS = dict(BLOCK.findall(PAGE))
WORD = "zq-planted-word"
Run = Callable[[str], str]


@pytest.fixture(scope="module")
def environment(server: Postgres, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the commands run in: `usher` and `chroma` of this environment, `psql` of the server's."""
    place, found = tmp_path_factory.mktemp("commands"), binaries()
    assert found is not None
    for tool in ("curl", "psql", "chroma"):
        here = Path(sys.executable).parent if tool == "chroma" else found
        if (here / tool).exists():
            (place / tool).symlink_to(here / tool)
        elif shutil.which(tool) is None:
            pytest.skip(f"the page is run with {tool}, which is not here")
    usher = place / "usher"
    usher.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m usher "$@"\n')
    usher.chmod(0o755)
    told = {"PGHOST": "127.0.0.1", "PGPORT": str(server.port), "PGUSER": USER, "PGPASSWORD": PASSWORD}
    search = {"PATH": f"{place}:{os.environ['PATH']}", "PYTHONPATH": str(REPOSITORY)}
    return {**os.environ, **told, "PGDATABASE": "postgres", **search}


@pytest.fixture(scope="module")
def commands(server: Postgres) -> dict[str, str]:
    """The blocks of the page with ports and password of this run."""
    other = {"5432": str(server.port), "SECRET": WORD}
    other |= {port: str(free_port()) for port in ("8000", "8321", "8322")}
    found = re.compile("|".join(other))
    return {name: found.sub(lambda match: other[match[0]], text) for name, text in BLOCKS.items()}


@pytest.fixture(scope="module")
def run(
    commands: dict[str, str],
    environment: dict[str, str],
    session_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Run]:
    """Run a block of the page and return what it prints; servers are started and go on."""
    folder = tmp_path_factory.mktemp("page")
    with ExitStack() as running:

        def shell(text: str) -> subprocess.Popen[str]:
            # `exec` so that the server itself is what is ended
            text = re.sub(r"^(usher serve|chroma run)", r"exec \1", text, flags=re.MULTILINE)
            return subprocess.Popen(
                ["sh", "-euc", text],
                cwd=folder,
                env={**environment, "USHER_HOME": str(session_home)},
                text=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )

        def started(name: str) -> str:
            server = shell(commands[name])
            running.callback(server.communicate)
            running.callback(server.kill)
            return ""

        def done(name: str) -> str:
            shown, _ = shell(commands[name]).communicate(timeout=120)
            return shown

        yield lambda name: started(name) if f"<!-- start: {name} -->" in PAGE else done(name)


def test_the_page_has_the_commands_that_are_run() -> None:
    assert list(BLOCKS) == ["database", "memory", "chroma", "first", "second", "replicas"]


def test_the_page_does_what_it_says(run: Run, commands: dict[str, str]) -> None:
    assert run("database").split() == ["CREATE", "ROLE", "CREATE", "DATABASE"]
    run("chroma")
    remembered = run("memory")
    run("first")
    run("second")
    port = {name: int(re.findall(r"--port (\d+)", commands[name])[0]) for name in ("first", "second")}
    for each in port.values():
        wait_for(each)
    liked, known, answered = json_lines(run("replicas"))
    assert "Nothing is known of 'zoe' yet" in remembered
    assert [item["title"] for item in liked["likes"]] == ["Alien (1979)"]
    assert known == liked
    assert "Jaws" in [item["title"] for item in answered["usher"]["items"]]
    vectors = int(re.findall(r"--port (\d+)", commands["chroma"])[0])
    held = asked(vectors, "/api/v2/tenants/default_tenant/databases/default_database/collections")
    assert [each["name"].partition("-")[0] for each in held] == ["usher"]


def json_lines(text: str) -> list[dict[str, object]]:
    """Return the objects that stand one after the other."""
    decoder, found = json.JSONDecoder(), []
    while text.strip():
        value, end = decoder.raw_decode(text.strip())
        found.append(value)
        text = text.strip()[end:]
    return found
