"""Which items an opinion is about: after its verb, before its verdict, or those a pronoun points to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from agent.builtin.interpret.mentions import titles_at
from agent.builtin.lexicon import opinions as words
from agent.builtin.lexicon.opinions import OpinionClass, Sense
from agent.builtin.parse.cursor import ChunkCursor
from agent.builtin.parse.ordinals import positions
from kg.types import ItemId

_REACH = 14  # chunks between a verb and what was liked


class OpinionTrigger(NamedTuple):
    """A phrase of opinion at chunks `start:end`."""

    start: int
    end: int
    kind: OpinionClass
    sense: Sense
    said: str


@dataclass(frozen=True, slots=True)
class OpinionText:
    """A text that may voice opinions: its chunks, the items shown before, and the domains of items by id.

    `focus` is what was last spoken of, where that is not the first item shown.
    """

    text: str
    cursor: ChunkCursor
    shown: Sequence[ItemId]
    domains: Mapping[str, str]
    focus: ItemId | None = None

    def items(self, places: Sequence[int], trigger: OpinionTrigger | None = None) -> list[ItemId]:
        """Return the items that titles mean: the likeliest, or the likeliest that was read or watched."""
        domain = words.OF_DOMAIN.get(trigger.said) if trigger is not None else None
        found = []
        for mention in titles_at(self.cursor.chunks, places):
            choices = mention.choices
            alike = [c for c in choices if c.match == choices[0].match]
            fits = [c for c in alike if self.domains.get(c.id) == domain]
            found.append(ItemId((fits or alike)[0].id))
        return found

    def counted(self, start: int) -> list[ItemId]:
        """Return the items of the last answer that are counted: 'the second one', 'the first two'."""
        clause: list[str] = []
        for chunk in self.cursor.chunks[start : start + _REACH]:
            if chunk.kind != "word" or chunk.text in words.ENDS:
                break
            clause.append(chunk.text)
        places = positions(clause, len(self.shown))
        return [self.shown[place] for place in places if place < len(self.shown)]

    def pointed(self, trigger: OpinionTrigger, pronoun: str) -> list[ItemId]:
        """Return what 'it' or 'them' means: titles named before, else the last answer's items."""
        run = self.cursor.titles_before(trigger.start)
        many = pronoun in words.MANY
        if run:
            return self.items(run if many else run[-1:], trigger)
        if many:
            return list(self.shown)
        return [self.focus] if self.focus else list(self.shown[:1])

    def judged(self, trigger: OpinionTrigger, pronouns: set[str]) -> list[ItemId]:
        """Return what a verdict on 'it' or 'these' is of; one on a whole list is of no item of it."""
        if pronouns & words.MANY and "it" not in pronouns:
            return self.items(self.cursor.titles_before(trigger.start), trigger)
        return self.pointed(trigger, "it")

    def is_whole_list(self, items: Sequence[ItemId]) -> bool:
        """Tell whether items are all that was shown, and none of them was named."""
        named = any(chunk.kind == "title" for chunk in self.cursor.chunks)
        return len(items) > 1 and list(items) == list(self.shown) and not named

    def but_not(self, after: int) -> list[ItemId]:
        """Return the items of 'I loved X but not Y'."""
        j = after + self.cursor.is_mark(after, ",")
        j += self.cursor.is_word(j, ("but", "though", "just"))
        titles = self.cursor.list_at(j + 1, "title") if self.cursor.is_word(j, ("not",)) else ()
        return self.items(titles)

    def is_asked(self, place: int) -> bool:
        """Tell whether a question mark follows, but for two words: 'seen X yet?'."""
        chunks = self.cursor.chunks
        for k in range(place, min(place + 3, len(chunks))):
            if chunks[k].kind == "mark":
                return "?" in self.text[chunks[k].start : chunks[k].end]
            if chunks[k].kind != "word":
                return False
        end = chunks[min(place + 2, len(chunks)) - 1].end if chunks else 0
        return len(chunks) <= place + 2 and "?" in self.text[end:]


def is_adverb(cursor: ChunkCursor, j: int) -> bool:
    """Tell whether a word may stand between a person and a verb, or before a verdict."""
    if cursor.kind(j) != "word":
        return False
    text = cursor.chunks[j].text
    formed = text.endswith("ly") and text not in words.NO_ADVERBS
    return formed or text in words.ADVERBS | words.WISHES | words.ONLY


def object_of_verb(cursor: ChunkCursor, start: int) -> tuple[int | None, str]:
    """Return the place of the first title of the clause after a verb, and the pronoun before it."""
    pointing = ""
    general = False
    for k in range(start, min(start + _REACH, len(cursor))):
        chunk = cursor.chunks[k]
        if chunk.kind == "title":
            return (None, pointing) if pointing == "it" else (k, "")
        if chunk.kind == "mark" and not (chunk.text in ":(" and k == start):
            break
        if chunk.kind != "word":
            continue
        if _ends_object(cursor, k, general=general):
            break
        general = general or chunk.text in words.GENERAL
        if not pointing and _is_object_pronoun(cursor, k, start):
            pointing = chunk.text
    return None, pointing


def _ends_object(cursor: ChunkCursor, k: int, *, general: bool) -> bool:
    """Tell whether a word ends what was liked: 'but', 'the director of', 'films by'."""
    made = cursor.is_word(k, ("of",)) and cursor.is_word(k - 1, words.MAKERS)
    return made or cursor.is_word(k, words.ENDS) or (general and cursor.is_word(k, words.OF_GENERAL))


def _is_object_pronoun(cursor: ChunkCursor, k: int, start: int) -> bool:
    """Tell whether a word stands for what was liked; not the 'that' of 'I love that you never know'."""
    clause = cursor.is_word(k, ("that",)) and cursor.is_word(k + 1, words.SUBJECTS)
    leads = k == start or cursor.is_word(k, ("it", "them"))
    return leads and not clause and cursor.is_word(k, words.PRONOUNS)


def relative_titles(cursor: ChunkCursor, first: int) -> tuple[int, ...]:
    """Return the titles of 'X, which I loved' and 'X I loved'."""
    j = first - 1
    if cursor.is_word(j, ("which", "that")):
        j -= 1 + cursor.is_mark(j - 1, ",")
    return cursor.list_left(j, "title") if cursor.kind(j) == "title" else ()


def judged_titles(cursor: ChunkCursor, trigger: OpinionTrigger) -> tuple[tuple[int, ...], int]:
    """Return the titles that something is said of, and where the words between begin."""
    j = trigger.start - 1
    while j >= 0:
        if cursor.kind(j) == "title":
            return cursor.list_left(j, "title"), j + 1
        named = cursor.kind(j) == "entity" and cursor.is_word(j - 1, ("by", "with", "from"))
        linking = cursor.is_word(j, words.LINKING) or _is_year(cursor, j) or is_adverb(cursor, j)
        if not (named or linking or cursor.is_mark(j, ",():-")):
            pointing = cursor.is_word(j, words.PRONOUNS)
            return (), j if pointing else j + 1
        j -= 1 + named
    return (), 0


def _is_year(cursor: ChunkCursor, j: int) -> bool:
    return cursor.kind(j) == "word" and cursor.chunks[j].text.isdecimal()


def favourite_titles(cursor: ChunkCursor, start: int) -> tuple[int, ...]:
    """Return the titles of 'my favourite film is X', 'my favourites: X and Y'."""
    for k in range(start, min(start + 8, len(cursor))):
        if cursor.kind(k) == "title":
            return cursor.list_right(k, "title")
        if not (cursor.is_word(k, words.LINKING | words.GENERAL) or cursor.is_mark(k, ":")):
            return ()
    return ()


def opening(cursor: ChunkCursor, place: int) -> set[str]:
    """Return the words of the clause before a place."""
    said: set[str] = set()
    for j in cursor.leftward(place, place):
        if cursor.kind(j) != "word":
            break
        said.add(cursor.chunks[j].text)
    return said
