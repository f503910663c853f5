"""A verification in plain words, a line each, as `usher verify` prints it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from agent.headings import in_words
from agent.phrasing import flat, listed, printable, said
from agent.verify.types import Checked, CheckedClaim, Met, Verification

_MARKS = {"proved": "✓", "contradicted": "✗", "unknown": "?"}


def as_data(found: Verification) -> dict[str, Any]:
    """Return a verification as plain data, as `usher verify --json` prints it (docs/verify.md)."""
    told: dict[str, Any] = _printable(asdict(replace(found, repaired=None)))
    return told | {"repaired": found.repaired, "holds": found.holds, "text": "\n".join(lines(found))}


def _printable(value: Any) -> Any:
    """Return plain data without characters that no reader sees; what others wrote is repeated in it."""
    if isinstance(value, dict):
        return {name: _printable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(each) for each in value]
    return printable(value) if isinstance(value, str) else value


def lines(found: Verification) -> Iterator[str]:
    """Yield what is said of an answer: items, titles that are not here, claims, what was ignored."""
    held = sum(each.verdict == "proved" and each.offered for each in found.items)
    every = len(found.items) + len(found.unknown)
    if not every:
        yield "No item of this catalogue is named in the answer."
    elif any(each.conditions for each in found.items) or (found.ignored and not found.items):
        yield f"{held} of {every} {'item is' if every == 1 else 'items are'} proved to meet the request."
    else:
        yield f"Nothing in the request can be compared with stored facts; {every} named."
    yield from map(_item, found.items)
    yield from (f"  ✗ {flat(title)}: not in this catalogue" for title in found.unknown)
    false = [each for each in found.claims if each.verdict == "contradicted"]
    proved = sum(each.verdict == "proved" for each in found.claims)
    if found.claims:
        yield f"{proved} of {len(found.claims)} claims are proved" + ("." if not false else "; false:")
    yield from (f"  ✗ {_claim(each)}" for each in false)
    open_ones = [each for each in found.claims if each.verdict == "unknown"]
    if open_ones:
        yield f"Not known here: {'; '.join(map(_claim, open_ones))}."
    if found.items and found.ignored:
        yield f"No item is proved to meet: {'; '.join(map(_condition, found.ignored))}."
    if found.unread:
        yield f"Not checked, because no fact here tells it: {', '.join(map(flat, found.unread))}."


def _item(item: Checked) -> str:
    name = f"{printable(item.title)} ({item.year})" if item.year else printable(item.title)
    if not item.offered:
        return f"  ✗ {name}: known here only as a reference"
    reasons = [_reason(each) for each in item.conditions if each.verdict != "proved"]
    return f"  {_MARKS[item.verdict]} {name}" + (f": {'; '.join(reasons)}" if reasons else "")


def _reason(met: Met) -> str:
    if met.denied and met.values:
        return f"has {said(met.relation)} {flat(met.value)}, which the request excludes"
    if not met.values:
        return f"{said(met.relation)} is not known here, asked for {'not ' * met.denied}{_value(met)}"
    return f"{said(met.relation)} is {listed(list(map(flat, met.values)))}, not {_value(met)}"


def _condition(met: Met) -> str:
    words = in_words([{"relation": met.relation, "op": met.op, "value": met.value}])
    return f"not {words}" if met.denied else words


def _value(met: Met) -> str:
    return flat(met.value) if met.op == "is" else f"{met.op} {flat(met.value)}"


def _claim(claim: CheckedClaim) -> str:
    relation = said(claim.relation) if claim.relation else "it"
    told = f"{printable(claim.title)}: {relation} “{flat(claim.claimed)}”"
    return f"{told}, but it is {listed(list(map(flat, claim.true)))}" if claim.true else told
