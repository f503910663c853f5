"""Ask other libraries for nDCG@3, MAP@3, recall@3 and the hit rate of planted cases: the tables of a page.

    python docs/metrics_elsewhere.py                        # print the tables of every library
    python docs/metrics_elsewhere.py ranx                   # of one
    python docs/metrics_elsewhere.py --answers DIR --write  # keep the answers; write the page's tables

Every library gets a venv of its own in a temporary folder, installed by pip from its default index; this is
no part of `make check`. A test compares the page with `bench.metrics`.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from metrics_elsewhere_cases import CASES, LIBRARIES, METRICS, K  # noqa: E402

PAGE = HERE / "metrics-elsewhere.md"


class Row(NamedTuple):
    """What one call of a library gives for every case; a text where it gives no number."""

    library: str
    call: str
    values: tuple[float | str, ...]


def ours() -> dict[str, Row]:
    """Return our row of every metric: the mean over all who have a truth or a list."""
    from bench.metrics.average_precision import average_precision
    from bench.metrics.hit import hit
    from bench.metrics.ndcg import ndcg
    from bench.metrics.recall import recall

    functions = dict(zip(METRICS, (ndcg, average_precision, recall, hit), strict=True))
    rows = {}
    for name, function in functions.items():
        values = []
        for case in CASES.values():
            people = sorted({*case.lists, *case.truth})
            listed = {one: [item for item, _ in case.lists.get(one, ())] for one in people}
            values.append(fmean(function(listed[one], set(case.truth.get(one, ())), K) for one in people))
        rows[name] = Row("ours", f"`bench.metrics.{function.__name__}`", tuple(values))
    return rows


def answers(name: str, kept: Path | None) -> dict[str, list[Row]]:
    """Return the rows of a library by metric: kept ones, or asked in a venv made for it."""
    file = kept / f"{name}.json" if kept else None
    if file and file.exists():
        text = file.read_text(encoding="utf-8")
    else:
        with tempfile.TemporaryDirectory(prefix="metrics-elsewhere-") as folder:
            text = asked(name, Path(folder))
        if file:
            file.write_text(text, encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    title = LIBRARIES[name].title
    return {metric: [Row(title, *each) for each in calls.items()] for metric, calls in found.items()}


def asked(name: str, folder: Path) -> str:
    """Return what a library answers, as JSON, asked in a venv below the folder."""
    library, python = LIBRARIES[name], folder / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)  # noqa: S603
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if library.alone:
        subprocess.run([*pip, "--no-deps", *library.alone], check=True)  # noqa: S603
    subprocess.run([*pip, *library.packages], check=True)  # noqa: S603
    command = [python, HERE / "metrics_elsewhere_libraries.py", name]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return done.stdout.splitlines()[-1]


def tables(names: Sequence[str], kept: Path | None) -> dict[str, str]:
    """Return the table of every metric in Markdown, with the rows of these libraries."""
    found = [answers(name, kept) for name in names]
    return {
        metric: table(own, [row for each in found for row in each.get(metric, [])])
        for metric, own in ours().items()
    }


def table(own: Row, others: list[Row]) -> str:
    """Return the table of one metric in Markdown; what differs from ours is bold."""
    heads = ["library", "call", *CASES]
    lines = [f"| {' | '.join(heads)} |", f"| --- | --- |{' ---: |' * len(CASES)}"]
    for row in (own, *others):
        cells = [cell(value, mine) for value, mine in zip(row.values, own.values, strict=True)]
        lines.append(f"| {row.library} | {row.call} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def cell(value: float | str, mine: float) -> str:
    """Return a value as it is written in a table: three digits, bold where it is not ours."""
    if isinstance(value, str):
        return value
    text = f"{value:.3f}"
    return text if text == f"{mine:.3f}" else f"**{text}**"


def written(page: str, made: Mapping[str, str]) -> str:
    """Return the page with its tables replaced, each between its two marks."""
    for metric, text in made.items():
        mark = re.compile(rf"(<!-- table: {re.escape(metric)} -->\n).*?(<!-- end -->)", re.DOTALL)
        page = mark.sub(lambda match, text=text: f"{match[1]}\n{text}\n{match[2]}", page)
    return page


def main() -> int:
    """Print or write the tables; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("library", nargs="*", help=f"{', '.join(LIBRARIES)}; all by default")
    parser.add_argument(
        "--answers", type=Path, metavar="DIR", help="keep NAME.json there, and ask none twice"
    )
    parser.add_argument(
        "--write", action="store_true", help="write the tables of every library into the page"
    )
    arguments = parser.parse_args()
    unknown = sorted({*arguments.library} - {*LIBRARIES})
    if unknown or (arguments.library and arguments.write):
        parser.error(f"no library {unknown[0]!r}" if unknown else "--write needs every library")
    made = tables(arguments.library or list(LIBRARIES), arguments.answers)
    if arguments.write:
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), made), encoding="utf-8")
    else:
        sys.stdout.writelines(f"{metric}\n\n{text}\n" for metric, text in made.items())
    return 0


if __name__ == "__main__":
    sys.exit(main())
