"""What the guard asks of statements in words of a language model: does the graph hold what they say?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from agent.builtin.lexicon.load import words
from agent.guard.known import NUMBER, SURE, EmptySearch, Known, folded, has_phrase
from agent.guard.roots import roots
from agent.verify.claims import checked_claim
from agent.verify.reading import Said, read_answer
from agent.verify.types import CheckedClaim
from kg.graph import KnowledgeGraph
from kg.text import fold, tokens
from kg.types import Kind
from tools.knowledge import Knowledge
from tools.link import link_entities

_NEWEST_FIRST = re.compile(r"\b(?:newest|latest)\b.{0,9}\bto\b.{0,9}\b(?:oldest|earliest)\b", re.IGNORECASE)
_OLDEST_FIRST = re.compile(r"\b(?:oldest|earliest)\b.{0,9}\bto\b.{0,9}\b(?:newest|latest)\b", re.IGNORECASE)
_ENTRY = re.compile(r"(?<=[.!?])\s+")


def denied(knowledge: Knowledge, text: str, known: Known) -> str | None:
    """Return the name or kind that words deny; only what the answer itself denies may be."""
    for sentence in _ENTRY.split(text):
        if not has_phrase(sentence, words("notes", "denies")):
            continue
        names = dict(_people_and_kinds(knowledge, sentence))
        denies = any(known.denied & called for called in names.values())
        if any(_looked_for(names.values(), sentence, each) for each in known.empty):
            continue
        fine = known.denied | (known.instead if denies else frozenset())
        if strange := next((said for said, called in names.items() if not called & fine), None):
            return f"denies something of {strange!r}, which nothing proves"
    return None


def _looked_for(names: Collection[set[str]], sentence: str, search: EmptySearch) -> bool:
    """Tell whether a sentence denies just what a search looked for in vain, no less and no more."""
    covered = all(any(name in called for called in names) for name in search.names)
    dated = not search.numbers or NUMBER.search(sentence) is not None
    return covered and dated and all(called & search.names for called in names)


def _people_and_kinds(knowledge: Knowledge, sentence: str) -> Iterator[tuple[str, set[str]]]:
    """Yield the names in a sentence that are no titles, with what they may be called, folded."""
    for mention in link_entities(knowledge, sentence).mentions:
        sure = [each for each in mention.candidates if each.score >= SURE and each.kind == "entity"]
        if sure:
            yield mention.text, {folded(each) for each in (mention.text, *(c.label for c in sure))}


def claims(knowledge: Knowledge, text: str, known: Known) -> list[CheckedClaim]:
    """Return what words state of items, compared with the graph."""
    speaks = _first_word(text) in words("notes", "items shown")
    about = known.lines if speaks or len(known.lines) == 1 else ()
    read = (_of_shown(knowledge, each, known) for each in read_answer(knowledge, text, about).claims)
    said = roots(text)
    return [
        checked_claim(knowledge.graph, each) for each in read if not _is_misread(knowledge.graph, each, said)
    ]


def _is_misread(graph: KnowledgeGraph, claim: Said, said: Set[str]) -> bool:
    """Tell whether words claim no such thing: 'tense' calls nothing a thriller, and no person is a series."""
    kinds = {graph.relation(name).kind for name in claim.relations if graph.has_relation(name)}
    if kinds == {Kind.CATEGORY}:
        return not roots(claim.claimed) <= said
    named = graph.entities_named(claim.claimed)
    own = {graph.relation(name).kind for each in named for name in graph.roles(each.id)}
    return bool(kinds and own) and not kinds & own


def another(text: str, known: Known) -> str | None:
    """Return that words call the one item that is shown another one; None where they do not."""
    if len(known.lines) != 1 or has_phrase(text, words("notes", "offers")):
        return None
    nouns = "|".join(sorted(words("notes", "counted")))
    different = rf"\b(?:another|an?\s+(?:different|other|second))\s+(?:one|{nouns})\b"
    other = re.search(different, text, re.IGNORECASE)
    return f"calls what is shown {other[0]!r}, and it is the only one" if other else None


def _of_shown(knowledge: Knowledge, claim: Said, known: Known) -> Said:
    """Return a claim as one of the item that may be named, where another work has its title too."""
    if claim.item in known.items or claim.item is None:
        return claim
    title = folded(knowledge.graph.item(claim.item).title)
    same = sorted(key for key in known.items if folded(knowledge.graph.item(key).title) == title)
    return replace(claim, item=same[0]) if same else claim


def false_claim(stated: Sequence[CheckedClaim]) -> str | None:
    """Return the first claim that the graph does not hold, in words; None where it holds all."""
    for claim in stated:
        if claim.verdict != "proved" and claim.relation:
            return (
                f"says of {claim.title} that the {claim.relation} is {claim.claimed!r}, which nothing proves"
            )
    return None


def untold(text: str, known: Known) -> str | None:
    """Return what words tell that no fact here does and nobody spoke of; None where there is nothing."""
    said = f" {folded(text)} "
    told = (each for each in words("notes", "no fact here") if f" {each} " in said)
    strange = next((each for each in sorted(told) if not known.has(each)), None)
    return strange and f"tells of {strange!r}, which no fact here does"


def unasked_verdict(text: str, known: Known) -> str | None:
    """Return the yes or no that words begin with and no fact of the answer says."""
    first = _first_word(text)
    says = (
        "yes" if first in words("notes", "says yes") else "no" if first in words("notes", "says no") else ""
    )
    led = re.match(r"\W*\w+\s*[,:.!–—-]", text) is not None  # 'no film of hers' answers nothing
    backed = says in known.verdicts or (says == "no" and (known.empty or known.denied))
    return f"says {says}, which no fact does" if says and led and not backed else None


def out_of_order(knowledge: Knowledge, text: str, known: Known) -> str | None:
    """Return the item that words call the oldest or newest of those shown, and that is not."""
    years = [year for line in known.lines if (year := knowledge.graph.item(line).year)]
    for sentence in _ENTRY.split(text):
        if _NEWEST_FIRST.search(sentence) or _OLDEST_FIRST.search(sentence):
            told = [
                (each.said, knowledge.graph.item(each.id).year)
                for each in read_answer(knowledge, sentence).titles
                if each.id is not None
            ]
            late = _unsorted(told, falling=_NEWEST_FIRST.search(sentence) is not None)
            if late:
                return f"lists {late} out of the order of years"
            continue
        for part in re.split(r",|;| and | but ", sentence):
            titles = read_answer(knowledge, part).titles
            item = titles[0].id if len(titles) == 1 else None
            dated = knowledge.graph.item(item).year if item is not None else None
            for name, extreme in (("oldest", min), ("newest", max)):
                if dated and years and has_phrase(part, words("notes", name)) and dated != extreme(years):
                    return f"calls {titles[0].said} the {name}, which it is not"
    return None


def _unsorted(told: Sequence[tuple[str, int | None]], *, falling: bool) -> str | None:
    """Return the first title that stands behind one it should come before; None if none does."""
    years = [(said, year if not falling else -year) for said, year in told if year]
    return next((after[0] for before, after in pairwise(years) if before[1] > after[1]), None)


def _first_word(text: str) -> str:
    return next((fold(token.raw) for token in tokens(text)), "")
