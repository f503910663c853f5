"""Opinions said in passing: what somebody liked, disliked or has seen.

A function of the text and its links. A question, a wish, somebody else's opinion and a title that is only
mentioned say nothing. What is liked of an item ("the camera work in X") counts for the item; what is disliked
of it only tells that it was seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from agent.builtin.interpret.opinion_targets import (
    OpinionText,
    OpinionTrigger,
    favourite_titles,
    is_adverb,
    judged_titles,
    object_of_verb,
    opening,
    relative_titles,
)
from agent.builtin.lexicon import opinions as words
from agent.builtin.lexicon.opinions import LONGEST, TRIGGERS, Sense
from agent.builtin.parse.chunking import chunk_text
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.cursor import LIST_JOINTS, ChunkCursor
from agent.builtin.parse.vocabulary import Vocabulary
from kg.types import ItemId
from tools.types import Links

_OPENING = frozenset(said[0] for said in TRIGGERS)
_NEGATED: dict[Sense, Sense] = {"like": "dislike", "dislike": "seen"}  # "not seen" says nothing


@dataclass(frozen=True, slots=True)
class Opinions:
    """Items by what was said of them, in the order of the text; an item is in one of the three."""

    likes: tuple[ItemId, ...] = ()
    dislikes: tuple[ItemId, ...] = ()
    seen: tuple[ItemId, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.likes or self.dislikes or self.seen)


def opinions(
    text: str,
    links: Links,
    last: Sequence[str] = (),
    domains: Mapping[str, str] | None = None,
    focus: str | None = None,
) -> Opinions:
    """Return the opinions that a text voices.

    Args:
        text: what the person said.
        links: what `link_entities` found in it.
        last: the items of the last answer, in the order shown: what "seen it" and "the second one" mean.
            What is thought of all of them as a list is no opinion of each.
        domains: the domains of linked items by id: what was read is a book, what was watched a film.
        focus: the item last spoken of: what "it" means, where it is not the first of `last`.
    """
    roles = {role for mention in links.mentions for each in mention.candidates for role in each.roles}
    chunks = chunk_text(text, asdict(links), Vocabulary(tuple(sorted(roles)), (), {}))
    cursor = ChunkCursor([_as_title(chunk) for chunk in chunks], LIST_JOINTS | words.NEITHER)
    told = ItemId(focus) if focus else None
    said = OpinionText(text, cursor, [ItemId(item) for item in last], domains or {}, told)
    by: dict[Sense, list[ItemId]] = {"like": [], "dislike": [], "seen": []}
    for item, sense in _voiced(said).items():
        by[sense].append(item)
    return Opinions(tuple(by["like"]), tuple(by["dislike"]), tuple(by["seen"]))


def not_liked(text: str, chunks: Sequence[Chunk]) -> frozenset[str]:
    """Return the items of which a message says that the person did not like them."""
    said = OpinionText(text, ChunkCursor(list(chunks), LIST_JOINTS | words.NEITHER), (), {})
    return frozenset(item for item, sense in _voiced(said).items() if sense == "dislike")


def _as_title(chunk: Chunk) -> Chunk:
    """Read a name that is an item's too as the item: an opinion is of what was seen, not of its series."""
    items = tuple(choice for choice in chunk.choices if not choice.roles)
    return replace(chunk, kind="title", choices=items) if chunk.kind == "entity" and items else chunk


def _voiced(said: OpinionText) -> dict[ItemId, Sense]:
    """Return item -> opinion; what is said later replaces what was said before."""
    voiced: dict[ItemId, Sense] = {}
    for trigger in _triggers(said.cursor):
        found = _of_verb(said, trigger) if trigger.kind == "verb" else _of_title(said, trigger)
        for sense, item in found:
            if sense != "seen" or item not in voiced:
                voiced[item] = sense
    return voiced


def _triggers(cursor: ChunkCursor) -> Iterator[OpinionTrigger]:
    end = 0
    for i, chunk in enumerate(cursor.chunks):
        if i < end or chunk.text not in _OPENING:
            continue
        trigger = next((t for n in range(LONGEST, 0, -1) if (t := _trigger(cursor, i, n))), None)
        if trigger is not None:
            yield trigger
            end = trigger.end


def _trigger(cursor: ChunkCursor, i: int, length: int) -> OpinionTrigger | None:
    run = cursor.chunks[i : i + length]
    said = tuple(chunk.text for chunk in run)
    if said not in TRIGGERS or any(chunk.kind != "word" for chunk in run):
        return None
    return OpinionTrigger(i, i + len(run), *TRIGGERS[said], " ".join(said))


def _of_verb(said: OpinionText, trigger: OpinionTrigger) -> Iterator[tuple[Sense, ItemId]]:
    """Yield what a verb of the person says: "I loved X"."""
    cursor = said.cursor
    first = _first(cursor, trigger)
    stated = cursor.is_word(first, words.SELF)
    voiced = _is_stated(cursor, trigger, first) if stated else _is_left_out(cursor, trigger, first)
    sense = _negated_sense(cursor, trigger, first)
    if not voiced or sense is None or cursor.is_word(trigger.end, ("to",)):
        return
    items, part, after = _object(said, trigger, first)
    asked = not stated and after and said.is_asked(after)
    if asked or (sense == "dislike" and said.is_whole_list(items)):
        return
    for item in items:
        yield ("seen" if part and sense == "dislike" else sense), item
    if sense == "like" and after:
        yield from (("dislike", item) for item in said.but_not(after))


def _first(cursor: ChunkCursor, trigger: OpinionTrigger) -> int:
    """Return where the statement of a verb begins: at its 'I', else at the first adverb before it."""
    j = trigger.start
    while is_adverb(cursor, j - 1):
        j -= 1
    subjects = [k for k in range(j - 1, trigger.start) if cursor.is_word(k, words.SELF)]
    return subjects[-1] if subjects else j


def _is_stated(cursor: ChunkCursor, trigger: OpinionTrigger, subject: int) -> bool:
    """Tell whether 'I … verb' is a statement: no wish, no question, not to be forgotten."""
    said = {chunk.text for chunk in cursor.chunks[subject : trigger.start]}
    unsettled = opening(cursor, subject) & words.UNSETTLED or said & words.WISHES
    start = subject - 1 if cursor.is_word(subject - 1, ("that", "what")) else subject
    taken_back = cursor.is_word(start - 1, words.TAKING_BACK)
    return not (unsettled or taken_back or cursor.is_word(subject - 1, words.ASKING))


def _is_left_out(cursor: ChunkCursor, trigger: OpinionTrigger, first: int) -> bool:
    """Tell whether a verb has no subject and so is the person's: 'Loved X', '… and loved it'."""
    said = {chunk.text for chunk in cursor.chunks[first : trigger.start]}
    opens = cursor.kind(first - 1) in (None, "mark", "title") or cursor.is_word(first - 1, ("and", "but"))
    others = said & words.WISHES or _is_of_others(cursor, first - 1)
    return trigger.said != "like" and opens and not others


def _is_of_others(cursor: ChunkCursor, place: int) -> bool:
    """Tell whether the nearest person named before in a sentence is somebody else: 'my dad saw X and'."""
    for j in range(place, -1, -1):
        if not cursor.same_sentence(j, place) or cursor.is_word(j, words.SELF):
            return False
        if cursor.is_word(j, words.OTHERS | words.OWNERS):
            return True
    return False


def _negated_sense(cursor: ChunkCursor, trigger: OpinionTrigger, first: int) -> Sense | None:
    """Return what a verb says with its negations: not liked is disliked, not seen says nothing."""
    before = {chunk.text for chunk in cursor.before(first, 5) if chunk.kind == "word"}
    unsure = bool(before & words.NOT and before & words.UNSURE)
    neither = cursor.is_word(trigger.end, words.NEITHER)
    negated = neither or any(_denies(cursor, j) for j in range(first, trigger.start))
    return _NEGATED.get(trigger.sense) if negated or unsure else trigger.sense


def _denies(cursor: ChunkCursor, j: int) -> bool:
    return cursor.is_word(j, words.NOT) and not cursor.is_word(j + 1, words.ONLY)


def _object(said: OpinionText, trigger: OpinionTrigger, first: int) -> tuple[list[ItemId], bool, int]:
    """Return what a verb speaks of, whether only a part of it, and the place after it (0: before it)."""
    cursor = said.cursor
    k, pronoun = object_of_verb(cursor, trigger.end)
    if k is not None:
        between = {chunk.text for chunk in cursor.chunks[trigger.end : k]}
        if trigger.sense == "seen" and k - 1 == trigger.end and cursor.is_word(k - 1, words.TOLD):
            return [], False, 0
        run = cursor.list_right(k, "title")
        part = bool(between & words.PARTS) and not between & words.GENERAL
        return said.items(run, trigger), part, run[-1] + 1
    if counted := said.counted(trigger.end):
        return counted, False, 0
    if pronoun:
        return said.pointed(trigger, pronoun), False, 0
    return said.items(relative_titles(cursor, first), trigger), False, 0


def _of_title(said: OpinionText, trigger: OpinionTrigger) -> Iterator[tuple[Sense, ItemId]]:
    """Yield what is said of an item: "X bored me", "X was brilliant", "my favourite is X"."""
    cursor = said.cursor
    if said.is_asked(trigger.end):
        return
    run, first = judged_titles(cursor, trigger)
    if not run and (favourites := _favourites(cursor, trigger)):
        yield from (("like", item) for item in said.items(favourites))
        return
    place = run[0] if run else first
    between = {chunk.text for chunk in cursor.chunks[first : trigger.start]}
    before = opening(cursor, place)
    if not _is_judged(cursor, trigger, place, between) or _is_hearsay(before):
        return
    negated = cursor.is_word(place - 1, words.NEITHER) or between & words.NOT
    sense = _NEGATED[trigger.sense] if negated or _is_unsure(before) else trigger.sense
    if sense == "dislike" and run and cursor.is_word(run[0] - 1, words.PARTS):
        sense = "seen"
    pronouns = set() if run else between & words.PRONOUNS
    yield from ((sense, item) for item in (said.judged(trigger, pronouns) if pronouns else said.items(run)))


def _favourites(cursor: ChunkCursor, trigger: OpinionTrigger) -> tuple[int, ...]:
    mine = cursor.is_word(trigger.start - 1, ("my",)) or cursor.is_word(trigger.start - 3, ("my",))
    return favourite_titles(cursor, trigger.end) if mine and trigger.said.startswith("favo") else ()


def _is_judged(cursor: ChunkCursor, trigger: OpinionTrigger, place: int, between: set[str]) -> bool:
    """Tell whether a verdict is said of an item: 'X was dull', 'I found X dull'; an effect always is."""
    judged = bool(between & words.COPULAS) or cursor.is_word(place - 1, words.JUDGING)
    return judged or trigger.kind != "verdict"


def _is_hearsay(before: set[str]) -> bool:
    """Tell whether the words before an item leave what is said of it to others, or open."""
    owned = before & words.OWNERS and not before & words.OPINION
    return bool(owned or before & (words.HEARSAY | words.OTHERS))


def _is_unsure(before: set[str]) -> bool:
    """Tell whether the words before an item deny what is said of it: "I can't say X was good"."""
    return bool(before & words.NOT and before & words.UNSURE)
