"""MovieLens files as GroupLens ships them, small ones written here and the real ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kg.catalogue import Catalogue
from kg.errors import DataError
from kg.sources import movielens
from kg.store import open_catalogue

MOVIES = """1::Glass Harbour, The (1975)::Drama|Children's
2::Enfer, L' (1994)::Thriller
5::Été, L' (1981)::Romance
"""
USERS = "1::F::25::2::48067\n2::M::45::8::70072\n"
RATINGS = "1::5::4::300\n1::1::5::100\n2::2::3::50\n1::2::1::200\n"
MAPPING = """1\tGlass Harbour, The (1975)\thttp://dbpedia.org/resource/The_Glass_Harbour_(film)
2\tEnfer, L' (1994)\thttp://dbpedia.org/resource/Death_Proof
"""
DIRECTORS = """http://dbpedia.org/resource/The_Glass_Harbour_(film) http://dbpedia.org/resource/Ada_Quill_(director)
http://dbpedia.org/resource/Death_Proof http://dbpedia.org/resource/Bo_Lund
"""


def write_1m(data: Path, **changed: bytes) -> Path:
    """Write a small `ml-1m` into `data`; `changed` replaces the contents of named files."""
    folder = data / "ml-1m"
    (folder / "dbpedia").mkdir(parents=True)
    (folder / "movies.dat").write_bytes(changed.get("movies", MOVIES.encode("iso-8859-1")))
    (folder / "users.dat").write_bytes(changed.get("users", USERS.encode()))
    (folder / "ratings.dat").write_bytes(changed.get("ratings", RATINGS.encode()))
    (folder / "dbpedia" / "mapping.tsv").write_text(MAPPING, encoding="utf-8")
    (folder / "dbpedia" / "director.edgelist").write_text(DIRECTORS, encoding="utf-8")
    (folder / "dbpedia" / "unheard.edgelist").write_text(DIRECTORS, encoding="utf-8")
    return folder


def write_100k(where: Path, **changed: str) -> Path:
    folder = where / "ml-100k"
    folder.mkdir(parents=True)
    items = "1|Glass Harbour, The (1975)|01-Jan-1975||http://x|0|1|0\n2|Été (1981)|||http://y|1|0|0\n"
    files = {
        "genre": "unknown|0\nDrama|1\nWestern|2\n\n",
        "item": items,
        "user": "1|24|M|technician|85711\n2|53|F|other|94043\n",
        "data": "2\t1\t3\t881250949\n1\t2\t3\t891717742\n1\t1\t5\t881250949\n",
    }
    for name, text in (files | changed).items():
        (folder / f"u.{name}").write_text(text, encoding="iso-8859-1", newline="\n")
    return folder


@pytest.fixture
def built(tmp_path: Path) -> Catalogue:
    return movielens.read_1m(write_1m(tmp_path))


def labels(catalogue: Catalogue, relation: str) -> dict[str, set[str]]:
    named: dict[str, set[str]] = {}
    for item, code, entity in catalogue.edges:
        if catalogue.relations[code].name == relation:
            named.setdefault(catalogue.items[item].id, set()).add(catalogue.entities[entity].label)
    return named


def test_1m_titles_stand_upright_with_their_year(built: Catalogue) -> None:
    assert [item.name for item in built.items] == [
        "The Glass Harbour (1975)",
        "L'Enfer (1994)",
        "L'Été (1981)",
    ]


def test_1m_genres_are_facts(built: Catalogue) -> None:
    assert labels(built, "genre")["1"] == {"Drama", "Children's"}


def test_1m_users_have_their_occupation_in_words(built: Catalogue) -> None:
    assert [(u.id, u.gender, u.age, u.occupation) for u in built.users] == [
        ("1", "F", 25, "artist"),
        ("2", "M", 45, "farmer"),
    ]


def test_1m_histories_follow_the_times_of_the_ratings(built: Catalogue) -> None:
    assert built.histories is not None
    assert built.histories.of(0).tolist() == [0, 1, 2]


def rated(catalogue: Catalogue, item: str, relation: str) -> list[float]:
    held = catalogue.literals[relation]
    return held.of_item([each.id for each in catalogue.items].index(item))  # type: ignore[arg-type]


def with_ratings(where: Path, *stars: int) -> Catalogue:
    """Read a small `ml-1m` in which film 2 has these ratings, a user each, and film 1 one of every user."""
    people = range(1, len(stars) + 1)
    return movielens.read_1m(
        write_1m(
            where,
            users="".join(f"{n}::F::25::2::0\n" for n in people).encode(),
            ratings="".join(
                f"{n}::1::3::9\n{n}::2::{s}::9\n" for n, s in zip(people, stars, strict=True)
            ).encode(),
        )
    )


def test_ratings_give_a_mean_of_two_decimals_and_their_number(tmp_path: Path) -> None:
    built = with_ratings(tmp_path, 5, 4, 4, 5, 4, 5, 3)
    assert (rated(built, "2", "rating"), rated(built, "2", "votes")) == ([4.29], [7])
    assert {each.name: (each.kind, each.unit) for each in built.relations}["rating"] == ("number", "stars")  # type: ignore[index]


def test_a_mean_of_fewer_than_five_ratings_is_no_fact(tmp_path: Path) -> None:
    built = with_ratings(tmp_path, 5, 5, 5, 5)
    assert (list(built.literals), rated(built, "2", "votes"), rated(built, "5", "votes")) == (
        ["votes"],
        [4],
        [],
    )


def test_100k_ratings_are_facts(tmp_path: Path) -> None:
    assert rated(movielens.read_100k(write_100k(tmp_path)), "1", "votes") == [2]


def test_1m_histories_come_from_sequences_where_there_are_no_ratings(tmp_path: Path) -> None:
    folder = write_1m(tmp_path)
    (folder / "ratings.dat").unlink()
    (folder / "sequences.tsv").write_text("2\t2 1\n1\t5 1\n", encoding="utf-8")
    histories = movielens.read_1m(folder).histories
    assert histories is not None
    assert [histories.of(0).tolist(), histories.of(1).tolist()] == [[2, 0], [1, 0]]


def test_1m_a_user_with_two_sequences_is_named(tmp_path: Path) -> None:
    folder = write_1m(tmp_path)
    (folder / "ratings.dat").unlink()
    (folder / "sequences.tsv").write_text("2\t2 1\n1\t5\n1\t1\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"sequences\.tsv:3: user id '1' occurs twice\n  Fetch"):
        movielens.read_1m(folder)


def test_1m_facts_of_a_believed_link_are_added(built: Catalogue) -> None:
    assert labels(built, "director") == {"1": {"Ada Quill"}}


def test_1m_says_which_links_were_dropped(built: Catalogue) -> None:
    assert built.notes["dropped_links"] == ["2: L'Enfer → Death Proof (other title)"]


def test_1m_plots_are_texts(tmp_path: Path) -> None:
    folder = write_1m(tmp_path)
    (folder / "plots.tsv").write_text("2\tHell, slowly.\n", encoding="utf-8")
    assert movielens.read_1m(folder).texts == {"2": "Hell, slowly."}


def test_1m_needs_no_dbpedia(tmp_path: Path) -> None:
    folder = write_1m(tmp_path)
    for path in (folder / "dbpedia").iterdir():
        path.unlink()
    (folder / "dbpedia").rmdir()
    assert [each.name for each in movielens.read_1m(folder).relations] == ["genre", "votes"]


def test_100k_genres_are_read_off_the_flags(tmp_path: Path) -> None:
    assert labels(movielens.read_100k(write_100k(tmp_path)), "genre") == {"1": {"Drama"}}


def test_100k_reads_latin_1_titles(tmp_path: Path) -> None:
    assert movielens.read_100k(write_100k(tmp_path)).items[1].name == "Été (1981)"


def test_100k_histories_follow_the_times(tmp_path: Path) -> None:
    histories = movielens.read_100k(write_100k(tmp_path)).histories
    assert histories is not None
    assert histories.of(0).tolist() == [0, 1]


def test_100k_takes_relations_from_the_1m_beside_it_by_title(tmp_path: Path) -> None:
    write_1m(tmp_path)
    assert labels(movielens.read_100k(write_100k(tmp_path)), "director") == {"1": {"Ada Quill"}}


LATIN_MOVIES = MOVIES.encode("iso-8859-1")
BAD_1M = {
    "ratings cut in the middle of a line": ("ratings", RATINGS.encode()[:-8], "ratings.dat:4: "),
    "ratings cut after full fields": (
        "ratings",
        RATINGS.encode()[:-1],
        "ratings.dat:4: .*ends in the middle",
    ),
    "ratings cut after a whole line": (
        "ratings",
        RATINGS.encode()[:26],
        r"ratings.dat: nothing in it by 1 of 2",
    ),
    "a rating of an unknown film": ("ratings", b"1::9::4::300\n", "ratings.dat:1: film '9'"),
    "a rating of six stars": ("ratings", b"1::1::6::300\n", "ratings.dat:1: a rating of 6, expected 1 to 5"),
    "a time that is no number": ("ratings", b"1::1::4::noon\n", "ratings.dat:1: 'noon'"),
    "films in UTF-8": ("movies", MOVIES.encode(), "movies.dat:3: expected ISO-8859-1, found UTF-8"),
    "films in UTF-16": ("movies", MOVIES.encode("utf-16"), "movies.dat:1: expected ISO-8859-1, found UTF-16"),
    "a film with too few fields": ("movies", b"1::Taps (1981)\n", "movies.dat:1: 2 fields, expected 3"),
    "two films of one id": ("movies", LATIN_MOVIES * 2, "movies.dat:4: item id '1' occurs twice"),
    "two users of one id": ("users", USERS.encode() * 2, "users.dat:3: user id '1' occurs twice"),
    "an unknown occupation": ("users", b"1::F::25::77::48067\n", "users.dat:1: occupation 77"),
    "an age that is no number": ("users", b"1::F::old::7::48067\n", "users.dat:1: 'old'"),
}


@pytest.mark.parametrize(("file", "content", "said"), BAD_1M.values(), ids=BAD_1M)
def test_bad_input_is_named_with_file_line_and_remedy(
    tmp_path: Path, file: str, content: bytes, said: str
) -> None:
    with pytest.raises(DataError, match=said + r"[^\n]*\n  \S"):
        movielens.read_1m(write_1m(tmp_path, **{file: content}))


@pytest.mark.parametrize(("file", "content", "said"), BAD_1M.values(), ids=BAD_1M)
def test_bad_input_leaves_no_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, content: bytes, said: str
) -> None:
    monkeypatch.setenv("USHER_HOME", str(tmp_path / "home"))
    write_1m(tmp_path / "data", **{file: content})
    with pytest.raises(DataError, match=said):
        open_catalogue("ml-1m", tmp_path / "data")
    assert list((tmp_path / "home").rglob("*")) in ([], [tmp_path / "home" / "catalogues"])


@pytest.mark.parametrize("name", ["movies.dat", "users.dat", "ratings.dat", ""])
def test_a_missing_part_of_1m_is_named_with_a_remedy(tmp_path: Path, name: str) -> None:
    folder = write_1m(tmp_path)
    (folder / name).rename(tmp_path / "elsewhere")
    missing = name if name != "ratings.dat" else "sequences.tsv"
    with pytest.raises(DataError, match=rf"{missing}: the (file|folder) is not there\n  .*--data"):
        movielens.read_1m(folder)


def test_100k_ratings_cut_short_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"u\.data:1: the file ends in the middle of a line"):
        movielens.read_100k(write_100k(tmp_path, data="2\t1\t3\t8812"))


def test_100k_film_with_too_few_flags_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"u\.item:1: 7 fields, expected 8"):
        movielens.read_100k(write_100k(tmp_path, item="1|Taps|||x|0|1\n"))


def test_a_missing_data_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="ml-100k: the folder is not there"):
        open_catalogue("ml-100k", tmp_path)


@cache
def real(folder: Path) -> Catalogue:
    return movielens.read_1m(folder) if folder.name == "ml-1m" else movielens.read_100k(folder)


@pytest.mark.parametrize(("name", "items", "users"), [("ml-1m", 3883, 6040), ("ml-100k", 1682, 943)])
def test_the_real_sets_have_their_published_sizes(shared: Path, name: str, items: int, users: int) -> None:
    counts = real(shared / name).counts
    assert (counts["items"], counts["users"]) == (items, users)


def test_the_real_100k_has_every_rating(shared: Path) -> None:
    assert real(shared / "ml-100k").counts["choices"] == 100_000


@pytest.mark.parametrize("name", ["ml-1m", "ml-100k"])
def test_the_real_sets_know_directors_of_most_films(shared: Path, name: str) -> None:
    catalogue = real(shared / name)
    assert len(labels(catalogue, "director")) > 0.6 * len(catalogue.items)


def test_no_title_of_the_real_1m_ends_in_an_inverted_article(shared: Path) -> None:
    assert not [i.title for i in real(shared / "ml-1m").items if i.title.endswith((", The", ", A", ", L'"))]
