"""The clauses of a message as rows of words and names, without the words that only lead up to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import trigger_phrases
from agent.builtin.parse.chunks import Chunk
from kg.relations import KINDS
from kg.text import fold, tokens

_SPOKEN = {"u": "you", "ur": "your", "r": "are"}  # as it is typed in a hurry
_GLUED = words("questions", "glued")  # 'whats': read like "what's"
_FUZZY = ("spelling", "short", "surname")
_BEFORE_ASKING = frozenset("in from by on for at to under of".split())
_AUXILIARY = words("questions", "yes or no")
_MARKS = 3  # characters that may end a sentence, behind its last word
_PARTING = frozenset(",;:()-/")
_TRIGGERS = trigger_phrases(tuple(KINDS))
_ROLES = {words: entries[0].roles for words, entries in _TRIGGERS.items()}
_LONGEST_CUE = 6
_NEAR = 0.72  # how alike two verbs must be spelt
_NAMED = frozenset(("title", "entity", "category"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or a name as one piece; `start` and `end` are its place in the message.

    `word` is folded, and empty for a name.
    """

    word: str
    start: int
    end: int
    chunk: Chunk


@dataclass(frozen=True, slots=True)
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
        object.__setattr__(self, "words", tuple(piece.word for piece in self.pieces))

    def __len__(self) -> int:
        return len(self.pieces)

    def at(self, section: str, place: int = 0) -> int:
        """Return how many words of a phrase of a section of the lexicon stand at a place; 0 for none."""
        phrases = _phrases(section).get(self.words[place]) if place < len(self.words) else None
        if not phrases:
            return 0
        return next((n for n, said in phrases if self.words[place : place + n] == said), 0)

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
        places = (i for i in range(len(self)) if any(self.at(section, i) for section in sections))
        return next(places, None)

    def has(self, *sections: str) -> bool:
        """Tell whether a phrase of these sections occurs."""
        return self.find(*sections) is not None

    def since(self, place: int, end: int | None = None) -> Clause:
        """Return a part of the clause."""
        return replace(self, pieces=self.pieces[place:end])

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
        return [piece.chunk for piece in self.pieces if not piece.word and piece.chunk.kind in kinds]

    def said(self) -> str:
        """Return the clause as it was written."""
        return self.text[self.pieces[0].start : self.pieces[-1].end] if self.pieces else ""

    def roles_at(self, place: int) -> tuple[int, tuple[str, ...]]:
        """Return how many words of a predicate stand at a place, and the relations it may mean."""
        chunk = self.pieces[place].chunk
        if self.pieces[place].word and chunk.kind == "trigger":
            length = sum(piece.chunk is chunk for piece in self.pieces)
            return length, tuple(dict.fromkeys((*chunk.roles, *_ROLES.get(tuple(chunk.text.split()), ()))))
        for length in range(min(_LONGEST_CUE, len(self) - place), 0, -1):
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


def clauses(chunks: Sequence[Chunk], text: str) -> list[Clause]:
    """Return the clauses of a message: one a sentence, from its head on, and what parted it before that."""
    found: list[Clause] = []
    for sentence in _sentences(chunks):
        end = next((c.end for c in reversed(sentence) if c.kind != "mark"), 0)
        asked = "?" in text[end : end + _MARKS]
        parts = [list(_pieces(part, text)) for part in _parts(sentence)]
        while len(parts) > 1 and _is_trailing(Clause(text, tuple(parts[-1]))):
            parts.pop()
        if found and len(parts) == 1 and _is_tag(Clause(text, tuple(parts[0]))):
            found[-1] = replace(found[-1], tagged=True, remark=False)  # 'Heat is a western. Is that right?'
            continue
        tagged = len(parts) > 1 and _is_tag(Clause(text, tuple(parts[-1])))
        found += _clauses_of(parts[:-1] if tagged else parts, text, asked=asked, tagged=tagged)
    found = [part for clause in found for each in _run_on(clause) for part in _parted(each)]
    return [replace(found[0], alone=True)] if len(found) == 1 else found


def _run_on(clause: Clause) -> Iterator[Clause]:
    """Yield what a clause names and what it then asks of that: 'I finished Emma what comes next'."""
    if clause.remark or clause.led or is_head(clause) or clause.tagged:
        yield clause
        return
    for place in range(1, len(clause) - 1):
        rest = _without_tail(_without_lead(clause.since(place)))
        if not _names_one(clause.since(0, place)):
            continue
        if is_asking_back(rest) and (rest.words[0] not in _AUXILIARY or not clause.words[place - 1]):
            yield replace(clause.since(0, place), remark=True)
            yield replace(rest, first=True)
            return
    yield clause


def _parted(clause: Clause) -> Iterator[Clause]:
    """Yield two questions that are joined, each: 'who wrote it and when did it come out?'."""
    asks = not clause.remark and (clause.led or is_head(clause))
    joints = (i for i in range(1, len(clause) - 1) if clause.words[i] in ("and", "but"))
    for i in joints:
        if asks and _is_joined(clause.since(i + 1)):
            yield clause.since(0, i)
            yield from _parted(clause.since(i + 1))
            return
    yield clause


def _is_joined(rest: Clause) -> bool:
    """Tell whether a question begins after 'and': 'who wrote it', 'is it any good'."""
    pronoun = rest.words[1:2] and rest.words[1] in ("it", "he", "she", "they", "that", "this")
    asking = rest.words[0] in words("questions", "adverbs of asking")
    return bool(asking or rest.at("who") or rest.at("what") or (rest.at("yes or no") and pronoun))


def _is_tag(clause: Clause) -> bool:
    """Tell whether a clause only asks whether what was said is so: "right?", "wasn't it?"."""
    bare = clause.since(1) if clause.words[:1] in (("and",), ("or",)) else clause
    return 0 < bare.at("tags") == len(bare)


def _is_trailing(clause: Clause) -> bool:
    return 0 < clause.at("trailing") == len(clause)


def _clauses_of(
    parts: Sequence[Sequence[Piece]], text: str, *, asked: bool, tagged: bool
) -> Iterator[Clause]:
    """Yield what is said before the head of a sentence, and what is said from it on."""
    clause = Clause(text, ())
    for number, part in enumerate(parts):
        clause = _without_lead(Clause(text, tuple(part)))
        if asked and len(parts) == 1 and not is_head(clause):
            clause = _fronted(_without_tail(clause))
        if clause.at("again of another") > 1 and number < len(parts) - 1:
            yield replace(clause, first=number == 0, remark=True)  # 'what about the first one, who is in it?'
            continue
        opened = all(not len(_without_lead(Clause(text, tuple(each)))) for each in parts[:number])
        headed = clause.led or is_head(clause)
        if headed and (opened or not _continues(parts, number, clause, asked=asked)):
            rest = tuple(piece for other in parts[number + 1 :] for piece in other)
            whole = _without_tail(replace(clause, pieces=clause.pieces + rest))
            yield replace(whole, asked=asked, tagged=tagged, first=opened)
            return
        if number < len(parts) - 1 and len(clause):
            yield replace(clause, first=number == 0, remark=True)
    if len(clause):
        told = len(parts) > 1 and not (asked or tagged)
        yield replace(clause, asked=asked, tagged=tagged, first=len(parts) == 1, remark=told)


def _names_one(clause: Clause) -> bool:
    """Tell whether a clause names an item, or counts or points at one: 'Emma', 'the last one'."""
    one = words("questions", "item nouns") & set(clause.words)
    return not clause.names("category") and bool(clause.names("title") or one)


def is_asking_back(clause: Clause) -> bool:
    """Tell whether a clause asks something of what was named before it: 'who wrote it', 'what comes next'."""
    if not is_head(clause) or (clause.has("lists") and not clause.has("following", "preceding")):
        return False
    pronouns, then = words("questions", "pointing back"), clause.words[1:2]
    if clause.words[0] in words("questions", "adverbs of asking") and not clause.at("yes or no", 1):
        return clause.words[0] == "how"  # 'in 1994, when he was young'
    if clause.words[0] in words("questions", "relative") and pronouns & set(then):
        return False  # 'Heat, which he directed'
    back = bool(pronouns & set(clause.words[1:]))
    return back or bool(clause.at("what") and clause.has("following", "preceding"))


def _continues(parts: Sequence[Sequence[Piece]], number: int, clause: Clause, *, asked: bool) -> bool:
    """Tell whether a part only says more of what is before it: 'Alien, which Cameron directed, …'."""
    relative = bool(number) and clause.words[0] in words("questions", "relative") and not clause.led
    after_name = relative and not parts[number - 1][-1].word
    if number and not asked and clause.words[0] in words("questions", "doing verbs"):
        return True  # 'did Stargate last night' tells
    pointing = {"it", "that", "one"} & set(clause.words[1:])
    return relative and ((after_name and number < len(parts) - 1) or not (asked or pointing))


def is_head(clause: Clause) -> bool:
    """Tell whether a clause begins like a question."""
    if (skipped := clause.at("what")) and clause.at("speakers", skipped):
        return False  # 'what I want is' asks nothing
    if any(clause.at(section) for section in ("who", "what", "telling", "seen", "more")):
        return True
    first, then = clause.words[:1], clause.pieces[1:2]
    if first and first[0] in words("questions", "adverbs of asking"):
        return True
    if clause.at("is") and clause.words[2:3] in (("a",), ("an",)) and clause.names("category"):
        return True  # 'is alien a western'
    named = bool(then) and (not then[0].word or clause.text[then[0].start].isupper())
    return bool(clause.at("yes or no") and then) and (named or then[0].word in words("questions", "subjects"))


def _without_lead(clause: Clause) -> Clause:
    """Leave out openers ('ok so'), and what only leads up to a question ('do you know')."""
    while len(clause):
        if clause.at("telling") or 0 < clause.at("more") == len(clause):
            return replace(clause, led=True)
        if clause.words[0] in _BEFORE_ASKING and clause.at("what", 1) and clause.words[1] != "whats":
            clause = clause.since(1)  # 'in which year'
            continue
        if skipped := clause.at("openers"):
            clause = clause.since(skipped)
        elif (skipped := clause.at("lead-ins")) and _goes_on(clause.since(skipped)):
            clause = replace(clause.since(skipped), led=True)
        elif clause.led and (skipped := clause.at("whether")):
            clause = clause.since(skipped)
        else:
            break
    return clause


def _fronted(clause: Clause) -> Clause:
    """Return a clause that asks at its end with the asking word first: 'Heat was directed by whom?'."""
    for place in range(max(1, len(clause) - 2), len(clause)):
        rest = clause.since(place)
        asking = rest.words[0] in words("questions", "adverbs of asking") and len(rest) == 1
        if asking or rest.at("who") == len(rest) or rest.at("what") == len(rest) or _is_noun_asked(rest):
            return replace(clause, pieces=rest.pieces + clause.pieces[:place])
    return clause


def _is_noun_asked(rest: Clause) -> bool:
    return (
        len(rest) > 1 and bool(rest.at("what")) and bool(rest.at("year words", 1) or rest.at("kind words", 1))
    )


def _without_tail(clause: Clause) -> Clause:
    """Leave out what only trails after a question: '…, do you remember'."""
    for place in range(1, len(clause)):
        if clause.at("trailing", place) == len(clause) - place:
            return _without_tail(clause.since(0, place))
    return clause


def _goes_on(clause: Clause) -> bool:
    """Tell whether a question may follow what led up to it: 'do you know who', not 'do you know Heat'."""
    rest = _without_lead(clause)
    heads = any(rest.at(section) for section in ("who", "what", "whether", "yes or no", "somebody who"))
    nouns = (i for i in range(min(2, len(rest))) if rest.words[i] and not rest.is_verb(i))
    role = bool(len(rest)) and bool(rest.words[0]) and any(rest.roles_at(i)[0] for i in nouns)
    return bool(
        rest.led
        or heads
        or role
        or (rest.words[:1] and rest.words[0] in words("questions", "adverbs of asking"))
    )


def near_verb(word: str) -> tuple[str, ...]:
    """Return the relations that a misspelt or misheard verb may mean: 'rote', 'dircted'."""
    known = [said[0] for said, all_of in _TRIGGERS.items() if len(said) == 1 and all_of[0].kind == "verb"]
    near = get_close_matches(word, known, 1, _NEAR) if word else []
    return _ROLES[(near[0],)] if near else ()


def _sentences(chunks: Sequence[Chunk]) -> Iterator[list[Chunk]]:
    """Yield the chunks of every sentence."""
    numbers = dict.fromkeys(chunk.sentence for chunk in chunks)
    for number in numbers:
        sentence = [chunk for chunk in chunks if chunk.sentence == number]
        if any(chunk.kind != "mark" for chunk in sentence):
            yield sentence


def _parts(sentence: Sequence[Chunk]) -> list[list[Chunk]]:
    """Return a sentence in parts, as commas and the like part it."""
    parts: list[list[Chunk]] = [[]]
    for chunk in sentence:
        if chunk.kind != "mark":
            parts[-1].append(chunk)
        elif chunk.text in _PARTING and parts[-1]:
            parts.append([])
    return [part for part in parts if part]


def _pieces(chunks: Sequence[Chunk], text: str) -> Iterator[Piece]:
    """Yield the words and names of some chunks; a name that takes in the head of a question is words."""
    for index, chunk in enumerate(chunks):
        if chunk.kind in _NAMED and not (index == 0 and _takes_in_head(chunk)):
            yield Piece("", chunk.start, chunk.end, chunk)
            continue
        for token in tokens(text[chunk.start : chunk.end]):
            word, start, end = fold(token.raw), chunk.start + token.start, chunk.start + token.end
            if word in _GLUED:
                yield Piece(word[:-1], start, end - 1, chunk)
                word, start = "s", end - 1
            yield Piece(_SPOKEN.get(word, word), start, end, chunk)


def _takes_in_head(chunk: Chunk) -> bool:
    """Tell whether a name is read into the head of a question: "what's Heat" is not White Heat."""
    said = [fold(token.raw) for token in tokens(chunk.text)]
    heads = words("questions", "who") | words("questions", "what") | words("questions", "yes or no")
    near = not chunk.choices or chunk.choices[0].match in _FUZZY
    return len(said) > 1 and said[0] in heads and near


@cache
def _phrases(section: str) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """Return the phrases of a section by their first word, each with its length, the longest first."""
    found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for words_of in sorted(
        (tuple(each.split()) for each in tables("questions")[section]), key=len, reverse=True
    ):
        found.setdefault(words_of[0], []).append((len(words_of), words_of))
    return found
