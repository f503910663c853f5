"""Questions of fact that stand apart from the request of a message: 'Who shot Heat? And some westerns too.'.

What such a question names bounds nothing that is asked for elsewhere, unless that points back at it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from agent.builtin.interpret.questions.clauses import Clause, is_head
from agent.builtin.interpret.questions.pointed import with_title
from agent.builtin.interpret.questions.splitting import WISHES, clauses
from agent.builtin.interpret.questions.subject import MANY_NOUNS, points
from agent.builtin.interpret.questions.types import FactQuestion
from agent.builtin.interpret.questions.wishes import wants_items
from agent.builtin.interpret.spans import Span, Use
from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk

_KINDS = ("value", "about", "yes_no", "neighbour")
_BACK = words("questions", "points back at an answer")
_OF_THEIRS = frozenset("by with from of like".split())
_SOMEBODY = frozenset("him her them his hers theirs it that this those these".split())
_OWNERS = frozenset("his her their its".split())
_MAKERS = frozenset(("he", "she", "they"))
_OWNED = 3  # chunks from 'his' to what is his
_BEFORE_ASKING = frozenset("and but so also oh well ok okay".split())
_DEFINITE = frozenset("the that this".split())
_NAMED = ("category", "entity")
_ASKS = frozenset("who what when which how whos whats".split())
_LEADING = frozenset(("a", "an", "some", "another"))


class Apart(NamedTuple):
    """Questions that stand apart, and the use of their words, which are no part of the request."""

    questions: tuple[FactQuestion, ...] = ()
    spans: tuple[Span, ...] = ()


def questions_apart(
    chunks: list[Chunk], text: str, read: Callable[[Clause], FactQuestion | None]
) -> tuple[list[Chunk], Apart]:
    """Return what is left of a message without the questions that stand apart from its request, and these.

    `read` tells what a clause asks.
    """
    asking = "?" in text or any(chunk.text == "tell" for chunk in chunks)
    asking = asking or any(chunk.text in _ASKS for chunk in chunks[:1])
    if not asking or all(chunk.kind != "title" for chunk in chunks):
        return chunks, Apart()
    each = [part for clause in clauses(chunks, text) for part in _without_wish(clause)]
    found = [(clause, asked) for clause in each if (asked := _asked(clause, chunks, read)) is not None]
    if not found:
        return chunks, Apart()
    places = {i for clause, _ in found for i in _places(clause, chunks)}
    rest = [chunk for i, chunk in enumerate(chunks) if i not in places]
    others = [clause for clause in each if all(clause is not asked for asked, _ in found)]
    alike = with_title(rest, [chunk for chunk in chunks if chunk.kind == "title"][-1])
    if alike is None and not (any(map(_is_request, others)) and not _points_back(rest)):
        return chunks, Apart()
    rest = alike or rest
    spans = (Span(c.start, c.end, c.text, Use.ASKING) for i, c in enumerate(chunks) if i in places)
    return rest, Apart(tuple(asked for _, asked in found), tuple(spans))


def _without_wish(clause: Clause) -> list[Clause]:
    """Return a clause in two where a wish is joined to a question: 'what is it about, AND DO YOU HAVE …'."""
    for place in range(2, len(clause) - 1):
        joined = clause.words[place] in ("and", "also", "plus")
        if not (joined or _is_parted(clause, place)):
            continue
        wish = clause.since(place + joined)
        if any(wish.words[: len(said)] == said for said in WISHES):
            return [clause.since(0, place), replace(wish, led=False)]
    return [clause]


def _is_parted(clause: Clause, place: int) -> bool:
    """Tell whether a comma or the like stands before a place."""
    between = clause.text[clause.pieces[place - 1].end : clause.pieces[place].start]
    return "," in between or ";" in between


def _asked(
    clause: Clause, chunks: Sequence[Chunk], read: Callable[[Clause], FactQuestion | None]
) -> FactQuestion | None:
    """Return what a clause asks of one title, named in it or before it; None if it may be a request."""
    asks = clause.asked or clause.led or (clause.words[0] in _ASKS and _opens_sentence(clause, chunks))
    if clause.remark or not asks or not (is_head(clause) or clause.led):
        return None
    question = read(clause)
    if question is None or question.kind not in _KINDS or wants_items(clause, asks_fact=True):
        return None
    if question.kind == "yes_no" and not _opens_sentence(clause, chunks):
        return None  # '… comedies that fall under drama, HAVE N IN THE CAST and were written by M?'
    start = clause.pieces[0].start
    before = any(chunk.kind == "title" and chunk.start < start for chunk in chunks)
    if not (question.subject.titles or (before and points(clause))):
        return None
    return replace(question, words=clause.words, start=start)


def _opens_sentence(clause: Clause, chunks: Sequence[Chunk]) -> bool:
    """Tell whether nothing but small words stands before a clause in its sentence."""
    first = clause.pieces[0].chunk
    before = [c for c in chunks if c.sentence == first.sentence and c.start < first.start]
    return all(chunk.kind == "word" and chunk.text in _BEFORE_ASKING for chunk in before)


def _places(clause: Clause, chunks: Sequence[Chunk]) -> list[int]:
    """Return the places of a clause in a message, with the mark that ends it."""
    first = min(piece.chunk.start for piece in clause.pieces)  # 'X is by WHOM' is read as 'by whom is X'
    last = max(piece.end for piece in clause.pieces)
    inside = [i for i, chunk in enumerate(chunks) if first <= chunk.start < last]
    after = inside[-1] + 1
    return [*inside, after] if after < len(chunks) and chunks[after].kind == "mark" else inside


def _is_request(clause: Clause) -> bool:
    """Tell whether a clause asks for items of a kind or by somebody."""
    named = bool(clause.names(*_NAMED)) or bool((MANY_NOUNS | ITEM_NOUNS) & set(clause.words))
    led = clause.words[:1] and clause.words[0] in _LEADING and not ITEM_NOUNS.isdisjoint(clause.words[1:3])
    return named and (wants_items(clause, asks_fact=False) or (bool(led) and not clause.asked))


def _points_back(rest: Sequence[Chunk]) -> bool:
    """Tell whether what is asked for is told by an answer: 'of HIS', 'the same DIRECTOR', 'ELSE'."""
    said = [chunk.text.casefold() for chunk in rest]
    nouns = ITEM_NOUNS | MANY_NOUNS
    if _BACK & set(said) or any(a in _OF_THEIRS and b in _SOMEBODY for a, b in pairwise(said)):
        return True
    told = [one for one, other in pairwise(rest) if other.text in ("of", "from", "behind", "for")]
    for i, (one, other) in enumerate(pairwise(rest)):
        near = rest[i + 1 : i + 1 + _OWNED]
        owned = one.text in _OWNERS and any(
            c.kind in ("category", "trigger") or c.text in nouns for c in near
        )
        agent = other.kind == "trigger" and other.entries[0].kind == "agent"
        made = one.text in _MAKERS and other.kind == "trigger"  # 'what else did HE SCORE'
        if owned or made or (agent and one.text in _DEFINITE and other not in told):
            return True
    return False
