"""Which parts of a message wish for something beyond this request, and how far.

'Stop suggesting sequels', 'from now on nothing over two hours', 'less of this', 'westerns are fine again'.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from agent.builtin.lexicon.load import tables, words
from kg.text import fold, tokens

Form = Literal["words", "less", "shown", "withdrawn", "last"]
_FOR_GOOD = ("always", "opening")
_MOST = 2_000  # characters
_KEPT = 256  # messages; what people follow up with is much alike
LONG = 40  # words of a message that tells something; 'no more' in it is hardly a wish
_CLAUSE = re.compile(
    r"\s*(?:[!?;\n]|\.(?!\d))+\s*|\s+-\s+|"
    r"(?:,?\s+(?:and|but)\s+|,\s*)(?=(?:please\s+)?(?:show|suggest|recommend|give|find|i|i['’]d|what|how|can|could|"
    r"something|anything|stop|never|from now|no more|less of)\b)",
    re.IGNORECASE,
)
_KIND = r"(?: (?:kind|sort|type|genre)s?(?: of (?:thing|film|movie|book|story|stuff)s?)?)?"
_THING = r"(?: (?:one|ones|thing|things|stuff|film|films|movie|movies|book|books))?"
_SHOWN = re.compile(
    rf"(?:of )?(?:(?:this|that|these|those){_KIND}{_THING}|it|them|"
    r"the (?:first|second|third|fourth|fifth|last)(?: one| of (?:these|those))?)(?: here)?"
)
_LAST = re.compile(r"(?:forget|scrap|undo|cancel|withdraw) (?:that|this|it|that wish|what i (?:just )?said)")
_AGAIN = re.compile(
    r"(?P<what>.+?) (?:is|are) (?P<fine>\w+)(?: again| after all| now| with me| by me)?|"
    r"(?:you )?(?:can|may|could) (?:show|suggest|recommend|offer|give)(?: me)? (?P<shown>.+?) again|"
    r"(?:show|suggest|recommend)(?: me)? (?P<told>.+?) again|"
    r"i (?:dont|do not) mind (?P<minded>.+?) (?:any ?more|again|after all|now)|"
    r"i (?:have |ve )?changed my mind about (?P<changed>.+)|"
    r"forget (?:what i said about|about|the wish about) (?P<about>.+)|"
    r"(?:drop|lift|remove|forget|cancel) the (?:no |less )?(?P<rule>.+) (?:rule|wish|ban|thing)"
)
_WORD = re.compile(r"\w+")
_GAPS = re.compile(r"[^\S\n]+")
_POLITE_END = re.compile(r"(?:[\s,]*\b(?:please|thanks|thank you|ok|okay|now|then))+[\s,]*$", re.IGNORECASE)
_LEADING = re.compile(r"^[\s,.;!?-]*(?:(?:and|but)\b)?\s*", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:an?|any|another|the|of|more)\s+", re.IGNORECASE)
_ANYTHING = re.compile(r"^(?:anything|any (?:films?|movies?|books?)|something)\s+", re.IGNORECASE)


class Part(NamedTuple):
    """A part of a message that wishes: `text` says what, `always` that it is for good.

    `form`: against what the "words" say, or for "less" of it; less of what was "shown"; a wish that is
    "withdrawn" in words, or the "last" one. Who is `sure` wishes, whatever the words are about.
    """

    form: Form
    text: str
    always: bool = False
    sure: bool = False


class Parts(NamedTuple):
    """The parts of a message that wish, each with its own words, and the whole message."""

    wishes: tuple[tuple[Part, str], ...]
    text: str

    def rest(self, used: Collection[str]) -> str:
        """Return what asks for something now: the message without the parts that were taken as wishes."""
        left = self.text
        for clause in used:
            left = left.replace(clause, "", 1)
        left = _LEADING.sub("", left)
        return "" if _is_courtesy(left) else left.strip()


@lru_cache(maxsize=_KEPT)
def parts_of(text: str) -> Parts:
    """Return what a message wishes beyond this request; a very long one wishes nothing."""
    if len(text) > _MOST:
        return Parts((), text)
    if not _may_wish(text):
        return Parts((), text)
    text = _GAPS.sub(" ", re.sub(r"\n\s*", "\n", text))
    clauses = [clause for clause in _CLAUSE.split(text) if clause and clause.strip()]
    long = len(text.split()) > LONG
    found = [(part, clause) for clause in clauses if _may_wish(clause) and (part := _part(clause))]
    return Parts(tuple(each for each in found if each[0].sure or not long), text)


def _may_wish(text: str) -> bool:
    """Tell whether a text has a word, or two side by side, without which nothing wishes here."""
    said = _WORD.findall(text.lower())
    pairs = words("standing", "signs of two words")
    return not (
        words("standing", "signs").isdisjoint(said) and pairs.isdisjoint(map(" ".join, pairwise(said)))
    )


def names_sequels(text: str) -> bool:
    """Tell whether words name what follows a first part."""
    said = f" {_plain(text)} "
    return any(f" {phrase} " in said for phrase in tables("standing")["sequels"])


def _part(clause: str) -> Part | None:
    said = _without_courtesy(_plain(clause))
    if _LAST.fullmatch(said):
        return Part("last", said)
    if (again := _AGAIN.fullmatch(said)) and (
        again["fine"] is None or again["fine"] in words("standing", "permitting")
    ):
        return Part("withdrawn", next(each for each in again.groups() if each and each != again["fine"]))
    body, scope = _without_scope(clause)
    rest = _after("less", body) or _shown_less(body)
    if rest and not _plain(rest).startswith("than "):  # "fewer than 100 pages"
        form: Form = "shown" if _SHOWN.fullmatch(_plain(rest)) else "less"
        return Part(form, _ARTICLE.sub("", rest), scope in _FOR_GOOD)
    for section in ("never", "stopping", "fewer"):
        if rest := _after(section, body):
            lasting = scope in _FOR_GOOD or (section == "never" and scope != "here")
            return _unwanted(_without_ending(rest), always=lasting, sure=section != "fewer")
    if (rest := _after("declining", body)) and (shorter := _without_ending(rest)) != rest:
        return _unwanted(shorter, always=scope in _FOR_GOOD, sure=True)
    said_so = words("standing", "polarity") & set(_plain(body).split())
    if scope and (said_so or scope == "always"):
        return Part("words", body, scope in _FOR_GOOD)
    return None


def _shown_less(body: str) -> str | None:
    said = _plain(body)
    return said[5:] if said.startswith("less ") and _SHOWN.fullmatch(said[5:]) else None


def _unwanted(rest: str, *, always: bool, sure: bool) -> Part | None:
    said = _plain(rest)
    if not said or said.split()[0] == "than":
        return None
    if _SHOWN.fullmatch(said):
        return Part("shown", rest, always, sure)
    bare = _ANYTHING.sub("nothing ", rest)
    return Part("words", bare if bare != rest else f"no {_ARTICLE.sub('', rest)}", always, sure)


def _without_scope(clause: str) -> tuple[str, str]:
    """Return a part of a message without the words at its begin or end that say how long it holds."""
    body = _trimmed(clause)
    for section in ("here", "always", "opening"):
        opening = re.sub(f"^(?:{_phrases(section)})\\b[:,]?\\s*", "", body, flags=re.I)
        closing = (
            body
            if section == "opening"
            else re.sub(f",?\\s*\\b(?:{_phrases(section)})$", "", body, flags=re.I)
        )
        for shorter in (_trimmed(opening), _trimmed(closing)):
            if shorter != body:
                return shorter, section
    return body, ""


def _without_ending(text: str) -> str:
    return _trimmed(re.sub(rf"\s+(?:{_phrases('ending')})$", "", _trimmed(text), flags=re.I))


def _after(section: str, body: str) -> str | None:
    match = re.match(f"(?:{_phrases(section)})\\b[,:]?\\s*(.+)", body, re.I | re.S)
    return match[1] if match else None


def _trimmed(clause: str) -> str:
    """Return a part of a message without courtesy at its begin and end."""
    return _POLITE_END.sub("", _polite_begin().sub("", clause)).strip(" ,")


@cache
def _polite_begin() -> re.Pattern[str]:
    polite = "|".join(sorted(words("standing", "courtesy"), key=len, reverse=True))
    return re.compile(f"^(?:\\s*(?:{polite})\\b[\\s,]*)+", re.IGNORECASE)


def _without_courtesy(said: str) -> str:
    polite = words("standing", "courtesy") - {"can", "could", "would", "thank", "you"}
    found = said.split()
    while found and found[0] in polite:
        del found[0]
    while found and found[-1] in ("please", "thanks", "then"):
        del found[-1]
    return " ".join(found)


def _is_courtesy(clause: str) -> bool:
    return set(_plain(clause).split()) <= words("standing", "courtesy")


def _plain(text: str) -> str:
    return " ".join(fold(token.raw) for token in tokens(text.replace("’", "'").replace("'", "")))


@cache
def _phrases(section: str) -> str:
    """Return the phrases of a section as a pattern, the longest first; an apostrophe may stand in them."""
    longest = sorted(tables("standing")[section], key=len, reverse=True)
    apart = (re.escape(each).replace(r"\ ", r"\s+") for each in longest)
    return "|".join(re.sub(r"\b(don|i)(t|d)\b", r"\1['’]?\2", each) for each in apart)
