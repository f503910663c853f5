"""A message as it was meant in the end: what it corrects in itself is read once, as it was put last."""

from __future__ import annotations

import re
from typing import Any

from agent.builtin.dialogue.numbered_parts import part_of_series
from agent.builtin.dialogue.short_titles import with_whole_title
from agent.builtin.interpret.message import understood
from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.corrected import corrected, may_correct
from agent.builtin.parse.turned import titled, turned
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.plan.tool_session import ToolSession

_NOUN = "|".join(
    sorted((*ITEM_NOUNS, "ones", "one", "cinema", "comed(?:y|ies)", "dramas?", "thrillers?", "horror"))
)
_FOREIGN = re.compile(
    rf"\b(?:foreign(?:[- ]language)?|non[- ]english(?:[- ](?:language|speaking))?)\b"
    rf"(?=(?: [a-z-]+){{0,2}} (?:{_NOUN})\b)|(?:(?<=something )|(?<=anything ))foreign\b",
    re.IGNORECASE,
)
_MOST = 6  # words of a run that may be a title and somebody
_FIRST = 6  # chunks that a message may open with a title in
_WHOLE = frozenset(("full", "alias"))


def as_meant(
    text: str, links: dict[str, Any], session: ToolSession, vocabulary: Vocabulary
) -> tuple[str, dict[str, Any]]:
    """Return a text in which what it corrects stands as it was meant, and what it names then."""
    text, links = _with_language_told(*_with_names_parted(text, links, session), session)
    meant = corrected(text, understood(text, links, vocabulary).chunks) if may_correct(text) else text
    if meant == text and vocabulary.measures.texts and not vocabulary.measures.own:
        chunks = understood(text, links, vocabulary).chunks
        meant = turned(text, chunks)
        plain = meant == text and all(chunk.kind not in ("title", "category") for chunk in chunks[:_FIRST])
        if plain and (named := _with_title_first(text, session)) is not None:
            return named
    meant = with_whole_title(text, links, session) if meant == text and links["unlinked"] else meant
    if meant == text and (part := part_of_series(text, links, session, vocabulary)):
        return part
    again = session.call("link_entities", text=meant) if meant != text else None
    return (text, links) if again is None else (meant, again)


def _with_language_told(text: str, links: dict[str, Any], session: ToolSession) -> tuple[str, dict[str, Any]]:
    """Return a text in which 'FOREIGN films' are 'films, NOT IN ENGLISH', where languages are known."""
    found = _FOREIGN.search(text)
    before = text[: found.start()] if found else ""
    if found is None or words("negation", "denying") & {*re.findall(r"\w+", before.casefold())}:
        return text, links
    said = f"{before}{text[found.end() :].lstrip()}"
    wished = said.rstrip(" .!?")
    meant = f"{wished}, not in English{said[len(wished) :]}"
    told = session.call("link_entities", text=meant)
    named = [m["candidates"] for m in told["mentions"] if m["text"] == "English"] if told else []
    known = any("language" in c.get("roles", ()) for each in named for c in each)
    return (meant, told) if told is not None and known else (text, links)


def _with_title_first(text: str, session: ToolSession) -> tuple[str, dict[str, Any]] | None:
    """Return a text whose first words turn out to be a title that it turns from; None if they are none."""
    meant = titled(text)
    told = session.call("link_entities", text=meant) if meant != text else None
    if told is None:
        return None
    title = meant.removeprefix("something like ").partition(" but ")[0].casefold()
    whole = [m for m in told["mentions"] if m["text"].casefold() in (title, f"the {title}")]
    return (meant, told) if any(_is_item(c) for m in whole for c in m["candidates"]) else None


def _is_item(candidate: dict[str, Any]) -> bool:
    return candidate["kind"] == "item" and candidate["match"] in _WHOLE


def _with_names_parted(text: str, links: dict[str, Any], session: ToolSession) -> tuple[str, dict[str, Any]]:
    """Return a text with a comma between a title and somebody in one run: 'that guy from HEAT AL PACINO'."""
    for run in links["unlinked"]:
        said = run["text"].split()
        for k in range(1, len(said)) if len(said) <= _MOST and "," not in run["text"] else ():
            left, right = " ".join(said[:k]), " ".join(said[k:])
            parted = f"{left}, {right}"
            told = session.call("link_entities", text=parted)
            if told is None or not _are_both(told, left, right):
                continue
            meant = f"{text[: run['start']]}{parted}{text[run['end'] :]}"
            again = session.call("link_entities", text=meant)
            return (text, links) if again is None else (meant, again)
    return text, links


def _are_both(links: dict[str, Any], left: str, right: str) -> bool:
    """Tell whether two parts are exactly a title and the whole name of somebody, in either order."""
    named = {mention["text"]: mention["candidates"] for mention in links["mentions"]}
    if links["unlinked"] or named.keys() != {left, right}:
        return False
    for title, person in ((left, right), (right, left)):
        item = any(c["kind"] == "item" and c["match"] in _WHOLE for c in named[title])
        somebody = any(c["kind"] != "item" and _is_whole(c, person) for c in named[person])
        if item and somebody:
            return True
    return False


def _is_whole(candidate: dict[str, Any], said: str) -> bool:
    several = " " in said
    return several and candidate["match"] in {*_WHOLE, "surname"} and "genre" not in candidate["roles"]
