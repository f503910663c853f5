"""Amazon-Book in small files written here: books, relations, readers' histories, and what is skipped."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kg import catalogue as catalogues
from kg.catalogue import Catalogue
from kg.errors import DataError
from kg.sources import amazon

BOOK_COLUMNS = (
    "Title description authors image previewLink publisher publishedDate infoLink categories ratingsCount"
).split()
RATING_COLUMNS = (
    "Id Title Price User_id profileName review/helpfulness review/score review/time review/summary"
    " review/text"
).split()


def book(
    title: str, authors: str = "['Ada Quill']", published: str = "1996", genres: str = "['Fiction']"
) -> list[str]:
    return [title, "A harbour\nmade of glass.", authors, "", "", "Lund", published, "", genres, "3.0"]


def rating(title: str, user: str, time: int | str, score: str = "5.0") -> list[str]:
    return ["1", title, "", user, "Nemo, the reader", "0/0", score, str(time), "Fine", 'Two\n\n"lines", all']


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([columns, *rows])
    return out.getvalue()


BOOKS = table(BOOK_COLUMNS, [book("The Glass Harbour"), book("Night Tram"), book("Salt, Road and Sea")])
RATINGS = table(
    RATING_COLUMNS,
    [
        rating("Salt, Road and Sea", "b", 200),
        rating("Night Tram", "b", 100),
        rating("Night Tram", "a", 300, "1.0"),
        rating("The Glass Harbour", "b", 200),
        rating("Night Tram", "b", 900),
    ],
)


def write_amazon(data: Path, books: str | bytes = BOOKS, ratings: str | bytes = RATINGS) -> Path:
    """Write a small `amazon-books` into `data`."""
    folder = data / "amazon-books"
    folder.mkdir(parents=True)
    for name, content in ((amazon.BOOKS, books), (amazon.RATINGS, ratings)):
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(data: Path, *books: Sequence[str], ratings: Sequence[Sequence[str]] = ()) -> Catalogue:
    rated = ratings or [rating(books[0][0], "a", 1)]
    return amazon.read(write_amazon(data, table(BOOK_COLUMNS, books), table(RATING_COLUMNS, rated)))


def facts(catalogue: Catalogue, relation: str) -> list[tuple[str, str]]:
    code = [str(each.name) for each in catalogue.relations].index(relation)
    return [(catalogue.items[i].id, catalogue.entities[e].label) for i, r, e in catalogue.edges if r == code]


def skipped(catalogue: Catalogue, file: str) -> dict[str, Any]:
    found: dict[str, Any] = catalogue.notes["report"][file]["skipped"]
    return found


@pytest.fixture
def built(tmp_path: Path) -> Catalogue:
    return amazon.read(write_amazon(tmp_path))


def test_a_book_has_the_slug_of_its_title_as_id(built: Catalogue) -> None:
    ids = ["book/the-glass-harbour", "book/night-tram", "book/salt-road-and-sea"]
    assert [item.id for item in built.items] == ids


def test_a_book_has_title_year_and_domain(built: Catalogue) -> None:
    assert (built.items[2].name, built.items[2].domain) == ("Salt, Road and Sea (1996)", "book")


def test_a_description_of_several_lines_is_the_text(built: Catalogue) -> None:
    assert built.texts["book/night-tram"] == "A harbour\nmade of glass."  # type: ignore[index]


@pytest.mark.parametrize(
    ("relation", "label"), [("author", "Ada Quill"), ("publisher", "Lund"), ("genre", "Fiction")]
)
def test_a_book_has_its_relations(built: Catalogue, relation: str, label: str) -> None:
    assert facts(built, relation)[1] == ("book/night-tram", label)


def test_histories_go_by_time_then_id_and_keep_a_book_once(built: Catalogue) -> None:
    assert built.histories is not None
    rows = [built.histories.of(number).tolist() for number in range(2)]
    assert (rows, [user.id for user in built.users]) == ([[1], [1, 2, 0]], ["a", "b"])


def test_ratings_give_facts_and_a_reader_counts_once(tmp_path: Path) -> None:
    rows = [
        rating("Night Tram", user, 9, f"{score}.0")
        for user, score in zip("abcde", (5, 4, 4, 5, 5), strict=True)
    ]
    built = read(tmp_path, book("Night Tram"), ratings=[*rows, rating("Night Tram", "a", 8, "1.0")])
    assert {name: held.of_item(0) for name, held in built.literals.items()} == {"rating": [3.8], "votes": [5]}


def priced(row: list[str], price: str) -> list[str]:
    return [*row[:2], price, *row[3:]]


def test_prices_of_all_editions_are_facts(tmp_path: Path) -> None:
    row = rating("Night Tram", "a", 9)
    rows = [priced(row, price) for price in ("14.5", "9.99", "", "14.50", "free", "0")]
    built = read(tmp_path, book("Night Tram"), ratings=rows)
    assert built.literals["price"].of_item(0) == [9.99, 14.5]
    assert {str(each.name): each.unit for each in built.relations}["price"] == "USD"


def test_a_log_may_lack_prices(tmp_path: Path) -> None:
    rows = [
        [each for column, each in enumerate(row) if column != 2]
        for row in (RATING_COLUMNS, rating("Night Tram", "a", 9))
    ]
    log = table(rows[0], rows[1:])
    built = amazon.read(write_amazon(tmp_path, table(BOOK_COLUMNS, [book("Night Tram")]), log))
    assert list(built.literals) == ["votes"]


def test_the_report_counts_what_was_read(built: Catalogue) -> None:
    assert [built.notes["report"][name]["read"] for name in (amazon.BOOKS, amazon.RATINGS)] == [3, 5]


def test_an_inverted_article_goes_to_the_front_and_a_bracket_gives_another_title(tmp_path: Path) -> None:
    item = read(tmp_path, book("Harbour of Glass, The"), book("Night Tram (Penguin Classics)")).items
    assert (item[0].title, item[1].aliases) == ("The Harbour of Glass", ("Night Tram",))


@pytest.mark.parametrize(
    ("published", "year"),
    [
        ("1996", 1996),
        ("2005-02", 2005),
        ("2005-02-01", 2005),
        ("2005-02-01T00:00:00+00:00", 2005),
        ("1996*", 1996),
        ("1996?", 1996),
        ("[1871]", 1871),
        ("October 1, 2004", 2004),
        ("01/02/1999", 1999),
        ("19??", None),
        ("199?", None),
        ("101-01-01", None),
        ("20051", None),
        ("", None),
    ],
)
def test_a_year_is_read_off_every_form_of_a_date(published: str, year: int | None) -> None:
    assert amazon.year_of(published) == year


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("['Ada Quill']", ("Ada Quill",)),
        ("['Ada Quill', 'Bo Lund']", ("Ada Quill", "Bo Lund")),
        ("""["Cy O'Marsh", 'Dov "D" E']""", ("Cy O'Marsh", 'Dov "D" E')),
        (r"['Cy O\'Marsh', 'back\\slash']", ("Cy O'Marsh", r"back\slash")),
        (r"['Caf\xe9', '\u017bona', '\U0001f600']", ("Café", "Żona", "😀")),
        ("['Smith, John']", ("Smith, John",)),
        ("['A', 'A', ' ']", ("A",)),
        ("['A',]", ("A",)),
        ("[]", ()),
        ("", ()),
        (r"['\ud800', '\Uffffffff']", ("\ufffd",)),
    ],
)
def test_a_list_is_read_as_python_prints_it(value: str, names: tuple[str, ...]) -> None:
    assert amazon.listed(value) == names


@pytest.mark.parametrize(
    "value",
    [
        "Ada Quill",
        "['Ada",
        "['Ada'",
        "['a' 'b']",
        "[1, 2]",
        "[__import__('os').system('true')]",
        "['a'] + ['b']",
        "[['a']]",
        "['a', b'c']",
        "['" + "\\" * 9 + "']",
    ],
)
def test_what_is_no_list_of_strings_is_refused(value: str) -> None:
    assert amazon.listed(value) is None


def test_a_long_list_that_never_ends_is_refused_at_once() -> None:
    assert amazon.listed("['" + "a\\'" * 300_000 + "]") is None


def test_a_book_whose_authors_are_no_list_is_kept_without_and_counted(tmp_path: Path) -> None:
    built = read(tmp_path, book("Night Tram", authors="os.system('x')"))
    note = skipped(built, amazon.BOOKS)["authors are no list: the book is kept without"]
    assert (len(built.items), note) == (1, {"rows": 1, "first_lines": [2]})


def test_two_books_of_one_title_are_told_apart_by_author(tmp_path: Path) -> None:
    built = read(tmp_path, book("Poems", "['Ada Quill']"), book("Poems", "['Bo Lund']"), book("Night Tram"),
                 ratings=[rating("Night Tram", "a", 1)])  # fmt: skip
    assert [item.id for item in built.items[:2]] == ["book/poems--ada-quill", "book/poems--bo-lund"]


def test_a_rating_of_a_title_that_two_books_have_is_nobodys(tmp_path: Path) -> None:
    built = read(tmp_path, book("Poems", "['Ada Quill']"), book("Poems", "['Bo Lund']"), book("Night Tram"),
                 ratings=[rating("Poems", "a", 1), rating("Night Tram", "a", 1)])  # fmt: skip
    assert skipped(built, amazon.RATINGS) == {
        "title is not that of one book of books_data.csv": {"rows": 1, "first_lines": [2]}
    }


def test_another_spelling_of_title_by_the_same_author_is_the_same_book(tmp_path: Path) -> None:
    built = read(tmp_path, book("Night Tram"), book("NIGHT TRAM!"),
                 ratings=[rating("NIGHT TRAM!", "a", 1)])  # fmt: skip
    assert [(item.id, item.aliases) for item in built.items] == [
        ("book/night-tram--ada-quill", ("NIGHT TRAM!",))
    ]


def test_titles_that_differ_in_spelling_only_stay_apart_where_no_author_is_known(tmp_path: Path) -> None:
    built = read(tmp_path, book("Poems", ""), book("POEMS", ""))
    assert len({item.id for item in built.items}) == 2


def test_ids_do_not_depend_on_the_order_of_the_rows(tmp_path: Path) -> None:
    books = [book("Poems", f"['{name}']") for name in ("A", "B", "C")] + [book("POEMS", ""), book("Tram")]
    ids = []
    for number in range(4):
        books = [*books[1:], books[0]]
        built = read(tmp_path / str(number), *books, ratings=[rating("Tram", "a", 1)])
        ids.append(sorted(item.id for item in built.items))
    assert ids == [ids[0]] * 4


@pytest.mark.parametrize("title", ["???", "...", "*" * 300])
def test_a_title_without_letters_has_an_id(tmp_path: Path, title: str) -> None:
    assert len(read(tmp_path, book(title)).items[0].id) == len("book/") + 10


def test_a_very_long_title_has_a_short_id(tmp_path: Path) -> None:
    long = "harbour " * 60
    items = read(tmp_path, book(long + "a"), book(long + "b")).items
    assert (len({item.id for item in items}), max(len(item.id) for item in items) < 110) == (2, True)


def test_a_row_told_twice_is_kept_once_and_counted(tmp_path: Path) -> None:
    built = read(tmp_path, book("Night Tram"), book("Night Tram"))
    assert skipped(built, amazon.BOOKS) == {
        "title and authors are there already": {"rows": 1, "first_lines": [4]}
    }


def test_rows_that_cannot_be_used_are_counted_by_reason_with_their_first_lines(tmp_path: Path) -> None:
    bad = [
        rating("Night Tram", "", 1),
        rating("Unheard Of", "a", 1),
        rating("Night Tram", "a", -1),
        rating("Night Tram", "a", 1, "eleven"),
        ["too", "short"],
        *[rating("Night Tram", "", 1)] * 9,
    ]
    ratings = table(RATING_COLUMNS, [*bad, rating("Night Tram", "a", 1)])
    built = amazon.read(write_amazon(tmp_path, ratings=ratings))
    assert skipped(built, amazon.RATINGS) == {
        "no user": {"rows": 10, "first_lines": [2, 15, 18, 21, 24]},
        "title is not that of one book of books_data.csv": {"rows": 1, "first_lines": [5]},
        "no time": {"rows": 1, "first_lines": [8]},
        "score is not 1 to 5": {"rows": 1, "first_lines": [11]},
        "not 10 fields": {"rows": 1, "first_lines": [14]},
    }


def test_a_row_with_a_bad_quote_is_skipped_and_the_next_is_read(tmp_path: Path) -> None:
    header, rest = BOOKS.split("\n", 1)
    built = amazon.read(write_amazon(tmp_path, f'{header}\n"Taps"s,b\n{rest}'))
    (reason,) = skipped(built, amazon.BOOKS)
    assert (len(built.items), reason.startswith("not CSV")) == (3, True)


def test_what_looks_like_a_formula_or_markup_stays_text(tmp_path: Path) -> None:
    built = read(tmp_path, book("=HYPERLINK(1)", "['<b>@Ada</b>']"))
    assert (built.items[0].title, facts(built, "author")[0][1]) == ("=HYPERLINK(1)", "<b>@Ada</b>")


def test_equal_files_give_equal_bytes(tmp_path: Path) -> None:
    hashes = []
    for name in ("x", "y"):
        (tmp_path / f"{name}-kept").mkdir()
        catalogues.save(amazon.read(write_amazon(tmp_path / name)), tmp_path / f"{name}-kept")
        hashes.append(catalogues.read_manifest(tmp_path / f"{name}-kept")["sha256"])
    assert hashes[0] == hashes[1]


def test_ratings_of_other_books_only_are_refused_with_the_reason(tmp_path: Path) -> None:
    ratings = table(RATING_COLUMNS, [rating("Unheard Of", "a", 1)])
    with pytest.raises(
        DataError, match=r"Books_rating\.csv: no rating.*\n  Skipped: title is not .* \(1\)\."
    ):
        amazon.read(write_amazon(tmp_path, ratings=ratings))


def test_a_quote_that_is_never_closed_is_named_by_the_line_of_its_row(tmp_path: Path) -> None:
    books = BOOKS + '"Open, and so on\n' + "more\n" * 3
    with pytest.raises(DataError, match=r"books_data\.csv:8: the file ends inside a quoted field.*\n  Fetch"):
        amazon.read(write_amazon(tmp_path, books))


def test_other_columns_are_refused_with_those_expected(tmp_path: Path) -> None:
    with pytest.raises(
        DataError, match=r"books_data\.csv:1: no column 'description'.*'Title, x'\n  Expected"
    ):
        amazon.read(write_amazon(tmp_path, "Title,x\na,b\n"))


def test_a_quote_that_swallows_too_much_costs_its_row_and_what_follows_is_read(tmp_path: Path) -> None:
    header, rest = BOOKS.split("\n", 1)
    open_quote = '"Open, and so on\n' + ("x" * 99 + "\n") * 1_400
    built = amazon.read(write_amazon(tmp_path, f"{header}\n{open_quote}{rest}"))
    reasons = skipped(built, amazon.BOOKS)
    (swallowed,) = [note for reason, note in reasons.items() if "limit" in reason]
    assert (len(built.items), swallowed) == (3, {"rows": 1, "first_lines": [2]})
