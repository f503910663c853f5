"""A request in chunks: linked names, triggers, words and punctuation, with sentence numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from agent.builtin.lexicon.triggers import PERSON_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.identity import Same
from agent.builtin.parse.linked_names import linked_names
from agent.builtin.parse.vocabulary import Vocabulary
from kg.text import Token, fold, tokens

_MARK = re.compile(r"\.{2,}|…|[.!?\n]+|[,;:()+/]|--| [-–—] |—")
_UNMARKED = ("", " ")  # what mostly stands between words
_DESCRIBED = 3  # words of somebody who is described: 'a strong woman'
_MAX_TRIGGER = 6
_CURRENCIES = ("$", "€", "£")
_YOUNG = 30  # "'29" is 2029, "'30" is 1930


def chunk_text(text: str, links: dict[str, Any], vocabulary: Vocabulary) -> list[Chunk]:
    """Turn a text and its links, as `link_entities` returns them, into chunks, in the order of the text."""
    names = linked_names(text, links, vocabulary)
    chunks: list[Chunk] = []
    sentence = 0
    words = [t for t in tokens(text) if not any(n.start < t.end and t.start < n.end for n in names)]
    pieces: list[tuple[int, int, Chunk | Token]] = sorted(
        [*((n.start, n.end, n) for n in names), *((w.start, w.end, w) for w in words)], key=lambda p: p[:2]
    )
    place = 0
    for at, (start, end, piece) in enumerate(pieces):
        between = text[place:start]
        for mark in [] if between in _UNMARKED or _is_inside_number(text, place, start) else _marks(between):
            chunks.append(Chunk("mark", mark, place, start, sentence))
            sentence += mark in ".!?"
        place = end
        if isinstance(piece, Chunk):
            chunks.append(Chunk(piece.kind, piece.text, start, end, sentence, piece.choices))
        else:
            said = _with_century(fold(piece.raw)) if _is_clipped(text, start) else fold(piece.raw)
            start, end, said = (
                _with_currency(text, start, end, said) if said.isdecimal() else (start, end, said)
            )
            joined = vocabulary.nouns and chunks and chunks[-1].kind == "word"
            before = chunks[-1] if joined else None
            if before is not None and fold(text[before.start : end]) in vocabulary.nouns:
                chunks[-1] = replace(before, text="items", end=end)  # 'CAR PARK'
                continue
            noun = said in vocabulary.nouns and not _begins_name(said, pieces[at + 1 : at + 2], vocabulary)
            chunks.append(Chunk("word", "items" if noun else said, start, end, sentence))
    chunks = _with_centuries(_spelt_out(chunks))
    return _with_triggers(_with_pointed_countries(chunks), vocabulary)


def _begins_name(
    said: str, following: Sequence[tuple[int, int, Chunk | Token]], vocabulary: Vocabulary
) -> bool:
    """Tell whether a noun for items begins the name of a relation of theirs: 'the LAKE record'."""
    if not vocabulary.measures.own or not following or isinstance(following[0][2], Chunk):
        return False
    both = (said, fold(following[0][2].raw))
    return any(name[:2] == both for name in vocabulary.triggers)


def _spelt_out(chunks: list[Chunk]) -> list[Chunk]:
    """Return chunks with 'w/o' as one word for 'without'."""
    out: list[Chunk] = []
    for chunk in chunks:
        if chunk.text == "o" and [a.text for a in out[-2:]] == ["w", "/"] and out[-2].end == chunk.start - 1:
            out[-2:] = [replace(out[-2], text="without", end=chunk.end)]
        else:
            out.append(chunk)
    return out


def _with_pointed_countries(chunks: list[Chunk]) -> list[Chunk]:
    """Return chunks in which where a title is from is the same country: 'I saw Parasite. More FROM THERE'."""
    out: list[Chunk] = []
    titled = False
    for i, chunk in enumerate(chunks):
        led = titled and i > 0 and chunks[i - 1].text == "from"
        if led and chunk.text == "there":
            out += [replace(chunk, text=word) for word in ("the", "same", "country")]
        elif led and chunk.text == "that" and [a.text for a in chunks[i + 1 : i + 2]] == ["country"]:
            out += [replace(chunk, text=word) for word in ("the", "same")]
        else:
            out.append(chunk)
        placed = chunk.kind == "entity" and bool(chunk.held_roles & {"country", "language"})
        titled = (titled or chunk.kind == "title") and not placed
    return out


def _is_clipped(text: str, start: int) -> bool:
    """Tell whether an apostrophe stands for what a word leaves out at its beginning: "from '95"."""
    return text[start - 1 : start] in ("'", "’", "‘") and not text[start - 2 : start - 1].isalnum()


def _with_centuries(chunks: list[Chunk]) -> list[Chunk]:
    """Return chunks with the years of 'from 91 or 92', where nothing behind says what else is counted."""
    for i in range(1, len(chunks) - 2):
        if chunks[i + 1].text != "or":
            continue
        before, years, after = chunks[max(0, i - 2) : i], chunks[i : i + 3 : 2], chunks[i + 3 : i + 4]
        led = {"from", "year", "years"} & {each.text for each in before}
        two = all(len(a.text) == 2 and a.text.isdecimal() and int(a.text) >= _YOUNG for a in years)
        if led and two and (not after or after[0].kind == "mark"):
            chunks[i : i + 3 : 2] = [replace(each, text=_with_century(each.text)) for each in years]
    return chunks


def _with_currency(text: str, start: int, end: int, word: str) -> tuple[int, int, str]:
    """Return a number with the sign of the money it counts: '£5', '10€'."""
    before = start - (text[max(0, start - 1) : start] in _CURRENCIES)
    after = end + (text[end : end + 1] in _CURRENCIES)
    money = (before, after) != (start, end)
    return (before, after, text[before:after]) if money else (start, end, word)


def _with_century(word: str) -> str:
    """Return a year of two digits with its century: '95' -> '1995'; any other word as it is."""
    if not (len(word) == 2 and word.isdecimal()):
        return word
    return f"{20 if int(word) < _YOUNG else 19}{word}"


def _is_inside_number(text: str, place: int, start: int) -> bool:
    """Tell whether only a point, comma or colon parts two figures: '7.5', '1,299', '1:40'; not two years."""
    if (
        text[place:start] not in (".", ",", ":")
        or not (text[place - 1 : place] + text[start : start + 1]).isdecimal()
    ):
        return False
    return text[place] != "," or not text[start : start + 4].isdecimal()


def _marks(between: str) -> list[str]:
    """Return the marks that matter: '.' for any end of a sentence, else the mark itself."""
    found = []
    for match in _MARK.findall(between):
        mark = match.strip(" ") or "-"
        found.append(
            "."
            if mark[0] in ".!?\n" and mark not in ("...", "..")
            else ","
            if mark in ("...", "…")
            else mark[0]
        )
    return found


def _with_triggers(chunks: list[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Replace the words of trigger phrases by triggers, the longest phrase first."""
    out: list[Chunk] = []
    said = tuple([chunk.text for chunk in chunks])
    begun = _first_words(Same(vocabulary))
    i = 0
    while i < len(chunks):
        if said[i] not in begun:
            out.append(chunks[i])
            i += 1
            continue
        for length in range(min(_MAX_TRIGGER, len(chunks) - i), 0, -1):
            run, phrase = chunks[i : i + length], said[i : i + length]
            entries = vocabulary.triggers.get(phrase)
            if entries and all(chunk.kind == "word" for chunk in run) and not _is_of_nobody(said, i):
                text, place = " ".join(phrase), run[0].sentence
                out.append(Chunk("trigger", text, run[0].start, run[-1].end, place, (), entries))
                i += length
                break
        else:
            out.append(chunks[i])
            i += 1
    return out


@lru_cache(maxsize=8)
def _first_words(vocabulary: Same) -> frozenset[str]:
    return frozenset(phrase[0] for phrase in vocabulary.value.triggers)


def _is_of_nobody(said: Sequence[str], place: int) -> bool:
    """Tell whether a phrase is said of anybody: 'a woman IN THE LEAD', not 'the woman in the lead of X'."""
    led = next((i for i in range(place, max(-1, place - _DESCRIBED), -1) if said[i] == "in"), -1)
    before = said[max(0, led - _DESCRIBED) : max(led, 0)]
    somebody = bool(before) and before[-1] in PERSON_NOUNS
    joined = set(said[led + 1 : place]) <= {"the", "a"}
    return led >= 0 and joined and somebody and not {"a", "an"}.isdisjoint(before)
