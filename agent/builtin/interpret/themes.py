"""What a request says that items are about: words that only descriptions tell of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from agent.builtin.interpret.spans import Span, Use
from agent.builtin.interpret.uses import is_subject
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS, PERSON_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import clauses
from agent.builtin.parse.negation import is_negated
from agent.builtin.parse.phrases import Phrases, said_after, said_before
from tools.english import common_words, is_everyday

_INTERESTS = Phrases(tables("themes")["interests"])
_IDENTIFYING = Phrases(tables("themes")["identifying"])
_BEFORE_NOUN = 4  # chunks up to a noun for items
_AFTER_LEAD = 5  # chunks after a word that leads to a theme
_WISHES = frozenset("want wants need needs recommend suggest looking".split())
_NEAR = 5
_DENIED_BY = frozenset("no not without with about".split())
_DENYING = words("negation", "denying")
_IN_DENIAL = frozenset("a an any the some more about with of on too want like need please such set".split())
_BEFORE_PLOT = 7
_PHRASE = 3  # words of a phrase that stands alone
_NAMING = frozenset(
    "called name title titled named keep keeps kept start starts begin begins try tries".split()
)
_SMALL = (
    frozenset(word for section in tables("function").values() for word in section) | PERSON_NOUNS | _NAMING
) - {"same", "half", "last", "first"}
_TELLING = (Use.THEME, Use.REMARK, Use.UNUSED)


class Theme(NamedTuple):
    """What items are about: groups of words of which one is enough, and words of what is not wanted."""

    wanted: tuple[tuple[str, ...], ...] = ()
    denied: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words of what is wanted."""
        return tuple(word for group in self.wanted for word in group)

    def without(self, words: Collection[str]) -> Theme:
        """Return the theme without the groups that have one of some words."""
        return self._replace(wanted=tuple(group for group in self.wanted if not set(group) & set(words)))


def theme_of(spans: Sequence[Span], chunks: Sequence[Chunk]) -> Theme:
    """Return what is asked for by its subject: 'heist movies', 'about cooking or food', 'no zombies'."""
    places = {chunk.start: place for place, chunk in enumerate(chunks)}
    themes = [places[span.start] for span in spans if span.use == Use.THEME]
    denied = [place for place in themes if is_negated(chunks, place) and _is_refused(chunks, place)]
    denied += [p for p, a in enumerate(chunks) if _is_hero(a) and is_negated(chunks, p)]
    others = _of_others(chunks)
    wanted = [p for p in _subjects(themes, chunks) if p not in others]
    single = dict.fromkeys(chunks[p].text.casefold() for p in sorted(denied) if " " not in chunks[p].text)
    wanted = [p for p in wanted if chunks[p].text.casefold() not in single]
    return Theme(_grouped(chunks, wanted), tuple(single))


def denied_occasions(spans: Sequence[Span], chunks: Sequence[Chunk]) -> tuple[str, ...]:
    """Return words for an occasion that are ruled out like a subject: 'no TRAINS please'."""
    places = {chunk.start: place for place, chunk in enumerate(chunks)}
    told = [
        places[span.start] for span in spans if span.use == Use.WHO_ASKS and span.text not in PERSON_NOUNS
    ]
    led = [p for p in told if chunks[max(0, p - 1)].text in _DENIED_BY and is_negated(chunks, p)]
    return tuple(chunks[p].text for p in led if chunks[p].kind == "word")


def _subjects(places: Sequence[int], chunks: Sequence[Chunk]) -> list[int]:
    return [p for p in places if not _is_denied(chunks, p) and _is_theme(chunks, p)]


def _is_denied(chunks: Sequence[Chunk], place: int) -> bool:
    return is_negated(chunks, place) or (place > 0 and chunks[place - 1].text in _DENYING)


def _is_refused(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a denial is of the word itself: 'no plane CRASHES', not 'can not hear another NOTE'."""
    before = [chunk.text for chunk in chunks[max(0, place - _NEAR) : place]]
    denial = next((j for j in range(len(before) - 1, -1, -1) if before[j] in _DENYING), None)
    between = before[denial + 1 :] if denial is not None else before
    return sum(word not in _IN_DENIAL for word in between) < 2 and not any(w.isdigit() for w in between)


def _is_hero(chunk: Chunk) -> bool:
    """Tell whether a title is one name that descriptions may speak of as well: 'no BATMAN'."""
    return chunk.kind == "title" and " " not in chunk.text and not is_everyday(chunk.text.casefold())


def _of_others(chunks: Sequence[Chunk]) -> frozenset[int]:
    """Return the places of clauses that tell what somebody else likes: 'my husband will watch anything'."""
    found: set[int] = set()
    for clause in clauses(chunks):
        said = {chunk.text for chunk in chunks[clause.start : clause.stop]}
        owned = chunks[clause.start].text in ("my", "his", "her", "our")
        if owned and said & words("themes", "tastes") and not said & _WISHES:
            found |= set(clause)
    return frozenset(found)


def _is_theme(chunks: Sequence[Chunk], place: int) -> bool:
    ordinary = chunks[place].text in common_words()
    return is_subject(chunks, place) or (not ordinary and _describes_items(chunks, place))


def _grouped(chunks: Sequence[Chunk], places: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """Return the words at these places, those joined by 'or' together, each once."""
    groups: list[list[str]] = []
    last = -1
    for place in places:
        word = chunks[place].text
        between = [chunk.text for chunk in chunks[last + 1 : place]]
        if groups and "or" in between and set(between) <= {"or", ",", "a", "an", "the", "maybe"}:
            groups[-1].append(word)
        elif not any(word in group for group in groups):
            groups.append([word])
        last = place
    return tuple(tuple(dict.fromkeys(group)) for group in groups)


def _describes_items(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word stands before a noun for items, or after a word that leads to a theme."""
    here = chunks[place].sentence
    after = [c.text.split()[-1] for c in chunks[place + 1 : place + _BEFORE_NOUN] if c.sentence == here]
    before = [c.text for c in chunks[max(0, place - _AFTER_LEAD) : place] if c.sentence == here]
    if "," in after:
        after = after[: after.index(",")]
    return bool(ITEM_NOUNS & set(after)) or bool(set(tables("uses")["leads to theme"]) & set(before))


def subject_alone(spans: Sequence[Span], chunks: Sequence[Chunk]) -> Theme:
    """Return the subject of a request that says no other: 'he is obsessed with trains', 'CYBERPUNK.'."""
    places = {chunk.start: place for place, chunk in enumerate(chunks)}
    content = [places[span.start] for span in spans if span.use in (Use.THEME, Use.REMARK, Use.WHO_ASKS)]
    interests = [place for place in content if said_before(chunks, place, _INTERESTS)]
    themes = [places[span.start] for span in spans if span.use == Use.THEME]
    alone = [place for place in themes if _stands_alone(chunks, place)]
    return Theme(_grouped(chunks, interests or _subjects(content, chunks) or alone))


def _stands_alone(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word is most of a phrase between marks: 'CYBERPUNK.'."""
    start, end = place, place + 1
    while start and chunks[start - 1].kind != "mark":
        start -= 1
    while end < len(chunks) and chunks[end].kind != "mark":
        end += 1
    return end - start <= _PHRASE and chunks[place].text not in common_words()


def plot(spans: Sequence[Span], chunks: Sequence[Chunk]) -> tuple[str, ...]:
    """Return the words of a plot that is told to have its title named, () if none is."""
    if not any(said_after(chunks, i, _IDENTIFYING) or _tells_plot(chunks, i) for i in range(len(chunks))):
        return ()
    places = {chunk.start: place for place, chunk in enumerate(chunks)}
    told = [
        span
        for span in spans
        if span.use in _TELLING or chunks[places[span.start]].kind == "category"
        if span.text not in _NAMING
    ]
    told += [span for span in spans if _is_in_plot(chunks, places[span.start])]
    said = [word for span in told for word in span.text.casefold().split()]
    return tuple(dict.fromkeys(word for word in said if word not in ITEM_NOUNS and len(word) > 1))


def _tells_plot(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether an item is spoken of by its plot: 'there's a black and white MOVIE where'."""
    after = [chunk.text for chunk in chunks[i + 1 : i + 3]]
    led = after[:1] == ["where"] or after == ["in", "which"]
    before = {chunk.text for chunk in chunks[max(0, i - _BEFORE_PLOT) : i]}
    return led and chunks[i].text in ITEM_NOUNS and bool(before & {"there", "theres"})


def _is_in_plot(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word stands after what leads to a plot: 'where it is the same DAY'."""
    if chunks[place].kind != "word" or chunks[place].text in _SMALL:
        return False
    here = [chunk.text for chunk in chunks[:place] if chunk.sentence == chunks[place].sentence]
    return "where" in here or "which" in here or "about" in here
