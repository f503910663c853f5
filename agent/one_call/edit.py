"""Edits of a draft: each looks up what it changes; one that leaves nothing to recommend is undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from agent.builtin.respond import sentences
from agent.one_call.types import Draft, Edit
from kg.text import tokens
from tools.toolsets import as_json

Proposal = dict[str, Any]
Run = Callable[[str, dict[str, Any]], Any]
_FIND, _SEARCH = "find_items", "search_items"
_LOOKED_AT = 50  # items whose descriptions are compared
_UNSAID = ("recommend", "inform")


def edited(draft: Draft, edits: Sequence[Edit], run: Run) -> Proposal:
    """Return the proposal of a draft after edits, in their order.

    Args:
        draft: what the built-in model proposes.
        edits: what a model decided.
        run: runs a tool by name; returns its result, None where it refused or is not on.
    """
    proposal = draft.proposal
    for edit in edits:
        proposal = after(proposal, draft, edit, run) or proposal
    return proposal


def after(proposal: Proposal, draft: Draft, edit: Edit, run: Run) -> Proposal | None:
    """Return a proposal after one edit of its draft; None where that leaves nothing, or all as it was."""
    if edit.second:
        return _second(proposal)
    if edit.words:
        return _by_words(proposal, edit, run)
    if (edit.first or edit.last) and proposal["items"]:
        return _ordered(proposal, draft, edit, run)
    return _narrowed(proposal, draft, edit, run)


def _second(proposal: Proposal) -> Proposal | None:
    """Return a proposal with its two readings changed round."""
    also = proposal.get("also")
    if not also or not also["items"]:
        return None
    label = sentences.second_reading(proposal["conditions"])
    first = {"label": label, "items": proposal["items"], "conditions": proposal["conditions"]}
    changed = {"items": also["items"], "conditions": also["conditions"], "note": "", "also": first}
    return {**proposal, **changed}


def _narrowed(proposal: Proposal, draft: Draft, edit: Edit, run: Run) -> Proposal | None:
    """Return a proposal with more conditions: those of its items that satisfy them, else what is found."""
    kept = [each for each in proposal["conditions"] if each not in edit.dropped]
    conditions = [*kept, *edit.all_of, *edit.first]
    none_of = [*(proposal.get("none_of") or ()), *edit.none_of, *edit.last]
    asked = {**_searched(proposal, draft), "conditions": conditions, "none_of": none_of}
    found = run(_FIND, asked)
    held = [hit["id"] for hit in found["items"]] if found else []
    known = set(held)
    items = [item for item in proposal["items"] if item in known] or held[: len(proposal["items"]) or None]
    items = list(dict.fromkeys((*proposal["items"], *held))) if edit.dropped else items
    if not items or (items == proposal["items"] and edit.none_of):
        return None
    return _using(proposal | {"items": items, "conditions": conditions, "none_of": none_of}, edit)


def _ordered(proposal: Proposal, draft: Draft, edit: Edit, run: Run) -> Proposal | None:
    """Return a proposal whose items that satisfy a condition come first, or last."""
    conditions = [*proposal["conditions"], *edit.first, *edit.last]
    found = run(_FIND, {**_searched(proposal, draft), "conditions": conditions})
    known = {hit["id"] for hit in found["items"]} if found else set()
    ahead = [item for item in proposal["items"] if (item in known) == bool(edit.first)]
    behind = [item for item in proposal["items"] if (item in known) != bool(edit.first)]
    items = [*ahead, *behind]
    return _using(proposal | {"items": items}, edit) if items != proposal["items"] else None


def _searched(proposal: Proposal, draft: Draft) -> dict[str, Any]:
    """Return the arguments of the search that found the items of a draft; what is stated, where none did."""
    wanted = [as_json(item) for item in draft.proposal["items"]]
    for call in reversed(draft.calls if wanted else ()):
        if call.name == _FIND and not call.refused and all(item in call.content for item in wanted):
            return {name: value for name, value in call.arguments.items() if name not in ("limit", "order")}
    return {"any_of": proposal["any_of"]} if proposal.get("any_of") else {}


def _by_words(proposal: Proposal, edit: Edit, run: Run) -> Proposal | None:
    """Return a proposal whose items with these words in their descriptions come first."""
    asked = {"text": " ".join(edit.words), "words": list(edit.words), "k": _LOOKED_AT}
    found = run(_SEARCH, {**asked, "conditions": proposal["conditions"]})
    if not found or not found["items"]:
        return None
    near = [hit["id"] for hit in found["items"]]
    held = set(proposal["items"])
    first = [item for item in near if item in held or not held]
    moved = set(first)
    rest = [item for item in proposal["items"] if item not in moved]
    if [*first, *rest] == proposal["items"]:
        return None
    used = " ".join(word for word in edit.words if word not in found["missing"])
    basis = {"basis": proposal.get("basis") or "text"}
    return _using(proposal | {"items": [*first, *rest]} | basis, Edit(used=used))


def _using(proposal: Proposal, edit: Edit) -> Proposal:
    """Return a proposal that no longer says of the words of an edit that they decided nothing."""
    used = {word.norm for word in tokens(edit.used)}
    said: Proposal = {"unknown": [n for n in proposal.get("unknown", ()) if n != edit.used]}
    said["unused"] = [left for phrase in proposal.get("unused", ()) for left in _without(phrase, used)]
    said["unused"] += [edit.unused] if edit.unused else []
    note = proposal["note"] if proposal.get("act") in (None, *_UNSAID) else ""
    if edit.read_as:
        note = f"{sentences.read_as([(edit.used, edit.read_as)])} {note}".strip()
    return {**proposal, **said, "note": note, "act": None}


def _without(phrase: str, used: set[str]) -> Iterator[str]:
    """Yield what is left of a phrase beside words that are used: runs of words as they stand in it."""
    for kept, run in groupby(tokens(phrase), lambda word: word.norm not in used):
        words = list(run)
        if kept:
            yield phrase[words[0].start : words[-1].end]
