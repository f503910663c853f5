"""Checking what a person asserts in passing, and what is wanted if it is wrong (DESIGN: wrong premises)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from agent.builtin.interpret.request import Claim, EntityMention, ItemMention, ParsedRequest
from agent.builtin.parse.chunks import Candidate
from agent.builtin.parse.spelling import is_respelled
from agent.builtin.plan.alternatives import Alternative, Disjunction, name_term
from agent.builtin.plan.tool_session import Call, ToolSession
from kg.text import fold


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim after verification.

    The correction it needs, and what is wanted under its likelier and its other reading.
    """

    claim: Claim
    correction: dict[str, Any] | None
    first: Disjunction
    second: Disjunction


def check_claims(reading: ParsedRequest, session: ToolSession) -> list[Checked]:
    """Check every claim with `check_fact`, all in one turn; without that tool claims are believed."""
    if not session.has("check_fact"):
        return [Checked(c, None, name_term(c.roles, c.name), ()) for c in reading.claims]
    calls = [call for claim in reading.claims for call in _claim_calls(claim)]
    answers = iter(session.call_all(calls))
    return [_checked(claim, [next(answers) for _ in _claim_calls(claim)]) for claim in reading.claims]


def _claim_calls(claim: Claim) -> list[Call]:
    return [
        Call("check_fact", {"item": choice.id, "relation": role, "value": _said(claim.name)})
        for role in claim.roles
        for title in claim.titles
        for choice in title.choices[:3]
    ]


def _said(name: EntityMention) -> str:
    """Return what is checked: the label, or the words themselves where they are only nearly a label."""
    sure = name.choices and not is_respelled(name.text, name.choices[0])
    return name.choices[0].label if sure else name.text


def _checked(claim: Claim, answers: list[Any]) -> Checked:
    """Judge a claim by the answers on each of its titles, best first for every title."""
    facts = [fact for fact in answers if fact is not None and fact["verdict"] != "unknown"]
    roles = [role for role in claim.roles if any(fact["relation"] == role for fact in facts)] or list(
        claim.roles[:1]
    )
    supported_roles = [role for role in roles if any(f["relation"] == role and _holds(f) for f in facts)]
    role = (supported_roles or roles)[0]
    known = _best_facts(claim.titles, role, facts)
    wrong = [fact for fact in known if fact["verdict"] == "contradicted"]
    by_name = name_term((role,), claim.name)
    if not wrong:
        respelled = bool(known and claim.name.choices) and is_respelled(
            claim.name.text, claim.name.choices[0]
        )
        label = known[0]["evidence"][0]["label"] if known and known[0]["evidence"] else _said(claim.name)
        correction = _correction(claim, known, role, [label]) if respelled else None
        return Checked(claim, correction, (Alternative(role, label, 0),) if known else by_name, ())
    spelled = next((fact["misspelling_of"] for fact in wrong if fact["misspelling_of"]), None)
    true = [spelled] if spelled else _shared(wrong)
    by_item = tuple(Alternative(role, value, 0) for value in true)
    correction = _correction(claim, wrong, role, true)
    in_role = any(role in choice.roles for choice in _likely(claim.name))
    if spelled:
        return Checked(claim, correction, by_item, ())
    if not in_role or (claim.of_item and (len(true) == 1 or role == "actor")):
        return Checked(claim, correction, by_item, by_name if in_role else ())
    return Checked(claim, correction, by_name, by_item if len(true) == 1 or claim.of_item else ())


def _likely(name: EntityMention) -> Sequence[Candidate]:
    """Return who is meant: of a whole name those who bear it, not who is only called nearly so."""
    whole = [choice for choice in name.choices if fold(choice.label) == fold(name.text)]
    return whole or name.choices


def _correction(claim: Claim, facts: list[Any], role: str, true: list[str]) -> dict[str, Any]:
    items = list(dict.fromkeys(fact["item"] for fact in facts))
    return {"items": items, "relation": role, "claimed": claim.name.text, "true": true}


def _holds(fact: Any) -> bool:
    return fact["verdict"] == "supported" or bool(fact["misspelling_of"])


def _best_facts(titles: Sequence[ItemMention], role: str, facts: list[Any]) -> list[Any]:
    """Return one fact a title.

    Of titles that may mean several items, those that hold, else those that agree most.
    """
    by_title = []
    for title in titles:
        ids = [choice.id for choice in title.choices[:3]]
        mine = [fact for fact in facts if fact["relation"] == role and fact["item"] in ids]
        if mine:
            by_title.append(sorted(mine, key=lambda fact: (not _holds(fact), ids.index(fact["item"]))))
    ways = list(islice(product(*by_title), 64)) if by_title else []
    return list(max(ways, key=lambda way: (sum(map(_holds, way)), _agree(way)), default=()))


def _agree(facts: Iterable[Any]) -> bool:
    return bool(set.intersection(*(set(fact["true_values"]) for fact in facts)))


def _shared(facts: list[Any]) -> list[str]:
    """Return the true values that all facts share, or all of them if they share none."""
    sets = [set(fact["true_values"]) for fact in facts]
    common = set.intersection(*sets) if sets else set()
    return sorted(common or set().union(*sets))


def respelled(reading: ParsedRequest, checked: list[Checked], session: ToolSession) -> list[dict[str, Any]]:
    """Return corrections for misspelt names of people whom the titles named beside them really have."""
    if not session.has("check_fact"):
        return []
    done = {c.claim.name.text for c in checked if c.correction}
    odd = [w for w in reading.wanted if w.name.choices and is_respelled(w.name.text, w.name.choices[0])]
    corrections = []
    for wanted in odd:
        label = wanted.name.choices[0].label
        held = [role for role in wanted.name.choices[0].roles if role != "genre"]
        roles = [role for role in wanted.roles if role in held] or held
        titles = [title.choices[0].id for title in reading.mentioned if title.choices]
        if wanted.name.text in done or not roles or not titles:
            continue
        calls = [Call("check_fact", {"item": item, "relation": roles[0], "value": label}) for item in titles]
        facts = [fact for fact in session.call_all(calls) if fact and fact["verdict"] == "supported"]
        if facts:
            items = [fact["item"] for fact in facts]
            corrections.append(
                {"items": items, "relation": roles[0], "claimed": wanted.name.text, "true": [label]}
            )
    return corrections
