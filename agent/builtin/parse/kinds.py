"""Everyday words for kinds of items as categories: 'something funny', 'like Speed but scary', 'a rom-com'.

A word is a category only where the catalogue has a label for it, and only as said of what is asked for: not
in "that was funny", "is it scary?", "funny enough".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from agent.builtin.lexicon.kinds import Kind, kinds
from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Candidate, Chunk
from agent.builtin.parse.surfeit import is_surfeit
from agent.builtin.parse.vocabulary import Vocabulary

_DEGREE = words("kinds", "degree")
_STOPS = words("kinds", "stops")
_CLOSES = words("kinds", "closes")
_WANTING = words("kinds", "wanting")
_SEEN = words("kinds", "seen")
_HOLLOW = words("kinds", "hollow")
_POLITE = words("kinds", "polite")
_HAVING = words("kinds", "having")
_THEIRS = frozenset(("his", "her", "their", "its"))  # 'a butler tells the LIVES OF HIS masters'
_MODAL = words("kinds", "modal")
_SOMETHING = frozenset("something anything nothing stuff one ones someone somewhat everything".split())
_NOUNS = (ITEM_NOUNS | {"one"}) - words("kinds", "aside")
ADJECTIVES = frozenset(phrase[0] for phrase in kinds() if len(phrase) == 1) | {
    "gothic",
    "historical",
    "comic",
}
_STUDIES = frozenset("degree phd masters course class exam exams background career job".split())
_SAYINGS = words("kinds", "sayings")
_SUBJECTS = words("kinds", "sayings of subjects")
_FIRST_WORDS = frozenset(phrase[0] for phrase in kinds())
_LONGEST = max(len(phrase) for phrase in kinds())


def with_kinds(chunks: Sequence[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Replace everyday words for kinds by categories where they say what is asked for."""
    parts = [_parts_of_saying(chunk, chunks[i - 1] if i else None) for i, chunk in enumerate(chunks)]
    chunks = [each for part in parts for each in part]
    out: list[Chunk] = []
    i = 0
    while i < len(chunks):
        length, kind = _kind_at(chunks, i)
        end = i + max(length, 1)
        found = _categories(kind, vocabulary) if kind is not None else ()
        if found and kind is not None and _is_meant(chunks, i, end, kind, out):
            out += [_category(chunks[i:end], choices) for choices in found]
        else:
            out += chunks[i:end]
        i = end
    return out


def _parts_of_saying(chunk: Chunk, before: Chunk | None) -> list[Chunk]:
    """Return the words of a category that is one of what something is about: 'time TRAVEL FILMS'."""
    if chunk.kind != "category" or before is None:
        return [chunk]
    said = chunk.text.casefold().split()
    if f"{before.text} {said[0]}" not in _SUBJECTS:
        return [chunk]
    starts = accumulate((len(word) + 1 for word in said[:-1]), initial=chunk.start)
    plain = replace(chunk, kind="word", choices=(), entries=())
    return [replace(plain, text=w, start=at, end=at + len(w)) for w, at in zip(said, starts, strict=True)]


def _is_meant(chunks: Sequence[Chunk], i: int, end: int, kind: Kind, before: Sequence[Chunk]) -> bool:
    if kind.form == "wish":
        return _is_wished(before)
    if kind.form == "noun":
        after = chunks[end].text if end < len(chunks) else ""
        return after not in _THEIRS and not (
            is_surfeit(chunks, end - 1) or _is_experience(before) or _is_studied(before)
        )
    return describes(chunks, i, end, before)


def _is_part_of_name(chunk: Chunk) -> bool:
    """Tell whether a category was said by part of its name: "science fiction", not a "science book"."""
    said = tuple(chunk.text.casefold().split())
    return chunk.choices[0].match == "short" or (len(said) > 1 and said in kinds())


def _kind_at(chunks: Sequence[Chunk], i: int) -> tuple[int, Kind | None]:
    """Return the longest phrase for a kind that begins at `i`, by its length, and the kind."""
    part = chunks[i].kind == "category" and _is_part_of_name(chunks[i])
    verb = chunks[i].kind == "trigger"  # 'something that MAKES me laugh'
    first = chunks[i].text.casefold().partition(" ")[0]
    if first not in _FIRST_WORDS or not (part or verb or chunks[i].kind == "word"):
        return 0, None
    if part:
        return 1, kinds().get(tuple(chunks[i].text.casefold().split()))
    for length in range(_LONGEST, 2 if verb else 0, -1):
        run = chunks[i : i + length]
        kind = kinds().get(tuple(chunk.text for chunk in run))
        if kind is not None:
            return len(run), kind
    return 0, None


def _categories(kind: Kind, vocabulary: Vocabulary) -> tuple[tuple[Candidate, ...], ...]:
    """Return the categories that a kind is in a catalogue, each with what it may be called there."""
    known = [labels for labels in kind.labels if all(label in vocabulary.genres for label in labels)]
    if not known:
        return ()
    if len(known[0]) > 1:
        return tuple((vocabulary.genres[label],) for label in known[0])
    return (tuple(vocabulary.genres[labels[0]] for labels in known if len(labels) == 1),)


def _category(run: Sequence[Chunk], choices: tuple[Candidate, ...]) -> Chunk:
    said = " ".join(chunk.text for chunk in run)
    return replace(run[0], kind="category", text=said, end=run[-1].end, choices=choices, entries=())


def _is_wished(before: Sequence[Chunk]) -> bool:
    near = {chunk.text for chunk in before[-3:]}
    return not near & {"didnt", "doesnt", "not", "never", "dont", "did"}


def describes(chunks: Sequence[Chunk], i: int, end: int, before: Sequence[Chunk] | None = None) -> bool:
    """Tell whether the words `i:end` describe what is asked for.

    `before` are the chunks before them with kinds already found, if any.
    """
    left = list(chunks[:i] if before is None else before)
    return (
        (_precedes_noun(chunks, end) and not _is_experience(left))
        or _follows_noun(left)
        or _ends_clause(chunks, i, end, left)
    )


def is_of_saying(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a category is only a word of a name or a saying: 'just not Cold War', 'scary good'."""
    if i + 1 < len(chunks) and chunks[i + 1].text in _STOPS and chunks[i].text.casefold() in ADJECTIVES:
        return True
    first = chunks[i].text.casefold().split()[0]
    beside = [" ".join((*(a.text for a in chunks[max(0, i - n) : i]), first)) for n in (1, 2)]
    return not _SAYINGS.isdisjoint(beside)


def _precedes_noun(chunks: Sequence[Chunk], end: int) -> bool:
    """'funny films', 'a scary, clever thriller'."""
    for j, chunk in enumerate(chunks[end : end + 5]):
        if chunk.kind == "category":
            return True
        if chunk.kind == "word" and chunk.text in _NOUNS:
            return not (j == 0 and chunk.text in ("story", "stories") and end == 1)  # "funny story: …"
        if chunk.text in (",", "and", "but"):
            continue
        if chunk.kind != "word" or chunk.text in _HOLLOW or (j == 0 and chunk.text in _STOPS):
            return False
    return False


def _is_experience(left: Sequence[Chunk]) -> bool:
    """Tell whether the item is one that somebody saw: 'we watched a funny film'."""
    for chunk in reversed(left[-5:]):
        if chunk.kind != "word" or chunk.text in _NOUNS:
            return False
        if chunk.text in _SEEN:
            return chunk.text not in ("is", "its", "thats", "isnt") or "it" in (a.text for a in left[-3:])
    return False


def is_watched(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a category is of something that the person saw: 'we watched a western last night'."""
    for j in range(i - 1, max(-1, i - 5), -1):
        if chunks[j].kind != "word" or chunks[j].text in ITEM_NOUNS:
            return False
        if chunks[j].text in words("kinds", "watched"):
            before = {chunk.text for chunk in chunks[max(0, j - 3) : j]}
            return bool(before & {"i", "we"}) and not before & {
                "havent",
                "not",
                "never",
                "have",
                "if",
                "when",
            }
    return False


def _is_studied(left: Sequence[Chunk]) -> bool:
    """Tell whether a word is what somebody learns or teaches: 'a degree in PHYSICS', 'I study BIOLOGY'."""
    said = [chunk.text for chunk in left[-2:]]
    learnt = said[-1:] != [] and said[-1] in words("stories", "before what is learnt")
    return learnt or (said[-1:] == ["in"] and said[0] in _STUDIES)


def _past_degree(left: Sequence[Chunk]) -> list[Chunk]:
    kept = list(left)
    while kept and kept[-1].kind == "word" and kept[-1].text in _DEGREE:
        kept.pop()
    return kept


def _follows_noun(left: Sequence[Chunk]) -> bool:
    """'something really funny', 'a film that is scary', 'it has to be funny', 'scary and funny'."""
    said = _past_degree(left)
    last = said[-1].text if said else ""
    if last in ("and", "or", ",", "/", "yet") and len(said) > 1 and _is_kind(said[-2]):
        return len(said) < 3 or said[-3].text not in ("was", "were", "is")
    if last in ("is", "are", "thats", "s") or (last == "be" and len(said) > 1):
        asked = said[-2].text if len(said) > 1 else ""
        if last == "be":
            return asked in _MODAL or (asked == "to" and len(said) > 2 and said[-3].text in _HAVING)
        noun = (
            said[-3]
            if asked in ("that", "which") and len(said) > 2
            else said[-2]
            if last == "thats"
            else None
        )
        return noun is not None and _is_noun(noun)
    if last in ("and", "but", "yet", ","):  # "something clever and funny"
        while (
            len(said) > 1 and said[-1].kind in ("word", "mark") and said[-1].text not in _SOMETHING | _HOLLOW
        ):
            said.pop()
        last = said[-1].text
    return last in _SOMETHING and said[-1].kind == "word"


def _is_kind(chunk: Chunk) -> bool:
    """Tell whether a chunk says what is asked for: a kind, or where it is from: 'French and romantic'."""
    return chunk.kind == "category" or (chunk.kind == "entity" and chunk.has_role(("country",)))


def _is_noun(chunk: Chunk) -> bool:
    return chunk.kind == "category" or chunk.text in _NOUNS | _SOMETHING


def _ends_clause(chunks: Sequence[Chunk], i: int, end: int, left: Sequence[Chunk]) -> bool:
    """'like Speed but funny', 'not too scary', 'I want funny', 'scary please'."""
    closed = end >= len(chunks) or chunks[end].kind == "mark" or chunks[end].text in _CLOSES
    if not closed:
        return False
    said = _past_degree(left)
    last = said[-1] if said else None
    clause = _clause(said)
    wished = any(chunk.text in ("want", "need") for chunk in clause)
    if any(chunk.text in ("was", "were", "is", "its", "thats", "isnt", "wasnt") for chunk in clause):
        return wished and last is not None and last.text in ("is", ",")  # "what I want is light, romantic"
    if last is not None and last.text == "," and _is_in_list(chunks, end, said):
        return True  # "a film, nothing too long, ROMANTIC but not cheesy"
    if last is None or last.kind == "mark":
        alone = [chunk for chunk in (*chunks[:i], *chunks[end:]) if chunk.text not in _POLITE]
        turned = i == 0 and tuple(chunk.text for chunk in chunks[end : end + 2]) == ("but", "not")
        return turned or (not alone and len(chunks) > end - i)  # 'scary but not gory'
    if last.text in ("but", "only", "just", "yet"):
        return any(a.kind in ("title", "category", "entity") or _is_noun(a) for a in left)
    if last.text in ("not", "less"):
        return any(_is_noun(a) or a.kind in ("title", "category", "entity") for a in left) or len(chunks) <= 4
    wanted = last.text in _WANTING and last.kind == "word"
    return wanted and any(a.text in ("want", "need", "fancy", "mood", "prefer", "make", "id") for a in clause)


def _is_in_list(chunks: Sequence[Chunk], end: int, left: Sequence[Chunk]) -> bool:
    """Tell whether a word is one of several that say how an item should be, after its noun."""
    here = [chunk for chunk in left if chunk.sentence == left[-1].sentence]
    noun = any(_is_noun(chunk) and chunk.text not in words("kinds", "aside") for chunk in here)
    goes_on = [chunk.text for chunk in chunks[end : end + 2]] in (["but", "not"], ["and", "not"])
    return noun and goes_on and not any(chunk.text in _SEEN for chunk in here)


def _clause(left: Sequence[Chunk]) -> list[Chunk]:
    """Return the chunks of the clause that `left` ends in."""
    clause: list[Chunk] = []
    for chunk in reversed(left):
        if chunk.kind == "mark" and chunk.text in ".;:":
            break
        clause.insert(0, chunk)
    return clause
