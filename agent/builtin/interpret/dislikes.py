"""Words for what somebody does not want that no fact tells of: 'I can't stand GORE', 'no TRAINS please'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.spans import Span, Use
from agent.builtin.interpret.subjects import refused_at
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import PERSON_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.negation import is_negated
from agent.builtin.parse.phrases import Phrases, places_said, said_before
from tools.theme_unwanted import aversion_phrases
from tools.theme_words import subject_words

_AVERSE = Phrases(tables("negation")["averse"])
_NOT_INTO = Phrases(tables("negation")["not into"])
_REFUSED = Phrases(aversion_phrases())
_DENYING = frozenset(("no", "not", "without", "isnt", "arent"))
_NEAR = 2  # words before a phrase, one of which denies it
_WITHOUT = Phrases(("no", "without"))
_LOOSE = (Use.UNUSED, Use.WHO_ASKS)  # of themes that are denied `theme_of` tells
_TOLD = (*_LOOSE, Use.REMARK, Use.THEME)
_SAYING = frozenset("says said insists insisted demands".split())
_BETWEEN = frozenset("the a an any all too much".split())
_COUPLING = frozenset(("and", "or", "nor", "&"))
_BEFORE_NO = frozenset(("and", "but", "please", "with"))


def disliked(spans: Sequence[Span], chunks: Sequence[Chunk]) -> tuple[str, ...]:
    """Return the words of what is disliked or ruled out and is no name here, in their order."""
    uses = {span.start: span.use for span in spans if span.use in _TOLD}
    free = [
        chunk.kind == "word" and chunk.start in uses and chunk.text not in PERSON_NOUNS for chunk in chunks
    ]
    found: list[str] = []
    for head, chunk in enumerate(chunks):
        if not free[head] or (head + 1 < len(chunks) and free[head + 1]):
            continue
        after = chunks[head + 1].text if head + 1 < len(chunks) else ""
        measured = chunk.text in words("unknowable", "unknowable")  # 'no LONG series'
        if (
            measured
            or not is_negated(chunks, head)
            or (_is_done(chunk) and refused_at(chunks, head) == chunk.text)
            or after == "to"
        ):
            continue  # 'I hate waiting', 'no time to lose'
        start = head
        while start and (free[start - 1] or chunks[start - 1].text in _BETWEEN):
            start -= 1
        led = range(start, head + 1)
        averse = any(said_before(chunks, place, each) for place in led for each in (_AVERSE, _NOT_INTO))
        loose = uses[chunk.start] in _LOOSE and any(_is_without(chunks, place) for place in led)
        if averse or loose or any(_is_forbidden(chunks, place) for place in led):
            found.append(refused_at(chunks, head))
    return tuple(dict.fromkeys((*found, *_named(chunks))))


def _is_done(chunk: Chunk) -> bool:
    """Tell whether a word is for what somebody does: 'I hate WAITING'; not 'I have had enough of boxing'."""
    return chunk.text.endswith("ing") and chunk.text not in subject_words()


def _named(chunks: Sequence[Chunk]) -> list[str]:
    """Return what people do not want by phrases of several words: 'not in BLACK AND WHITE'."""
    return [
        " ".join(chunk.text for chunk in chunks[place : place + length])
        for place, length in places_said(chunks, _REFUSED)
        if place and length > 1 and _DENYING & {a.text for a in chunks[max(0, place - _NEAR) : place]}
    ]


def _is_forbidden(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether somebody says that there is to be none: 'her mother SAYS NO guns and no blood'."""
    if not said_before(chunks, place, _WITHOUT):
        return False
    here = [chunk for chunk in chunks[: place - 1] if chunk.sentence == chunks[place].sentence]
    said = [i for i, chunk in enumerate(here[:-1]) if chunk.text in _SAYING and here[i + 1].text == "no"]
    return bool(said) or (bool(here) and here[-1].text in _SAYING)


def _is_without(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a denial that opens a part of a sentence stands right before: not 'there is no TIME'."""
    if not said_before(chunks, place, _WITHOUT):
        return False
    no = place - 1
    opens = no == 0 or chunks[no - 1].kind == "mark" or chunks[no - 1].text in _BEFORE_NO
    return opens or chunks[no].text == "without"


def is_coupled(chunks: Sequence[Chunk], place: int, denied: Sequence[int]) -> bool:
    """Tell whether a word is joined to what is not wanted: 'nothing animated or any SAMURAI stuff'."""
    joint = place - 1 - (place > 0 and chunks[place - 1].text == "any")
    if joint < 1 or chunks[joint].text not in _COUPLING:
        return False
    kind = chunks[joint - 1].kind == "category" and is_negated(chunks, joint - 1)
    return joint - 1 in denied or (kind and joint < place - 1)
