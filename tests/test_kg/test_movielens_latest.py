"""MovieLens in the CSV layout of ml-latest-small and ml-32m, in small files written here."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.catalogue import Catalogue
from kg.errors import DataError
from kg.sources import movielens_csv

MOVIES = """movieId,title,genres
1,"Glass Harbour, The (1975)",Drama|Children
11,"Été, L' (1981)",Romance
5,"The ""Quiet"" Tram (2006–2007)",(no genres listed)
7,Babylon 9,Sci-Fi|(no genres listed)
"""
RATINGS = """userId,movieId,rating,timestamp
2,11,3.5,900000002
1,11,4.0,900000300
1,5,0.5,900000100
1,7,5.0,900000200
1,1,4,900000200
"""
LINKS = "movieId,imdbId,tmdbId\n1,0114709,862\n11,98765,\n5,,12\n7,10872600,4\n"
README = "It contains 5 ratings and 0 tag applications across 4 movies.\n"
MAPPING = """1\tGlass Harbour, The (1975)\thttp://dbpedia.org/resource/The_Glass_Harbour_(film)
7\tSomething Else (1975)\thttp://dbpedia.org/resource/Something_Else
999\tNot Here (1975)\thttp://dbpedia.org/resource/Not_Here
"""
DIRECTORS = """http://dbpedia.org/resource/The_Glass_Harbour_(film) http://dbpedia.org/resource/Ada_Quill
http://dbpedia.org/resource/Something_Else http://dbpedia.org/resource/Bo_Lund
"""


def write_latest(data: Path, name: str = "ml-latest-small", **changed: bytes | str) -> Path:
    """Write a small folder in this layout into `data`; `changed` replaces the contents of named files."""
    folder = data / name
    folder.mkdir(parents=True)
    files = {"movies": MOVIES, "ratings": RATINGS, "links": LINKS, "tags": "userId,movieId,tag,timestamp\n"}
    for key, content in (files | changed).items():
        ending = "txt" if key == "README" else "csv"
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / f"{key}.{ending}").write_bytes(raw)
    return folder


def write_mapping(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "mapping.tsv").write_text(MAPPING, encoding="utf-8")
    (folder / "director.edgelist").write_text(DIRECTORS, encoding="utf-8")


@pytest.fixture
def built(tmp_path: Path) -> Catalogue:
    return movielens_csv.read_latest(write_latest(tmp_path))


def labels(catalogue: Catalogue, relation: str) -> list[tuple[str, str]]:
    code = [each.name for each in catalogue.relations].index(relation)  # type: ignore[arg-type]
    held = [(catalogue.items[i].id, catalogue.entities[e].label) for i, r, e in catalogue.edges if r == code]
    return sorted(held)


def histories(catalogue: Catalogue) -> dict[str, list[str]]:
    assert catalogue.histories is not None
    rows = (catalogue.histories.of(index).tolist() for index in range(len(catalogue.users)))
    return {
        user.id: [catalogue.items[p].id for p in row] for user, row in zip(catalogue.users, rows, strict=True)
    }


def test_titles_stand_upright_with_their_year(built: Catalogue) -> None:
    names = ["The Glass Harbour (1975)", "L'Été (1981)", 'The "Quiet" Tram (2006)', "Babylon 9"]
    assert [item.name for item in built.items] == names


def test_genres_are_facts_and_the_lack_of_them_is_none(built: Catalogue) -> None:
    assert labels(built, "genre") == [("1", "Children"), ("1", "Drama"), ("11", "Romance"), ("7", "Sci-Fi")]


def test_histories_go_by_time_and_then_by_film_number(built: Catalogue) -> None:
    assert histories(built) == {"1": ["5", "1", "7", "11"], "2": ["11"]}


def test_ratings_in_half_stars_give_their_mean(tmp_path: Path) -> None:
    rows = "".join(f"{user},1,{stars},9\n" for user, stars in enumerate((0.5, 4.5, 5, 3.5, 4), 1))
    built = movielens_csv.read_latest(write_latest(tmp_path, ratings=RATINGS.splitlines()[0] + "\n" + rows))
    assert {name: held.of_item(0) for name, held in built.literals.items()} == {"rating": [3.5], "votes": [5]}


def test_users_stand_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    rows = "".join(f"{user},1,3.0,9\n" for user in (10, 9, 100))
    folder = write_latest(tmp_path, ratings="userId,movieId,rating,timestamp\n" + rows)
    assert [user.id for user in movielens_csv.read_latest(folder).users] == ["9", "10", "100"]


@pytest.mark.parametrize("block", [1, 7, 33, 1 << 20])
def test_ratings_are_the_same_in_blocks_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(movielens_csv, "_BLOCK", block)
    built = movielens_csv.read_latest(write_latest(tmp_path))
    assert histories(built) == {"1": ["5", "1", "7", "11"], "2": ["11"]}


def test_of_users_who_stand_by_number_some_are_read_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"{user},{film},3.5,{9 - film}\n" for user in (1, 2, 2_000, 30_000, 30_001) for film in (1, 5, 7)]
    folder = write_latest(tmp_path, ratings=RATINGS.splitlines()[0] + "\n" + "".join(rows))
    whole = movielens_csv.read_latest(folder)
    monkeypatch.setattr(movielens_csv, "_BLOCK", 20)
    parts = [each.users.tolist() for each in movielens_csv._by_user(folder / "ratings.csv")]
    assert parts == [[user] * 3 for user in (1, 2, 2_000, 30_000, 30_001)]
    some = movielens_csv.read_latest(folder)
    assert (histories(some), some.notes, some.users) == (histories(whole), whole.notes, whole.users)
    assert some.literals["rating"].values.tolist() == whole.literals["rating"].values.tolist()


@pytest.mark.parametrize("block", [7, 1 << 20])
def test_users_who_come_back_have_one_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(movielens_csv, "_BLOCK", block)
    rows = "1,1,3.5,9\n2,5,3.5,9\n1,5,3.5,8\n2,1,3.5,8\n"
    folder = write_latest(tmp_path, ratings=RATINGS.splitlines()[0] + "\n" + rows)
    built = movielens_csv.read_latest(folder)
    assert histories(built) == {"1": ["5", "1"], "2": ["1", "5"]}
    assert built.notes["ties"] == {"users": 2, "last_by_id": 0}


def test_a_rating_told_twice_is_named_with_its_line_in_small_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(movielens_csv, "_BLOCK", 12)
    rows = "1,1,3.5,9\n2,1,3.5,9\n3,5,3.5,8\n3,5,4.5,8\n"
    folder = write_latest(tmp_path, ratings=RATINGS.splitlines()[0] + "\n" + rows)
    with pytest.raises(DataError, match=r"ratings\.csv:5: user 3 rates film 5 a second time"):
        movielens_csv.read_latest(folder)


def test_a_bad_line_is_numbered_alike_in_small_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(movielens_csv, "_BLOCK", 40)
    with pytest.raises(DataError, match=r"ratings\.csv:5: film 8 is not"):
        movielens_csv.read_latest(write_latest(tmp_path, ratings=RATINGS.replace("1,7,", "1,8,")))


def test_line_ends_of_windows_are_read_alike(tmp_path: Path, built: Catalogue) -> None:
    dos = {"movies": MOVIES.replace("\n", "\r\n"), "ratings": RATINGS.replace("\n", "\r\n")}
    other = movielens_csv.read_latest(write_latest(tmp_path / "dos", **dos))
    assert (other.items, histories(other)) == (built.items, histories(built))


def test_a_byte_order_mark_is_no_part_of_a_column(tmp_path: Path) -> None:
    marked = {"movies": "\ufeff" + MOVIES, "ratings": "\ufeff" + RATINGS}
    assert len(movielens_csv.read_latest(write_latest(tmp_path, **marked)).items) == 4


def test_the_two_sets_have_names_of_their_own(tmp_path: Path) -> None:
    folder = write_latest(tmp_path, "ml-32m")
    assert (movielens_csv.read_32m(folder).name, movielens_csv.read_latest(folder).name) == (
        "ml-32m",
        "ml-latest-small",
    )


@pytest.mark.parametrize("where", ["ml-latest-small/dbpedia", "ml-1m/dbpedia"])
def test_facts_of_believed_links_come_from_the_mapping_inside_or_beside(tmp_path: Path, where: str) -> None:
    folder = write_latest(tmp_path)
    write_mapping(tmp_path / where)
    assert labels(movielens_csv.read_latest(folder), "director") == [("1", "Ada Quill")]


def test_the_gate_judges_the_title_of_this_copy_not_the_mappings(tmp_path: Path) -> None:
    folder = write_latest(tmp_path)
    write_mapping(folder / "dbpedia")
    dropped = movielens_csv.read_latest(folder).notes["dropped_links"]
    assert dropped == ["7: Babylon 9 → Something Else (other part)"]


def test_files_that_decide_the_content_are_listed(tmp_path: Path) -> None:
    folder = write_latest(tmp_path, README=README)
    write_mapping(folder / "dbpedia")
    names = [path.name for path in movielens_csv.files_latest(folder)]
    assert names == [
        "movies.csv",
        "ratings.csv",
        "README.txt",
        "tags.csv",
        "mapping.tsv",
        "director.edgelist",
    ]


def test_imdb_ids_are_written_as_imdb_writes_them(tmp_path: Path) -> None:
    ids = movielens_csv.imdb_ids(write_latest(tmp_path))
    assert ids == {"1": "tt0114709", "11": "tt0098765", "7": "tt10872600"}


@pytest.mark.parametrize("bad", ["tt0114709", "-5", '"1\n2"', "1234567890"])
def test_an_imdb_number_that_is_none_is_named_with_its_line(tmp_path: Path, bad: str) -> None:
    folder = write_latest(tmp_path, links=f"movieId,imdbId,tmdbId\n1,1,1\n5,{bad},1\n")
    with pytest.raises(DataError, match=r"links\.csv:3: .* is not the number of an IMDb id"):
        movielens_csv.imdb_ids(folder)


def test_counts_that_agree_with_the_readme_are_read(tmp_path: Path) -> None:
    folder = write_latest(tmp_path, README=README)
    assert movielens_csv.read_latest(folder).counts["choices"] == 5


def test_ratings_cut_off_between_two_lines_are_seen_by_the_readme(tmp_path: Path) -> None:
    cut = RATINGS[: RATINGS.rindex("1,1,4")]
    with pytest.raises(DataError, match=r"ratings\.csv: 4 ratings, and README\.txt speaks of 5\n  Fetch"):
        movielens_csv.read_latest(write_latest(tmp_path, README=README, ratings=cut))


def test_films_cut_off_between_two_lines_are_seen_by_the_readme(tmp_path: Path) -> None:
    more = README.replace("4 movies", "87,585 movies")
    with pytest.raises(DataError, match=r"movies\.csv: 4 movies, and README\.txt speaks of 87,585"):
        movielens_csv.read_latest(write_latest(tmp_path, README=more))


BAD = {
    "a film number that is none": ("movies", MOVIES.replace("11,", "x1,"), r"movies\.csv:3: 'x1'"),
    "a film with too few fields": ("movies", MOVIES + "12,Taps\n", r"movies\.csv:6: not 3 fields"),
    "a film with a bad quote": ("movies", MOVIES + '12,"Taps"s,Drama\n', r"movies\.csv:6: not CSV"),
    "films without a column": ("movies", "movieId,name,genres\n", r"movies\.csv:1: no column 'title'"),
    "films with a header only": ("movies", "movieId,title,genres\n", r"movies\.csv: no films"),
    "ratings with a header only": ("ratings", RATINGS[:32], r"ratings\.csv: no ratings"),
    "ratings with another header": ("ratings", "user,item\n1,2\n", r"ratings\.csv:1: the first line is"),
    "a rating out of range": ("ratings", RATINGS + "2,1,9.0,9\n", r"ratings\.csv:7: a rating of 9"),
    "a rating with too few fields": ("ratings", RATINGS + "2,1,4.0\n", r"ratings\.csv:7: expected 4"),
    "a rating with a word": ("ratings", RATINGS + "2,1,4.0,noon\n", r"ratings\.csv:7: expected 4"),
    "a rating told twice": ("ratings", RATINGS + "1,5,4.0,9\n", r"ratings\.csv:7: user 1 rates film 5 a s"),
    "a number beyond all bounds": ("ratings", RATINGS + f"{'9' * 12},1,4.0,9\n", r"ratings\.csv:7: expec"),
}


@pytest.mark.parametrize(("file", "content", "said"), BAD.values(), ids=BAD)
def test_bad_input_is_named_with_file_line_and_remedy(
    tmp_path: Path, file: str, content: str, said: str
) -> None:
    with pytest.raises(DataError, match=said + r"[^\n]*\n  \S"):
        movielens_csv.read_latest(write_latest(tmp_path, **{file: content}))
