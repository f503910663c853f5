"""One of several titles that a person names is to be chosen: 'A, B and C: which should I watch first?'."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from agent.builtin.dialogue.questions import fact_question
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.questions.types import FactQuestion, Subject
from agent.builtin.lexicon.load import tables, words
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.tool_session import Arguments
from agent.builtin.respond import sentences

_TWO = 2
_BESIDE = frozenset("or vs versus ? , . ! please tonight first hm hmm so and".split())


def chosen_of_named(utterance: Utterance) -> Arguments | None:
    """Return which of the named titles to begin with: what suits the person, else what is best known."""
    named = list(dict.fromkeys(t.choices[0].id for t in utterance.reading.mentioned if t.choices))
    asks = utterance.has(*tables("acts")["choosing"]) and utterance.has(*tables("acts")["to take"])
    asks = asks or _is_bare_choice(utterance)
    others = utterance.has(*tables("acts")["others than named"])  # 'I loved A and B: what should I see NEXT?'
    if len(named) < _TWO or others or not asks or not utterance.session.has("rank_for_user"):
        return None
    reading = utterance.reading
    if reading.categories or reading.years != (None, None):
        return None  # 'I have A and B; what should I pick for 1963?'
    if reading.wanted or reading.references or reading.open_roles or any(c.asked for c in reading.claims):
        return None  # others are asked for: 'films with the actor A and B share'
    known = (
        utterance.session.call("find_items", conditions=[], year_from=0)
        if utterance.session.has("find_items")
        else None
    )
    places = {hit["id"]: place for place, hit in enumerate(known["items"])} if known else {}
    ordered = sorted(named, key=lambda item: places.get(item, len(places)))
    ranked = utterance.session.call("rank_for_user", items=[each for each in ordered if each in places])
    if not ranked or not ranked["items"]:
        return None
    titles = {t.choices[0].id: t.choices[0].label for t in utterance.reading.mentioned if t.choices}
    best = ranked["items"][0]
    return proposal([best], note=sentences.first_of_named(titles[best], ranked["by"]), basis="popular")


def undecided(utterance: Utterance) -> Arguments | None:
    """Return what is known of titles that somebody hesitates between: 'TORN BETWEEN Heat and Collateral'."""
    titles = tuple(title for title in utterance.reading.mentioned if title.choices)
    said = " ".join(chunk.text for chunk in utterance.chunks if chunk.kind != "title")  # 'Down to You'
    hesitates = any(f" {phrase} " in f" {said} " for phrase in tables("acts")["hesitating"])
    reading = utterance.reading
    if len(titles) < _TWO or not hesitates or reading.references or reading.open_roles or reading.categories:
        return None
    question = FactQuestion("opinion", Subject(titles=titles))
    return fact_question(replace(utterance, questions=(question,)))


def form_named(utterance: Utterance) -> Arguments | None:
    """Return what is known of a title of which only the form is said: 'ok, Gone Girl then, THE FILM'."""
    titles = [title for title in utterance.reading.mentioned if title.choices]
    said = [word for c in utterance.chunks if c.kind not in ("title", "mark") for word in c.text.split()]
    formed = any(pair in _FORMS for pair in pairwise(said))
    if len(titles) != 1 or not formed or not set(said) <= words("acts", "beside a form"):
        return None
    question = FactQuestion("tell", Subject(titles=tuple(titles)), words=tuple(said))
    return fact_question(replace(utterance, questions=(question,)))


_FORMS = {("the", noun) for noun in ("film", "movie", "book", "novel")}


def _is_bare_choice(utterance: Utterance) -> bool:
    """Tell whether a message only sets titles against each other: 'Heat or Collateral?'."""
    said = [chunk.text for chunk in utterance.chunks if chunk.kind != "title"]
    against = bool({"or", "vs", "versus"} & set(said))
    return against and all(text in _BESIDE for text in said)
