"""Two runs into one folder: the second is refused; what a killed one left is no obstacle and is swept."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench import build, execute, holding
from kg import folders, kept
from kg.errors import UsageError

HOLD = """
import sys
from pathlib import Path
from kg.folders import hold
held = hold(Path(sys.argv[1]))
print(held is not None, flush=True)
sys.stdin.read()
"""


@contextmanager
def held_elsewhere(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold a folder."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        yield other
        other.kill()


def test_a_second_run_into_one_folder_is_refused(tmp_path: Path) -> None:
    with held_elsewhere(tmp_path), pytest.raises(UsageError, match=r"another run\.\n.*another --out"):
        execute.prepare(tmp_path, {"a": 1}, "answers.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_run_goes_on_in_its_own_folder(tmp_path: Path) -> None:
    for _ in range(2):
        execute.prepare(tmp_path, {"a": 1}, "answers.jsonl")


def test_the_folder_of_a_killed_run_is_free(tmp_path: Path) -> None:
    with held_elsewhere(tmp_path) as other:
        other.kill()
        other.wait()
    holding.keep(tmp_path)


def test_a_second_build_into_one_folder_is_refused(tmp_path: Path) -> None:
    begun = folders.unfinished(tmp_path / "out")
    with held_elsewhere(begun), pytest.raises(UsageError, match="is being built by another run"):
        build.main(tmp_path / "out", counts="1")


def test_a_build_that_another_one_overtook_is_no_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "_save", lambda *_: (tmp_path / "out").mkdir())
    with pytest.raises(UsageError, match="was made by another run meanwhile"):
        build.main(tmp_path / "out", counts="1")
    assert list((tmp_path / "out").iterdir()) == []


# Sweeping


def old(folder: Path) -> Path:
    os.utime(folder, (0, 0))
    return folder


def test_what_a_killed_process_left_is_swept_by_the_next(tmp_path: Path) -> None:
    left = old(folders.unfinished(tmp_path / "a"))
    with folders.new_folder(tmp_path / "a"):
        assert not left.exists()


def test_what_another_process_is_writing_is_left_alone(tmp_path: Path) -> None:
    begun = folders.unfinished(tmp_path / "a")
    with held_elsewhere(begun):
        folders.sweep(tmp_path)
        old(begun)
        folders.sweep(tmp_path)
        assert begun.exists()


@pytest.mark.parametrize("name", [".a-settings", ".a-personal", "a-unfinished-12345678", ".a"])
def test_a_person_s_own_folder_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    old(tmp_path / name)
    folders.sweep(tmp_path)
    assert (tmp_path / name).is_dir()


def test_only_what_belongs_to_a_folder_is_swept_beside_it(tmp_path: Path) -> None:
    other = old(folders.unfinished(tmp_path / "b"))
    with folders.new_folder(tmp_path / "a"):
        assert other.is_dir()


# A disk without locks


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)


@pytest.mark.usefixtures("no_locks")
def test_without_locks_a_run_is_not_refused(tmp_path: Path) -> None:
    holding.keep(tmp_path)
    assert not folders.is_begun(tmp_path)


@pytest.mark.usefixtures("no_locks")
def test_without_locks_nothing_is_swept(tmp_path: Path) -> None:
    begun = old(folders.unfinished(tmp_path / "a"))
    folders.sweep(tmp_path)
    assert begun.is_dir()


@pytest.mark.usefixtures("no_locks")
def test_without_locks_what_is_kept_is_made(tmp_path: Path) -> None:
    assert kept.kept(tmp_path / "a", lambda folder: None, lambda folder: 7) == 7
