"""What stands beside a value and says of which relation it is: 'ENGLISH guide', 'zone B'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Candidate, Chunk
from agent.builtin.parse.identity import Same
from agent.builtin.parse.vocabulary import Vocabulary
from kg.stems import singular
from kg.text import fold

_KEPT = 16  # catalogues
_LONG = 4  # letters of a word that may stand for a longer name
_SAYING = frozenset(("is", "of", ":", "=", "in", "with", "be", "must", "should", "has", "to", "rated", "a"))
_JOINTS = frozenset(("or", "and", ",", "/", "nor"))


def with_header_words(chunks: Sequence[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Read short labels behind their relation's name, and words of a longer name beside its values."""
    found = _with_codes(list(chunks), vocabulary)
    own = _words_of_names(Same(vocabulary))
    for i, chunk in enumerate(found) if own else ():
        called = own.get(singular(chunk.text), ()) if chunk.kind == "word" or _is_header(chunk, own) else ()
        relation = next((each for each in called if _has_beside(found, i, each)), None)
        if relation is not None:
            entries = vocabulary.triggers.get(_name(vocabulary, relation), ())
            found[i] = replace(chunk, kind="trigger", entries=entries, choices=())
    return _with_named_relations(found, vocabulary) if vocabulary.label_forms else found


def _with_named_relations(chunks: list[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Read a label that several relations have as of the one that is named beside it: 'SOW in August'."""
    for i, chunk in enumerate(chunks):
        own = (
            [each for each in chunk.roles if each in vocabulary.relations] if chunk.kind == "trigger" else []
        )
        for j in (*range(i + 1, min(i + 1 + _LONG, len(chunks))), i - 1):
            if len(own) != 1 or j < 0 or chunks[j].kind == "mark":
                break
            if chunks[j].kind != "entity" or own[0] in chunks[j].held_roles:
                if chunks[j].kind == "entity":
                    break
                continue
            alike = vocabulary.label_forms.get(fold(chunks[j].text), ())
            meant = tuple(each for each in alike if own[0] in each.roles)
            chunks[j] = replace(chunks[j], choices=meant) if meant else chunks[j]
            break
    return chunks


def _is_header(chunk: Chunk, own: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether the label of a relation is the header of another one too: 'LANGUAGE Dutch'."""
    called = own.get(singular(chunk.text.casefold()), ())
    return (
        chunk.kind == "entity" and bool(called) and not any(set(called) & set(c.roles) for c in chunk.choices)
    )


def _name(vocabulary: Vocabulary, relation: str) -> tuple[str, ...]:
    """Return a name of a relation that is a trigger; () if none is."""
    names = (tuple(said.casefold().split()) for said in vocabulary.agents[relation])
    return next((name for name in names if name in vocabulary.triggers), ())


@lru_cache(maxsize=_KEPT)
def _words_of_names(known: Same) -> dict[str, list[str]]:
    """Return the relations that a single word of a longer name may stand for, by the word."""
    vocabulary: Vocabulary = known.value
    found: dict[str, list[str]] = {}
    general = words("measures", "general in names") | words("comparators", "fillers")
    for relation, names in vocabulary.agents.items():
        if relation in vocabulary.relations:
            for word in dict.fromkeys(singular(word) for said in names for word in said.casefold().split()):
                if len(word) >= _LONG and word not in general:
                    found.setdefault(word, []).append(relation)
    return found


def _has_beside(chunks: Sequence[Chunk], i: int, relation: str) -> bool:
    """Tell whether a value of a relation stands beside a word: 'ENGLISH guide', 'guide in ENGLISH'."""
    after = i + 1
    while after < len(chunks) and after - i < _LONG and chunks[after].text in _SAYING:
        after += 1
    near = [chunks[place] for place in (i - 1, after) if 0 <= place < len(chunks)]
    return any(relation in choice.roles for chunk in near for choice in chunk.choices)


def _with_codes(chunks: list[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Replace labels of one or two letters by their names where their relation is named: 'zone B or C'."""
    for relation, labels in vocabulary.codes.items():
        for i, chunk in enumerate(chunks):
            meant = labels.get(chunk.text.casefold()) if chunk.kind in ("word", "entity") else None
            mixed = not chunk.text.isalpha() and not chunk.text.isdecimal() and not chunk.choices
            if meant is not None and mixed:  # '4K'
                chunks[i] = replace(chunk, kind="entity", choices=(meant,), entries=())
        names = {said.casefold() for said in vocabulary.agents.get(relation, ())}
        for i, chunk in enumerate(chunks):
            if chunk.kind not in ("word", "trigger") or chunk.text not in names:
                continue
            place = i + 1
            while place < len(chunks) and chunks[place].text in _SAYING - {"a"}:
                place += 1
            while place < len(chunks) and (meant := labels.get(chunks[place].text)) is not None:
                chunks[place] = _named(chunks[place], meant)
                joined = place + 1 < len(chunks) and chunks[place + 1].text in _JOINTS
                place += 2 if joined else len(chunks)
    return chunks


def _named(chunk: Chunk, meant: Candidate) -> Chunk:
    return replace(chunk, kind="entity", choices=(meant,), entries=()) if chunk.kind == "word" else chunk
