"""Tags and the tag genome as theme text, in small files written here."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.builder import Builder
from kg.errors import DataError
from kg.sources import movielens, movielens_csv, tags
from kg.types import Item, ItemId

HEAD = "userId,movieId,tag,timestamp\n"


def text_of(folder: Path, text: str = "", **written: str) -> str:
    """Write files of tags (`tags_csv` …) and return the text of film 1 with them."""
    for name, content in written.items():
        stem, _, ending = name.rpartition("_")
        (folder / f"{stem.replace('_', '-')}.{ending}").write_text(content, encoding="utf-8")
    builder = Builder()
    builder.add_item(Item(ItemId("1"), "Glass Harbour"), text)
    tags.add(builder, folder)
    return builder.texts.get(ItemId("1"), "")


def uses(*said: str, film: int = 1) -> str:
    """Return rows of a `tags.csv`; '3 heist': three people use the tag."""
    rows = [(count, tag) for each in said for count, _, tag in [each.partition(" ")]]
    return "".join(f'{user},{film},"{tag}",9\n' for count, tag in rows for user in range(int(count)))


def test_tags_are_a_sentence_after_the_text_most_used_first(tmp_path: Path) -> None:
    said = text_of(tmp_path, "Two glaziers meet.", tags_csv=HEAD + uses("1 slow", "3 heist", "2 sea air"))
    assert said == "Two glaziers meet. Heist, sea air, slow."


def test_a_text_that_was_cut_off_is_ended_before_them(tmp_path: Path) -> None:
    assert text_of(tmp_path, "Two glaziers me", tags_csv=HEAD + uses("1 slow")) == "Two glaziers me… Slow."


def test_spellings_of_a_tag_are_one_in_the_usual_spelling(tmp_path: Path) -> None:
    rows = "1,1,Neo-Noir,9\n2,1,neo-noir,9\n3,1, neo-noir.,9\n4,1,sea,9\n"
    assert text_of(tmp_path, tags_csv=HEAD + rows) == "Neo-noir, sea."


def test_a_person_counts_once_for_a_tag(tmp_path: Path) -> None:
    rows = "1,1,dull,9\n1,1,Dull,9\n1,1,dull,10\n" + uses("2 heist")
    assert text_of(tmp_path, tags_csv=HEAD + rows) == "Heist, dull."


def test_tags_of_one_person_are_left_out_where_a_film_has_enough_others(tmp_path: Path) -> None:
    shared = [f"2 theme {n:02}" for n in range(tags.ENOUGH)]
    assert "lonely" not in text_of(tmp_path, tags_csv=HEAD + uses("1 lonely", *shared)).lower()


def test_tags_of_one_person_fill_up_to_enough(tmp_path: Path) -> None:
    once = [f"1 theme {n:02}" for n in range(20)]
    said = text_of(tmp_path, tags_csv=HEAD + uses("2 heist", *once))
    assert said == "Heist, " + ", ".join(f"theme {n:02}" for n in range(tags.ENOUGH - 1)) + "."


def test_a_film_has_thirty_tags_at_most(tmp_path: Path) -> None:
    said = text_of(tmp_path, tags_csv=HEAD + uses(*(f"2 theme {n:02}" for n in range(40))))
    assert said.count(",") == tags.MOST - 1


@pytest.mark.parametrize(
    "junk", ["seen in cinema", "Eric's DVDs", "to see", "less than 300 ratings", "!!", "x", "so " * 30]
)
def test_what_says_nothing_of_the_film_is_no_theme(tmp_path: Path, junk: str) -> None:
    assert text_of(tmp_path, tags_csv=HEAD + uses(f"3 {junk}")) == ""


def test_tags_of_films_that_are_not_there_are_left_out(tmp_path: Path) -> None:
    assert text_of(tmp_path, tags_csv=HEAD + uses("2 heist", film=2)) == ""


def test_tags_in_the_older_layout_may_hold_its_separator(tmp_path: Path) -> None:
    assert text_of(tmp_path, tags_dat="1::1::glass::sea::9\n2::1::heist::9\n") == "Glass::sea, heist."


def test_relevant_tags_of_the_genome_are_read(tmp_path: Path) -> None:
    scores = "movieId,tagId,relevance\n1,1,0.7\n1,2,0.95\n1,3,0.2\n"
    names = "tagId,tag\n1,moody\n2,harbour\n3,space\n"
    assert text_of(tmp_path, genome_scores_csv=scores, genome_tags_csv=names) == "Harbour, moody."


def test_the_genome_and_what_people_use_take_turns(tmp_path: Path) -> None:
    scores = "movieId,tagId,relevance\n1,1,0.7\n1,2,0.95\n"
    names = "tagId,tag\n1,moody\n2,harbour\n"
    used = HEAD + uses("3 heist", "2 Harbour")
    said = text_of(tmp_path, genome_scores_csv=scores, genome_tags_csv=names, tags_csv=used)
    assert said == "Heist, harbour, moody."


BAD = {
    "a line with too few fields": ("tags_dat", "1::1::9\n", r"tags\.dat:1: 3 fields, expected 4"),
    "a file that is cut off": ("tags_csv", HEAD + "1,1,he", r"tags\.csv:2: the file ends in the middle"),
    "another header": ("tags_csv", "user,film\n", r"tags\.csv:1: no column 'userId'"),
}


@pytest.mark.parametrize(("name", "content", "said"), BAD.values(), ids=BAD)
def test_bad_tags_are_named(tmp_path: Path, name: str, content: str, said: str) -> None:
    with pytest.raises(DataError, match=said + r"[^\n]*\n  \S"):
        text_of(tmp_path, **{name: content})


@pytest.mark.parametrize(
    ("row", "said"),
    [("1,9,0.5", "tag '9' is not in"), ("1,1,high", "a relevance of 'high', expected 0 to 1")],
)
def test_a_bad_score_of_the_genome_is_named(tmp_path: Path, row: str, said: str) -> None:
    scores = f"movieId,tagId,relevance\n{row}\n"
    with pytest.raises(DataError, match=rf"genome-scores\.csv:2: {said}"):
        text_of(tmp_path, genome_scores_csv=scores, genome_tags_csv="tagId,tag\n1,moody\n")


def write_films(folder: Path) -> None:
    for name, content in {
        "movies.csv": "movieId,title,genres\n1,Glass Harbour (1975),Drama\n",
        "ratings.csv": "userId,movieId,rating,timestamp\n1,1,4.0,9\n",
        "movies.dat": "1::Glass Harbour (1975)::Drama\n",
        "users.dat": "1::F::25::2::0\n",
        "ratings.dat": "1::1::4::9\n",
        "tags.csv": HEAD + uses("2 heist"),
    }.items():
        (folder / name).write_text(content)


@pytest.mark.parametrize("read", [movielens.read_1m, movielens_csv.read_latest])
def test_readers_of_movielens_read_tags_as_text_and_not_as_facts(tmp_path: Path, read: object) -> None:
    write_films(tmp_path)
    built = read(tmp_path)  # type: ignore[operator]
    assert built.texts == {"1": "Heist."}
    assert [each.label for each in built.entities] == ["Drama"]
    assert built.notes["tags"] == {"films": 1}


@pytest.mark.parametrize("files", [movielens.files_1m, movielens_csv.files_latest])
def test_tags_decide_the_content_of_a_catalogue(tmp_path: Path, files: object) -> None:
    write_films(tmp_path)
    assert tmp_path / "tags.csv" in files(tmp_path)  # type: ignore[operator]
