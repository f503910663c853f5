"""A clause of a message as a row of words and names, and what stands where in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from operator import attrgetter

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import trigger_phrases
from agent.builtin.parse.chunks import Chunk
from kg.relations import KINDS

_TRIGGERS = trigger_phrases(tuple(KINDS))
_ROLES = {words: entries[0].roles for words, entries in _TRIGGERS.items()}
_ROLES_BEGIN = frozenset(said[0] for said in _ROLES)
_LONGEST_PHRASE = 6
_SURE_HEADS = ("who", "what", "telling", "seen", "more")
_HEADS = (*_SURE_HEADS, "is", "yes or no")
_word_of = attrgetter("word")
_NEAR = 0.72  # how alike two verbs must be spelt


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or a name as one piece; `start` and `end` are its place in the message.

    `word` is folded, and empty for a name.
    """

    word: str
    start: int
    end: int
    chunk: Chunk


@dataclass(slots=True)  # not frozen: some fifty are made of a message, in half the time
class Clause:
    """A clause of a message: its pieces from its head on.

    `led` by words that only announce a question, `asked` with a question mark, `tagged` with words that ask
    whether it is so; the `first` of its sentence, `alone` in its message. A `remark` stands before a question
    or after a comma, and has no head. `words` are its words, '' in place of a name.
    """

    text: str
    pieces: tuple[Piece, ...]
    led: bool = False
    asked: bool = False
    tagged: bool = False
    first: bool = True
    remark: bool = False
    alone: bool = False

    words: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Keep the words, which are looked at again and again."""
        self.words = tuple(map(_word_of, self.pieces))

    def __len__(self) -> int:
        return len(self.pieces)

    def at(self, section: str, place: int = 0) -> int:
        """Return how many words of a phrase of a section of the lexicon stand at a place; 0 for none."""
        if place < len(self.words):
            for length, said in _phrases(section).get(self.words[place], ()):
                if self.words[place : place + length] == said:
                    return length
        return 0

    def opens(self, *sections: str) -> bool:
        """Tell whether a phrase of one of these sections stands at the beginning."""
        for length, said in _phrases(*sections).get(self.words[0], ()) if self.words else ():
            if self.words[:length] == said:
                return True
        return False

    def places_of(self, *sections: str) -> set[int]:
        """Return the places of all phrases of these sections."""
        phrases = _phrases(*sections)
        if phrases.keys().isdisjoint(self.words):
            return set()
        return {
            at
            for place, word in enumerate(self.words)
            for length, said in phrases.get(word, ())
            if self.words[place : place + length] == said
            for at in range(place, place + length)
        }

    def is_agent(self, place: int) -> bool:
        """Tell whether a noun for somebody who does something stands at a place: 'director'."""
        return self._is_of_class(place, "agent")

    def is_verb(self, place: int) -> bool:
        """Tell whether a verb stands at a place, and no noun: 'directed'."""
        return self._is_of_class(place, "verb")

    def _is_of_class(self, place: int, kind: str) -> bool:
        triggers = _TRIGGERS.get(self.words[place : place + 1]) or self.pieces[place].chunk.entries
        return bool(triggers) and {trigger.kind for trigger in triggers} == {kind}

    def find(self, *sections: str) -> int | None:
        """Return the place of the first phrase of these sections."""
        phrases = _phrases(*sections)
        if phrases.keys().isdisjoint(self.words):
            return None
        for place, word in enumerate(self.words):
            for length, said in phrases.get(word, ()):
                if self.words[place : place + length] == said:
                    return place
        return None

    def has(self, *sections: str) -> bool:
        """Tell whether a phrase of these sections occurs."""
        return self.find(*sections) is not None

    def since(self, place: int, end: int | None = None) -> Clause:
        """Return a part of the clause."""
        how = (self.led, self.asked, self.tagged, self.first, self.remark, self.alone)
        return Clause(self.text, self.pieces[place:end], *how)

    def without(self, place: int, end: int) -> Clause:
        """Return the clause without a part of it."""
        return replace(self, pieces=self.pieces[:place] + self.pieces[end:])

    def with_possessive(self) -> Clause:
        """Return the clause with an 's after its first piece."""
        first = self.pieces[0]
        return replace(self, pieces=(first, replace(first, word="s"), *self.pieces[1:]))

    def is_written_as_name(self, place: int) -> bool:
        """Tell whether a small word is written with a capital in the middle of a clause: 'who wrote It'."""
        piece = self.pieces[place]
        others = [each for each in self.pieces if each.word and each is not piece]
        small = any(self.text[each.start].islower() for each in others)
        return place > 0 and small and self.text[piece.start].isupper()

    def names(self, *kinds: str) -> list[Chunk]:
        """Return the names of these kinds."""
        if "" not in self.words:
            return []
        return [piece.chunk for piece in self.pieces if not piece.word and piece.chunk.kind in kinds]

    def said(self) -> str:
        """Return the clause as it was written."""
        return self.text[self.pieces[0].start : self.pieces[-1].end] if self.pieces else ""

    def roles_at(self, place: int) -> tuple[int, tuple[str, ...]]:
        """Return how many words of a predicate stand at a place, and the relations it may mean."""
        chunk = self.pieces[place].chunk
        if self.pieces[place].word and chunk.kind == "trigger":
            length = sum(piece.chunk is chunk for piece in self.pieces[place:])
            return length, tuple(dict.fromkeys((*chunk.roles, *_ROLES.get(tuple(chunk.text.split()), ()))))
        if self.words[place] not in _ROLES_BEGIN:
            return 0, ()
        for length in range(min(_LONGEST_PHRASE, len(self) - place), 0, -1):
            if roles := _ROLES.get(self.words[place : place + length]):
                return length, roles
        return 0, ()

    def roles(self) -> tuple[tuple[str, ...], ...]:
        """Return, for every predicate of the clause in order, the relations it may mean."""
        found: list[tuple[str, ...]] = []
        place = 0
        while place < len(self):
            length, roles = self.roles_at(place)
            found += [roles] if roles else []
            place += max(1, length)
        return tuple(dict.fromkeys(found))


def openings(*sections: str) -> frozenset[str]:
    """Return the words that phrases of these sections begin with."""
    return frozenset(_phrases(*sections))


def may_be_head(clause: Clause) -> bool:
    """Tell whether a clause may begin like a question, whatever of its end is left out."""
    adverb = clause.words[:1] and clause.words[0] in words("questions", "adverbs of asking")
    return bool(adverb) or clause.opens(*_HEADS)


@cache
def heads() -> frozenset[str]:
    """Return the words that a question may begin with."""
    return openings(*_HEADS) | words("questions", "adverbs of asking")


def is_head(clause: Clause) -> bool:
    """Tell whether a clause begins like a question."""
    if not clause.words or clause.words[0] not in heads():
        return False
    if (skipped := clause.at("what")) and clause.at("speakers", skipped):
        return False  # 'what I want is' asks nothing
    if clause.opens(*_SURE_HEADS):
        return True
    first, then = clause.words[:1], clause.pieces[1:2]
    if first and first[0] in words("questions", "adverbs of asking"):
        return True
    if clause.at("is") and _is_told_of(clause):
        return True
    named = bool(then) and (not then[0].word or _is_capitalised(clause.text[then[0].start : then[0].end]))
    return bool(clause.at("yes or no") and then) and (named or then[0].word in words("questions", "subjects"))


def _is_told_of(clause: Clause) -> bool:
    """Tell whether something is asked of a name in small letters: 'is alien a western'."""
    kind = clause.words[2:3] in (("a",), ("an",)) and clause.names("category")
    roles = (i for i in range(2, len(clause)) if clause.words[i - 1] == "the" and clause.words[i])
    role = clause.names("title") and any(clause.is_agent(i) for i in roles)
    made = clause.words[2:3] != () and clause.names("entity") and "by" in clause.words and clause.roles()
    return bool(kind or role or made or ("than" in clause.words and clause.names("title")))


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper() and not (len(word) > 1 and word.isupper())  # 'is OBSESSED with it' is loud


def is_task(word: str) -> bool:
    """Tell whether a word names what somebody does on an item: 'music'."""
    return (word,) in _ROLES


def near_verb(word: str) -> tuple[str, ...]:
    """Return the relations that a misspelt or misheard verb may mean: 'rote', 'dircted'."""
    known = [said[0] for said, all_of in _TRIGGERS.items() if len(said) == 1 and all_of[0].kind == "verb"]
    near = get_close_matches(word, known, 1, _NEAR) if word else []
    return _ROLES[(near[0],)] if near else ()


@cache
def _phrases(*sections: str) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """Return the phrases of sections by their first word, each with its length, the longest first."""
    found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    said = (tuple(each.split()) for section in sections for each in tables("questions")[section])
    for words_of in sorted(said, key=len, reverse=True):
        found.setdefault(words_of[0], []).append((len(words_of), words_of))
    return found
