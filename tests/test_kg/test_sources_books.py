"""LibraryThing's files and the catalogue that ships with Usher."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kg.catalogue import Catalogue
from kg.errors import DataError
from kg.sources import dbpedia, librarything

AT = "http://dbpedia.org/resource/"


def write(data: Path, ratings: str = f"r1 {AT}Blue_Door_(1990_novel) 9 -1\n") -> Path:
    folder = data / "librarything"
    (folder / "dbpedia").mkdir(parents=True)
    mapping = f"1\tBlue Door\t{AT}Blue_Door_(1990_novel)\n"
    mapping += f"2\tBlue Door: A Tale [large print]\t{AT}Blue_Door_(1990_novel)\n"
    mapping += f"3\tDistress\t{AT}A_Damsel_in_Distress\n4\tLady Ch%C3%A2telet\t{AT}Lady_Ch%25C3%25A2telet\n"
    (folder / "dbpedia" / "mapping.tsv").write_text(mapping, encoding="utf-8")
    edges = f"{AT}Blue_Door_(1990_novel) {AT}Ada_Quill_(writer)\n{AT}Unheard_Of {AT}Bo_Lund\n"
    (folder / "dbpedia" / "author.edgelist").write_text(edges, encoding="utf-8")
    (folder / "ratings.dat").write_text(ratings, encoding="utf-8")
    return folder


@pytest.fixture
def built(tmp_path: Path) -> Catalogue:
    return librarything.read(write(tmp_path))


def test_a_book_is_its_page_and_two_links_to_it_are_one_book(built: Catalogue) -> None:
    assert len(built.items) == 3


def test_a_book_takes_title_and_year_from_the_name_of_its_page(built: Catalogue) -> None:
    assert (built.items[0].name, built.items[0].domain) == ("Blue Door (1990)", "book")


def test_a_believed_title_is_an_alias(built: Catalogue) -> None:
    assert built.items[0].aliases == ("Blue Door: A Tale",)


def test_a_title_that_is_not_believed_is_no_alias(built: Catalogue) -> None:
    assert built.items[1].aliases == ()


def test_a_page_escaped_twice_is_unescaped(built: Catalogue) -> None:
    assert built.items[2].title == "Lady Châtelet"


def test_facts_of_pages_that_are_no_book_are_left_out(built: Catalogue) -> None:
    assert [entity.label for entity in built.entities] == ["Ada Quill"]


def test_readers_choices_are_read(built: Catalogue) -> None:
    assert built.histories is not None
    assert built.histories.of(0).tolist() == [0]


def test_ratings_of_one_to_ten_are_facts(tmp_path: Path) -> None:
    rows = "".join(f"r{n} {AT}Blue_Door_(1990_novel) {n + 5} -1\n" for n in range(5))
    built = librarything.read(write(tmp_path, ratings=rows))
    assert {name: held.of_item(0) for name, held in built.literals.items()} == {"rating": [7.0], "votes": [5]}


def test_choices_of_books_outside_the_catalogue_are_left_out(tmp_path: Path) -> None:
    assert librarything.read(write(tmp_path, ratings=f"r1 {AT}Elsewhere 9 -1\n")).histories is None


def test_ratings_cut_short_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"ratings.dat:1: the file ends in the middle of a line\n  Fetch"):
        librarything.read(write(tmp_path, ratings=f"r1 {AT}Blue_Door_(1990_novel) 9 -1"))


def test_a_mapping_line_with_too_few_fields_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "dbpedia" / "mapping.tsv").write_text("1\tBlue Door\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"mapping.tsv:1: 2 fields, expected 3"):
        librarything.read(folder)


def test_a_mapping_in_another_encoding_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "dbpedia" / "mapping.tsv").write_bytes(b"1\tCaf\xe9\tx\n")
    with pytest.raises(DataError, match=r"mapping.tsv:1: expected UTF-8, found another encoding\n  .*iconv"):
        librarything.read(folder)


def test_a_missing_mapping_is_named(tmp_path: Path) -> None:
    (tmp_path / "librarything").mkdir()
    with pytest.raises(DataError, match=r"mapping.tsv: the file is not there\n  .*--data"):
        librarything.read(tmp_path / "librarything")


def test_an_entity_of_a_page_has_the_qualifier_off_its_label() -> None:
    assert dbpedia.entity(f"{AT}John_Morris_(composer)").label == "John Morris"


def test_a_literal_in_an_edgelist_keeps_its_whole_name() -> None:
    assert dbpedia.entity("Print_(Hardback)").label == "Print (Hardback)"


@cache
def real(folder: Path) -> Catalogue:
    return librarything.read(folder)


def test_the_real_librarything_has_9926_books(shared: Path) -> None:
    assert real(shared / "librarything").counts["items"] == 9926


def test_the_real_librarything_knows_an_author_of_most_books(shared: Path) -> None:
    catalogue = real(shared / "librarything")
    author = [each.name for each in catalogue.relations].index("author")
    books = {item for item, code, _ in catalogue.edges.tolist() if code == author}
    assert len(books) > 0.6 * len(catalogue.items)
