"""recommend: the only way to answer."""

from __future__ import annotations

from kg.types import Condition
from tools import args
from tools.types import Correction, Knowledge, Proposal, SecondReading


def recommend(
    knowledge: Knowledge,
    items: list[str],
    conditions: list[Condition],
    corrections: list[Correction] | None = None,
    note: str = "",
    also: SecondReading | None = None,
) -> Proposal:
    """Answer the person: items best first, the conditions they all satisfy, and corrections of false claims.

    Every condition is proved again for every item before anything is shown; what fails is removed. `note` is
    one or two sentences for the person. `also` is a second reading of the request, shown apart. With nothing
    to recommend, give no items and say why in `note`.
    """
    graph = knowledge.graph
    keys = list(dict.fromkeys(args.item_ids(graph, items)))
    given = args.conditions(graph, conditions)
    for correction in corrections or ():
        args.item_ids(graph, correction.items)
        args.relation_name(graph, correction.relation)
    if also is not None:
        args.item_ids(graph, also.items)
        args.conditions(graph, also.conditions)
    proof = args.evidence(graph, keys, given)
    return Proposal(tuple(keys), tuple(given), tuple(corrections or ()), note.strip(), also, proof)
