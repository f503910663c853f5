"""What a message says no more with than without: 'about chess or UH poker', 'into westerns THESE DAYS'."""

from __future__ import annotations

import re
from functools import lru_cache

from agent.builtin.lexicon.load import every_word, tables
from tools.english import is_everyday


def _any_of(section: str) -> str:
    """Return what matches any phrase of a section of the words of dialogue, with apostrophes or without."""
    said = sorted(tables("dialogue")[section], key=len, reverse=True)
    return "|".join(" ".join("['’]?".join(word) for word in phrase.split()) for phrase in said)


_KEPT = 8  # messages, each looked at by several readers
_SOUNDS = re.compile(r"(?<![\w'’-])(?:um+|uh+|uhm+|erm+|hmm+|mhm)(?![\w'’-]),?")
_NOW = re.compile(r"(?<=\w )(?:these days|at the moment|right now|as of late)(?=[.?!,]|\s*$)", re.IGNORECASE)
_ADDRESS = re.compile(
    r"^\s*(?:ok|okay|hey|hi)?,? ?(?:google|siri|alexa|cortana|bixby)\b,?(?= )", re.IGNORECASE
)
_SHORT = ("sth", "smth", "smthg", "sumthin", "sumthing", "somethin")
_TYPED = re.compile(rf"\b(?:{'|'.join(_SHORT)})\b", re.IGNORECASE)
_NON = re.compile(r"\b(non)-(?=[^\W\d_]{3})(?!fiction|linear|stop)", re.IGNORECASE)
_LESS_OF = re.compile(r"\bless about\b", re.IGNORECASE)
_LIVE = re.compile(r"(?<!not )(?<!or )\blive[- ]action\b(?! (?:remake|version|adaptation))", re.I)
_SLIPS = {slip: word for word, slips in tables("slips").items() for slip in slips}
_DRAWN_OUT = re.compile(r"[^\W\d_]*([a-z])\1{2,}[^\W\d_]*")  # not "Halloween III"
_REPEATED_LETTER = re.compile(r"([a-z])\1\1")
_REPEATED = re.compile(r"(.)\1{2,}")
_WORD = re.compile(r"[^\W\d_]+")
_BEGUN_ANEW = re.compile(
    r"^.*\b(?:no sorry|sorry no|no wait|wait no|scratch that|no hang on)\b,?"
    r"(?= (?:suggest|show|give|find|recommend|i want|i need)\b)",
    re.DOTALL,
)
_ASIDE = re.compile(rf"(?:,\s*)?\b(?:{_any_of('asides')})\b,?(?!['’\w])", re.IGNORECASE)
_SAY = re.compile(rf"(?<=last|past),? (?:{_any_of('before a guess')}),?(?= (?:\d|[a-z]))", re.IGNORECASE)
_ITEMS = re.compile(r"\b(?:books?|novels?|films?|movies?|story|stories|something|anything)\b", re.IGNORECASE)
_FINE = r"(?: (?:(?:totally|perfectly|just) )?(?:fine|ok|okay|good|great|alright))?(?: (?:by|with|for) me)?"
_INDIFFERENT = re.compile(
    r"\s*[,;.–—-]\s*(?:(?:and|but) )?(?:"
    r"i (?:really )?(?:do not|don['’]?t) (?:really )?(?:mind|care)(?: which(?: one)?| either way)?"
    r"|i(?: am|['’]?m) not (?:fussy|fussed|bothered|picky)(?: (?:about )?which)?"
    r"|(?:either|any|both|whichever)(?: one| of them)? (?:is|are|would be|will be|works?|will do|goes)"
    + _FINE
    + r"|(?:it )?(?:doesn['’]?t|does not) matter(?: which)?|either way|no preference)\s*[.!]*\s*$",
    re.IGNORECASE,
)

_EITHER_WAY = re.compile(
    r"(?:\s*[,;(–—-]\s*|\s+)(?:whether |be (?:it|they) )?[^\W\d_]+(?:-[^\W\d_]+)? or (?:not|otherwise)"
    r"\s*(?:[),]|(?=[.;!?]|$))",
    re.IGNORECASE,
)
_YES_AND_NO = re.compile(
    r"(?:^|(?<=[.,;:!?–—-] ))([\w'’-]+(?: [\w'’-]+)?) yes\s*[,;.–-]\s*(?:but )?([\w'’-]+(?: [\w'’-]+)?) no\b"
    r"(?=\s*(?:[.,;:!?–-]|$))",
    re.IGNORECASE,
)
_WITH = re.compile(r"\bw/\s*(?=\w)(?!o\b)", re.IGNORECASE)
_WITH_ALONE = re.compile(r"(?<=[a-z,] )w (?=(?!by\b|is\b|was\b|from\b)\w)")
_AND_ALONE = re.compile(r"(?<=[a-z] )n (?=[a-z])")  # not in a name: 'Rock 'n' Roll'
_POLITE = re.compile(
    r"^\s*(?:so |very |really )*sorry (?:to (?:bother|disturb|trouble|interrupt)(?: you)?(?: again)?"
    r"|for (?:bothering|disturbing) you)"
    r"\b\s*[,.;:!–-]?\s*(?:but\b)?(?=.*\w)",
    re.IGNORECASE | re.DOTALL,
)
_MACHINES = ("robot", "bot", "machine", "computer", "ai", "usher", "chatbot")
_TO_MACHINE = re.compile(
    r"^\s*(?:(?:ha(?:ha)*|ok|okay|hey|hi|hello|so|right|well|listen|dear|good morning|alright)[ ,!]*)*"
    rf"\b(?:{'|'.join(_MACHINES)})\s*[,!.:;–-]+(?=\s*\w)",
    re.IGNORECASE,
)
# Words without which nothing of the kind is said: most messages have none of them.
_SOUND = ("um", "uh", "erm", "hmm", "mhm")
_ENDS_OF_ASIDES = frozenset(phrase.split()[-1] for phrase in tables("dialogue")["asides"])
_ENDS_OF_NOW = ("days", "moment", "now", "late")
_ANEW = ("sorry", "wait", "scratch", "hang")
_NO_MATTER = frozenset(
    "mind care fussy fussed bothered picky either any both whichever matter preference".split()
)


@lru_cache(maxsize=_KEPT)
def without_hesitation(text: str) -> str:
    """Return a text with spaces for sounds of hesitation, 'these days' and a wish that was begun anew.

    All else stays at its place, but behind what is typed short: 'sth' is 'something'.
    """
    said = _words(text)
    plain = _SOUNDS.sub(_blank, text) if any(word.startswith(_SOUND) for word in said) else text
    plain = plain if said.isdisjoint(_ENDS_OF_NOW) else _NOW.sub(_blank, plain)
    plain = _ADDRESS.sub(_blank, plain)
    plain = _POLITE.sub(_blank, _WITH.sub("with ", plain) if "w" in said else plain)
    plain = plain if said.isdisjoint(_MACHINES) else _TO_MACHINE.sub(_blank, plain)
    plain = plain if said.isdisjoint(_ENDS_OF_ASIDES) else _ASIDE.sub(_blank, plain)
    plain = plain if said.isdisjoint(("last", "past")) else _SAY.sub(_blank, plain)
    plain = _WITH_ALONE.sub("with ", plain) if "w" in said else plain
    plain = _AND_ALONE.sub("& ", plain) if "n" in said else plain
    plain = _YES_AND_NO.sub(r"\1, but no \2", plain) if {"yes", "no"} <= said else plain
    if "or" in said and _ITEMS.search(plain):
        plain = _EITHER_WAY.sub(_blank, plain)  # 'a film, FUNNY OR NOT, with X'
    if _REPEATED_LETTER.search(plain):
        plain = _DRAWN_OUT.sub(_shortened, plain)
        said = _words(plain)
    if not _SLIPS.keys().isdisjoint(said):
        plain = _WORD.sub(_as_meant, plain)
        said = _words(plain)
    if "non" in said:
        plain = _NON.sub(r"\1 ", plain)  # 'NON-American films'
    if "less" in said or "live" in said:
        plain = _LESS_OF.sub("not about", _LIVE.sub("not animated", plain))
    plain = plain if said.isdisjoint(_ANEW) else _BEGUN_ANEW.sub(_blank, plain)
    plain = plain if said.isdisjoint(_SHORT) else _TYPED.sub("something", plain)
    tail = None if said.isdisjoint(_NO_MATTER) else _INDIFFERENT.search(plain)
    if tail and _ITEMS.search(plain, 0, tail.start()):
        plain = _INDIFFERENT.sub(_blank, plain)  # 'a circus book or film, EITHER IS FINE'
    return plain if plain.strip() else text


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _as_meant(found: re.Match[str]) -> str:
    """Return a word, in small letters or first in its sentence, as it should be spelt: 'suprise me'."""
    said = found.group()
    meant = _SLIPS.get(said.casefold(), said)
    return meant.capitalize() if said[0].isupper() else meant


def _shortened(found: re.Match[str]) -> str:
    """Return a word without the letters by which it is drawn out: 'heyyy', 'pleaseee', 'soooo'."""
    said = found.group()
    near = (_REPEATED.sub(kept, said) for kept in (r"\1", r"\1\1"))
    return next(
        (word for word in near if word.casefold() in every_word() or is_everyday(word.casefold())), said
    )


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())
