"""`python -m bench.generated_ratings`: files in the form of MovieLens 32M, generated, of any size.

Films, people, ratings and tags are as many as in the published set, or a part of them; nobody and nothing in
them is real. Ratings are as skewed: few films are rated by most, and few people rate thousands. The same size
and seed give the same bytes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import typer

from agent.terminal import run_app
from bench import generated
from kg.folders import new_folder

app = typer.Typer(add_completion=False, rich_markup_mode=None)
FILMS, PEOPLE, RATINGS, TAGS = 87_585, 200_948, 32_000_204, 2_000_072
SEED = 17
_LEAST = 20  # ratings of a person, as published
_FIRST, _LAST = 789_652_009, 1_697_164_147  # seconds since 1970
_WORDS = (
    "slow quiet bleak funny dark tense gentle clever strange dreamy stylish violent atmospheric predictable "
    "heist revenge family friendship betrayal memory childhood island desert winter prison school village "
    "lighthouse orchestra chess robots ghosts detective journalist twist remake sequel narration"
).split()

Ints = npt.NDArray[np.int64]


@app.command()
def main(
    out: Annotated[Path, typer.Option(help="the folder to write, which must not be there")],
    share: Annotated[
        float, typer.Option(help="of people, ratings and tags; all films stay", min=0.001)
    ] = 1.0,
    seed: Annotated[int, typer.Option(help="other numbers make other files")] = SEED,
) -> None:
    """Write movies.csv, ratings.csv, tags.csv and links.csv as MovieLens 32M has them.

    Example:

      python -m bench.generated_ratings --out made/ml-32m --share 0.1
      usher data add ml-32m --from made
    """
    write(out, FILMS, int(PEOPLE * share), int(RATINGS * share), int(TAGS * share), seed)


def write(folder: Path, films: int, people: int, ratings: int, tags: int, seed: int = SEED) -> None:
    """Write the four files into a new folder; ratings and tags are about as many as said."""
    rng = np.random.default_rng((seed, films, people, ratings, tags))
    with new_folder(folder) as partial:
        _movies(partial, films, rng)
        famous = rng.permutation(films) + 1
        with (partial / "ratings.csv").open("w", encoding="utf-8", newline="\n") as stream:
            stream.write("userId,movieId,rating,timestamp\n")
            for user, count in enumerate(_counts(people, ratings, films, rng).tolist(), 1):
                stream.write(_of_one(user, count, famous, rng))
        _tags(partial, people, tags, famous, rng)


def _movies(folder: Path, films: int, rng: np.random.Generator) -> None:
    with (
        (folder / "movies.csv").open("w", encoding="utf-8", newline="") as films_file,
        (folder / "links.csv").open("w", encoding="utf-8", newline="") as links_file,
    ):
        listed, links = (
            csv.writer(films_file, lineterminator="\n"),
            csv.writer(links_file, lineterminator="\n"),
        )
        listed.writerow(("movieId", "title", "genres"))
        links.writerow(("movieId", "imdbId", "tmdbId"))
        years = rng.integers(1920, 2024, films).tolist()
        kinds = rng.integers(0, len(generated.GENRES), (films, 2)).tolist()
        for key, (title, year, genres) in enumerate(
            zip(generated.titles(films, rng), years, kinds, strict=True), 1
        ):
            listed.writerow(
                (key, f"{title} ({year})", "|".join(sorted({generated.GENRES[g] for g in genres})))
            )
            links.writerow((key, f"{key:07}", key))


def _counts(people: int, ratings: int, films: int, rng: np.random.Generator) -> Ints:
    """Return how many films each person rates: most some dozens, few thousands."""
    drawn = rng.lognormal(0.0, 1.2, people)
    wanted = _LEAST + drawn / drawn.sum() * max(0, ratings - _LEAST * people)
    return np.asarray(np.minimum(wanted, films // 3), dtype=np.int64)


def _of_one(user: int, count: int, famous: Ints, rng: np.random.Generator) -> str:
    """Return the rows of one person, by film as published, each film once."""
    drawn = np.unique(generated.skewed(rng, len(famous), 2 * count, 0.75))
    films = np.sort(famous[rng.permutation(drawn)[:count]]).tolist()
    stars = rng.integers(1, 11, len(films)).tolist()
    start = int(rng.integers(_FIRST, _LAST))
    stamps = (start + rng.integers(0, 40 * len(films) + 1, len(films))).tolist()
    rows = zip(films, stars, stamps, strict=True)
    return "".join(f"{user},{film},{tenths / 2},{stamp}\n" for film, tenths, stamp in rows)


def _tags(folder: Path, people: int, tags: int, famous: Ints, rng: np.random.Generator) -> None:
    with (folder / "tags.csv").open("w", encoding="utf-8", newline="\n") as stream:
        stream.write("userId,movieId,tag,timestamp\n")
        stream.writelines(_tag_rows(people, tags, famous, rng))


def _tag_rows(people: int, tags: int, famous: Ints, rng: np.random.Generator) -> Iterator[str]:
    users = np.sort(rng.integers(1, people + 1, tags)).tolist()
    films = famous[generated.skewed(rng, len(famous), tags, 0.75)].tolist()
    pairs = rng.integers(0, len(_WORDS), (tags, 2)).tolist()
    for user, film, (one, other) in zip(users, films, pairs, strict=True):
        said = _WORDS[one] if one % 2 else f"{_WORDS[one]} {_WORDS[other]}"
        yield f"{user},{film},{said},{_LAST}\n"


if __name__ == "__main__":
    run_app(app)
