"""Who asks, where the text says so: an age, a gender, an occupation. What is not said is never inferred."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from agent.builtin.interpret.wordings import places_of_wordings
from agent.builtin.lexicon.profiles import (
    ASKS_FOR_THEM,
    CHOOSES,
    FOLLOWS,
    GENDERS,
    IS,
    NOT_FOR,
    OPENINGS,
    REFUSALS,
    SELVES,
    VERBS,
)
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.profile_phrase import Phrase, age_at, phrase_at
from kg.text import fold

_WITHOUT_MARKS = str.maketrans("-‐‑–", "    ", "’'")
_PLAIN = frozenset(("word", "trigger", "category", "entity"))
_BARE = 7  # words
_SELVES_BEGIN = frozenset(said.partition(" ")[0] for said in SELVES)
_BEFORE_SOMEBODY = _SELVES_BEGIN | CHOOSES.union(
    "as being were me i in into my our for among suits suit to".split()
)
_TOLD = 3  # words that tell of a subject, in which nobody is who it is for
_NEAR = 4  # words before it, which may say that it is for them
_CHILDHOOD = 12  # years
_SHORTEST = 3  # words of a request that begins with who asks


@dataclass(frozen=True, slots=True)
class SaidProfile:
    """What a text says of who the request is for: `age` in years, `occupations` by their likeliest names.

    Occupations as public logs call them, then as they were said. `words` are those that said anything. With
    `refused` the request is not to be answered by who asks. `others`: the person who asks is not meant.
    """

    gender: str | None = None
    age: int | None = None
    occupations: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    refused: bool = False
    others: bool = False

    def __bool__(self) -> bool:
        """Tell whether anything was said."""
        return bool(self.words)


NOBODY = SaidProfile()


class _Start(NamedTuple):
    """A place where it may be said who somebody is: the person who asks, or who they ask for (`other`).

    `bare`: a lone number is an age. `kinds`: how many attributes are required. `verb`: a verb must follow.
    `opens`: it may as well begin a story: "a man, 40, leaves his wife".
    """

    at: int
    other: bool = False
    bare: bool = False
    kinds: int = 1
    verb: bool = False
    opens: bool = False


def said_profile(chunks: Sequence[Chunk]) -> SaidProfile:
    """Return what a request says of who it is for; nothing if it asks to leave that out.

    Titles say nothing: "A Man for All Seasons" is no man. Who asks for somebody else is not who it is for.
    """
    told = places_of_wordings(chunks, _TOLD)  # 'AN OLD MAN AND A CHILD become friends'
    told -= {p for p in told if {chunk.text for chunk in chunks[max(0, p - _NEAR) : p]} & _BEFORE_SOMEBODY}
    text = " ".join(
        chunk.text.casefold() if _is_plain(chunk) and place not in told else ","
        for place, chunk in enumerate(chunks)
    )
    words = text.translate(_WITHOUT_MARKS).replace(" in law", "").split()
    if is_refusal(" ".join(word for word in words if word != ",")):
        return SaidProfile(refused=True)
    phrases = [(start, *phrase_at(words, start.at, bare_age=start.bare)) for start in _starts(words)]
    fit = [(start, said) for start, said, end in phrases if _counts(start, said, words[end:])]
    others = [said for start, said in fit if start.other]
    return replace(_merged(others or [said for _, said in fit], others=bool(others)), others=bool(others))


def _is_plain(chunk: Chunk) -> bool:
    """Tell whether a chunk is words; a number or a word in small letters is, even if an item is called so."""
    if chunk.kind != "title":
        return chunk.kind in _PLAIN
    return " " not in chunk.text and (chunk.text.islower() or chunk.text.isdecimal())


def is_refusal(text: str) -> bool:
    """Tell whether a text, in small letters without punctuation, asks not to go by who the person is."""
    said = f" {text} "
    return any(refusal in said for refusal in REFUSALS)


def is_bare_refusal(request: str) -> bool:
    """Tell whether a request only asks not to go by who the person is, and so means the request before."""
    words = fold(request.replace("’", "").replace("'", "")).split()
    if len(words) > _BARE:
        return False
    return is_refusal(" ".join("".join(c for c in word if c.isalnum()) for word in words))


def _are_children(said: Phrase) -> bool:
    """Tell whether children of an age are told of: whom it is made for, not who chooses like them."""
    ages = {int(piece.value) for piece in said.pieces if piece.kind == "age"}
    return len(ages) > 1 and max(ages) <= _CHILDHOOD and said.kinds == {"age"}


def _merged(phrases: Sequence[Phrase], *, others: bool) -> SaidProfile:
    pieces = [piece for said in phrases for piece in said.pieces]
    whole = Phrase(pieces)
    if others and _are_children(whole):
        return NOBODY
    age = whole.first("age")
    words = tuple(dict.fromkeys(word for said in phrases for word in said.words))
    return SaidProfile(
        whole.first("gender"),
        int(age) if age is not None else None,
        tuple(dict.fromkeys(name for said in phrases for name in said.works)),
        words,
    )


def _counts(start: _Start, said: Phrase, after: Sequence[str]) -> bool:
    """Tell whether a phrase says what its start asks for."""
    if start.verb and not VERBS & set(after[:2]):
        return False
    if said.kinds == {"age"} and after[:1] == ["of"] and after[1:2] and after[1].isdecimal():
        return False  # 'children OF 5' are who it is made for
    does = next((word for word in after[:2] if word != ","), "")
    story = does.endswith("s") and does not in FOLLOWS
    return len(said.kinds) >= start.kinds and not (start.opens and story)


def _starts(words: Sequence[str]) -> Iterator[_Start]:
    """Yield the places where it may be said who somebody is."""
    said = f" {' '.join(words)} "
    them = any(phrase in said for phrase in ASKS_FOR_THEM)
    first = next((at for at, word in enumerate(words) if word not in OPENINGS), len(words))
    if first + _SHORTEST <= len(words) and words[first] not in ("my", "our", "in", "into", "the"):
        yield _Start(first, bare=True, kinds=2, opens=True)
    for at, word in enumerate(words):
        if word in _BEFORE_SOMEBODY:
            yield from _of_the_asker(words, at)
            yield from _of_others(words, at, them=them)


def _of_the_asker(words: Sequence[str], at: int) -> Iterator[_Start]:
    """Yield a start after "I'm", "as", "I work as", "me:", or of "in my forties"."""
    opens = at == 0 or words[at - 1] in OPENINGS
    for length in (5, 4, 3, 2, 1) if words[at] in _SELVES_BEGIN else ():
        if " ".join(words[at : at + length]) in SELVES:
            yield _Start(at + length, bare=True)
            return
    if opens and words[at] in ("as", "being", "were"):
        yield _Start(at + 1)
    elif opens and words[at] in ("me", "i") and words[at + 1 : at + 2] == [","]:
        yield _Start(at + 2)
    elif (
        words[at] in ("in", "into") and words[at - 1] != "not" and words[at + 1 : at + 2] in (["my"], ["our"])
    ):
        yield _Start(at)
    elif opens and words[at : at + 2] in (["i", "teach"], ["i", "work"], ["i", "write"], ["i", "study"]):
        yield _Start(at + 1)
    elif words[at] in CHOOSES:
        yield _Start(at + 1, verb=True)


def _of_others(words: Sequence[str], at: int, *, them: bool) -> Iterator[_Start]:
    """Yield a start after "for a", "for my", "recommend to a", or "my niece is"."""
    mine = words[at] in ("my", "our")
    before = words[at - 1] if at else ""
    aged = mine and before not in ("in", "into") and age_at(words, at + 1, bare=False) is not None
    if aged or _leads_to_others(words, at):
        yield _Start(at + 1, other=True)
    elif them and mine and set(words[at + 1 : at + 4]) & GENDERS.keys():
        yield _Start(at, other=True, kinds=2)


def _leads_to_others(words: Sequence[str], at: int) -> bool:
    if words[at] == "for":
        before = words[at - 1] if at else ""
        return before not in NOT_FOR and (words[at + 1 : at + 2] in (["my"], ["our"]) or before not in IS)
    advised = {"recommend", "suggest", "recommendations"} & set(words[max(0, at - 4) : at])
    return words[at] in ("among", "suits", "suit") or (words[at] == "to" and bool(advised))
