"""What items should not speak of: words for an occasion that are ruled out, and phrases as a whole."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agent.builtin.interpret.spans import Span, Use
from agent.builtin.interpret.subjects import is_in_phrase, is_mood, is_setting, is_toned
from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS, PERSON_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.negation import is_negated
from agent.builtin.parse.phrases import Phrases, places_said
from tools.english import is_everyday
from tools.theme_unwanted import aversion_phrases

_DENYING = words("negation", "denying")
_HARDLY = frozenset("hardly barely scarcely almost".split())
_GOING = frozenset("going having being getting feeling yet another".split())
_LEADING = frozenset("where which but and that , : ; .".split())  # to what nobody does
_GETTING = frozenset("gets get ever even actually really".split())  # 'nobody GETS married'
_RELATIVE = 5  # chunks from 'who' to what somebody does not like
_DONE_TO = frozenset("against to towards toward".split())
_NOT_DOING = frozenset("wont doesnt didnt dont wouldnt not never".split())
_FELT = frozenset("cry weep".split())
_AVERSIONS = Phrases(aversion_phrases())
_DENIED_BY = frozenset("no not without with about".split())


def denied_occasions(spans: Sequence[Span], chunks: Sequence[Chunk]) -> tuple[str, ...]:
    """Return words for an occasion that are ruled out like a subject: 'no TRAINS please'."""
    places = {chunk.start: place for place, chunk in enumerate(chunks)}
    told = [
        places[span.start] for span in spans if span.use == Use.WHO_ASKS and span.text not in PERSON_NOUNS
    ]
    led = [p for p in told if chunks[max(0, p - 1)].text in _DENIED_BY and is_negated(chunks, p)]
    return tuple(chunks[p].text for p in led if chunks[p].kind == "word")


def denied_phrases(chunks: Sequence[Chunk], places: Sequence[int]) -> tuple[str, ...]:
    """Return what is not wanted, neighbouring nouns as one: 'no TIME JUMPS', but 'nothing SAD, GRIM'."""
    out: list[list[int]] = []
    for place in sorted({p for p in places if " " not in chunks[p].text}):
        if place - 1 not in places and _is_of_compound(chunks, place - 1):
            out.append([place - 1])
        near = out and out[-1][-1] == place - 1 and chunks[place - 1].sentence == chunks[place].sentence
        phrase = is_in_phrase(chunks, place - 1) and is_in_phrase(chunks, place)
        if near and (phrase or not any(_is_feeling(chunks, p) for p in (place - 1, place))):
            out[-1].append(place)
        else:
            out.append([place])
    return tuple(dict.fromkeys(" ".join(chunks[p].text.casefold() for p in run) for run in out))


def kept_from(chunks: Sequence[Chunk]) -> dict[str, range]:
    """Return what items are not to do to somebody, and where that is said: "that won't MAKE ME CRY"."""
    said = [(i, length) for i, length in places_said(chunks, _AVERSIONS) if i]
    told = [range(i, i + length) for i, length in said if chunks[i - 1].text in _NOT_DOING]
    texts = [chunk.text for chunk in chunks]
    wanted = [i for i in range(3, len(texts)) if texts[i - 3 : i] == ["dont", "want", "to"]]
    told += [range(i, i + 1) for i in wanted if texts[i] in _FELT]  # 'I don't want to CRY'
    return {" ".join(texts[place] for place in here): here for here in told}


def goes_without(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word is part of what is to be gone without: 'without going to loud stuff with SONGS'."""
    here = [c.text for c in chunks[:place] if c.sentence == chunks[place].sentence]
    start = next((j for j in range(len(here) - 1, 0, -1) if here[j - 1] == "without"), None)
    return start is not None and here[start] in _GOING and not {"but", ","} & set(here[start:])


def is_denied_in(chunks: Sequence[Chunk], place: int, told: Collection[int]) -> bool:
    """Tell whether a denial is part of the phrase that a word is of: 'NEVER see coming'."""
    while {place - 1, place} <= {*told}:
        place -= 1
        if chunks[place].text in _DENYING | _HARDLY:
            return True
    return False


def is_done_in_story(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a denied deed is one of a story that is asked for: "where the dog doesn't DIE"."""
    before = [chunk.text for chunk in chunks[max(0, place - _RELATIVE) : place]]
    return not {"where", "which"}.isdisjoint(before) or before[-2:-1] in (["that"], ["who"])


def is_done_by_nobody(chunks: Sequence[Chunk], place: int, told: Collection[int] = ()) -> bool:
    """Tell whether a deed is one that nobody does in a story that is asked for: 'where nobody DIES'.

    What is `told` in a known phrase with 'nobody' is asked for: 'where nobody SPEAKS'.
    """
    while {place - 1, place} <= {*told} or (place and chunks[place - 1].text in _GETTING):
        place -= 1
    led = [chunk.text for chunk in chunks[max(0, place - 2) : place]]
    if led[-2:] == ["no", "one"]:  # 'a book where NO ONE marries'
        led = [*(chunk.text for chunk in chunks[max(0, place - 3) : place - 2]), "nobody"]
    if place == 0 or (place in told and chunks[place].text == "nobody") or led[-1:] != ["nobody"]:
        return False
    return led[:-1] == [] or led[0] in _LEADING or led[0] in ITEM_NOUNS  # 'films NOBODY DIES in'


def is_done_to(chunks: Sequence[Chunk], place: int, denied: Collection[int]) -> bool:
    """Tell whether a word says to whom something refused is done: 'without violence against WOMEN'."""
    before = place - 1
    while before > 0 and chunks[before].text in words("function", "articles"):
        before -= 1
    return before > 0 and chunks[before].text in _DONE_TO and before - 1 in denied


def whom_done_to(chunks: Sequence[Chunk], denied: Collection[str]) -> list[str]:
    """Return the words that say to whom something is done that is not wanted."""
    refused = [p for p, chunk in enumerate(chunks) if chunk.text in denied]
    return [chunk.text for p, chunk in enumerate(chunks) if is_done_to(chunks, p, refused)]


def is_belittled(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether there should be more to it than a word says: 'not just EXPLOSIONS'."""
    led = [chunk.text for chunk in chunks[max(0, place - 2) : place]]
    return led[:1] == ["not"] and led[1:] in (["just"], ["only"], ["merely"], ["simply"])


def is_hero(chunk: Chunk, chunks: Sequence[Chunk]) -> bool:
    """Tell whether a title is one name that descriptions may speak of as well: 'no BATMAN'.

    Not one that is named before as a title: 'by the author of DUNE, but not Dune'.
    """
    single = chunk.kind == "title" and " " not in chunk.text and not is_everyday(chunk.text.casefold())
    return single and all(each is chunk or each.best_id != chunk.best_id for each in chunks)


def without_tastes(chunks: Sequence[Chunk], denied: Sequence[int], themes: Sequence[int]) -> list[int]:
    """Return what is not wanted, but what is: 'a SPORTS film for people who don't like SPORTS'.

    What a story is set in may be what it is not about: 'set at CHRISTMAS, not about Christmas'.
    """
    asked = {chunks[p].text for p in themes if p not in denied}
    before = {p: {chunk.text for chunk in chunks[max(0, p - _RELATIVE) : p]} for p in denied}
    settings = {chunks[p].text for p in themes if p not in denied and is_setting(chunks, p)}
    kept = [p for p in denied if not (before[p] & {"who", "about"} and chunks[p].text in asked)]
    kept = [p for p in kept if not (p - 1 in denied and chunks[p].text in asked)]  # 'not WRESTLING boxing'
    return [p for p in kept if not (chunks[p].text in settings and _is_of_items(chunks, p))]


def _is_of_items(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word says of what sort items are: 'not CHRISTMAS movies', 'not a CHRISTMAS one'."""
    return any(chunk.text in ITEM_NOUNS for chunk in chunks[place + 1 : place + 2])


def _is_of_compound(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word for an occasion is part of what is not wanted: 'no TIME jumps'."""
    occasion = words("occasion", "occasion") | words("occasion", "company")
    return place > 0 and chunks[place].kind == "word" and chunks[place].text in occasion


def _is_feeling(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word says by itself how items feel: 'SAD'."""
    told = chunks[place].text in words("unknowable", "plot") or is_mood(chunks[place].text)
    return told or is_toned(chunks, place) or is_in_phrase(chunks, place)
