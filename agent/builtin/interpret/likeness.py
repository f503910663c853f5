"""What should be other than in an item that is liked: 'like Heat but funnier', 'Alien without the gore'."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from agent.builtin.interpret.spans import Span, Use
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.negation import is_negated
from tools.theme_words import is_of_several_kinds

_MORE = words("themes", "more of it")
_LESS = words("themes", "less of it")
_TURNS = words("themes", "turns from what is liked")
_FEELING = frozenset((*tables("unknowable")["tone"], *tables("unknowable")["plot"]))
_SOMETHING = frozenset(("something", "anything"))
_DEGREES = frozenset(("less", "more"))
_REACH = 5  # chunks after "something"
_ENDS = frozenset((".", ";", "!", "?", "by"))
_BY_DEGREE = frozenset(("less", "so", "as", "too", "quite", "very"))
_NEAR = 3  # chunks before a word
_ARTICLES = frozenset("a an the some any".split())
_SMALL = _ARTICLES | frozenset("with in on at about by of and".split())
_LEADING = frozenset("with without about not no less more in at during".split())
_PEOPLE = frozenset("woman women girl girls man men boy boys kid kids".split())
_COMPARED = "ier"  # 'funnier', not 'thriller'


class Variation(NamedTuple):
    """Words of what there should be more and less of; `said` are those of the message that say so.

    `kinds` are the places of the kinds that there should be more of: 'but FUNNIER', 'with more ACTION';
    `less_kinds` of those that there should be less of, which rules none out: 'but less SCARY'.

    The `phrase` is what there should be more of as it was said; `lost` is what nothing tells of: 'but BETTER
    WRITTEN'.
    """

    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    kinds: tuple[int, ...] = ()
    less_kinds: tuple[int, ...] = ()
    phrase: str = ""
    lost: tuple[str, ...] = ()


def turns_at(chunks: Sequence[Chunk], place: int) -> int | None:
    """Return where the words begin that say what is other than in the title at a place, if any do."""
    after = place + 1
    while after < len(chunks) and chunks[after].kind == "mark" and chunks[after].text in ",-":
        after += 1
    turned = after < len(chunks) and chunks[after].text in _TURNS | _MORE | _LESS
    return after if turned and after + 1 < len(chunks) else None


def variation(spans: Sequence[Span], chunks: Sequence[Chunk], liked: Collection[str] = ()) -> Variation:
    """Return what is wanted other than in the titles that are named: 'but DARKER', 'with less VIOLENCE'.

    So are the names of what is `liked`, a series or somebody.
    """
    titles = [place for place, chunk in enumerate(chunks) if chunk.kind == "title" or chunk.text in liked]
    start = next((turn for place in reversed(titles) if (turn := turns_at(chunks, place)) is not None), None)
    if start is None and titles:
        start = _asked_later(chunks, titles[-1])
    return Variation() if start is None else _said_from(start, spans, chunks)


def variation_of_pointed(spans: Sequence[Span], chunks: Sequence[Chunk]) -> Variation:
    """Return what is wanted other than in an item that is pointed at: 'like the first BUT LESS VIOLENT'."""
    start = next((p for p, chunk in enumerate(chunks[:-1]) if p and chunk.text in _TURNS | _LESS), None)
    return Variation() if start is None else _said_from(start, spans, chunks)


def _said_from(start: int, spans: Sequence[Span], chunks: Sequence[Chunk]) -> Variation:
    """Return what there should be more and less of by the words from a place on."""
    uses = {span.start: span.use for span in spans}
    more: list[str] = []
    less: list[str] = []
    said: list[str] = []
    kinds: list[int] = []
    less_kinds: list[int] = []
    into = more
    end = next((p for p in range(start, len(chunks)) if chunks[p].text in _ENDS), len(chunks))
    wished_at: list[int] = []
    for place, chunk in enumerate(chunks[start:end], start):
        if chunk.kind == "category" and into is more and _is_compared(chunks, place):
            kinds.append(place)
            said.append(chunk.text)
            continue
        if chunk.kind == "category" and into is less and chunks[place - 1].text in _BY_DEGREE:
            less_kinds.append(place)
            said += [chunk.text, *(before for before in (chunks[place - 1].text,) if before in _BY_DEGREE)]
            continue
        if chunk.kind == "category" and into is more and uses.get(chunk.start) == Use.MENTION:
            continue  # a condition
        if chunk.text == "more" and chunks[place - 1].text == "any":
            continue  # "I can't do gore ANY MORE"
        if chunk.text in _LESS:
            into = less
        elif chunk.text in _MORE or (chunk.text in _TURNS and chunks[place - 1].text not in _LESS):
            into = more
            said.append(chunk.text)
        elif (
            uses.get(chunk.start) == Use.THEME
            or chunk.text in _FEELING
            or _is_loose(chunk, uses)
            or _is_of_story(chunks, place, uses)
        ):
            of = less if is_negated(chunks, place) else into
            wished_at += [place] if of is more else []
            of.append(base(chunk.text))
            said.append(chunk.text)
    wished, unwanted = tuple(dict.fromkeys(more)), tuple(dict.fromkeys(less))
    lost = () if wished or unwanted or kinds or less_kinds else _lost(chunks[start:end], uses)
    phrase = _phrase(chunks, wished_at)
    return Variation(wished, unwanted, tuple(said), tuple(kinds), tuple(less_kinds), phrase, lost)


def _is_of_story(chunks: Sequence[Chunk], place: int, uses: Mapping[int, Use]) -> bool:
    """Tell whether a word for people or an occasion is of the story: 'but with a WOMAN', 'not CHRISTMAS'.

    Not 'but for KIDS'.
    """
    before = [chunk.text for chunk in chunks[max(0, place - _NEAR) : place] if chunk.text not in _ARTICLES]
    if chunks[place].kind != "word" or "for" in before[-1:]:
        return False
    use = uses.get(chunks[place].start)
    people = use in (Use.ASKING, Use.FUNCTION) and chunks[place].text in _PEOPLE
    return people or (use == Use.WHO_ASKS and bool(before) and before[-1] in _LEADING)


def _phrase(chunks: Sequence[Chunk], places: Sequence[int]) -> str:
    """Return what is wished with the small words between, and before people: 'WITH women IN charge'."""
    if not places:
        return ""
    first = places[0]
    while first and chunks[places[0]].text in _PEOPLE and chunks[first - 1].text in _SMALL:
        first -= 1
    here = [p for p in range(first, places[-1] + 1) if p in places or chunks[p].text in _SMALL]
    return " ".join(base(chunks[p].text) for p in here)


def _lost(said: Sequence[Chunk], uses: Mapping[int, Use]) -> tuple[str, ...]:
    """Return the words of a turn that says nothing which is looked for: 'but BETTER WRITTEN'."""
    if any(chunk.kind not in ("word", "trigger", "mark") for chunk in said):
        return ()
    if any(uses.get(chunk.start) in (Use.CONSTRAINT, Use.WHO_ASKS, Use.MENTION) for chunk in said):
        return ()
    told = (chunk.text for chunk in said if uses.get(chunk.start) in (Use.PREDICATE, Use.ASKING, Use.OPINION))
    return tuple(word for word in told if word not in ITEM_NOUNS and word not in _TURNS | _MORE | _LESS)


def _asked_later(chunks: Sequence[Chunk], title: int) -> int | None:
    """Return where less or more is asked for after a title: 'I liked Titanic, got something LESS sad?'."""
    asked = next((p for p in range(title + 1, len(chunks)) if chunks[p].text in _SOMETHING), len(chunks))
    after = range(asked + 1, min(asked + _REACH, len(chunks) - 1))
    return next((p for p in after if chunks[p].text in _DEGREES), None)


def _is_compared(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a kind is one that there should be more of, and not one that is asked for: 'FUNNIER'.

    Not 'like Heat but funny' nor 'but a comedy', which ask for a kind that is proved.
    """
    before, said = chunks[place - 1].text, chunks[place].text
    turned = before in _TURNS and is_of_several_kinds(said)  # 'but SCARY' may be of other kinds than horror
    return said.endswith(_COMPARED) or before in _MORE or turned


def _is_loose(chunk: Chunk, uses: Mapping[int, Use]) -> bool:
    """Tell whether a word for a kind is no condition: 'Star Wars but with COWBOYS'."""
    return chunk.kind == "category" and uses.get(chunk.start) == Use.UNUSED


def base(word: str) -> str:
    """Return the word that a comparative of feeling is of: 'darker' -> 'dark', 'happier' -> 'happy'."""
    if not word.endswith("er"):
        return word
    stem = word[:-2]
    forms = (stem, stem + "e", stem[:-1] + "y" if stem.endswith("i") else stem, stem[:-1])
    return next((form for form in forms if form in _FEELING), word)
