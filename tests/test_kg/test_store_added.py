"""Adding, checking and removing: from folders, archives and a server; whole or not at all."""

from __future__ import annotations

import hashlib
import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg import adding, raw
from kg import catalogue as catalogues
from kg.errors import DataError, UsageError
from kg.fetch import Download
from kg.folders import file_hash
from kg.sources import SOURCES
from kg.sources.mapping import Mapping
from kg.sources.table import Tables
from kg.store import current, known, open_catalogue

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
MOVIES = "1::Blue Door (1990)::Drama\n2::Red Door (1991)::Comedy\n"
FILES = {
    "movies.dat": MOVIES,
    "users.dat": "1::F::25::2::00000\n",
    "ratings.dat": "1::1::5::100\n1::2::4::200\n",
    "README": "terms",
}
# A child process whose ml-1m is what the test's server gives.
CHILD = """
import sys
from dataclasses import replace
from kg import adding
from kg.fetch import Download
from kg.sources import SOURCES
url = sys.argv[1]
names = "README movies.dat users.dat ratings.dat".split()
zipped = Download("ml-1m.zip", (url,), members=tuple(f"ml-1m/{name}" for name in names))
SOURCES["ml-1m"] = replace(SOURCES["ml-1m"], downloads=(zipped,))
for name in sys.argv[2:]:
    print(adding.add(name).manifest["counts"]["items"], flush=True)
"""


@pytest.fixture(autouse=True)
def fresh_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("USHER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    # what joins a catalogue as known only is of no matter here, and would be most of the work
    for name in ("ml-1m", "ml-100k"):
        monkeypatch.setitem(SOURCES, name, replace(SOURCES[name], references=()))
    return tmp_path / "home"


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder with a very small `ml-1m`."""
    folder = tmp_path / "given" / "ml-1m"
    folder.mkdir(parents=True)
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="iso-8859-1")
    return tmp_path / "given"


def zipped(path: Path, **changed: str) -> bytes:
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (FILES | {k.replace("_", "."): v for k, v in changed.items()}).items():
            archive.writestr(f"ml-1m/{name}", content)
    return path.read_bytes()


class Slow(http.server.ThreadingHTTPServer):
    """Serves one body, as slowly as told."""

    daemon_threads = True
    body = b""
    pause = 0.0
    asked = 0

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that were killed."""


@pytest.fixture
def server() -> Iterator[Slow]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert isinstance(self.server, Slow)
            self.server.asked += 1
            self.send_response(200)
            self.send_header("Content-Length", str(len(self.server.body)))
            self.end_headers()
            half = len(self.server.body) // 2
            self.wfile.write(self.server.body[:half])
            self.wfile.flush()
            time.sleep(self.server.pause)
            self.wfile.write(self.server.body[half:])

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    running = Slow(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join()


def url(server: Slow) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}/ml-1m.zip"


@pytest.fixture
def served(server: Slow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Slow:
    """A server that `ml-1m` is fetched from."""
    server.body = zipped(tmp_path / "made.zip")
    names = tuple(f"ml-1m/{name}" for name in FILES)
    source = replace(SOURCES["ml-1m"], downloads=(Download("ml-1m.zip", (url(server),), members=names),))
    monkeypatch.setitem(SOURCES, "ml-1m", source)
    return server


def titles(name: str) -> list[str]:
    return [item.title for item in open_catalogue(name).graph.offered]


def tree(folder: Path) -> list[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if not name.startswith("locks/"))


# From a folder


def test_a_source_is_added_from_the_folder_above_its_files(given: Path) -> None:
    adding.add("ml-1m", given)
    assert titles("ml-1m") == ["Blue Door", "Red Door"]


def test_a_source_is_added_from_the_folder_of_its_files(given: Path) -> None:
    adding.add("ml-1m", given / "ml-1m")
    assert titles("ml-1m") == ["Blue Door", "Red Door"]


def test_a_source_is_added_from_its_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipped(tmp_path / "given" / "ml-1m.zip")
    names = tuple(f"ml-1m/{name}" for name in FILES)
    sha256 = hashlib.sha256(content).hexdigest()
    source = replace(
        SOURCES["ml-1m"], downloads=(Download("ml-1m.zip", ("https://x/y",), sha256, members=names),)
    )
    monkeypatch.setitem(SOURCES, "ml-1m", source)
    adding.add("ml-1m", tmp_path / "given")
    assert titles("ml-1m") == ["Blue Door", "Red Door"]


def test_an_archive_with_another_checksum_says_both(tmp_path: Path) -> None:
    zipped(tmp_path / "given" / "ml-1m.zip")
    with pytest.raises(DataError, match=r"ml-1m\.zip: its SHA256 is [0-9a-f]{64}, expected a6898adb"):
        adding.add("ml-1m", tmp_path / "given")


def test_files_saved_by_a_browser_are_found(given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in sorted((given / "ml-1m").iterdir()):
        path.rename(given / f"saved_{path.name}")
    wanted = [Download(name, (f"https://x/saved%3A{name}",)) for name in FILES]
    monkeypatch.setitem(SOURCES, "ml-1m", replace(SOURCES["ml-1m"], downloads=tuple(wanted)))
    adding.add("ml-1m", given)
    assert titles("ml-1m") == ["Blue Door", "Red Door"]


def test_the_given_folder_may_go_away(given: Path) -> None:
    adding.add("ml-1m", given)
    given.rename(given.with_name("gone"))
    assert titles("ml-1m") == ["Blue Door", "Red Door"]


def test_a_folder_without_the_files_says_what_to_put_there(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match=r"'ml-1m' are not here(.|\n)*ml-1m\.zip  https://.*\(SHA-256 a68"):
        adding.add("ml-1m", tmp_path / "empty")


def test_a_file_is_no_folder_to_add_from(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="not a folder"):
        adding.add("ml-1m", tmp_path / "x")


def test_what_cannot_be_fetched_asks_for_a_folder() -> None:
    with pytest.raises(
        DataError, match=r"no public address(.|\n)*books_data.csv(.|\n)*amazon-books --from DIR"
    ):
        adding.add("amazon-books")


def test_an_unknown_source_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"did you mean 'ml-1m'(.|\n)*--items FILE"):
        adding.add("ml1m")


def test_relations_that_lie_beside_the_folder_are_kept_with_it(given: Path, fresh_home: Path) -> None:
    small = given / "ml-100k"
    small.mkdir()
    (small / "u.genre").write_text("unknown|0\nDrama|1\n", encoding="utf-8")
    (small / "u.item").write_text("1|Blue Door (1990)|||x|0|1\n", encoding="utf-8")
    (small / "u.user").write_text("1|25|F|artist|0\n", encoding="utf-8")
    (small / "u.data").write_text("1\t1\t5\t100\n", encoding="utf-8")
    (given / "ml-1m" / "dbpedia").mkdir()
    (given / "ml-1m" / "dbpedia" / "mapping.tsv").write_text(
        "1\tBlue Door (1990)\thttp://d/resource/Blue_Door\n", encoding="utf-8"
    )
    adding.add("ml-100k", given)
    assert (fresh_home / "raw" / "ml-100k" / "dbpedia" / "mapping.tsv").is_file()


# The old state


def test_bad_files_leave_the_old_state(given: Path, fresh_home: Path) -> None:
    adding.add("ml-1m", given)
    before = tree(fresh_home)
    (given / "ml-1m" / "ratings.dat").write_text("1::9::5::100\n", encoding="utf-8")
    with pytest.raises(DataError, match="film '9'"):
        adding.add("ml-1m", given)
    assert tree(fresh_home) == before
    assert titles("ml-1m") == ["Blue Door", "Red Door"]


def test_bad_files_leave_nothing_where_nothing_was(given: Path, fresh_home: Path) -> None:
    (given / "ml-1m" / "ratings.dat").write_text("1::9::5::100\n", encoding="utf-8")
    with pytest.raises(DataError):
        adding.add("ml-1m", given)
    assert tree(fresh_home) == []


def test_a_second_add_opens_the_new_content(given: Path) -> None:
    adding.add("ml-1m", given)
    (given / "ml-1m" / "movies.dat").write_text(MOVIES.replace("Blue", "Green"), encoding="utf-8")
    adding.add("ml-1m", given)
    assert titles("ml-1m") == ["Green Door", "Red Door"]


def test_going_back_to_an_earlier_content_opens_that(given: Path) -> None:
    for colour in ("Blue", "Green", "Blue"):
        (given / "ml-1m" / "movies.dat").write_text(MOVIES.replace("Blue", colour), encoding="utf-8")
        adding.add("ml-1m", given)
    assert titles("ml-1m") == ["Blue Door", "Red Door"]


def test_an_exchange_that_was_interrupted_is_undone(given: Path, fresh_home: Path) -> None:
    adding.add("ml-1m", given)
    kept = fresh_home / "raw" / "ml-1m"
    kept.rename(kept.with_name(".ml-1m-old"))
    assert raw.place(fresh_home, "ml-1m") == kept
    assert (kept / "movies.dat").is_file()


def test_raw_files_build_a_catalogue_again_without_being_given(given: Path) -> None:
    folder = adding.add("ml-1m", given).folder
    given.rename(given.with_name("gone"))
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    assert titles("ml-1m") == ["Blue Door", "Red Door"]


def test_a_damaged_catalogue_is_built_again(given: Path) -> None:
    folder = adding.add("ml-1m", given).folder
    (folder / "items.jsonl").write_text("", encoding="utf-8")
    adding.add("ml-1m")
    assert titles("ml-1m") == ["Blue Door", "Red Door"]


# Fetched


def test_a_source_is_fetched_and_unpacked(served: Slow, fresh_home: Path) -> None:
    adding.add("ml-1m")
    assert titles("ml-1m") == ["Blue Door", "Red Door"]
    assert sorted(path.name for path in (fresh_home / "raw" / "ml-1m").iterdir()) == sorted(FILES)


def test_what_is_kept_is_not_fetched_again(served: Slow) -> None:
    adding.add("ml-1m")
    adding.add("ml-1m")
    assert served.asked == 1


def test_the_archive_is_not_kept(served: Slow, fresh_home: Path) -> None:
    adding.add("ml-1m")
    assert [name for name in tree(fresh_home) if "zip" in name] == []


def test_an_archive_that_is_none_is_fetched_anew_next_time(served: Slow) -> None:
    whole, served.body = served.body, b"<html>log in</html>"
    with pytest.raises(DataError, match="not a whole archive"):
        adding.add("ml-1m")
    served.body = whole
    assert adding.add("ml-1m").manifest["counts"]["items"] == 2


def test_offline_every_missing_file_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    dead = "http://127.0.0.1:9/"
    wanted = (Download("a.zip", (f"{dead}a.zip",), md5="0" * 32), Download("dbpedia/b", (f"{dead}b",)))
    monkeypatch.setitem(SOURCES, "ml-1m", replace(SOURCES["ml-1m"], downloads=wanted))
    with pytest.raises(DataError) as caught:
        adding.add("ml-1m")
    said = str(caught.value)
    assert f"a.zip  {dead}a.zip  (MD5 {'0' * 32})" in said
    assert f"b  {dead}b  (no checksum is published)" in said
    assert "usher data add ml-1m --from DIR" in said


@pytest.mark.parametrize("name", SOURCES)
def test_what_is_declared_can_be_fetched(name: str) -> None:
    for download in SOURCES[name].downloads:
        assert all(each.startswith("https://") for each in download.urls)
        assert [len(each) for each in (download.sha256, download.md5) if each] in ([], [64], [32], [64, 32])


def test_the_declared_relations_are_the_files_of_the_shared_data(shared: Path) -> None:
    for name in ("ml-1m", "librarything"):
        for download in SOURCES[name].downloads:
            if download.name.startswith("dbpedia/"):
                path = shared / name / download.name
                assert file_hash(path) == download.sha256
                assert path.stat().st_size == download.size


# Interruptions and processes


def child(server: Slow, *names: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD, url(server), *names]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def end(running: subprocess.Popen[str], number: signal.Signals) -> int:
    running.send_signal(number)
    running.communicate(timeout=30)
    return running.returncode


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_add_leaves_the_old_state(
    served: Slow, given: Path, fresh_home: Path, number: signal.Signals
) -> None:
    (given / "ml-1m" / "movies.dat").write_text(MOVIES.replace("Blue", "Old"), encoding="utf-8")
    adding.add("ml-1m", given)
    (fresh_home / "raw" / "ml-1m" / "users.dat").unlink()  # so that it has to be fetched
    before = [name for name in tree(fresh_home) if name.startswith("catalogues/")]
    served.pause = 30
    running = child(served, "ml-1m")
    part = fresh_home / "downloads" / "ml-1m" / "ml-1m.zip.part"
    try:
        until(lambda: part.is_file() and part.stat().st_size > 0)
    finally:
        code = end(running, number)
    assert code != 0
    assert titles("ml-1m") == ["Old Door", "Red Door"]
    assert [name for name in tree(fresh_home) if name.startswith("catalogues/")] == before


def test_after_a_kill_the_next_add_goes_through(served: Slow, fresh_home: Path) -> None:
    served.pause = 30
    running = child(served, "ml-1m")
    try:
        until(lambda: served.asked == 1)
    finally:
        end(running, signal.SIGKILL)
    served.pause = 0
    adding.add("ml-1m")
    assert titles("ml-1m") == ["Blue Door", "Red Door"]
    assert [path.name for path in (fresh_home / "raw").iterdir()] == ["ml-1m"]


def test_two_processes_that_add_one_name_end_with_one_whole_catalogue(served: Slow, fresh_home: Path) -> None:
    served.pause = 0.5
    running = [child(served, "ml-1m") for _ in range(2)]
    ended = [process.communicate(timeout=60) for process in running]
    assert [out.strip() for out, _ in ended] == ["2", "2"], ended
    (folder,) = (fresh_home / "catalogues").iterdir()
    assert catalogues.load(folder, verify=True).name == "ml-1m"
    assert served.asked == 1


def test_two_processes_that_add_different_names_do_not_meet(served: Slow, fresh_home: Path) -> None:
    running = [child(served, *names) for names in (("ml-1m", "builtin"), ("builtin", "ml-1m"))]
    ended = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0, 0], ended
    for folder in (fresh_home / "catalogues").iterdir():
        catalogues.load(folder, verify=True)
    assert len(list((fresh_home / "catalogues").iterdir())) == 2


def test_two_processes_that_add_different_tables_under_one_name_end_with_one_of_them(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kg import adding; from kg.sources.table import Tables;"
        "from kg.sources.mapping import Mapping;"
        "[adding.add_tables('mine', Tables(Path(sys.argv[1])), Mapping()) for _ in range(3)]"
    )
    running = []
    for colour in ("Blue", "Green"):
        path = tmp_path / f"{colour}.csv"
        path.write_text(f"id,title\n1,{colour} Door\n", encoding="utf-8")
        running.append(subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=ROOT))
    assert [process.wait(timeout=60) for process in running] == [0, 0]
    assert titles("mine") in (["Blue Door"], ["Green Door"])
    assert set(adding.check("mine").files.values()) == {"whole"}


# Own tables


@pytest.fixture
def wines(tmp_path: Path) -> Path:
    path = tmp_path / "wines.csv"
    path.write_text(
        "sku,label,grape\n1,Blue Hill,Syrah\n2,Red Hill,Syrah; Merlot\n3,,Gamay\n4,Low Hill,\n5,A,\n6,B,\n"
    )
    return path


COLUMNS = {"id": "sku", "title": "label"}


def test_own_tables_open_under_their_name(wines: Path) -> None:
    adding.add_tables("wines", Tables(wines), Mapping.of(COLUMNS, relations=["grape"]))
    assert titles("wines") == ["Blue Hill", "Red Hill", "Low Hill", "A", "B"]


def test_own_tables_stay_where_they_are(wines: Path, fresh_home: Path) -> None:
    adding.add_tables("wines", Tables(wines), Mapping.of(COLUMNS))
    adding.remove("wines")
    assert wines.is_file()
    assert tree(fresh_home) == []


def test_the_manifest_tells_paths_and_mapping(wines: Path) -> None:
    told = adding.add_tables("wines", Tables(wines), Mapping.of(COLUMNS)).manifest["notes"]["own"]
    assert told["tables"] == {"items": str(wines)}
    assert told["mapping"]["columns"] == {"items": COLUMNS}


def test_another_mapping_is_another_catalogue(wines: Path) -> None:
    one = adding.add_tables("wines", Tables(wines), Mapping.of(COLUMNS)).folder
    two = adding.add_tables("wines", Tables(wines), Mapping.of(COLUMNS, relations=["grape"])).folder
    assert one != two
    assert current("wines") == two


def test_a_name_that_begins_another_is_not_taken_for_it(wines: Path, given: Path) -> None:
    adding.add("ml-1m", given)
    adding.add_tables("ml-1m-wines", Tables(wines), Mapping.of(COLUMNS))
    assert titles("ml-1m")[0] == "Blue Door"
    adding.remove("ml-1m")
    assert titles("ml-1m-wines")[0] == "Blue Hill"


def test_an_own_catalogue_is_known_by_name(wines: Path) -> None:
    adding.add_tables("wines", Tables(wines), Mapping.of(COLUMNS))
    assert known() == [*SOURCES, "wines"]
    with pytest.raises(UsageError, match="did you mean 'wines'"):
        open_catalogue("wine")


@pytest.mark.parametrize("name", ["", "a b", "../x", "a/b", ".x", "-x", "é", "x" * 65, "a\nb", "a.b"])
def test_a_name_that_could_be_no_folder_is_refused(wines: Path, name: str, fresh_home: Path) -> None:
    with pytest.raises(UsageError, match="cannot be a catalogue's name"):
        adding.add_tables(name, Tables(wines), Mapping.of(COLUMNS))
    assert not fresh_home.exists()


@pytest.mark.parametrize("name", [*SOURCES, "ML-1M"])
def test_a_sources_name_is_refused(wines: Path, name: str) -> None:
    with pytest.raises(UsageError, match="is a source's name"):
        adding.add_tables(name, Tables(wines), Mapping.of(COLUMNS))


def test_a_table_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no\.csv: the file is not there"):
        adding.add_tables("wines", Tables(tmp_path / "no.csv"), Mapping())


# Checking, listing, removing


def test_a_whole_catalogue_checks_whole(given: Path) -> None:
    adding.add("ml-1m", given)
    checked = adding.check("ml-1m")
    assert set(checked.files.values()) == {"whole"}
    assert checked.raw == {"movies.dat": "whole", "users.dat": "whole", "ratings.dat": "whole"}


def test_the_coverage_of_a_relation_counts_facts_and_items(wines: Path) -> None:
    report = adding.add_tables("wines", Tables(wines), Mapping.of(COLUMNS, relations=["grape"]))
    assert report.relations == {"grape": adding.Coverage(facts=3, items=2)}


def test_a_changed_file_is_named(given: Path) -> None:
    folder = adding.add("ml-1m", given).folder
    (folder / "items.jsonl").write_text("[]\n", encoding="utf-8")
    checked = adding.check("ml-1m")
    assert checked.files["items.jsonl"] == "changed"
    assert checked.report is None


def test_a_missing_file_is_named(given: Path) -> None:
    folder = adding.add("ml-1m", given).folder
    (folder / "edges.npy").unlink()
    assert adding.check("ml-1m").files["edges.npy"] == "missing"


@pytest.mark.parametrize("content", ["", "[]", "{", '{"format": 99}', '{"format": 2, "sha256": 1}'])
def test_a_damaged_manifest_is_named(given: Path, content: str) -> None:
    folder = adding.add("ml-1m", given).folder
    (folder / "manifest.json").write_text(content, encoding="utf-8")
    assert adding.check("ml-1m").files == {"manifest.json": "not a manifest of this version"}


def test_a_changed_raw_file_is_named(given: Path, fresh_home: Path) -> None:
    adding.add("ml-1m", given)
    (fresh_home / "raw" / "ml-1m" / "movies.dat").write_text(MOVIES[:27], encoding="utf-8")
    assert adding.check("ml-1m").raw["movies.dat"] == "changed"


def test_a_changed_own_table_is_named(wines: Path) -> None:
    adding.add_tables("wines", Tables(wines), Mapping.of(COLUMNS))
    wines.write_text("sku,label\n1,X\n", encoding="utf-8")
    assert adding.check("wines").raw == {str(wines): "changed"}


def test_builtin_can_be_checked(fresh_home: Path) -> None:
    checked = adding.check("builtin")
    assert set(checked.files.values()) | set(checked.raw.values()) == {"whole"}


def test_what_is_not_added_cannot_be_checked() -> None:
    with pytest.raises(DataError, match=r"is not added\n.*usher data add ml-1m"):
        adding.check("ml-1m")


def test_the_list_tells_what_is_added(given: Path) -> None:
    before = {each.name: each.items for each in adding.listed()}
    adding.add("ml-1m", given)
    after = {each.name: each for each in adding.listed()}
    assert (before["ml-1m"], after["ml-1m"].items) == (None, 2)
    assert after["ml-1m"].size > 0
    assert after["ml-1m"].when == pytest.approx(time.time(), abs=60)


def test_the_list_survives_a_damaged_manifest(given: Path) -> None:
    folder = adding.add("ml-1m", given).folder
    (folder / "manifest.json").write_text("{", encoding="utf-8")
    assert {each.name: each.items for each in adding.listed()}["ml-1m"] is None


def test_removing_leaves_nothing(given: Path, fresh_home: Path) -> None:
    adding.add("ml-1m", given)
    assert adding.remove("ml-1m") > 0
    assert tree(fresh_home) == []


def test_removing_what_is_not_there_is_said() -> None:
    with pytest.raises(DataError, match="is not added"):
        adding.remove("ml-1m")


def test_builtin_cannot_be_removed() -> None:
    with pytest.raises(UsageError, match="ships with Usher"):
        adding.remove("builtin")


# Wikidata


PAGE = {
    "results": {
        "bindings": [
            {
                "imdb": {"value": "tt0000011"},
                "relation": {"value": "director"},
                "value": {"value": "http://www.wikidata.org/entity/Q7"},
                "valueLabel": {"value": "Ada Quill"},
            }
        ]
    }
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with a very small `ml-latest-small`."""
    folder = tmp_path / "given" / "ml-latest-small"
    folder.mkdir(parents=True)
    (folder / "movies.csv").write_text("movieId,title,genres\n1,Blue Door (1990),Drama\n", encoding="utf-8")
    (folder / "ratings.csv").write_text("userId,movieId,rating,timestamp\n1,1,4.0,100\n", encoding="utf-8")
    (folder / "links.csv").write_text("movieId,imdbId,tmdbId\n1,0000011,1\n", encoding="utf-8")
    return tmp_path / "given"


@pytest.fixture
def wikidata(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A Wikidata that knows one fact; what it was asked."""
    asked: list[str] = []

    def post(endpoint: str, query: str) -> bytes:
        asked.append(query)
        return json.dumps(PAGE).encode()

    monkeypatch.setattr("kg.sources.sparql.post", post)
    return asked


SPARQL = "https://w/sparql"


def test_wikidata_adds_relations(small: Path, wikidata: list[str]) -> None:
    report = adding.add("ml-latest-small", small, wikidata=SPARQL, references=())
    assert report.relations["director"] == adding.Coverage(1, 1)
    assert report.manifest["notes"]["wikidata"] == {"asked": 1, "found": 1, "facts": {"director": 1}}


def test_what_the_log_tells_stays_beside_wikidata(small: Path, wikidata: list[str]) -> None:
    report = adding.add("ml-latest-small", small, wikidata=SPARQL, references=())
    assert report.relations["votes"] == adding.Coverage(1, 1)
    assert report.manifest["relations"]["votes"]["kind"] == "number"


def test_wikidata_is_not_asked_to_read_again(small: Path, wikidata: list[str]) -> None:
    adding.add("ml-latest-small", small, wikidata=SPARQL, references=())
    assert adding.add("ml-latest-small", references=()).relations["director"].facts == 1
    assert len(wikidata) == 1


def test_wikidata_can_be_asked_later(small: Path, wikidata: list[str]) -> None:
    assert "director" not in adding.add("ml-latest-small", small, references=()).relations
    assert "director" in adding.add("ml-latest-small", wikidata=SPARQL, references=()).relations


def test_wikidata_needs_imdb_ids(given: Path) -> None:
    with pytest.raises(UsageError, match="ml-latest-small, ml-32m do"):
        adding.add("ml-1m", given, wikidata="https://w/sparql")


def test_what_killed_builds_left_is_swept_after_a_day(given: Path, fresh_home: Path) -> None:
    old, new = fresh_home / "catalogues" / ".x-1", fresh_home / "catalogues" / ".x-2"
    for folder in (old, new):
        folder.mkdir(parents=True)
    os.utime(old, (0, 0))
    adding.add("ml-1m", given)
    assert (old.exists(), new.exists()) == (False, True)
