"""What the guard asks of words that a language model wrote: a note, a question, the choices of one.

No condition stands behind them, so they name, count and date only what the answer shows, what a tool told or
what the person said, and state of an item only what the graph holds.
"""

from __future__ import annotations

import re
from dataclasses import replace

from agent.builtin.lexicon.load import words
from agent.guard.backing import unbacked, without_echoes
from agent.guard.compared import measured
from agent.guard.form import without_emphasis, wrong_form
from agent.guard.known import Known, has_phrase
from agent.guard.names import strange_names, without_titles
from agent.guard.numbers import strange_numbers
from agent.guard.statements import another, claims, denied, false_claim, out_of_order, unasked_verdict, untold
from kg.graph import KnowledgeGraph
from tools.knowledge import Knowledge
from tools.link import link_entities
from tools.types import Mention


def _parted(graph: KnowledgeGraph, text: str, known: Known) -> str:
    """Return words in which no colon joins the title of an item to what is said of it."""
    titles = sorted((graph.item(key).title for key in known.items), key=len, reverse=True)
    heads = "|".join(re.escape(each) for each in titles if each)
    return re.sub(rf"(?:^|(?<=[\s“\"]))({heads}):(?=\s)", r"\1;", text) if heads else text


def _is_family(mention: Mention) -> bool:
    """Tell whether a surname is said of several at once: 'the Coens'."""
    said, labels = mention.text, [each.label.split()[-1] for each in mention.candidates]
    return " " not in said and said.endswith("s") and said not in labels and said[:-1] in labels


def unproved(knowledge: Knowledge, text: str, known: Known) -> str | None:
    """Return what words say that nothing proves, as the end of a sentence; None where there is nothing."""
    if not text.strip():
        return None
    if problem := wrong_form(text):
        return problem
    plain = _parted(knowledge.graph, without_emphasis(text), known)
    plain = plain if known.asks else without_echoes(plain, known)
    links, whole = link_entities(knowledge, plain), plain
    if any(_is_family(each) for each in links.mentions):
        return "names a family, of whom each would have to be proved"
    if not known.asks:
        told = measured(knowledge.graph, plain, links, known)
        if told.problem:
            return told.problem
        plain = told.text
        links = replace(links, mentions=tuple(m for m in links.mentions if plain[m.start : m.end].strip()))
    stated = [] if known.asks else claims(knowledge, plain, known)
    true = [each.claimed for each in stated if each.verdict == "proved"]
    known = replace(known, text="\n".join((known.text, *true)))
    strange = next(strange_names(knowledge.graph, plain, links, known), None)
    if strange:
        return f"names {strange!r}, which nothing proves"
    if number := next(strange_numbers(knowledge.graph, plain, links, known), None):
        return f"has the number {number!r}, which nothing proves"
    if known.asks:
        return "asks for what is private" if has_phrase(plain, words("notes", "private")) else None
    if problem := unbacked(knowledge.graph, plain, links, known):
        return problem
    untitled = without_titles(plain, links, known)
    stands = untold(untitled, known) or unasked_verdict(plain, known) or denied(knowledge, untitled, known)
    stands = stands or another(untitled, known)
    return stands or false_claim(stated) or out_of_order(knowledge, whole, known)
