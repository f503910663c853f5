"""Of several items of one title, the one that an answer went by: 'more by the director of Dune'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agent.builtin.interpret.request import ParsedRequest, Reference
from agent.builtin.parse.chunks import Candidate
from agent.builtin.plan.search import Stated
from agent.builtin.plan.tool_session import Call, ToolSession
from agent.builtin.respond import sentences


def which_was_meant(reading: ParsedRequest, stated: Sequence[Stated], session: ToolSession) -> str:
    """Return sentences that say through which of several items of one title what is stated was found."""
    if not session.has("resolve_reference"):
        return ""
    return " ".join(dict.fromkeys(each for ref in reading.references for each in _of(ref, stated, session)))


def _of(reference: Reference, stated: Sequence[Stated], session: ToolSession) -> Iterator[str]:
    titles = [title for title in reference.titles if title.choices]
    if len(titles) != 1:
        return
    likely = [c for c in titles[0].choices[:3] if c.match == titles[0].choices[0].match]
    if len(likely) < 2:
        return
    for role in reference.roles:
        calls = [Call("resolve_reference", {"items": [c.id], "relation": role}) for c in likely]
        told = session.call_all(calls)
        found = [{each["value"] for each in answer["values"]} if answer else set[str]() for answer in told]
        meant = next((i for i, values in enumerate(found) if _states(stated, values)), None)
        if meant is not None and any(values - found[meant] for values in found):
            yield _said(likely[meant])


def _states(stated: Sequence[Stated], values: set[str]) -> bool:
    return any(each["value"] in values for each in stated)


def _said(choice: Candidate) -> str:
    return sentences.took_for(choice.label, choice.year)
