"""`python -m bench.report`: runs side by side from their folders, as text, Markdown, CSV and one page."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import bench.report
from agent.terminal import run_app
from bench.reports import cases, figures, panel, paper, tables
from bench.reports import runs as folders
from bench.reports.csv import comma_separated, harmless
from bench.reports.figures import Group, Point
from bench.reports.markdown import escaped, markdown
from bench.reports.page import page
from bench.reports.runs import Runs
from bench.types import Answer, AnswerCorrection
from kg.errors import DataError, UsageError
from kg.graph import KnowledgeGraph
from kg.store import Opened

EVIL = '<script>alert("x")</script>'
VOID = {"meta", "link", "br", "input", "img", "hr"}


class Reader(HTMLParser):
    """Collects tags, text and attributes, and complains about tags that do not match."""

    def __init__(self, text: str):
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture
def queries(lines: Callable[..., Path], toy_queries: list[dict[str, Any]]) -> Path:
    return lines("queries.jsonl", *toy_queries)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test leaves what it ran for all others."""
    return tmp_path_factory.mktemp("runs")


@pytest.fixture
def two(
    on_toy: Callable[..., Any],
    queries: Path,
    toy: KnowledgeGraph,
    monkeypatch: pytest.MonkeyPatch,
    once: Path,
) -> list[Path]:
    """The folders of the assistant's and of the most popular items' run."""
    opened = Opened(toy, queries.parent / "toy")
    monkeypatch.setattr("bench.reports.runs.open_catalogue", lambda *_: opened)
    monkeypatch.setenv("USHER_HOME", str(queries.parent / "home"))
    folders = {"agent": (), "popular": ("--system", "popularity")}
    for name, more in folders.items():
        if (once / name).is_dir():
            shutil.copytree(once / name, queries.parent / name)
        else:
            shutil.copytree(on_toy("--queries", queries, *more, out=name).folder, once / name)
    return [queries.parent / name for name in folders]


@pytest.fixture
def runs(two: list[Path], queries: Path) -> Runs:
    return folders.read(two, [queries])


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Run `bench.report` here: exit code, both outputs."""

    def start(*arguments: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["bench.report", *map(str, arguments)])
        code = 0
        try:
            run_app(bench.report.app)
        except SystemExit as end:
            code = int(end.code or 0)
        return code, *capsys.readouterr()

    return start


def altered(runs: Runs, key: str, **changes: Any) -> Runs:
    """The runs with another answer to one query in the first of them."""
    first = runs.runs[0]
    answers = {**first.answers, key: first.answers[key].model_copy(update=changes)}
    return replace(runs, runs=[replace(first, answers=answers), *runs.runs[1:]])


def manifest(folder: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    path = folder / "run.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    change(said)
    path.write_text(json.dumps(said), encoding="utf-8")


# Reading


def test_a_run_read_again_has_the_scores_it_had(runs: Runs) -> None:
    assert [run.stored for run in runs.runs] == [True, True]


def test_scores_that_changed_are_noted(two: list[Path], queries: Path) -> None:
    path = two[0] / "scores.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    rows[0]["precision"]["mean"] = 0.123
    path.write_text(json.dumps(rows), encoding="utf-8")
    assert "agent: scored again, the table differs" in "\n".join(tables.notes(folders.read(two, [queries])))


def test_runs_are_named_by_what_they_are(runs: Runs) -> None:
    assert [run.label for run in runs.runs] == ["agent", "popularity"]


def test_equal_runs_are_told_apart_by_their_folder(two: list[Path], queries: Path) -> None:
    twice = two[0].rename(two[0].with_name("old"))
    (copy := twice.with_name("new")).mkdir()
    for path in twice.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    assert [run.label for run in folders.read([twice, copy], [queries]).runs] == [
        "agent (old)",
        "agent (new)",
    ]


def test_queries_kept_in_the_run_folder_are_found(two: list[Path], queries: Path) -> None:
    queries.unlink()
    assert len(folders.read(two).queries) == 6


def test_a_run_of_other_queries_is_refused_with_the_reason(two: list[Path], queries: Path) -> None:
    queries.write_text(queries.read_text(encoding="utf-8").replace("films directed", "movies directed"))
    with pytest.raises(DataError, match="another version of the benchmark than queries"):
        folders.read(two, [queries])


def test_queries_that_are_nowhere_are_asked_for(two: list[Path]) -> None:
    for folder in two:
        (folder / "queries.jsonl").unlink()
    with pytest.raises(DataError, match="not at hand"):
        folders.read(two)


def test_a_run_of_another_version_of_the_benchmark_is_refused(two: list[Path], queries: Path) -> None:
    manifest(two[0], lambda said: said["what"].update(benchmark=99))
    with pytest.raises(DataError, match="version 99 of the benchmark, this is version 1"):
        folders.read(two, [queries])


def test_a_run_that_names_no_version_is_of_the_first(two: list[Path], queries: Path) -> None:
    for folder in two:
        manifest(folder, lambda said: said["what"].pop("benchmark"))
    assert len(folders.read(two, [queries]).runs) == 2


def test_under_the_truth_of_histories_only_queries_that_have_one_are_scored(
    on_toy: Callable[..., Any], toy_queries: list[dict[str, Any]], lines: Callable[..., Path], two: list[Path]
) -> None:
    first = {**toy_queries[0], "ground_truth_in_history": toy_queries[0]["ground_truth"][:1]}
    asked = lines("with_history.jsonl", first, *toy_queries[1:])
    done = on_toy("--queries", asked, "--truth", "history", out="history")
    explicit = next(row for row in done.scores if row["type"] == "explicit")
    assert (explicit["n"], explicit["truth"], explicit["recall"]["mean"]) == (1, "history", 1.0)
    found = folders.read([done.folder], truth="history")
    assert (found.runs[0].stored, [query.id for query in found.queries]) == (True, [first["id"]])


def test_runs_over_different_requests_stand_side_by_side(
    on_toy: Callable[..., Any],
    toy_queries: list[dict[str, Any]],
    lines: Callable[..., Path],
    two: list[Path],
    report: Any,
) -> None:
    other = on_toy("--queries", lines("fewer.jsonl", *toy_queries[:1]), out="fewer").folder
    code, out, _ = report(two[0], other, "--beside", "--label", "all", "--label", "one")
    rows = [line.split() for line in out.splitlines()]
    assert (code, ["explicit", "all", "3"], ["one", "1"]) == (0, rows[1][:3], rows[2][:2])


def test_side_by_side_needs_a_name_a_run(two: list[Path], report: Any) -> None:
    code, _, err = report(*two, "--beside", "--label", "one")
    assert (code, "2 runs need as many names" in err) == (2, True)


def test_an_unknown_truth_is_bad_usage(two: list[Path], report: Any) -> None:
    code, _, err = report(*two, "--truth", "histroy")
    assert (code, "history" in err) == (2, True)


def test_the_steps_of_an_answer_are_in_the_page(runs: Runs) -> None:
    assert "<code>link_entities</code>" in page(runs)


def test_a_run_over_another_catalogue_is_refused(two: list[Path], queries: Path) -> None:
    manifest(two[0], lambda said: said["what"].update(catalogue="toy-0123"))
    with pytest.raises(DataError, match="made with the catalogue 'toy-0123'"):
        folders.read(two[:1], [queries])


def test_runs_over_different_queries_are_not_put_together(two: list[Path], queries: Path) -> None:
    manifest(two[1], lambda said: said["what"].update(n_queries=5))
    with pytest.raises(UsageError, match="n_queries is 6 in the first"):
        folders.read(two, [queries])


def test_a_run_of_a_task_without_queries_is_called_one(two: list[Path]) -> None:
    manifest(two[0], lambda said: (said["what"].pop("queries"), said["what"].update(task="next-item")))
    with pytest.raises(DataError, match=r"a run of the task next-item, which .*\n.*scores.json beside it"):
        folders.read(two[:1])


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="not a run folder"):
        folders.read([tmp_path])


def test_a_query_without_an_answer_is_counted(two: list[Path], queries: Path) -> None:
    path = two[0] / "answers.jsonl"
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[1:]))
    assert "1 of 6 queries have no answer yet" in tables.notes(folders.read(two, [queries]))[0]


def test_replies_that_were_cut_are_counted(two: list[Path], queries: Path) -> None:
    path = two[0] / "answers.jsonl"
    first, *others = path.read_text(encoding="utf-8").splitlines()
    cut = json.dumps(json.loads(first) | {"finish_reason": "length"})
    path.write_text("".join(f"{line}\n" for line in (cut, *others)), encoding="utf-8")
    assert "1 of 6 replies were cut at the limit of tokens" in tables.notes(folders.read(two, [queries]))[0]


# The paper's figures


@pytest.mark.parametrize(
    ("kind", "metric", "value"),
    [("explicit", "cmr", 0.714), ("misinformed", "cmr", 0.153), ("interest", "recall", 0.082)],
)
def test_the_best_reported_figures_are_those_of_the_paper(kind: str, metric: str, value: float) -> None:
    untuned = [row for row in paper.reported("movie", kind) if not row.tuning and row.table in (2, 5)]
    assert paper.spans(untuned)[metric][1] == value


@pytest.mark.parametrize(
    ("kind", "recall"), [("explicit", 0.436), ("implicit", 0.247), ("misinformed", 0.075)]
)
def test_of_five_titles_the_paper_has_a_table_of_its_own(kind: str, recall: float) -> None:
    assert paper.spans(paper.reported("movie", kind, 5))["recall"][1] == recall


def test_runs_of_five_titles_stand_beside_the_paper_s(two: list[Path], queries: Path) -> None:
    for folder in two:
        manifest(folder, lambda said: said["what"].update(k=5))
    both = folders.read(two, [queries])
    manifest(two[0], lambda said: said["what"].update(k=4))
    assert (both.k, folders.read(two, [queries]).k) == (5, None)


def test_a_low_failure_rate_is_the_best() -> None:
    assert paper.spans(paper.reported("book", "explicit"))["ftr"][0] == 0.003


def test_books_have_no_demographic_figures() -> None:
    assert paper.reported("book", "demographic") == []


def test_no_table_of_ours_has_a_row_that_the_paper_reports(runs: Runs) -> None:
    labels = {run.label for run in runs.runs}
    assert {line.name for section in tables.sections(runs) for line in section.lines} == labels
    assert {row["run"] for row in csv.DictReader(io.StringIO(comma_separated(runs)))} == labels


def test_reported_figures_are_a_panel_of_their_own(runs: Runs) -> None:
    assert markdown(runs).split("## Reported: other queries, other truth")[0].count("GPT-4o") == 0
    assert (
        markdown(runs).count("| explicit | GPT-4o | table 2 (section 2.2) | .308 | .408 | .714 | .016 |") == 1
    )
    assert "Reported: other queries, other truth" in Reader(page(runs)).text


def test_all_three_denominators_are_shown_where_every_column_is(
    two: list[Path], queries: Path, report: Any
) -> None:
    wide, narrow = (report(*two, "--queries", queries, *more)[1] for more in (["--wide"], []))
    assert ("CMR pool." in wide, "CMR pool." in narrow) == (True, False)
    assert "CMR ans." in report(*two, "--queries", queries, "--format", "markdown")[1]


def test_the_terminal_ends_with_the_panel(two: list[Path], queries: Path, report: Any) -> None:
    said = report(*two, "--queries", queries)[1].split(panel.TITLE)
    assert ("reported" in said[0], ".531–.714" in said[1]) == (False, True)


@pytest.mark.parametrize(("table", "n"), [(2, 56), (3, 12), (4, 48), (5, 35), (6, 22)])
def test_every_row_of_the_paper_is_there(table: int, n: int) -> None:
    assert sum(row.table == table for row in paper.rows()) == n


def test_only_the_models_that_were_asked_for_five_titles_stand_beside_five() -> None:
    assert {(row.table, row.name) for row in paper.reported("movie", "explicit", 5)} == {
        (3, name) for name in ("GPT-4o", "Gemini", "Claude")
    }


def test_a_type_without_figures_for_five_titles_has_those_without_a_number() -> None:
    assert {row.table for row in paper.reported("movie", "interest", 5)} == {5, 6}


def test_tables_two_to_four_are_of_section_2_2_and_the_others_of_2_3() -> None:
    assert {row.table: row.section for row in paper.rows()} == {
        **dict.fromkeys((2, 3, 4), "2.2"),
        **dict.fromkeys((5, 6), "2.3"),
    }


def test_a_part_that_does_not_fit_its_average_is_marked() -> None:
    rows = {row.type: row for row in paper.rows() if (row.domain, row.name) == ("book", "DeepSeek-V3")}
    assert (rows["explicit"].doubtful, rows["explicit"].values["cmr"]) == (frozenset({"cmr"}), 0.667)
    assert panel.cells(rows["explicit"]) == [".040", ".124", ".667†", ".008"]


def test_an_average_that_fits_nothing_is_marked_alone() -> None:
    rows = {row.type: row.doubtful for row in paper.rows() if row[1:4] == (2, "movie", "Claude")}
    assert (len(rows["average"]), rows["explicit"]) == (3, frozenset())


def test_no_other_line_of_the_paper_has_a_misprint() -> None:
    assert {(row.domain, row.model) for row in paper.rows() if row.doubtful} == {
        *(("movie", "Claude"), ("book", "DeepSeek-V3"), ("movie", "Gemini"))
    }


def test_a_doubtful_figure_is_no_end_of_a_range() -> None:
    listed = [row for row in paper.reported("book", "explicit") if row.table == 2]
    assert paper.spans(listed)["cmr"] == (0.471, 0.623)


# Terminal, Markdown, CSV


def test_the_terminal_shows_every_run_of_every_type(two: list[Path], queries: Path, report: Any) -> None:
    code, out, _ = report(*two, "--queries", queries)
    assert code == 0
    assert out.count("popularity") == 3 + 1


def test_out_gets_all_three_files(two: list[Path], queries: Path, report: Any, tmp_path: Path) -> None:
    report(*two, "--queries", queries, "--out", tmp_path / "report")
    assert sorted(path.name for path in (tmp_path / "report").iterdir()) == [
        *("report.csv", "report.html", "report.md")
    ]


def test_a_format_alone_is_printed(two: list[Path], queries: Path, report: Any) -> None:
    assert report(*two, "--queries", queries, "--format", "csv")[1].startswith("run,type")


def test_an_unknown_format_is_bad_usage(two: list[Path], report: Any) -> None:
    code, _, err = report(*two, "--format", "htlm")
    assert code == 2
    assert "did you mean 'html'" in err


def test_runs_can_be_given_names(two: list[Path], queries: Path, report: Any) -> None:
    out = report(*two, "--queries", queries, "--label", "ours", "--label", "theirs", "--format", "markdown")[
        1
    ]
    assert out.startswith("# RecBench+: ours, theirs")


def test_too_few_names_are_refused(runs: Runs) -> None:
    with pytest.raises(UsageError, match="2 runs need as many"):
        folders.relabelled(runs, ["ours"])


def test_markdown_holds_the_interval(runs: Runs) -> None:
    cell = runs.runs[0].rows[0].metrics["precision"]
    assert cell is not None
    line = next(line for line in markdown(runs).splitlines() if line.startswith("| agent |"))
    assert f"{tables.number(cell.mean)} ({tables.interval(cell)})" in line


def test_every_row_of_a_markdown_table_is_as_wide_as_its_head(runs: Runs) -> None:
    named = folders.relabelled(runs, ["a|b", "c\nd"])
    blocks = [block for block in markdown(named).split("\n\n") if block.startswith("|")]
    for block in blocks:
        assert len({line.replace("\\|", "").count("|") for line in block.splitlines()}) == 1


def test_what_no_reader_sees_is_an_escape_in_every_form(runs: Runs) -> None:
    hidden = "\x1b[31m a\u202eb"
    named = folders.relabelled(runs, [f"{hidden}{place}" for place in range(len(runs.runs))])
    for text in (markdown(named), page(named)):
        assert not {"\x1b", "\u202e"} & set(text)
        assert "\\u202e" in text


def test_markup_is_escaped_in_markdown() -> None:
    assert escaped("a|b <i>*x*\n# y") == r"a\|b \<i\>\*x\* \# y"


def test_csv_has_the_scores_of_the_run(runs: Runs) -> None:
    rows = list(csv.DictReader(io.StringIO(comma_separated(runs))))
    found = [
        row for row in rows if (row["run"], row["type"], row["conditions"]) == ("agent", "explicit", "all")
    ]
    by_metric = {row["metric"]: float(row["mean"]) for row in found}
    cell = runs.runs[0].rows[0].metrics["recall"]
    assert cell is not None
    assert by_metric["recall"] == pytest.approx(cell.mean, abs=1e-6)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "|calc"])
def test_a_cell_like_a_formula_is_made_harmless(runs: Runs, name: str) -> None:
    rows = csv.DictReader(io.StringIO(comma_separated(folders.relabelled(runs, [name, "b"]))))
    assert next(rows)["run"] == f"'{name}"


def test_other_cells_stay_as_they_are() -> None:
    assert harmless("agent, k=5") == "agent, k=5"


# The page


def test_the_page_is_well_formed(runs: Runs) -> None:
    assert Reader(page(runs)).all("h1") == [{}]


def test_the_page_asks_for_nothing(runs: Runs) -> None:
    read = Reader(page(runs))
    for _, attributes in read.tags:
        assert "src" not in attributes
        assert not (attributes.get("href") or "#").lstrip().startswith(("http", "//", "data:", "javascript:"))
    assert "link" not in {tag for tag, _ in read.tags}
    assert not [word for word in ("http://", "https://", "@import", "url(", "fetch(") if word in page(runs)]


def test_every_table_has_a_caption(runs: Runs) -> None:
    read = Reader(page(runs))
    assert len(read.all("table")) == len(read.all("caption")) > 3


def test_every_figure_says_what_it_shows(runs: Runs) -> None:
    drawn = Reader(page(runs)).all("svg")
    assert drawn
    assert all(each["role"] == "img" and each["aria-label"] for each in drawn)


def test_links_within_the_page_lead_somewhere(runs: Runs) -> None:
    read = Reader(page(runs))
    places = {attributes.get("id") for _, attributes in read.tags}
    assert {str(a["href"])[1:] for a in read.all("a")} <= places


def test_the_same_runs_give_the_same_page(runs: Runs) -> None:
    assert page(runs) == page(runs)


@pytest.mark.parametrize("field", ["query", "title", "label", "error", "correction"])
def test_markup_in_data_is_shown_not_run(runs: Runs, field: str) -> None:
    if field == "query":
        asked = [runs.queries[0].model_copy(update={"query": EVIL}), *runs.queries[1:]]
        runs = replace(runs, queries=asked)
    elif field == "title":
        runs = altered(runs, "e1", unmatched=[EVIL])
    elif field == "label":
        runs = folders.relabelled(runs, [EVIL, "b"])
    elif field == "error":
        runs = altered(runs, "e1", error=EVIL)
    else:
        said = AnswerCorrection(items=["1"], relation="director", claimed=EVIL, true=[EVIL])
        runs = altered(runs, "e1", corrections=[said])
    text = page(runs)
    assert EVIL in Reader(text).text
    assert text.count("<script") == 1


def test_a_case_shows_what_was_hit_missed_and_wrong(runs: Runs) -> None:
    text = cases.browser(altered(runs, "e1", items=["1", "4"]))
    case = next(part for part in text.split("<details")[1:] if ">e1<" in part)
    titles = {key: runs.graph.item(key).title for key in ("1", "2", "4")}  # type: ignore[index]
    for name, key in (("hit", "1"), ("missed", "2"), ("wrong", "4")):
        assert titles[key] in case.split(f'<dd class="{name}">')[1].split("</dd>")[0]


def test_the_worst_case_comes_first(runs: Runs) -> None:
    scores = [case.score for case in cases.worst(runs, runs.runs[1])]
    assert scores == sorted(scores)


def test_a_crash_comes_before_the_worst(runs: Runs) -> None:
    crashed = altered(runs, "m2", error="boom")
    assert cases.worst(crashed, crashed.runs[0])[0].query.id == "m2"


def test_types_take_turns_among_the_worst(runs: Runs) -> None:
    kinds = {case.query.type for case in cases.worst(runs, runs.runs[1], most=3)}
    assert kinds == {"explicit", "implicit", "misinformed"}


def test_the_page_stays_below_3_mb_for_19_000_queries(runs: Runs) -> None:
    first = runs.queries[0]
    many = [
        first.model_copy(update={"id": f"q{n}", "query": EVIL * 100, "ground_truth": ["1"] * 50})
        for n in range(19_000)
    ]
    answer = Answer(id="q", items=["2"] * 500, unmatched=[EVIL * 50] * 40, error=EVIL * 500)
    one = runs.runs[0]
    values = {query.id: one.values["e1"] for query in many}
    grown = replace(one, values=values, answers={query.id: answer for query in many})
    several = [replace(grown, label=f"run {n}") for n in range(4)]
    assert len(page(replace(runs, queries=many, runs=several)).encode()) < 3_000_000


def test_runs_that_differ_in_the_history_shown_get_a_figure(runs: Runs) -> None:
    first = runs.runs[0]
    with_it = replace(first, label="agent, with history", what={**first.what, "with_history": True})
    assert "Without and with history" in page(replace(runs, runs=[first, with_it]))


def test_runs_without_such_a_pair_get_none(runs: Runs) -> None:
    assert "Without and with history" not in page(runs)


# Figures


def test_a_bar_is_as_long_as_its_value() -> None:
    drawn = Reader(figures.bars([Group("a", {0: Point(0.5, 0.5, 0.5), 1: Point(1, 1, 1)})], "x", 1.0))
    half, whole = (float(str(each["width"])) for each in drawn.all("rect"))
    assert whole == pytest.approx(2 * half, abs=0.2)


def test_a_missing_value_leaves_a_gap_in_the_line() -> None:
    point = Point(0.5, 0.4, 0.6)
    drawn = Reader(figures.lines(["a", "b", "c"], {0: [point, None, point]}, "x"))
    path = next(each["d"] for each in drawn.all("path") if each.get("class") == "line")
    assert str(path).count("M") == 2


@pytest.mark.parametrize(("most", "top"), [(0.03, 0.05), (0.5, 0.6), (1.0, 1.0), (17.0, 20.0), (461, 500)])
def test_an_axis_ends_at_a_round_number(most: float, top: float) -> None:
    assert figures.ladder([most]) == top
