"""The paper's data sets, read from small files of their publishers' forms; all of it is invented."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import bench.run
from bench.pair_wise import files
from bench.pair_wise.feedback import NOTHING, Feedback
from kg.errors import DataError, UsageError

Run = Callable[..., Any]


def plain(told: Feedback) -> list[tuple[str, str, bool]]:
    """Users, titles and likes by time."""
    rows = told.in_order()
    return [
        (told.user_ids[user], told.catalogue.titles[item], bool(liked))
        for user, item, liked in zip(rows.users, rows.items, rows.liked, strict=True)
    ]


def write(path: Path, *lines: str) -> Path:
    text = "".join(line + "\n" for line in lines)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def mind(tmp_path: Path) -> Path:
    write(
        tmp_path / "news.tsv",
        "N1\tsports\tsoccer\tA cup is won\t\thttp://x\t[]\t[]",
        "N2\tnews\tworld\tRain at last\tIt rained.\thttp://x\t[]\t[]",
        "N3\tnews\tworld\tA bridge opens\t\thttp://x\t[]\t[]",
    )
    return write(
        tmp_path / "behaviors.tsv",
        "2\tU9\t11/12/2019 1:05:00 PM\t\tN3-0 N1-1",
        "1\tU10\t11/12/2019 9:05:58 AM\tN1 N3\tN2-1 N3-0",
    )


def test_mind_has_a_row_a_shown_article(mind: Path) -> None:
    assert plain(files.read("mind", mind)) == [
        ("U10", "Rain at last", True),
        ("U10", "A bridge opens", False),
        ("U9", "A cup is won", True),
        ("U9", "A bridge opens", False),
    ]


def test_minds_history_is_that_of_the_line(mind: Path) -> None:
    told = files.read("mind", mind).in_order()
    assert told.histories is not None
    known = [[told.catalogue.ids[n] for n in row if n != NOTHING] for row in told.histories]
    assert known == [["N1", "N3"], ["N1", "N3"], [], []]


def test_a_mark_that_is_none_is_named_with_its_line(mind: Path) -> None:
    write(mind, "1\tU1\t11/12/2019 9:05:58 AM\t\tN2-1", "2\tU1\t11/12/2019 9:05:58 AM\t\tN2")
    with pytest.raises(DataError, match=r"behaviors\.tsv:2\D.*'N2' is not N123-0 or N123-1"):
        files.read("mind", mind)


def test_microlens_tells_choices(tmp_path: Path) -> None:
    write(tmp_path / "MicroLens-50k_titles.csv", "item,title", '1,"Cats, again"', "2,A long run")
    path = write(
        tmp_path / "MicroLens-50k_pairs.csv", "user,item,timestamp", "7,2,1583378630", "7,1,1583378600"
    )
    told = files.read("microlens", path)
    assert told.chosen_only
    assert plain(told) == [("7", "Cats, again", True), ("7", "A long run", True)]


def test_goodreads_tells_ratings_and_0_is_none(tmp_path: Path) -> None:
    books = [{"book_id": "5", "title": "A Quiet Sea"}, {"book_id": "6", "title": "Mill Lane"}]
    write(tmp_path / "goodreads_books_poetry.json.gz", *map(json.dumps, books))
    rows = [
        {"user_id": "u", "book_id": "5", "rating": 3, "date_added": "Mon Mar 18 09:32:16 -0700 2013"},
        {"user_id": "u", "book_id": "6", "rating": 4, "date_added": "Mon Mar 18 16:00:00 +0000 2013"},
        {"user_id": "v", "book_id": "6", "rating": 0, "date_added": "Mon Mar 18 16:00:00 +0000 2013"},
    ]
    path = write(tmp_path / "goodreads_interactions_poetry.json.gz", *map(json.dumps, rows))
    told = files.read("goodreads", path)
    assert not told.chosen_only
    assert plain(told) == [("u", "Mill Lane", True), ("u", "A Quiet Sea", False)]  # by the moment, zones told


@pytest.mark.parametrize(
    "meta", ["{'asin': 'B1', 'title': \"It's Late\"}", '{"asin": "B1", "title": "It\'s Late"}']
)
def test_cds_are_read_as_json_and_as_python_wrote_them(tmp_path: Path, meta: str) -> None:
    write(tmp_path / "meta_CDs_and_Vinyl.json", meta)
    rows = [
        {"reviewerID": "A", "asin": "B1", "overall": 5.0, "unixReviewTime": 1035417600},
        {"reviewerID": "A", "asin": "B2", "overall": 2.0, "unixReviewTime": 1035417601},
    ]
    path = write(tmp_path / "CDs_and_Vinyl.json", *map(json.dumps, rows))
    assert plain(files.read("cds", path)) == [("A", "It's Late", True), ("A", "", False)]


def test_hm_tells_days_and_descriptions(tmp_path: Path) -> None:
    write(tmp_path / "articles.csv", "article_id,prod_name,detail_desc", "0108775015,Top,A vest in jersey.")
    path = write(
        tmp_path / "transactions_train.csv",
        "t_dat,customer_id,article_id,price,sales_channel_id",
        "2018-09-21,c1,0108775015,0.05,2",
        "2018-09-20,c2,0108775015,0.05,2",
    )
    assert plain(files.read("hm", path)) == [
        ("c2", "A vest in jersey.", True),
        ("c1", "A vest in jersey.", True),
    ]


def test_the_order_of_lines_decides_no_number(tmp_path: Path) -> None:
    write(tmp_path / "titles.csv", "item,title", "1,One", "2,Two")
    lines = ["9,2,5", "10,1,4", "9,1,6"]
    told = [
        files.read("microlens", write(tmp_path / "pairs.csv", "user,item,timestamp", *each))
        for each in (lines, lines[::-1])
    ]
    assert told[0].catalogue == told[1].catalogue
    assert told[0].user_ids == told[1].user_ids == ["9", "10"]
    assert told[0].items.tolist() == told[1].items.tolist()


@pytest.mark.parametrize(
    ("name", "lines", "said"),
    [
        ("microlens", ["user,thing,timestamp", "1,2,3"], "no column 'item'"),
        ("microlens", ["user,item,timestamp", "1,2"], "fields are missing or too many"),
        ("microlens", ["user,item,timestamp", "1,2,soon"], "'soon' is not a number"),
        ("microlens", ["user,item,timestamp"], "no interaction in it"),
        ("hm", ["t_dat,customer_id,article_id", "20-9-2018,c,1"], "is not a time like %Y-%m-%d"),
        ("cds", ['{"reviewerID": "A"'], "not an object"),
        ("cds", ['{"reviewerID": "A"}'], "no field 'asin'"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, name: str, lines: list[str], said: str) -> None:
    write(tmp_path / "titles.csv", "item,title")
    write(tmp_path / "articles.csv", "article_id,detail_desc")
    write(tmp_path / "meta_x.json", '{"asin": "B1"}')
    with pytest.raises(DataError, match=said):
        files.read(name, write(tmp_path / "log", *lines))


def test_titles_that_are_not_there_are_asked_for(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no file of titles beside it: articles\.csv"):
        files.read("hm", write(tmp_path / "transactions_train.csv", "t_dat,customer_id,article_id"))


def test_an_unknown_data_set_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean 'goodreads'"):
        files.read("goodread", tmp_path)


# The command


def test_the_command_reads_a_file(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "titles.csv", "item,title", *(f"{n},Title {n}" for n in range(30)))
    events = [f"{n % 4},{n % 30},{n}" for n in range(60)]
    path = write(tmp_path / "pairs.csv", "user,item,timestamp", *events)
    done = run("--task", "pair-wise", "--catalogue", "microlens", "--from", path, "--system", "popularity")
    assert (done.code, "pair-wise on microlens: 18 rows" in done.out) == (0, True)


def test_a_data_set_without_a_file_says_what_to_give(run: Run) -> None:
    done = run("--task", "pair-wise", "--catalogue", "mind")
    assert (done.code, "with --from FILE" in done.err) == (2, True)


def test_a_catalogue_takes_no_file(run: Run, tmp_path: Path) -> None:
    done = run("--task", "pair-wise", "--catalogue", "builtin", "--from", tmp_path / "x")
    assert (done.code, "--from is for --catalogue mind" in done.err) == (2, True)


def test_other_tasks_take_no_file(run: Run, tmp_path: Path) -> None:
    done = run("--task", "next-item", "--from", tmp_path / "x")
    assert (done.code, "--from is for --task pair-wise" in done.err) == (2, True)


def test_the_names_of_the_command_are_those_of_the_readers() -> None:
    assert bench.run.PUBLISHED == files.NAMES
