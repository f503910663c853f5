"""What a clause is about: titles, a word that points at an item, or a name that is not linked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from agent.builtin.interpret.questions.clauses import Clause
from agent.builtin.interpret.questions.types import Subject
from agent.builtin.interpret.request import EntityMention, ItemMention
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.identity import Same
from agent.builtin.parse.ordinals import positions

PARTS = ("surname", "short", "spelling")  # of a name, or near it
TOPICS = tuple(name for name in tables("questions") if name.startswith("unknowable "))
_HELPED = 4  # words up to a name behind a helping verb
_KEPT = 32  # clauses; many readers ask for the subject of one
_INSIDE = frozenset("the a an of in and to for on at with from by".split())  # words inside a title
_GAP = 2  # characters between two words of a name
_MANY = 99  # items that an ordinal may point at, as far as words tell
_SHORT = 4  # words that may only point
ITEM_NOUNS = words("questions", "item nouns")
MANY_NOUNS = words("questions", "many nouns")
PERSONS = words("questions", "persons")
_BESIDE = (("and",), ("or",), ("than",), ("vs",), ("versus",), ("before",), ("after",))
_POINTING = words("questions", "pointing") | words("questions", "several")
_GLUE = words("questions", "glue")
_OWNED = frozenset(("hers", "theirs"))  # 'which year was HERS'
_ALSO_USED = (
    "judging",
    "plot",
    "series words",
    "year words",
    "kind words",
    "tails",
    "orders of time",
    "plot verbs",
)


def with_unlinked_title(clause: Clause, subject: Subject) -> Subject:
    """Return a subject with what stands for a title beside people: 'did Spielberg direct *gremlins*'."""
    slot = left_over(clause) if subject.people and not subject.is_item else ""
    return replace(subject, slot=slot) if slot else subject


def subject_of(clause: Clause) -> Subject:
    """Return what a clause is about: its titles, else what its words point at or an unlinked name."""
    return _subject_of(Same(clause))


@lru_cache(maxsize=_KEPT)
def _subject_of(asked: Same) -> Subject:
    clause: Clause = asked.value
    named = [c for c in clause.names("title", "entity") if any(not choice.roles for choice in c.choices)]
    titles = [c for c in named if c.kind == "title"] or named
    clause = clause if titles else _without_apposition(clause)
    people = tuple(mention(c) for c in clause.names("entity") if c.choices and c not in titles)
    if titles:
        beside = _beside(clause) if len(titles) == 1 else ""
        return Subject(tuple(_title(clause, c) for c in titles), people, beside)
    if len(clause) == 1 and _is_part_of_name(clause.pieces[0].chunk):
        return Subject(slot=clause.said())
    held = _holder(clause)
    if held:
        return Subject((), people, held)
    if points(clause) or not len(clause):
        return Subject((), people, points=True)
    unlinked = [c.text for c in clause.names("entity") if not c.choices]
    slot = (_slot(clause) if not people else "") or next(iter(unlinked), "")
    somebody = set(clause.words) & PERSONS - _OWNED
    return Subject((), people, slot, points=not slot and not people and not somebody)


def _beside(clause: Clause) -> str:
    """Return the words that are set beside a title like another: 'is *alien* older than Blade Runner?'."""
    place = clause.words.index("")
    after = clause.since(place + 2) if clause.words[place + 1 : place + 2] in _BESIDE else None
    before = clause.since(0, place - 1) if clause.words[max(0, place - 1) : place] in _BESIDE else None
    return next((_slot(part) for part in (before, after) if part is not None and len(part)), "")


def _without_apposition(clause: Clause) -> Clause:
    """Return a clause without a noun that only says what a name is: 'the conversation *the movie*'."""
    end = len(clause) - 2
    apposed = end > 0 and clause.words[end] == "the" and clause.words[end + 1] in ITEM_NOUNS
    return clause.since(0, end) if apposed and _slot(clause.since(0, end)) else clause


def points(clause: Clause) -> bool:
    """Tell whether a word points at an item: 'it', 'the second one', 'the movie', but not 'that director'."""
    for i, word in enumerate(clause.words):
        following = clause.words[i + 1] if i + 1 < len(clause) else ""
        if word in ("the", "this", "that") and following in ITEM_NOUNS:
            if clause.words[i + 2 : i + 3] not in (("of",), ("to",)):
                return True
            continue
        role = word in ("this", "that") and following and clause.is_agent(i + 1)
        if word in _POINTING and not role and not clause.is_written_as_name(i):
            return True
    return bool(positions(clause.words, _MANY))


def is_definite(clause: Clause) -> bool:
    """Tell whether a clause wants one thing: no kind, no plural, no word of asking for more."""
    plural = set(clause.words) & MANY_NOUNS
    return bool(len(clause)) and not (plural or clause.names("category") or clause.has("lists"))


def is_one_item(clause: Clause) -> bool:
    """Tell whether a clause is nothing but a title, a name that is not linked, or a word that points."""
    if not is_definite(clause):
        return False
    bare = [piece for piece in clause.pieces if piece.word not in _GLUE]
    if len(bare) == 1 == len(clause) and _is_part_of_name(bare[0].chunk):
        return True
    names = [piece for piece in bare if not piece.word]
    if not bare:
        return points(clause) and len(clause) <= _SHORT
    if (by := clause.words.index("by") if "by" in clause.words else 0) and clause.names("entity"):
        return is_one_item(clause.since(0, by))  # 'Emma by Jane Austen'
    subject = subject_of(clause)
    one = len(names) == 1 == len(bare) or (not names and bool(subject.slot) and not subject.slot.islower())
    return one and bool(subject.titles or subject.slot)


def _is_part_of_name(chunk: Chunk) -> bool:
    """Tell whether a name in the place of a title is only somebody's surname: 'have you seen Bright?'."""
    return chunk.kind == "entity" and bool(chunk.choices) and chunk.choices[0].match in PARTS


def mention(chunk: Chunk) -> EntityMention:
    """Return a name as a mention of an entity."""
    return EntityMention(chunk.text, tuple(choice for choice in chunk.choices if choice.roles))


def stands_for_title(clause: Clause, slot: str) -> bool:
    """Tell whether words in small letters stand where only a title does: 'who directed the brown bunny'."""
    starts = (i for i in range(len(clause)) if clause.since(i).said().startswith(slot))
    spans = ((i, k) for i in starts for k in range(i, len(clause)) if clause.since(i, k + 1).said() == slot)
    start, end = next(spans, (0, len(clause) - 1))  # of 'how old is h' the last word, not the first letter
    before, after = clause.words[start - 1] if start else "", clause.since(end + 1)
    told = (
        _is_of_a_kind(after)
        or bool(after.roles())
        or bool({"about", "by", "from", "out", "in"} & set(after.words))
    )
    led = (before in words("questions", "is") and told) or before in words("questions", "leads to a title")
    nouns = ("year words", "kind words", "plot")
    led = led or any(0 < clause.roles_at(i)[0] == start - i for i in range(start))
    asked = clause.at("what")
    nouns_of = asked and (clause.at("year words", asked) or clause.at("kind words", asked))
    led = led or bool(nouns_of and before in words("questions", "is"))  # 'what year was ran'
    led = led or any(0 < clause.at(each, i) == start - i for i in range(start) for each in nouns)
    rest = {i for i in range(end + 1, len(clause)) if clause.words[i]}
    return bool(start) and led and not rest & set(_left(clause, *TOPICS))


def _is_of_a_kind(rest: Clause) -> bool:
    """Tell whether it is asked if something is of a kind: 'is alien *a western*'."""
    return rest.words[:1] in (("a",), ("an",)) and bool(rest.names("category")) and len(rest) <= _SHORT


def named_after_noun(clause: Clause) -> str:
    """Return the unlinked name that follows a noun for an item and ends a clause: 'the movie up'."""
    place = next((i for i, word in enumerate(clause.words) if word in ITEM_NOUNS), len(clause))
    if not 0 < len(clause) - place - 1 <= _SHORT:
        return ""
    rest = clause.since(place + 1)
    telling = rest.has("speakers", "relative", "is") or rest.roles() or "" in rest.words
    return rest.said() if not telling else ""


def _holder(clause: Clause) -> str:
    """Return an unlinked name that 'in it' speaks of: 'does Bridesmaids have N in it'."""
    linked = bool(len(clause)) and not clause.words[0] and bool(clause.pieces[0].chunk.choices)
    inside = not linked and any(clause.words[i : i + 2] == ("in", "it") for i in range(1, len(clause)))
    slot = _slot(clause) if inside else ""
    return "" if slot.islower() or not clause.said().startswith(slot) else slot


def left_over(clause: Clause) -> str:
    """Return the words of a clause that have no use but to name or judge something, as they are written."""
    plain = tuple(piece for piece in clause.pieces if piece.word)
    return _slot(replace(clause, pieces=plain))


def _slot(clause: Clause) -> str:
    """Return the words that stand where a title would, as they are written: what is left of a clause."""
    left = _left(clause)
    if not left:
        return ""
    first = last = left[0]
    for place in left[1:]:
        inside = clause.since(last, place + 1)
        joined = all(word in _INSIDE for word in inside.words[1:-1])
        near = all(b.start - a.end <= _GAP for a, b in pairwise(inside.pieces))
        dated = inside.words[-1].isdecimal() and inside.words[1:-1] in (("from",), ("in",))
        if not (joined and near) or dated:  # 'is Zorg FROM 1985'
            break
        last = place
    while first and clause.words[first - 1] in ("the", "a", "an"):
        first -= 1
    return clause.since(first, last + 1).said()


def _left(clause: Clause, *also: str) -> list[int]:
    """Return the places of words of a question that have no other use than to name an item."""
    used = clause.places_of(*_ALSO_USED, *also)
    used.update(k for i in range(len(clause)) for k in range(i, i + clause.roles_at(i)[0]))
    return [i for i in range(len(clause)) if not _is_used(clause, i, used)]


def _is_used(clause: Clause, place: int, used: Collection[int]) -> bool:
    piece = clause.pieces[place]
    if not piece.word:
        return piece.chunk.kind == "category"
    if piece.word in _POINTING and clause.is_written_as_name(place):
        return False
    return piece.word in _GLUE or place in used


def _title(clause: Clause, chunk: Chunk) -> ItemMention:
    """Return a title, narrowed by a year named in its clause: 'Titanic (1997)', 'the 1973 Papillon'."""
    items = tuple(choice for choice in chunk.choices if not choice.roles)
    years = {int(word) for word in clause.words if word.isdecimal() and len(word) == 4}
    return ItemMention(chunk.text, tuple(c for c in items if c.year in years) or items)


def asks_of_name(clause: Clause) -> bool:
    """Tell whether a name stands right behind a helping verb, perhaps with an article: 'does THE X'."""
    helped = (i for i in range(1, min(_HELPED, len(clause))) if clause.at("yes or no", i - 1))
    return any(not "".join(clause.words[i + (clause.words[i] == "the") :][:1]) for i in helped)
