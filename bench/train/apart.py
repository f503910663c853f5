"""What a model may be taught: choices of the fit half alone, and no request that an evaluation holds.

The users are those of the `fit` half of the evaluation's split, without whoever asks in it. A request is left
out where an evaluation's asks the same thing: the same set of conditions, the same group of people with the
same conditions, the same mined set of items, or the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bench.plans.types import Plan
from bench.systems.fitting import SPLIT, training_users
from bench.types import Query
from kg.catalogue import Catalogue
from kg.errors import DataError, UsageError
from kg.taste.choices import only

Asked = tuple[str, object]


def fit_half(catalogue: Catalogue, evaluation: Path, queries: Sequence[Query]) -> Catalogue:
    """Return a catalogue with the users and histories that may be learned from, all facts as they are.

    Args:
        catalogue: with users and their histories.
        evaluation: the query file that a model is to be measured on; its split stands beside it.
        queries: what that file holds.

    Raises:
        DataError: no split stands beside the file, or it cannot be read.
        UsageError: the catalogue has no histories, or nobody is left.
    """
    if catalogue.histories is None:
        raise UsageError(f"the catalogue {catalogue.name!r} has no histories; choose one that has users.")
    if not (evaluation.parent / SPLIT).is_file():
        raise DataError(
            "there is no split of users, so nothing says whose choices may be learned",
            path=evaluation.parent / SPLIT,
            remedy="`bench.build` writes it beside the queries; name a query file of such a folder.",
        )
    askers = {query.user_id for query in queries if query.user_id is not None}
    places = training_users([evaluation], askers, catalogue)
    if places is None:
        return catalogue
    users = [catalogue.users[place] for place in places]
    return replace(catalogue, users=users, histories=only(catalogue.histories, places))


def asked(request: Plan | Query) -> frozenset[Asked]:
    """Return what a request asks for, without its words: two that share any of it are one request."""
    return frozenset(_asked(request))


def unlike(requests: Iterable[Query], queries: Iterable[Query]) -> list[Query]:
    """Return the requests that ask for nothing, and say nothing, that is asked or said in some queries."""
    held = [(asked(query), query.query) for query in queries]
    things = frozenset(thing for each, _ in held for thing in each)
    words = frozenset(said for _, said in held)
    return [each for each in requests if each.query not in words and not asked(each) & things]


def _asked(request: Plan | Query) -> Iterator[Asked]:
    conditions = frozenset((each.relation, each.value) for each in request.conditions)
    if request.profile is not None:
        yield "group", (request.profile.model_dump_json(), conditions)
    elif conditions:
        yield "conditions", conditions
    else:
        truth = request.truth if isinstance(request, Plan) else request.ground_truth
        yield "set", frozenset(truth)
