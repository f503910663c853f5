"""What the guard asks of words that a language model wrote: a note, a question, the choices of one.

No condition stands behind them, so they name, count and date only what the answer shows, what a tool told or
what the person said, and state of an item only what the graph holds.
"""

from __future__ import annotations

from dataclasses import replace

from agent.builtin.lexicon.load import words
from agent.guard.backing import unbacked, without_echoes
from agent.guard.form import without_emphasis, wrong_form
from agent.guard.known import Known, has_phrase
from agent.guard.names import strange_names
from agent.guard.numbers import strange_numbers
from agent.guard.statements import claims, denied, false_claim, out_of_order, unasked_verdict, untold
from tools.knowledge import Knowledge
from tools.link import link_entities


def unproved(knowledge: Knowledge, text: str, known: Known) -> str | None:
    """Return what words say that nothing proves, as the end of a sentence; None where there is nothing."""
    if not text.strip():
        return None
    if problem := wrong_form(text):
        return problem
    plain = without_emphasis(text)
    plain = plain if known.asks else without_echoes(plain, known)
    links = link_entities(knowledge, plain)
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
    stands = untold(plain, known) or unasked_verdict(plain, known) or denied(knowledge, plain, known)
    return stands or false_claim(stated) or out_of_order(knowledge, plain, known)
