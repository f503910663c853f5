"""Interpretation of a request: conditions, references, claims, examples.

From chunks alone; no fact is looked up here. Predicates take their arguments, roles are assigned, what is
named twice is one, and what is presupposed is added.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from agent.builtin.interpret.amounts import read_amounts
from agent.builtin.interpret.audience import audience, spared
from agent.builtin.interpret.claims import presupposed_claims, stated_claims
from agent.builtin.interpret.compared import Comparison
from agent.builtin.interpret.domains import domain_said
from agent.builtin.interpret.kind_conditions import is_condition
from agent.builtin.interpret.made_for import made_for, not_made_for
from agent.builtin.interpret.mentions import (
    as_words,
    constraints_at,
    domain_of,
    entity_at,
    titles_at,
    unify,
    without,
)
from agent.builtin.interpret.offered import Offered, offered
from agent.builtin.interpret.partial import PartialRequest, RoleConstraint
from agent.builtin.interpret.places import in_roles, loose_places
from agent.builtin.interpret.profile import said_profile
from agent.builtin.interpret.request import Constraint, EntityMention, ParsedRequest, Reference
from agent.builtin.interpret.roles import assign_roles
from agent.builtin.interpret.ruled_out import ruled_out
from agent.builtin.interpret.shared_tastes import shared_tastes
from agent.builtin.interpret.told_names import of_the_asker, told_likes
from agent.builtin.interpret.unliked import done_with, series_ruled_out, unliked
from agent.builtin.parse.appositions import appositions
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.dated_titles import title_years
from agent.builtin.parse.exempted import exempted
from agent.builtin.parse.idle_verbs import idle_verbs
from agent.builtin.parse.lists import has_article
from agent.builtin.parse.logic import limit, order
from agent.builtin.parse.names_told import names_told
from agent.builtin.parse.negation import is_negated, points_at_ruled_out
from agent.builtin.parse.predicates import extract_predicates
from agent.builtin.parse.taken_back import since_last_change_of_mind
from agent.builtin.parse.tastes_told import tastes_told
from agent.builtin.parse.told_kinds import kinds_told
from agent.builtin.parse.unnamed_makers import unnamed_makers
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.parse.years import read_years, year_range


def interpret(text: str, chunks: list[Chunk], vocabulary: Vocabulary, start: int = 0) -> ParsedRequest:
    """Interpret the chunks of a request, whose text begins at `start` of theirs."""
    chunks = unify(since_last_change_of_mind(chunks))
    measures = vocabulary.measures
    amounts = read_amounts(text, without(chunks, appositions(chunks)), vocabulary, start)
    untied = amounts.unmeasured if measures.own else frozenset[int]()
    chunks = amounts.chunks
    dating = {i for bound in title_years(chunks) for i in bound.used}
    excepted = exempted(chunks)
    claiming = as_words(chunks, _compared_with(chunks, amounts.compared.comparisons))
    plain = as_words(claiming, dating | unnamed_makers(chunks) | idle_verbs(chunks) | excepted)
    partial = assign_roles(plain, extract_predicates(plain, vocabulary.prepositions))
    barred, amounts = ruled_out(chunks, partial, amounts, measures)
    liked_too = told_likes(chunks, [a for a in partial.wanted if a.name not in barred.places])
    of_asker = [a for a in of_the_asker(chunks, partial.wanted) if a not in liked_too]
    settled = bool(amounts.compared.comparisons or amounts.compared.sorts) or measures.own
    partial.wanted = in_roles(chunks, of_asker, barred.places, settled=settled)
    tastes = shared_tastes(chunks)
    categories = sorted({*tastes, *(_kinds(chunks) - excepted)})
    offers = offered(chunks, partial.wanted, categories, barred.places, amounts, measures, tastes)
    names = _Names(chunks, partial, offers, categories, barred.together)
    time = read_years(dated := _without_descriptions(chunks, partial), vocabulary.years)
    no_one_claims = {*offers.negated, *offers.any_of}
    request = _of_names(ParsedRequest(text), names, frozenset(dating), vocabulary)
    compared = offers.amounts.compared
    return replace(
        request,
        claims=(*stated_claims(chunks, partial), *presupposed_claims(claiming, partial, no_one_claims)),
        years=time.years,
        not_years=time.ruled_out,
        timed=frozenset(dated[i].start for i in time.used),
        order="" if measures.own and not measures.has_years else order(chunks),
        limit=None if _each_has_article(chunks, offers.any_of) else limit(chunks, untied),
        profile=said_profile(chunks),
        likes=constraints_at(chunks, liked_too),
        places=_places(chunks, of_asker, offers.negated),
        comparisons=compared.comparisons,
        sorts=compared.sorts,
        measured=offers.amounts.measured,
        unmeasured=offers.amounts.unmeasured,
        asked=compared.asked,
        measured_claims=compared.claims,
        shifts=compared.shifts,
        units=tuple((each.name, each.unit) for each in measures.every if each.unit),
        own=measures.own,
        texts=measures.texts,
    )


class _Names(NamedTuple):
    """Names, kinds and titles of a request, in the roles that were assigned to them."""

    chunks: list[Chunk]
    partial: PartialRequest
    offers: Offered
    categories: Sequence[int]
    together: Sequence[tuple[int, ...]]


def _of_names(
    request: ParsedRequest, names: _Names, dating: frozenset[int], vocabulary: Vocabulary
) -> ParsedRequest:
    """Return a request with its names and kinds as conditions, and what its titles stand for."""
    chunks, partial, offers, categories, together = names
    compared = offers.amounts.compared
    titles = [i for i, chunk in enumerate(chunks) if chunk.kind == "title"]
    disliked = {i for i in titles if is_negated(chunks, i) or points_at_ruled_out(chunks, i)}
    disliked |= unliked(request.text, chunks, titles)
    against = {i for i in titles if chunks[i].text in {each.title for each in compared.comparisons}}
    settled = bool(partial.references or partial.claims or partial.open_roles)
    settled = settled or any(chunks[each.name].choices for each in partial.wanted)
    examples = [i for i in titles if i not in {*dating, *partial.used_titles, *against, *disliked}]
    liked = domain_of(chunks, examples) if not settled and vocabulary.domains[1:] else None
    measured = bool(compared.comparisons or compared.sorts)
    told = vocabulary.measures.own and bool(compared.comparisons)  # the numbers say what suits whom
    kept = [i for i in categories if i not in offers.elsewhere]
    wanted = [a for a in partial.wanted if a.name not in {*offers.elsewhere, *offers.again}]
    of_pairs = {i for pair in together for i in pair}
    out = [(roles, i) for i, roles in offers.roles_of.items() if i in offers.negated - of_pairs]
    whom = audience(chunks)
    return replace(
        request,
        wanted=constraints_at(chunks, wanted),
        references=(*_references(chunks, partial), *_described_references(chunks, partial, vocabulary)),
        categories=tuple(_distinct([entity_at(chunks, i) for i in kept])),
        none_together=tuple(tuple(entity_at(chunks, i) for i in pair) for pair in together),
        none_of=constraints_at(chunks, out)
        + constraints_at(chunks, partial.none_of)
        + series_ruled_out(chunks, titles, partial.used_titles)
        + not_made_for(whom, chunks, vocabulary),
        mentioned=titles_at(chunks, titles),
        examples=titles_at(chunks, examples),
        done_with=titles_at(chunks, done_with(chunks, titles, disliked)),
        domain=offers.amounts.domain if measured else domain_said(chunks, vocabulary.domains) or liked,
        any_of=offers.either or (() if settled or told else made_for(whom, kept, chunks, vocabulary)),
        open_roles=tuple(partial.open_roles),
        audience=whom,
        spared=spared(whom, vocabulary),
    )


def _kinds(chunks: list[Chunk]) -> set[int]:
    """Return the positions of kinds that items are to be of."""
    kinds = {i for i, chunk in enumerate(chunks) if chunk.kind == "category" and is_condition(chunks, i)}
    return kinds - names_told(chunks) - kinds_told(chunks) - tastes_told(chunks)


def _each_has_article(chunks: Sequence[Chunk], any_of: Sequence[int]) -> bool:
    """Tell whether alternatives stand with an article each: 'A western or A musical' are not one item."""
    return bool(any_of) and all(has_article(chunks, i) for i in any_of)


def _places(
    chunks: list[Chunk], of_asker: Sequence[RoleConstraint], negated: Collection[int]
) -> tuple[Constraint, ...]:
    """Return the places that are named, and of which nothing says that items are from there."""
    return constraints_at(chunks, [p for p in loose_places(chunks, of_asker) if p.name not in negated])


def _compared_with(chunks: list[Chunk], comparisons: Iterable[Comparison]) -> set[int]:
    """Return the titles that are only what something is compared with: 'shorter than HEAT, on Netflix'."""
    said = {each.title for each in comparisons}
    places = (i for i, chunk in enumerate(chunks) if chunk.kind == "title" and chunk.text in said)
    return {i for i in places if any(a.text == "·" for a in chunks[max(0, i - 2) : i])}


def _references(chunks: list[Chunk], partial: PartialRequest) -> Iterator[Reference]:
    for reference in partial.references:
        roles, titles = reference
        yield Reference(roles, titles_at(chunks, titles), tuple(partial.wanted_as.get(reference, ())))


def _described_references(
    chunks: list[Chunk], partial: PartialRequest, vocabulary: Vocabulary
) -> Iterator[Reference]:
    """Yield the references to items by what is said of them: 'the film that N shot in 1992'."""
    for roles, said in partial.described:
        described_by = constraints_at(chunks, [(said.roles, i) for i in said.names])
        years = year_range(chunks[said.place : said.place + _DESCRIPTION], vocabulary.years)
        yield Reference(roles, (), described_by=described_by, years=years)


def _without_descriptions(chunks: list[Chunk], partial: PartialRequest) -> list[Chunk]:
    """Leave out what describes an item that is referred to: '… of the film that N shot in 1992'."""
    spans = [range(said.place, said.place + _DESCRIPTION) for _, said in partial.described]
    return [a for i, a in enumerate(chunks) if not any(i in span for span in spans)] if spans else chunks


_DESCRIPTION = 4  # chunks in which a year dates the item that is described: "shot in 1992"


def _distinct(names: list[EntityMention]) -> list[EntityMention]:
    seen: dict[str, EntityMention] = {}
    for name in names:
        seen.setdefault(name.choices[0].label, name)
    return list(seen.values())
