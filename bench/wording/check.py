"""The string check: what of a plan a text must hold, and what a hint must not give away."""

from __future__ import annotations

from collections.abc import Callable

from bench.plans.types import Plan
from bench.types import QueryCondition
from bench.wording.phrases import genre_surfaces, kind


def stated(plan: Plan) -> list[QueryCondition]:
    """Return the conditions that a request has to state: not those hinted at, nor the one claimed falsely."""
    hinted = {(reference.relation, reference.value) for reference in plan.references}
    claim = plan.claim
    if claim is not None:
        own = {claim.claimed} if claim.anchor == "value" else set(claim.truths)
        hinted |= {(claim.relation, value) for value in own}
    return [each for each in plan.conditions if (each.relation, each.value) not in hinted]


def items(plan: Plan) -> list[str]:
    """Return the ids of the items that a request has to name, in the plan's order."""
    named = [item for reference in plan.references for item in reference.items]
    named += plan.claim.items if plan.claim else []
    return list(dict.fromkeys([*named, *(plan.seeds if plan.type == "interest" else ())]))


def kept(plan: Plan, text: str, titles: Callable[[str], str] | None = None) -> list[str]:
    """Return the labels and titles of a plan that are missing from a text; capitals do not matter.

    A genre may stand as the noun it makes ("comedies"). Titles are looked for only with `titles`.
    """
    folded = " ".join(text.split()).casefold()
    needed = [_ways(each.relation, each.value, plan.domain) for each in stated(plan)]
    needed += [_ways(plan.claim.relation, plan.claim.claimed, plan.domain)] if plan.claim else []
    needed += [[titles(item)] for item in items(plan)] if titles else []
    return [ways[0] for ways in needed if not any(" ".join(w.split()).casefold() in folded for w in ways)]


def leaked(plan: Plan, text: str, titles: Callable[[str], str] | None = None) -> list[str]:
    """Return the values a request was only to hint at, or the truth behind a claim, that stand in a text.

    What is stated openly in another role is no secret. With `titles`, neither is what stands in the title of
    an item that has to be named.
    """
    hidden = [reference.value for reference in plan.references]
    if plan.claim is not None and plan.claim.anchor != "typo":
        hidden += sorted(plan.claim.truths - {plan.claim.claimed})
    hidden = [value for value in hidden if value not in {each.value for each in stated(plan)}]
    folded = text.casefold()
    named = [titles(item).casefold() for item in items(plan)] if titles else []
    for title in sorted(named, key=len, reverse=True):
        folded = folded.replace(title, " ")
    return [value for value in hidden if value.casefold() in folded]


def _ways(relation: str, label: str, domain: str) -> list[str]:
    if kind(relation) == "genre":
        return genre_surfaces(label, domain)
    if kind(relation) == "language" and label.lower().endswith(" language"):
        return [label, label[: -len(" language")]]
    return [label]
