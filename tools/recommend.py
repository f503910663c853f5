"""recommend: the only way to answer."""

from __future__ import annotations

from kg.types import Condition
from tools import args
from tools.knowledge import Knowledge
from tools.proposal import Act, Basis, Correction, Fact, Proposal, Question, SecondReading
from tools.types import Order


def recommend(
    knowledge: Knowledge,
    items: list[str],
    conditions: list[Condition],
    corrections: list[Correction] | None = None,
    note: str = "",
    also: SecondReading | None = None,
    any_of: list[Condition] | None = None,
    none_of: list[Condition] | None = None,
    act: Act | None = None,
    basis: Basis | None = None,
    facts: list[Fact] | None = None,
    unknown: list[str] | None = None,
    unused: list[str] | None = None,
    question: Question | None = None,
    order: list[Order] | None = None,
) -> Proposal:
    """Answer the person: items best first, the conditions they all satisfy, and corrections of false claims.

    All of this is proved again before anything is shown; what fails is removed. `note` is one or two
    sentences for the person; with nothing to recommend, it says why.

    At least one of `any_of` and none of `none_of` holds for every item. `also` is a second reading of the
    request, shown apart.

    `act` is "recommend" with items; without, "inform" (with the `facts` that answer a question), "ask" (with
    one `question`), "acknowledge" (thanks, a remark) or "decline". `unknown` are names in the message that
    nothing here has, `unused` its words that decided nothing, both as they stand there.
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
    either, unwanted = args.conditions(graph, any_of or []), args.conditions(graph, none_of or [])
    return Proposal(
        items=tuple(keys),
        conditions=tuple(given),
        corrections=tuple(corrections or ()),
        note=note.strip(),
        also=also,
        any_of=tuple(either),
        none_of=tuple(unwanted),
        act=act,
        basis=basis,
        facts=tuple(facts or ()),
        unknown=tuple(unknown or ()),
        unused=tuple(unused or ()),
        question=question,
        order=tuple(order or ()),
        evidence=args.evidence(graph, keys, [*given, *either]),
    )
