"""Damaged raw files of every source: named with place and remedy, and nothing of them is kept.

What the public files really have is no damage: an edge whose subject no mapping names, a work that is said to
follow itself, two rows of one book. Those are read, and the last tests here say how.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.graph import KnowledgeGraph
from kg.neighbourhood import to_networkx
from kg.sources import SOURCES
from kg.store import open_catalogue
from kg.types import ItemId

AT = "http://dbpedia.org/resource/"
DBPEDIA = {
    "mapping.tsv": (
        f"1\tGlass Harbour, The (1975)\t{AT}The_Glass_Harbour\n2\tBlue Ship (1976)\t{AT}Blue_Ship\n"
    ),
    "director.edgelist": f"{AT}The_Glass_Harbour {AT}Ada_Quill\n{AT}Blue_Ship {AT}Bo_Lund\n",
}
ML_1M = {
    "movies.dat": "1::Glass Harbour, The (1975)::Drama\n2::Blue Ship (1976)::Comedy\n",
    "users.dat": "1::F::25::2::48067\n2::M::45::8::70072\n",
    "ratings.dat": "1::1::5::100\n1::2::4::200\n2::2::3::50\n",
}
ML_100K = {
    "u.genre": "unknown|0\nDrama|1\n\n",
    "u.item": "1|Glass Harbour, The (1975)|01-Jan-1975||http://x|0|1\n2|Blue Ship (1976)|||http://y|1|0\n",
    "u.user": "1|24|M|technician|85711\n2|53|F|other|94043\n",
    "u.data": "2\t1\t3\t881250949\n1\t2\t3\t891717742\n",
}
LATEST = {
    "movies.csv": 'movieId,title,genres\n1,"Glass Harbour, The (1975)",Drama\n2,Blue Ship (1976),Comedy\n',
    "ratings.csv": "userId,movieId,rating,timestamp\n1,1,4.0,100\n1,2,3.5,200\n2,1,5.0,300\n",
}
LIBRARYTHING = {
    "dbpedia/mapping.tsv": f"1\tBlue Door\t{AT}Blue_Door\n2\tRed Door\t{AT}Red_Door\n",
    "dbpedia/author.edgelist": f"{AT}Blue_Door {AT}Ada_Quill\n{AT}Red_Door {AT}Ada_Quill\n",
    "ratings.dat": f"r1 {AT}Blue_Door 9 -1\nr1 {AT}Red_Door 8 -1\n",
}
AMAZON = {
    "books_data.csv": (
        "Title,description,authors,publisher,publishedDate,categories\n"
        "Blue Door,\"A door.\nBlue.\",['Ada Quill'],Lund,1990,['Fiction']\n"
        "Red Door,A door.,\"['Bo', 'Cy']\",Lund,1991-02,['Fiction']\n"
    ),
    "Books_rating.csv": (
        "Id,Title,User_id,review/score,review/time,review/text\n"
        '1,Blue Door,r1,5.0,100,"Two\n\nlines"\n2,Red Door,r1,4.0,200,One\n'
    ),
}
BUILTIN = {
    "films.txt": "title: Blue Ship\nyear: 1976\ndirector: Ada Quill\ngenre: Drama\nabout: A ship is blue.\n",
    "books.txt": "title: Blue Door\nyear: 1990\nauthor: Bo Lund\ngenre: Fantasy\nabout: A door is blue.\n",
}
WRITTEN: dict[str, dict[str, str]] = {
    "ml-1m": ML_1M | {f"dbpedia/{name}": text for name, text in DBPEDIA.items()},
    "ml-100k": ML_100K,
    "ml-latest-small": LATEST,
    "librarything": LIBRARYTHING,
    "amazon-books": AMAZON,
    "builtin": BUILTIN,
}
LATIN = {".dat", ".item", ".user", ".genre", ".data"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for every test, and every source read from a folder beneath the data."""
    for name in WRITTEN:
        monkeypatch.setitem(SOURCES, name, replace(SOURCES[name], folder=name, references=()))
    monkeypatch.setenv("USHER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def encoding(source: str, file: str) -> str:
    return "iso-8859-1" if source.startswith("ml-1") and Path(file).suffix in LATIN else "utf-8"


def write(tmp_path: Path, source: str) -> Path:
    """Write the whole and healthy files of a source; return its folder."""
    for name, text in WRITTEN[source].items():
        path = tmp_path / "data" / source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding(source, name)))
    return tmp_path / "data" / source


def open_raw(tmp_path: Path, source: str) -> KnowledgeGraph:
    return open_catalogue(source, tmp_path / "data").graph


def refused(tmp_path: Path, source: str) -> str:
    """Return what is said of the damage, having checked that there is a remedy and that nothing was kept."""
    with pytest.raises(DataError) as caught:
        open_raw(tmp_path, source)
    said, remedy = str(caught.value).split("\n", 1)
    assert remedy.startswith("  ")
    assert remedy.strip()
    assert [path for path in (tmp_path / "home").rglob("*") if path.name != "catalogues"] == []
    return said


EVERY = [(source, file) for source, files in WRITTEN.items() for file in files]
OPTIONAL = {("ml-1m", "dbpedia/director.edgelist"), ("librarything", "dbpedia/author.edgelist")}
OPTIONAL |= {("librarything", "ratings.dat")}


@pytest.mark.parametrize("source", WRITTEN)
def test_the_healthy_files_are_read(tmp_path: Path, source: str) -> None:
    write(tmp_path, source)
    assert len(open_raw(tmp_path, source).catalogue.items) == 2


@pytest.mark.parametrize(("source", "file"), [pair for pair in EVERY if pair not in OPTIONAL])
def test_a_missing_file_is_named(tmp_path: Path, source: str, file: str) -> None:
    (write(tmp_path, source) / file).unlink()
    name = "sequences.tsv" if file == "ratings.dat" else Path(file).name
    assert f"{name}: the file is not there" in refused(tmp_path, source)


@pytest.mark.parametrize("source", WRITTEN)
def test_a_missing_folder_is_named(tmp_path: Path, source: str) -> None:
    assert f"data/{source}" in refused(tmp_path, source)


@pytest.mark.parametrize(("source", "file"), EVERY)
def test_an_empty_file_is_named(tmp_path: Path, source: str, file: str) -> None:
    (write(tmp_path, source) / file).write_bytes(b"")
    assert f"{Path(file).name}: the file is empty" in refused(tmp_path, source)


# As published, u.genre ends in an empty line and mapping.tsv without a line end.
@pytest.mark.parametrize(
    ("source", "file"), [pair for pair in EVERY if not pair[1].endswith(("u.genre", "mapping.tsv"))]
)
def test_a_file_cut_in_its_last_line_is_named_with_the_line(tmp_path: Path, source: str, file: str) -> None:
    path = write(tmp_path, source) / file
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    last = len(whole.splitlines())
    assert f"{path.name}:{last}: the file ends in the middle" in refused(tmp_path, source)


Damage = Callable[[bytes, str], bytes]


def _foreign(raw: bytes, written: str) -> bytes:
    """Write the first capital B of the names as a letter of the encoding that is not the file's."""
    return raw.replace(b"Blue", b"\xe9lue" if written == "utf-8" else "élue".encode(), 1)


def _nul(raw: bytes, written: str) -> bytes:
    middle = raw.index(b"\n") + 4
    return raw[:middle] + b"\0" + raw[middle:]


def _long(raw: bytes, written: str) -> bytes:
    return raw + b"x" * 10_000_000 + b"\n"


def _utf_16(raw: bytes, written: str) -> bytes:
    return raw.decode(written).encode("utf-16")


DAMAGES: dict[str, tuple[Damage, str]] = {
    "a NUL byte": (_nul, "found UTF-16 or binary|expected 4 numbers"),
    "UTF-16": (_utf_16, "found UTF-16 or binary|the first line is"),
    "a line of 10 MB": (_long, "a line of (10,000,001|more than 1,000,000) bytes|expected 4 numbers"),
}


@pytest.mark.parametrize(("source", "file"), EVERY)
@pytest.mark.parametrize(("damage", "said"), DAMAGES.values(), ids=DAMAGES)
def test_what_is_no_text_is_named_with_its_line(
    tmp_path: Path, source: str, file: str, damage: Damage, said: str
) -> None:
    path = write(tmp_path, source) / file
    path.write_bytes(damage(path.read_bytes(), encoding(source, file)))
    message = refused(tmp_path, source)
    assert re.search(rf"{re.escape(path.name)}:\d+: [^\n]*({said})", message), message


@pytest.mark.parametrize(("source", "file"), [pair for pair in EVERY if "Blue" in WRITTEN[pair[0]][pair[1]]])
def test_another_encoding_is_named_with_its_line(tmp_path: Path, source: str, file: str) -> None:
    path = write(tmp_path, source) / file
    path.write_bytes(_foreign(path.read_bytes(), encoding(source, file)))
    message = refused(tmp_path, source)
    assert f"{path.name}:" in message
    assert f"expected {encoding(source, file).upper()}, found" in message


def edit(tmp_path: Path, source: str, file: str, old: str, new: str) -> None:
    path = write(tmp_path, source) / file
    text = path.read_text(encoding=encoding(source, file))
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode(encoding(source, file)))


WRONG: dict[str, tuple[str, str, str, str, str]] = {
    "ml-1m: two films of one id": ("ml-1m", "movies.dat", "\n2::", "\n1::", "movies.dat:2: item id '1' occ"),
    "ml-1m: two users of one id": ("ml-1m", "users.dat", "\n2::", "\n1::", "users.dat:2: user id '1' occurs"),
    "ml-1m: a rating of no film": ("ml-1m", "ratings.dat", "1::1::", "1::9::", "ratings.dat:1: film '9' is"),
    "ml-1m: a rating by nobody": ("ml-1m", "ratings.dat", "1::1::", "7::1::", "ratings.dat: user '7' is not"),
    "ml-1m: two links of one film": (
        "ml-1m",
        "dbpedia/mapping.tsv",
        "\n2\t",
        "\n1\t",
        "mapping.tsv:2: id '1'",
    ),
    "ml-1m: edges of another mapping": (
        "ml-1m",
        "dbpedia/director.edgelist",
        f"{AT}The_Glass_Harbour {AT}Ada_Quill\n{AT}Blue_Ship",
        f"{AT}Elsewhere",
        "director.edgelist: no subject of it is",
    ),
    "ml-100k: two films of one id": ("ml-100k", "u.item", "\n2|", "\n1|", "u.item:2: item id '1' occurs"),
    "ml-100k: two users of one id": ("ml-100k", "u.user", "\n2|", "\n1|", "u.user:2: user id '1' occurs"),
    "ml-100k: a rating of no film": ("ml-100k", "u.data", "2\t1\t", "2\t9\t", "u.data:1: film '9' is not in"),
    "ml-100k: a rating by nobody": ("ml-100k", "u.data", "2\t1\t", "7\t1\t", "u.data: user '7' is not in"),
    "latest: two films of one id": ("ml-latest-small", "movies.csv", "\n2,", "\n1,", "movies.csv:3: item id"),
    "latest: a rating of no film": (
        "ml-latest-small",
        "ratings.csv",
        ",2,3",
        ",9,3",
        "ratings.csv:3: film 9",
    ),
    "latest: a rating told twice": (
        "ml-latest-small",
        "ratings.csv",
        ",2,3",
        ",1,3",
        "ratings.csv:3: user 1 ra",
    ),
    "librarything: two links of one id": (
        "librarything",
        "dbpedia/mapping.tsv",
        "\n2\t",
        "\n1\t",
        "mapping.tsv:2: id '1'",
    ),
    "librarything: edges of another mapping": (
        "librarything",
        "dbpedia/author.edgelist",
        f"{AT}Blue_Door {AT}Ada_Quill\n{AT}Red_Door",
        f"{AT}Elsewhere",
        "author.edgelist: no subject of it is",
    ),
    "amazon: ratings of other books": (
        "amazon-books",
        "Books_rating.csv",
        AMAZON["Books_rating.csv"].split("\n", 1)[1],
        "1,X,r,5,1,x\n",
        "no rating in it",
    ),
    "amazon: a quote that is never closed": (
        "amazon-books",
        "books_data.csv",
        'Blue."',
        "Blue.",
        "books_data.csv: no book in it",
    ),
    "builtin: two films of one id": (
        "builtin",
        "films.txt",
        "title",
        BUILTIN["films.txt"] + "\ntitle",
        "films.txt:7: item id",
    ),
    "builtin: an unknown key": ("builtin", "books.txt", "author", "auther", "books.txt:3: 'auther: Bo"),
}


@pytest.mark.parametrize(("source", "file", "old", "new", "said"), WRONG.values(), ids=WRONG)
def test_contradictions_are_named(
    tmp_path: Path, source: str, file: str, old: str, new: str, said: str
) -> None:
    edit(tmp_path, source, file, old, new)
    assert said in refused(tmp_path, source)


def test_an_edge_whose_subject_no_mapping_names_is_left_out_and_counted(tmp_path: Path) -> None:
    folder = write(tmp_path, "librarything")
    (folder / "dbpedia" / "author.edgelist").write_text(
        DBPEDIA["director.edgelist"] + LIBRARYTHING["dbpedia/author.edgelist"], encoding="utf-8"
    )
    catalogue = open_raw(tmp_path, "librarything").catalogue
    assert (len(catalogue.edges), catalogue.notes["edges"]) == (2, {"author": {"subject unknown": 2}})


CYCLE = f"{AT}Blue_Door {AT}Red_Door\n{AT}Red_Door {AT}Blue_Door\n{AT}Red_Door {AT}Red_Door\n"


@pytest.mark.parametrize("name", ["previousWork", "subsequentWork"])
def test_a_work_that_follows_itself_is_left_out_and_counted(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path, "librarything")
    (folder / "dbpedia" / f"{name}.edgelist").write_text(CYCLE, encoding="utf-8")
    graph = open_raw(tmp_path, "librarything")
    relation = {"previousWork": "previous_work", "subsequentWork": "subsequent_work"}[name]
    held = [graph.values(ItemId(AT + book), relation) for book in ("Blue_Door", "Red_Door")]
    assert [[entity.label for entity in each] for each in held] == [["Red Door"], ["Blue Door"]]
    assert graph.catalogue.notes["edges"] == {relation: {"of itself": 1}}


def test_works_that_follow_each_other_do_not_stop_a_walk(tmp_path: Path) -> None:
    folder = write(tmp_path, "librarything")
    (folder / "dbpedia" / "previousWork.edgelist").write_text(CYCLE, encoding="utf-8")
    graph = open_raw(tmp_path, "librarything")
    assert to_networkx(graph, [ItemId(AT + "Blue_Door"), ItemId(AT + "Red_Door")]).number_of_nodes() == 3


def test_two_rows_of_one_book_are_one_book_and_counted(tmp_path: Path) -> None:
    red = "Red Door,A door.,\"['Bo', 'Cy']\""
    edit(tmp_path, "amazon-books", "books_data.csv", red, "Blue Door,,['Ada Quill']")
    catalogue = open_raw(tmp_path, "amazon-books").catalogue
    note = catalogue.notes["report"]["books_data.csv"]["skipped"]
    assert (len(catalogue.items), note) == (
        1,
        {"title and authors are there already": {"rows": 1, "first_lines": [4]}},
    )
