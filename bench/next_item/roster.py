"""What is compared on the next item: name -> how it is fitted, and which parameters are tried.

A person's own is named by a dotted path to what fits it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from bench.next_item import generative, libraries, sequences
from bench.systems import factors
from kg import dotted
from kg.catalogue import Histories
from kg.errors import UsageError
from kg.taste import ease, neighbours, popularity, sequence, users
from kg.taste.types import Scorer

Value = int | float
ALL = "all"
Whole: tuple[None] = (None,)
LASTS = (1, 3, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Row:
    """A system: `fit(histories, n_items, **parameters)`, and the values to choose from on the validation.

    `lasts` are how many of the last choices a history is cut to, None: not at all; a model is fitted once for
    all of them. `like` names the row whose parameters are taken instead: the same model by somebody else.
    `seeded` models take the seed of the run, `described` ones the items' documents.
    """

    fit: Callable[..., Scorer]
    grid: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    lasts: Sequence[int | None] = Whole
    like: str | None = None
    seeded: bool = False
    described: bool = False


_NEAR = {"neighbours": (20, 100, 300)}
_RIDGE = {"regularisation": (100.0, 300.0, 1000.0)}
_EPOCHS = {"epochs": (20,)}
_SEARCHES: dict[str, generative.Search] = {"": "free", "-cbs": "existing", "-cbs-shared": "shared"}
_COSINE = partial(neighbours.fit, weights="cosine")
_BM25 = partial(neighbours.fit, weights="bm25")

ROSTER: dict[str, Row] = {
    "popularity": Row(popularity.fit),
    "item-knn-cosine": Row(_COSINE, _NEAR),
    "implicit-cosine": Row(libraries.fit_implicit_cosine, like="item-knn-cosine"),
    "lenskit-item-knn": Row(libraries.fit_lenskit_items, like="item-knn-cosine"),
    "item-knn-bm25": Row(_BM25, _NEAR),
    "implicit-bm25": Row(libraries.fit_implicit_bm25, like="item-knn-bm25"),
    "user-knn": Row(users.fit, {"neighbours": (50, 100, 300)}),
    "lenskit-user-knn": Row(libraries.fit_lenskit_users, like="user-knn"),
    "ease": Row(ease.fit, _RIDGE),
    "lenskit-ease": Row(libraries.fit_lenskit_ease, like="ease"),
    "als": Row(factors.fit_als, {"factors": (64, 128)}, seeded=True),
    "bpr": Row(factors.fit_bpr, seeded=True),
    "item-knn-bm25-recent": Row(_BM25, _NEAR, LASTS),
    "implicit-bm25-recent": Row(libraries.fit_implicit_bm25, like="item-knn-bm25-recent"),
    "ease-recent": Row(ease.fit, _RIDGE, LASTS),
    "lenskit-ease-recent": Row(libraries.fit_lenskit_ease, like="ease-recent"),
    "als-recent": Row(factors.fit_als, {"factors": (64, 128)}, LASTS, seeded=True),
    "bpr-recent": Row(factors.fit_bpr, lasts=LASTS, seeded=True),
    "successors": Row(sequence.fit),
    "sasrec-3": Row(partial(sequences.fit, "sasrec-3"), _EPOCHS, seeded=True),
    "rechub-sasrec-3": Row(partial(sequences.fit, "rechub-sasrec-3"), like="sasrec-3", seeded=True),
    "sasrec-6": Row(partial(sequences.fit, "sasrec-6"), _EPOCHS, seeded=True),
    "gru4rec": Row(partial(sequences.fit, "gru4rec"), _EPOCHS, seeded=True),
    **{
        f"sid-sasrec-{layers}{ending}": Row(
            partial(generative.fit, layers=layers, search=search),
            {"epochs": (12,)},
            seeded=True,
            described=True,
        )
        for layers in (3, 6)
        for ending, search in _SEARCHES.items()
    },
}


def row_of(name: str) -> Row:
    """Return the row of a name; a dotted path names a `fit(histories, n_items)` that gives a `Scorer`.

    Raises:
        UsageError: there is none of this name, or nothing that can be called at the path.
    """
    if not dotted.is_dotted(name):
        if name not in ROSTER:
            raise UsageError.unknown("system", name, [ALL, *ROSTER, "my.module:fit"])
        return ROSTER[name]
    dotted.load(name, "--system")
    return Row(partial(_fitted, name))


def _fitted(name: str, histories: Histories, n_items: int) -> Scorer:
    """Return what a person's own code fits.

    Raises:
        UsageError: it gives no scorer, or scores of another shape.
    """
    takes = "two arguments, the histories and the number of items"
    own: Scorer = dotted.made(name, "--system", histories, n_items, takes=takes, methods=("scores",))
    shape = np.shape(own.scores(histories.items[:0]))
    if shape != (n_items,):
        raise UsageError(f"--system {name!r}: its scores have the shape {shape}; expected ({n_items},).")
    return own
