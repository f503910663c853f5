"""Labels that deny what they are of: 'NO service HISTORY', where one is 'no history'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.lexicon.load import tables
from agent.builtin.parse.chunks import Candidate, Chunk
from agent.builtin.parse.vocabulary import Vocabulary
from kg.stems import is_alike
from kg.text import fold

_DENYING = frozenset(("no", "without"))
_GONE = ("sold", "sold out", "gone")
_REACH = 4  # chunks from a denial to what it is of


def with_denying_labels(chunks: Sequence[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Read what a label denies as that label."""
    if not vocabulary.label_forms:
        return list(chunks)
    found: list[Chunk] = []
    at = 0
    while at < len(chunks):
        end, meant = _denied_at(chunks, at, vocabulary)
        past, sold = _unsold_at(chunks, at, vocabulary)
        if not meant and (spelt := _initials_at(chunks, at, vocabulary))[1]:
            end, meant = spelt
        if sold:
            first, last = chunks[at], chunks[past]
            found.append(replace(first, kind="word", text="not", choices=(), entries=()))
            found.append(replace(last, kind="entity", text="sold", choices=sold, entries=()))
            end = past
        elif meant:
            last = chunks[end]
            found.append(replace(last, kind="entity", start=chunks[at].start, choices=meant, entries=()))
        else:
            found.append(chunks[at])
        at = end + 1
    return found


def _denied_at(chunks: Sequence[Chunk], at: int, vocabulary: Vocabulary) -> tuple[int, tuple[Candidate, ...]]:
    """Return where a denial ends that is a label, and that label; words between are its relation's."""
    for end in range(at + 1, min(at + _REACH, len(chunks)) if chunks[at].text in _DENYING else 0):
        meant = vocabulary.label_forms.get(f"no {fold(chunks[end].text)}", ())
        names = {
            word
            for each in meant
            for role in each.roles
            for said in (role.replace("_", " "), *vocabulary.agents.get(role, ()))
            for word in said.casefold().split()
        }
        between = [chunk.text for chunk in chunks[at + 1 : end]]
        if meant and all(any(is_alike(said, word) for word in names) for said in between):
            return end, meant
    return at, ()


def _unsold_at(chunks: Sequence[Chunk], at: int, vocabulary: Vocabulary) -> tuple[int, tuple[Candidate, ...]]:
    """Return where it ends that items can still be had, and the label of those that are gone: 'SOLD'."""
    gone = next((m for said in _GONE if (m := vocabulary.label_forms.get(said, ()))), ())
    for said in sorted(tables("negation")["still to be had"], key=len, reverse=True) if gone else ():
        spoken = said.split()
        if [chunk.text for chunk in chunks[at : at + len(spoken)]] == spoken:
            return at + len(spoken) - 1, gone
    return at, ()


def _initials_at(
    chunks: Sequence[Chunk], at: int, vocabulary: Vocabulary
) -> tuple[int, tuple[Candidate, ...]]:
    """Return where words end whose first letters are a label, and it: POA of 'price on application'."""
    for length in (4, 3):
        run = chunks[at : at + length]
        meant = vocabulary.label_forms.get("".join(chunk.text[:1] for chunk in run), ())
        plain = all(chunk.kind in ("word", "trigger") and chunk.text.isalpha() for chunk in run)
        if plain and len(run) == length and any(each.label.isupper() for each in meant):
            return at + length - 1, meant
    return at, ()
