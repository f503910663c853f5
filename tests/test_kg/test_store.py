"""Opening catalogues: built once, found again, never half."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from kg import catalogue as catalogues
from kg.errors import DataError, UsageError
from kg.sources import SOURCES, builtin
from kg.store import Opened, home, open_catalogue

ROOT = Path(__file__).parents[2]
BUILTIN = sum(1 for name in builtin.DOMAINS for _ in builtin.records(builtin.HERE / name))


@pytest.fixture
def fresh_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("USHER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of data with a very small `librarything`."""
    folder = tmp_path / "data" / "librarything" / "dbpedia"
    folder.mkdir(parents=True)
    folder.joinpath("mapping.tsv").write_text("1\tBlue Door\thttp://d/resource/Blue_Door\n", encoding="utf-8")
    return tmp_path / "data"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """The built-in catalogue, built in a home that had nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(tmp_path_factory.mktemp("home")))
        return open_catalogue()


def built(fresh_home: Path) -> list[str]:
    return sorted(path.name for path in (fresh_home / "catalogues").iterdir())


def test_home_is_the_folder_of_the_environment(fresh_home: Path) -> None:
    assert home() == fresh_home


def test_home_is_a_cache_folder_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("USHER_HOME")
    assert home().name == "usher"


def test_an_unknown_catalogue_is_answered_with_the_nearest_and_all(fresh_home: Path) -> None:
    with pytest.raises(UsageError, match=r"unknown catalogue 'ml1m'; did you mean 'ml-1m'\?\n.*librarything"):
        open_catalogue("ml1m")


def test_the_builtin_catalogue_needs_no_data(opened: Opened) -> None:
    assert len(opened.graph.catalogue.items) == BUILTIN


def test_what_was_opened_verifies(opened: Opened) -> None:
    assert catalogues.load(opened.folder, verify=True).name == "builtin"


def test_the_name_index_is_hashed_in_the_manifest(opened: Opened) -> None:
    assert "names-hashes.npy" in catalogues.read_manifest(opened.folder)["sha256"]


def test_a_catalogue_that_was_never_built_asks_for_its_data(fresh_home: Path) -> None:
    with pytest.raises(DataError, match=r"has not been built yet\n.*`librarything/` with --data"):
        open_catalogue("librarything")


def test_the_second_opening_reads_no_sources(
    fresh_home: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_catalogue("librarything", data)
    blind = replace(SOURCES["librarything"], read=lambda _: pytest.fail("built again"))
    monkeypatch.setitem(SOURCES, "librarything", blind)
    assert open_catalogue("librarything").graph.catalogue.items[0].title == "Blue Door"


def test_a_built_catalogue_opens_when_its_sources_are_gone(fresh_home: Path, data: Path) -> None:
    open_catalogue("librarything", data)
    data.rename(data.with_name("gone"))
    assert open_catalogue("librarything").graph.catalogue.items[0].title == "Blue Door"


def test_the_same_sources_open_the_same_folder(fresh_home: Path, data: Path) -> None:
    assert open_catalogue("librarything", data).folder == open_catalogue("librarything", data).folder


def test_changed_sources_are_another_catalogue(fresh_home: Path, data: Path) -> None:
    first = open_catalogue("librarything", data).folder
    mapping = data / "librarything" / "dbpedia" / "mapping.tsv"
    mapping.write_text("1\tRed Door\thttp://d/resource/Red_Door\n", encoding="utf-8")
    assert open_catalogue("librarything", data).folder != first


def test_changed_code_is_another_catalogue(
    fresh_home: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_catalogue("librarything", data).folder
    monkeypatch.setattr("kg.store._CODE", ("text.py",))
    assert open_catalogue("librarything", data).folder != first


def test_bad_sources_leave_nothing(fresh_home: Path, data: Path) -> None:
    (data / "librarything" / "dbpedia" / "mapping.tsv").write_text("1\tBlue Door\n", encoding="utf-8")
    with pytest.raises(DataError):
        open_catalogue("librarything", data)
    assert built(fresh_home) == []


def test_threads_that_build_at_once_end_with_one_whole_catalogue(fresh_home: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        folders = {opened.folder for opened in pool.map(lambda _: open_catalogue(), range(4))}
    assert [path.name for path in folders] == built(fresh_home)
    assert catalogues.load(folders.pop(), verify=True).counts["items"] == BUILTIN


def test_processes_that_build_at_once_end_with_one_whole_catalogue(fresh_home: Path) -> None:
    code = "from kg.store import open_catalogue; print(len(open_catalogue().graph.catalogue.items))"
    running = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [process.communicate(timeout=60)[0].strip() for process in running] == [str(BUILTIN)] * 3
    (name,) = built(fresh_home)
    assert catalogues.load(fresh_home / "catalogues" / name, verify=True).name == "builtin"
