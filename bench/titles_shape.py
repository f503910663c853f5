"""What looks like a title and what like a sentence, a field of a card or a heading: told by form alone."""

from __future__ import annotations

import re

from kg.text import words

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL = frozenset("a an and as at but by for from in into it of on or the to with".split())
_SPEAKS = frozenset(
    "i you your we our my me is are was were be been have has had can could should would will may might do"
    " does did there this these that those please let here they their he she his her who which".split()
)
_CONTRACTED = re.compile(
    r"(?:i['’](?:m|d|ll|ve)|(?:it|that|there|here)['’]s|(?:you|we|they)['’](?:re|ll|ve|d))$", re.IGNORECASE
)
_STOP = re.compile(r"[^\W\d_]{4,}\.[\"”]?\s+\S")  # 'Dr. No' goes on, a sentence of four letters does not
_GENERIC = re.compile(
    r"(?:(?:an?|the|this|that|any|some|these|those|another|other|my|your)\s+)?(?:[^\W\d_-]+[\s-]+)?"
    r"(?:films?|movies?|books?|novels?|pictures?)(?:-\w+)?\s+"
    r"(?:by|with|that|which|who|starring|directed|written|about|from|in|is|are|was|you|for|of)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"(?:starring|featuring|(?:directed|written|produced) by)\b")  # begins no title, small
_FACET = re.compile(
    r"\W*(?:release (?:year|date)|year|date|released|genres?|directors?|directed by|starring|stars?|cast"
    r"|actors?|main cast|writers?|written by|authors?|plot|synopsis|summary|description|overview|rating"
    r"|runtime|length|language|country|publisher|reason|why|note|tags?|mood|themes?|producers?|composers?|music)\W{0,3}:",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"[\[<{(]?\s*(?:(?:movie|film|book|insert)\s+(?:title|name)|title|name of (?:movie|film|book))\s*"
    r"#?\d*\s*[\]>})]?(?:\s*[\[(](?:release )?year[\])])?$",
    re.IGNORECASE,
)
_ABOUT = frozenset(
    "here are is some a the my top best great good other more recommended recommendation recommendations"
    " suggested suggestion suggestions list lists film films movie movies book books title titles answer"
    " final result results output response of for you that match matches your query request may might like"
    " and to these this following".split()
)
_NAMED = frozenset(
    "recommended recommendation recommendations suggested suggestion suggestions list films movies books"
    " titles answer result results output response film movie book".split()
)
_PLAIN = re.compile(r"[\w\s#'’“”]{1,60}")
_MOST_WORDS = 20
_SHORT = 8  # words of an entry of a list that may be written as a sentence is


def may_be_title(text: str, *, listed: bool) -> bool:
    """Tell whether a text that names nothing in the catalogue looks like a title.

    Titles begin their words with capitals; sentences do not, and speak of 'I' and 'you', 'is' and 'has'. An
    entry of a list (`listed`) may be written small if it does not speak.
    """
    said = _WORD.findall(text)
    if len(said) > _MOST_WORDS or _STOP.search(text) or _GENERIC.match(text) or _PLACEHOLDER.match(text):
        return False
    if is_heading(text) or _CREDIT.match(text):
        return False
    if len(said) < 2:
        return not (said and _CONTRACTED.match(said[0]))
    rest = [word for word in said[1:] if word.lower() not in _SMALL and not _CONTRACTED.match(word)]
    speaks = any(_speaks(word) for word in said)
    if speaks and text.rstrip('"”’ ').endswith("."):
        return False
    small = sum(word[0].islower() for word in rest)
    if small < len(rest) - small or not (small or speaks):
        return True
    if speaks:
        return False
    return text[:1].islower() or len(said) < 3 or (listed and len(said) <= _SHORT)


def is_facet(text: str) -> bool:
    """Tell whether a line is a field of a card, 'Director: Ada Quill', and names no title."""
    return bool(_FACET.match(text))


def is_heading(text: str) -> bool:
    """Tell whether a line only says that recommendations follow: 'Recommended films', 'Top 10 movies'."""
    said = [word for word in words(text) if not word.isdigit()]
    return not _NAMED.isdisjoint(said) and _ABOUT.issuperset(said)


def without_heading(text: str) -> str:
    """Return a line without the words before its colon that only say that recommendations follow."""
    head, colon, rest = text.partition(":")
    plain = colon and rest.strip() and _PLAIN.fullmatch(head)
    return rest.strip() if plain and is_heading(head) else text


def _speaks(word: str) -> bool:
    return bool(_CONTRACTED.match(word)) or (word[0].islower() and word in _SPEAKS)
