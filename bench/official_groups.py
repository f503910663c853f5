"""Our favourites of a group beside the lists that the authors published for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from agent.terminal import run_app
from bench.official_rows import FILES, GroupRow, rows
from bench.systems.assistant import years_of
from kg.catalogue import Catalogue
from kg.errors import DataError
from kg.store import open_catalogue
from kg.taste.model import Taste
from kg.taste.order import best
from kg.taste.types import Group

TOP = 10


@dataclass(frozen=True, slots=True)
class Compared:
    """Two lists of item ids for a group, best first."""

    group: Group
    ours: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def shared(self) -> float:
        """The share of their list that is in ours."""
        return len(set(self.ours) & set(self.theirs)) / len(self.theirs)


def compare(path: Path, catalogue: Catalogue) -> list[Compared]:
    """Return our ten favourites and theirs for every group of their file, in its order.

    Raises:
        DataError: the file is damaged.
    """
    groups = Taste(catalogue).groups
    compared = []
    for (number, row), record in zip(rows(path, GroupRow), _records(path), strict=True):
        listed = record.get("top_10_movies") or record.get("top_10_books") or []
        theirs = tuple(str(item) for item, _ in listed)
        if not theirs:
            raise DataError(f"record {number} lists no favourites", path=path, remedy="Take the whole file.")
        years = years_of(row.profile.get("age"))
        age = groups.band(years) if years is not None else None
        group = Group(row.profile.get("gender"), age, row.profile.get("occupation"))
        ours = best(groups.favourites(group), TOP).tolist()
        compared.append(Compared(group, tuple(catalogue.items[at].id for at in ours), theirs))
    return compared


def lines(compared: Sequence[Compared]) -> list[str]:
    """Return what the lists have in common, and how often what only ours hold is in none of theirs."""
    everywhere = {item for each in compared for item in each.theirs}
    only_ours = [item for each in compared for item in each.ours if item not in each.theirs]
    never = sum(item not in everywhere for item in only_ours)
    mean = sum(each.shared for each in compared) / len(compared)
    return [
        f"{len(compared)} groups: {mean:.3f} of their favourites are among ours",
        f"{len(only_ours)} of ours are not in their list of the group,"
        f" {never} of these in none of their lists",
    ]


def _records(path: Path) -> list[dict[str, list[tuple[int, float]]]]:
    records: list[dict[str, list[tuple[int, float]]]] = json.loads(path.read_text(encoding="utf-8-sig"))
    return records


app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def main(
    folder: Annotated[Path, typer.Argument(help="the folder of one domain in the authors' `dataset`")],
    catalogue: Annotated[str, typer.Option(help="the catalogue whose users are taken")] = "ml-1m",
    data: Annotated[Path | None, typer.Option(help="the folder that holds raw sources")] = None,
) -> None:
    """Compare the authors' favourites of every group with ours.

    Example:

      python -m bench.official_groups RecBenchPlus/dataset/movie --data DIR
    """
    path = folder / FILES["demographic"]
    if not path.is_file():
        raise DataError("there is no such file", path=path, remedy="Give the folder of one domain.")
    typer.echo("\n".join(lines(compare(path, open_catalogue(catalogue, data).graph.catalogue))))


if __name__ == "__main__":
    run_app(app)
