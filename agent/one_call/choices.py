"""What the words of a message leave open after the built-in reading; what they settle is closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from agent.headings import in_words
from agent.one_call.edit import after
from agent.one_call.types import Choice, Draft, Edit, Option, Stated
from kg.text import name_key, tokens
from tools.toolsets import as_json

MOST = 4  # choices of one reply
_NAMES = 3  # readings of one name
_WORDS = 8  # words that may be looked for
_SURE = 0.5  # a link that is less is perhaps just words
_LINK = "link_entities"
_STATED = ("conditions", "any_of", "none_of")
LEAVE = Option("leave it out")
Run = Callable[[str, dict[str, Any]], Any]


def open_choices(draft: Draft, run: Run) -> tuple[Choice, ...]:
    """Return what is open of a draft, at most `MOST` choices with different keys.

    Args:
        draft: what the built-in model proposes.
        run: runs a tool by name; returns its result, None where it refused.
    """
    kinds = (
        _readings(draft),
        _asides(draft),
        _unused_names(draft),
        _unknown_names(draft, run),
        _theme(draft, run),
    )
    found: dict[str, Choice] = {}
    for choice in filter(None, (_telling(each, draft, run) for kind in kinds for each in kind)):
        found.setdefault(choice.key, choice)
    return tuple(islice(found.values(), MOST))


def _telling(choice: Choice, draft: Draft, run: Run) -> Choice | None:
    """Return a choice without options that would change nothing; None where no other is left."""
    first, *others = choice.options
    kept = [each for each in others if each.edit and after(draft.proposal, draft, each.edit, run)]
    return Choice(choice.key, (first, *kept)) if kept else None


def read_so_far(draft: Draft) -> str:
    """Return what a draft has read, in words, for a prompt."""
    proposal = draft.proposal
    stated = in_words(proposal["conditions"]) if proposal["conditions"] else ""
    return stated or ("a question of fact" if proposal.get("facts") else "nothing that a fact tells")


def _readings(draft: Draft) -> Iterator[Choice]:
    """Yield the choice between two bearers of a name, where nothing in the message decides."""
    also = draft.proposal.get("also")
    if draft.person_decides:
        return
    if also and also.get("question") and len(set(also["choices"])) == 2:
        first, second = also["choices"]
        yield Choice(also["question"], (Option(first), Option(second, Edit(second=True))))


def _asides(draft: Draft) -> Iterator[Choice]:
    """Yield whether a name that is told by the way is a condition: 'comedies; my aunt met JACK LEMMON'."""
    stated = draft.proposal["conditions"]
    for said, label in draft.aside:
        held = tuple(each for each in stated if each["value"] == label)
        if held and len(held) < len(stated):
            left = Option(LEAVE.value, Edit(dropped=held, unused=said))
            yield Choice(said, (Option(f"only {_said(held[0])}"), left))


def _unused_names(draft: Draft) -> Iterator[Choice]:
    """Yield a choice for every linked name that decided nothing and that no call of the draft names."""
    told = as_json([_stated(call.arguments) for call in draft.calls if call.name != _LINK])
    lost = _words([*draft.proposal.get("unused", ()), *draft.proposal.get("unknown", ())])
    for mention in draft.links["mentions"]:
        sure = [each for each in mention["candidates"] if each["score"] >= _SURE]
        names = {as_json(each[part]) for each in sure for part in ("label", "id")}
        named = any(name in told for name in names)
        if not named and _words([mention["text"]]) & lost:
            wanted = [condition for each in sure for condition in _roles(each)]
            if options := tuple(_with_or_without(mention["text"], wanted, draft)):
                yield Choice(mention["text"], (LEAVE, *options))


def _stated(arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if name not in ("unused", "unknown", "note")}


def _unknown_names(draft: Draft, run: Run) -> Iterator[Choice]:
    """Yield a choice for every name that nothing here has, between the names nearest to it."""
    unknown = set(draft.proposal.get("unknown", ()))
    for name in draft.links["unlinked"]:
        if name["text"] not in unknown:
            continue
        options = []
        for label in name["nearest"][:_NAMES]:
            linked = run(_LINK, {"text": label}) or {"mentions": []}
            bearers = [c for m in linked["mentions"] for c in m["candidates"] if c["label"] == label]
            for condition in (each for bearer in bearers[:1] for each in _roles(bearer)[:1]):
                edit = Edit(all_of=(condition,), used=name["text"], read_as=label)
                options.append(Option(_said(condition), edit))
        if options:
            yield Choice(name["text"], (LEAVE, *options))


def _theme(draft: Draft, run: Run) -> Iterator[Choice]:
    """Yield whether words that decided nothing are what items are about, where nothing is stated of them."""
    proposal = draft.proposal
    if _states(proposal) or proposal.get("facts") or draft.ordered:
        return
    if proposal.get("act") not in (None, "recommend", "decline"):
        return
    said = [word.raw for phrase in proposal.get("unused", ()) for word in tokens(phrase)]
    words = tuple(dict.fromkeys(said))[:_WORDS]
    found = run("search_items", {"text": " ".join(words), "words": list(words), "k": 1}) if words else None
    known = tuple(word for word in words if found and word not in found["unheard"])
    if known:
        edit = Edit(words=known, used=" ".join(known))
        yield Choice(", ".join(known), (LEAVE, Option("look for these in descriptions", edit)))


def _with_or_without(said: str, wanted: list[Stated], draft: Draft) -> Iterator[Option]:
    """Yield the options of a name: what the words deny of it can only be ruled out, all else only wanted.

    A kind that the reading left over is perhaps a tone, so it orders; so does a name beside what is proved.
    An order that the reading has reasons for stays.
    """
    if draft.ordered:
        return
    proved = _states(draft.proposal)
    tones = [each for each in wanted if proved or each["relation"] in draft.kinds][:_NAMES]
    names = [] if proved else [each for each in wanted if each["relation"] not in draft.kinds][:_NAMES]
    if name_key(said) in draft.ruled_out:
        yield from (Option(f"rather no {_said(each)}", Edit(last=(each,), used=said)) for each in tones)
        yield from (Option(f"no {_said(each)}", Edit(none_of=(each,), used=said)) for each in names)
    else:
        yield from (Option(f"rather {_said(each)}", Edit(first=(each,), used=said)) for each in tones)
        yield from (Option(f"only {_said(each)}", Edit(all_of=(each,), used=said)) for each in names)


def _states(proposal: dict[str, Any]) -> bool:
    return any(proposal.get(name) for name in _STATED)


def _roles(candidate: dict[str, Any]) -> list[Stated]:
    """Return the conditions that an entity may be, the relation of most items first; none for an item."""
    ranked = sorted(candidate["roles"].items(), key=lambda role: (-role[1], role[0]))
    return [{"relation": relation, "op": "is", "value": candidate["label"]} for relation, _ in ranked]


def _said(condition: Stated) -> str:
    return f"{condition['relation'].replace('_', ' ')} {condition['value']}"


def _words(texts: list[str]) -> set[str]:
    return {word.norm for text in texts for word in tokens(text)}
