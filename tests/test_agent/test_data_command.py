"""`usher data` as a person meets it: exit codes, plain output when piped, and what the reports say."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent import data, data_said
from kg.errors import UsageError
from kg.sources import SOURCES

ROOT = Path(__file__).parents[2]

Run = Callable[..., Any]


@pytest.fixture
def usher(agent: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run `usher` with arguments, in this process, with a home of its own."""
    monkeypatch.setenv("USHER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return agent


@pytest.fixture
def wines(tmp_path: Path) -> Path:
    path = tmp_path / "wines.csv"
    rows = ["sku,label,grape,year,colour", "1,Blue Hill,Syrah,2001,red", "2,Red Hill,Syrah; Merlot,2002,red"]
    rows += [
        "3,,Gamay,2003,red",
        *(f"{n},Hill {n},Gamay,2004,red" for n in range(4, 9)),
        "9,Far Hill,,nineteen,red",
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def films(tmp_path: Path) -> Path:
    """A folder with a very small `ml-1m` and two links, of which one is wrong."""
    folder = tmp_path / "given" / "ml-1m"
    (folder / "dbpedia").mkdir(parents=True)
    for name, content in {
        "movies.dat": "1::Blue Door (1990)::Drama\n2::Red Door (1991)::Comedy\n",
        "users.dat": "1::F::25::2::00000\n",
        "ratings.dat": "1::1::5::100\n",
        "dbpedia/mapping.tsv": "1\tBlue Door (1990)\thttp://d/resource/Blue_Door\n"
        "2\tRed Door (1991)\thttp://d/resource/Red_Door_(1949_film)\n",
        "dbpedia/director.edgelist": "http://d/resource/Blue_Door http://d/resource/Ada_Quill\n",
    }.items():
        (folder / name).write_text(content, encoding="iso-8859-1")
    return tmp_path / "given"


ALONE = ("--references", "none")  # nothing of the built-in catalogue is joined, which takes most of the time
FLAGS = ("--id", "sku", "--title", "label", "--relation", "grape")


def test_the_list_has_every_source(usher: Run) -> None:
    rows = [line.split("\t") for line in usher("data", "list").out.splitlines()]
    assert [row[0] for row in rows] == ["name", *SOURCES]


def test_the_list_is_plain_when_piped(usher: Run) -> None:
    assert usher("data", "list").out.splitlines()[0] == "name\twhat\tlicence\titems\ton disk\tadded"


def test_own_tables_are_added_and_listed(usher: Run, wines: Path) -> None:
    assert usher("data", "add", "wines", "--items", str(wines), *FLAGS).code == 0
    row = usher("data", "list").out.splitlines()[-1].split("\t")
    assert row[:4] == ["wines", "your own: wines.csv", "yours", "8"]


def test_the_report_of_own_tables(usher: Run, wines: Path) -> None:
    (wines.parent / "usher.toml").write_text(
        '[columns.items]\nid = "sku"\ntitle = "label"\n[relations.grape]\n', encoding="utf-8"
    )
    said = usher("data", "add", "wines", "--items", str(wines), "--mapping", "usher.toml").out
    assert said.splitlines() == [
        "wines: 8 items, 3 entities",
        "column\tread as\tkind\trows with one\texamples",
        "sku\tid\t\t100.0%\t1, 2, 3",
        "label\ttitle\t\t88.9%\tBlue Hill, Red Hill, Hill 4",
        "grape\tgrape\tother\t88.9%\tSyrah, Merlot, Gamay",
        "year\tyear\t\t100.0%\t2001, 2002, 2003",
        "colour\tleft out\t\t100.0%\tred",
        "  grape: several values in a cell",
        "relation\tfacts\titems with one\tshare of items",
        "grape\t8\t7\t87.5%",
        "Rows read: 8 items; skipped: 1",
        "  wines.csv:4: no title",
        "Cells left out: 1",
        "  wines.csv:10: year 'nineteen' is no year or date",
        "Ask it: usher --catalogue wines",
    ]


def test_without_a_mapping_what_the_columns_are_is_guessed_and_said(usher: Run, wines: Path) -> None:
    said = usher("data", "add", "wines", "--items", str(wines)).out.splitlines()
    assert said[1] == "No mapping was given: what the columns are was guessed."
    assert "colour\tcolour\tcategory\t100.0%\tred" in said
    assert "To say it otherwise: usher data guess FILE" in "".join(said)


def test_a_table_of_titles_only_says_that_it_has_no_facts(usher: Run, tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("title\nTide\nSalt\n", encoding="utf-8")
    said = usher("data", "add", "names", "--items", "names.csv").out
    assert "No fact was read of any item: beside titles there is nothing to ask by." in said


def test_a_separator_may_be_named(usher: Run, tmp_path: Path) -> None:
    (tmp_path / "wines.csv").write_text("title^grape\nTide^Syrah\n", encoding="utf-8")
    said = usher("data", "add", "wines", "--items", "wines.csv", "--separator", "^").out
    assert "grape\tgrape\t" in said


def test_a_guess_is_a_mapping(usher: Run, wines: Path, tmp_path: Path) -> None:
    said = usher("data", "guess", str(wines)).out
    (tmp_path / "usher.toml").write_text(said, encoding="utf-8")
    assert "[relations.grape]  # 88.9%: Syrah, Merlot, Gamay" in said
    with_it = usher("data", "add", "wines", "--items", str(wines), "--mapping", "usher.toml").out
    without = usher("data", "add", "wines", "--items", str(wines)).out
    facts = "relation\tfacts\titems with one\tshare of items\n"
    assert with_it.partition(facts)[2] == without.partition(facts)[2]


def test_nothing_is_guessed_of_an_empty_table(usher: Run, tmp_path: Path) -> None:
    (tmp_path / "wines.csv").write_text("title,grape\n", encoding="utf-8")
    assert "wines.csv: no row could be read" in usher("data", "guess", "wines.csv").err


def test_own_tables_answer_questions(usher: Run, wines: Path) -> None:
    usher("data", "add", "wines", "--items", str(wines), *FLAGS)
    assert "Red Hill" in usher("ask", "Merlot", "--catalogue", "wines").out


def test_a_mapping_is_overruled_by_flags(usher: Run, wines: Path, tmp_path: Path) -> None:
    (tmp_path / "usher.toml").write_text(
        '[catalogue]\ndomain = "wine"\n[columns.items]\nid = "sku"\ntitle = "grape"\n', encoding="utf-8"
    )
    usher("data", "add", "wines", "--items", str(wines), "--mapping", "usher.toml", "--title", "label")
    assert "Blue Hill" in (tmp_path / "home").glob("catalogues/wines-*/items.jsonl").__next__().read_text()


def test_other_columns_are_named_by_role(usher: Run, wines: Path, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("who,sku,at\nann,1,5\n", encoding="utf-8")
    more = (
        "--interactions",
        "log.csv",
        "--column",
        "interactions.user=who",
        "--column",
        "interactions.time=at",
    )
    assert "1 users, 1 choices" in usher("data", "add", "wines", "--items", str(wines), *FLAGS, *more).out


def test_a_public_source_is_added_from_a_folder(usher: Run, films: Path) -> None:
    said = usher("data", "add", "ml-1m", "--from", str(films), "--references", "none").out.splitlines()
    assert said == [
        "ml-1m: 2 items, 3 entities, 1 users, 1 choices",
        "relation\tfacts\titems with one\tshare of items",
        "director\t1\t1\t50.0%",
        "genre\t2\t2\t100.0%",
        "votes\t1\t1\t50.0%",
        "Links: 2 judged, 1 dropped (other year 1, same title 1)",
        "  2: Red Door → Red Door (1949 film) (other year)",
        "Ask it: usher --catalogue ml-1m",
    ]


def test_what_is_only_known_joins_public_sources_and_own_tables(usher: Run, films: Path, wines: Path) -> None:
    said = usher("data", "add", "ml-1m", "--from", str(films)).out
    assert re.match(r"ml-1m: 2 items, [\d,]+ references, ", said)
    alone = ("data", "add", "wines", "--items", str(wines), *FLAGS, "--domain", "movie")
    assert "references" not in usher(*alone).out
    assert re.search(r" items, \d,\d{3} references, ", usher(*alone, "--references", "builtin").out)
    assert usher(*alone, "--references", "builtin", "--references", "none").code == 2


def test_the_share_of_last_choices_that_ids_decide_is_said(usher: Run, films: Path) -> None:
    (films / "ml-1m" / "ratings.dat").write_text("1::1::5::100\n1::2::3::100\n")
    usher("data", "add", "ml-1m", "--from", str(films), *ALONE)
    said = usher("data", "check", "ml-1m").out
    assert "since several fell at one moment: 1 of 1 users (100.0%)\n" in said


def test_what_was_added_opens_without_data(usher: Run, films: Path) -> None:
    usher("data", "add", "ml-1m", "--from", str(films), *ALONE)
    assert "Blue Door" in usher("ask", "films directed by Ada Quill", "--catalogue", "ml-1m").out


def test_check_says_whole(usher: Run, films: Path) -> None:
    usher("data", "add", "ml-1m", "--from", str(films), *ALONE)
    done = usher("data", "check", "ml-1m")
    states = dict(line.split("\t") for line in done.out.splitlines() if line.count("\t") == 1)
    assert done.code == 0
    assert states.pop("file") == "state"
    assert set(states.values()) == {"whole"}
    assert {"manifest.json", "edges.npy", "raw: dbpedia/mapping.tsv"} <= set(states)


def test_check_reports_links_and_coverage(usher: Run, films: Path) -> None:
    usher("data", "add", "ml-1m", "--from", str(films))
    said = usher("data", "check", "ml-1m").out
    assert "director\t1\t1\t50.0%" in said
    assert "Links: 2 judged, 1 dropped" in said


def test_check_of_a_damaged_catalogue_ends_with_2(usher: Run, films: Path, tmp_path: Path) -> None:
    usher("data", "add", "ml-1m", "--from", str(films), *ALONE)
    next((tmp_path / "home").glob("catalogues/ml-1m-*/edges.npy")).write_bytes(b"")
    done = usher("data", "check", "ml-1m")
    assert done.code == 2
    assert "edges.npy\tchanged" in done.out
    assert "'ml-1m' is damaged: edges.npy" in done.err


def test_check_says_when_raw_files_changed(usher: Run, wines: Path) -> None:
    usher("data", "add", "wines", "--items", str(wines), *FLAGS)
    wines.write_text("sku,label\n1,X\n", encoding="utf-8")
    done = usher("data", "check", "wines")
    assert (done.code, "Not what it was read from any more" in done.out) == (0, True)


def test_remove_says_what_was_freed(usher: Run, films: Path) -> None:
    usher("data", "add", "ml-1m", "--from", str(films), *ALONE)
    assert usher("data", "remove", "ml-1m").out.startswith("Removed ml-1m: ")
    assert usher("data", "remove", "ml-1m").code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "nosuch"), "unknown source 'nosuch'"),
        (("add", "ml-1m", "--items", "wines.csv"), "'ml-1m' is a source's name"),
        (("add", "wines", "--users", "u.csv"), "need --items"),
        (("add", "wines", "--id", "sku"), "need --items"),
        (
            ("add", "wines", "--items", "wines.csv", "--from", "."),
            "--from and --wikidata are for public sources",
        ),
        (("add", "wines", "--items", "no.csv"), "the file is not there"),
        (("add", "wines", "--items", "."), "expected a file, found a folder"),
        (("add", "ml-1m", "--from", "."), "MovieLens-1M has movies.dat, users.dat and ratings.dat.\n"),
        (("add", "wines", "--items", "wines.csv", "--column", "id"), "expected ROLE=HEADER"),
        (("add", "wines", "--items", "wines.csv", "--column", "idd=sku"), "unknown column role 'idd'"),
        (("add", "../wines", "--items", "wines.csv"), "cannot be a catalogue's name"),
        (("add", "ml-1m", "--from", "nowhere"), "not a folder"),
        (("add", "ml-1m", "--from", ".", "--wikidata"), "no IMDb ids"),
        (("add", "amazon-books"), "usher data add amazon-books --from DIR"),
        (("check", "nosuch"), "unknown catalogue 'nosuch'"),
        (("check", "ml-1m"), "is not added"),
        (("remove", "builtin"), "ships with Usher"),
    ],
)
def test_bad_usage_ends_with_2_and_a_reason(
    usher: Run, wines: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = usher("data", *arguments)
    assert done.code == 2
    assert said in done.err


def test_text_of_files_commands_no_terminal(
    usher: Run, wines: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wines.write_text("sku,label,\x1b[31mgrape\n1,Hill,x\n", encoding="utf-8")
    assert "\x1b" not in usher("data", "add", "wines", "--items", str(wines), *FLAGS[:4]).out


def test_a_terminal_gets_a_table(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    data_said.say_table(("name", "n"), [("[bold]x[/bold]", "1")], numbers=(1,))
    said = capsys.readouterr().out
    assert "[bold]x[/bold]" in said
    assert "\t" not in said


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (23_950_000, "23.9 MB"), (4e15, "4000.0 TB")],
)
def test_sizes_are_said_in_tens(size: float, said: str) -> None:
    assert data_said.as_size(size) == said


def test_a_fetched_file_is_named_once_when_piped(capsys: pytest.CaptureFixture[str]) -> None:
    with data_said.progress() as on_file:
        tell = on_file("ml-1m.zip")
        tell(5, 5_900_000)
        tell(9, 5_900_000)
    assert capsys.readouterr().err == "fetching ml-1m.zip (5.9 MB)\n"


def test_data_loads_nothing_heavy() -> None:
    code = "import sys; import agent.commands; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    heavy = {
        "numpy",
        "rich.progress",
        "kg.adding",
        "kg.store",
        "kg.sources",
        "urllib.request",
        "langchain_core",
    }
    assert not set(done.stdout.split()) & heavy


def test_a_mapping_without_a_file_takes_the_domain() -> None:
    assert data._mapping(None, {}, [], [], "wine").domain == "wine"


def test_a_column_without_a_sign_is_refused() -> None:
    with pytest.raises(UsageError, match="expected ROLE=HEADER"):
        data._mapping(None, {}, ["id"], [], None)


def test_a_policy_is_said_in_words(usher: Run, wines: Path) -> None:
    (wines.parent / "usher.toml").write_text("[policy]\none_at_a_time = true\n", encoding="utf-8")
    usher("data", "add", "wines", "--items", str(wines), "--mapping", "usher.toml")
    said = usher("data", "check", "wines").out.splitlines()
    assert said[said.index("Policy:") + 1] == "  It recommends one item at a time."


def test_a_mapping_of_a_policy_alone_is_not_called_no_mapping(usher: Run, wines: Path) -> None:
    (wines.parent / "usher.toml").write_text("[policy]\none_at_a_time = true\n", encoding="utf-8")
    said = usher("data", "add", "wines", "--items", str(wines), "--mapping", "usher.toml").out
    assert "The mapping names no columns: what the columns are was guessed." in said


def test_what_first_questions_wait_for_is_built_beforehand(usher: Run, films: Path, tmp_path: Path) -> None:
    usher("data", "add", "ml-1m", "--from", str(films), *ALONE)
    done = usher("data", "prepare", "ml-1m", "--workers", "2")
    assert (done.code, done.out) == (0, "ml-1m is ready. Ask it: usher --catalogue ml-1m\n")
    (folder,) = (tmp_path / "home" / "catalogues").glob("ml-1m-*")
    made = {path.name.split("-")[0] for path in folder.iterdir() if path.is_dir()}
    assert {"taste", "words", "vectors"} <= made


def test_a_catalogue_without_histories_is_prepared_too(usher: Run, wines: Path, tmp_path: Path) -> None:
    usher("data", "add", "wines", "--items", str(wines), *FLAGS)
    assert usher("data", "prepare", "wines").code == 0
    (folder,) = (tmp_path / "home" / "catalogues").glob("wines-*")
    assert not list(folder.glob("taste-*"))


def test_a_catalogue_that_is_not_there_cannot_be_prepared(usher: Run) -> None:
    assert "not" in usher("data", "prepare", "ml-1m").err
    assert "unknown engine" in usher("data", "prepare", "builtin", "--engine", "rai").err
