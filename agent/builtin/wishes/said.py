"""Which parts of a message wish for something beyond this request, and how far.

'Stop suggesting sequels', 'from now on nothing over two hours', 'less of this', 'westerns are fine again'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from agent.builtin.lexicon.load import tables, words
from kg.text import fold, tokens

Form = Literal["words", "shown", "withdrawn", "that"]
_CLAUSE = re.compile(
    r"(?:\s*[.!?;\n]+\s*|,?\s+(?:and|but)\s+(?=(?:show|suggest|recommend|give|find|i)\b)|\s+-\s+)", re.I
)
_SHOWN = re.compile(
    r"(?:of )?(?:this|that|these|those|it|them)(?: (?:one|ones|thing|stuff|film|movie|book)s?)?(?: here)?|"
    r"(?:of )?(?:this|that|these|those) (?:kind|sort|type|genre)s?(?: of (?:thing|film|movie|book|story|stuff)s?)?"
)
_LAST = re.compile(
    r"(?:forget|scrap|undo|cancel|drop|withdraw) (?:that|this|it|that wish|what i (?:just )?said)(?: again| please)?"
)
_AGAIN = re.compile(
    r"(?P<what>.+?) (?:is|are) (?P<fine>\w+) (?:again|after all|now)|"
    r"(?:you )?(?:can|may|could) (?:show|suggest|recommend|offer|give)(?: me)? (?P<shown>.+?) again|"
    r"i (?:dont|do not) mind (?P<minded>.+?) (?:any ?more|again|after all|now)|"
    r"forget (?:what i said about|about|the wish about) (?P<about>.+)"
)


class Part(NamedTuple):
    """A part of a message that wishes: `text` says what, `always` how long.

    `form`: in "words"; the kinds of what was "shown"; a wish in words is "withdrawn", or "that" said last.
    """

    form: Form
    text: str
    always: bool = False


class Parts(NamedTuple):
    """The parts of a message that wish, and the rest of it, which asks for something now."""

    wishes: tuple[Part, ...]
    rest: str


def parts_of(text: str) -> Parts:
    """Return what a message wishes beyond this request."""
    wishes: list[Part] = []
    rest: list[str] = []
    for clause in _clauses(text):
        part = _part(clause)
        if part is not None:
            wishes.append(part)
        elif not set(_plain(clause).split()) <= words("standing", "courtesy"):
            rest.append(clause)
    return Parts(tuple(wishes), ". ".join(rest) if wishes else text)


def names_sequels(text: str) -> bool:
    """Tell whether words name what follows a first part."""
    said = f" {_plain(text)} "
    return any(f" {phrase} " in said for phrase in tables("standing")["sequels"])


def without_sequels(text: str) -> str:
    """Return words without those that name what follows a first part."""
    return re.sub(f"\\b(?:{_phrases('sequels')})\\b,?", "", text, flags=re.I)


def _clauses(text: str) -> Iterator[str]:
    return (clause for clause in _CLAUSE.split(text) if clause and clause.strip())


def _part(clause: str) -> Part | None:
    said = _bare(_plain(clause))
    if _LAST.fullmatch(said):
        return Part("that", said)
    if (again := _AGAIN.fullmatch(said)) is not None and _permits(again):
        return Part(
            "withdrawn", next(each for each in again.group("what", "shown", "minded", "about") if each)
        )
    body, scope = _without_scope(clause)
    for section, lasting in (("stopping", True), ("fewer", scope == "always")):
        if (rest := _after(section, body)) is not None:
            rest = re.sub(r"\s+(?:ever )?again$", "", rest, flags=re.I)
            return _unwanted(rest, always=scope != "here" and lasting)
    if _plain(body).startswith("less ") and _SHOWN.fullmatch(_plain(body)[5:]):
        return Part("shown", body, scope == "always")
    if scope and words("standing", "polarity") & set(_plain(clause).split()):
        return Part("words", body, scope == "always")
    return None


def _unwanted(rest: str, *, always: bool) -> Part | None:
    said = _plain(rest)
    if not said or said.split()[0] in ("than", "of"):
        return None
    if _SHOWN.fullmatch(said):
        return Part("shown", rest, always)
    return Part("words", f"no {_without_article(rest)}", always)


def _without_article(rest: str) -> str:
    return re.sub(r"^(?:an?|any|the)\s+", "", rest, flags=re.I)


def _permits(match: re.Match[str]) -> bool:
    return match["fine"] is None or match["fine"] in words("standing", "permitting")


def _without_scope(clause: str) -> tuple[str, str]:
    """Return a part of a message without the words at its begin or end that say how long it holds."""
    body, scope = _trimmed(clause), ""
    for section in ("here", "always"):
        for at in (f"^(?:{_phrases(section)})\\b,?\\s*", f",?\\s*\\b(?:{_phrases(section)})$"):
            shorter = _trimmed(re.sub(at, "", body, flags=re.I))
            if shorter != body and not scope:
                kept = "never again" in _plain(body)
                body, scope = (f"no {_without_article(shorter)}" if kept else shorter), section
    return body, scope


def _after(section: str, body: str) -> str | None:
    match = re.match(f"(?:{_phrases(section)})\\b\\s*(.+)", body, re.I | re.S)
    return match[1] if match else None


def _trimmed(clause: str) -> str:
    """Return a part of a message without courtesy at its begin and end."""
    polite = "|".join(sorted(words("standing", "courtesy"), key=len, reverse=True))
    clause = re.sub(f"^(?:\\s*(?:{polite})\\b[\\s,]*)+", "", clause, flags=re.I)
    return re.sub(r"(?:[\s,]*\b(?:please|thanks|ok|okay|now|then))+[\s,]*$", "", clause, flags=re.I).strip(
        " ,"
    )


def _bare(said: str) -> str:
    polite = words("standing", "courtesy") - {"can", "could", "would", "thank", "you"}
    found = said.split()
    while found and found[0] in polite:
        del found[0]
    while found and found[-1] in ("please", "thanks"):
        del found[-1]
    return " ".join(found)


def _plain(text: str) -> str:
    return " ".join(fold(token.raw) for token in tokens(text.replace("’", "'").replace("'", "")))


@cache
def _phrases(section: str) -> str:
    """Return the phrases of a section as a pattern, the longest first; an apostrophe may stand in them."""
    longest = sorted(tables("standing")[section], key=len, reverse=True)
    return "|".join(re.escape(each).replace("dont", "don['’]?t").replace(r"\ ", r"\s+") for each in longest)
