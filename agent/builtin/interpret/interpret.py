"""Interpretation of a request: conditions, references, claims, examples.

From chunks alone; no fact is looked up here. Predicates take their arguments, roles are assigned, what is
named twice is one, and what is presupposed is added.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from agent.builtin.interpret.audience import audience, spared
from agent.builtin.interpret.claims import presupposed_claims, stated_claims
from agent.builtin.interpret.compared import Comparison
from agent.builtin.interpret.comparisons import read_comparisons
from agent.builtin.interpret.either import alternatives_again, one_group, without_alternatives
from agent.builtin.interpret.kept_kinds import of_degree, of_habit, taken_back, wanted_after_all
from agent.builtin.interpret.kind_conditions import is_condition
from agent.builtin.interpret.made_for import made_for, not_made_for
from agent.builtin.interpret.mentions import domain_of, entity_at, titles_at, unify
from agent.builtin.interpret.mixed_alternatives import mixed_alternatives
from agent.builtin.interpret.partial import PartialRequest, RoleConstraint, Roles
from agent.builtin.interpret.places import alternative_places, in_roles, loose_places
from agent.builtin.interpret.profile import said_profile
from agent.builtin.interpret.request import Constraint, EntityMention, ParsedRequest, Reference
from agent.builtin.interpret.roles import assign_roles
from agent.builtin.interpret.shared_tastes import shared_tastes
from agent.builtin.interpret.together import ruled_out_together, ruled_out_with_names
from agent.builtin.interpret.told_names import of_the_asker, told_likes
from agent.builtin.interpret.unliked import done_with, series_ruled_out, unliked
from agent.builtin.lexicon.triggers import CONSUMING, DOMAIN_HINTS, DOMAIN_NOUNS, NOT_OF_DOMAIN
from agent.builtin.parse.appositions import appositions
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.dated_titles import title_years
from agent.builtin.parse.exempted import exempted
from agent.builtin.parse.idle_verbs import idle_verbs
from agent.builtin.parse.lists import alternatives, has_article
from agent.builtin.parse.logic import limit, order
from agent.builtin.parse.measures import Measures
from agent.builtin.parse.names_told import names_told
from agent.builtin.parse.negation import is_negated, points_at_ruled_out
from agent.builtin.parse.other_makers import replaced_makers
from agent.builtin.parse.own_labels import denied_labels, of_one_value
from agent.builtin.parse.predicates import extract_predicates
from agent.builtin.parse.regions import is_region
from agent.builtin.parse.surfeit import is_surfeit, series_among_titles
from agent.builtin.parse.taken_back import since_last_change_of_mind
from agent.builtin.parse.tastes_told import tastes_told
from agent.builtin.parse.told_kinds import kinds_told
from agent.builtin.parse.unnamed_makers import unnamed_makers
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.parse.years import read_years, year_range


def interpret(text: str, chunks: list[Chunk], vocabulary: Vocabulary, start: int = 0) -> ParsedRequest:
    """Interpret the chunks of a request, whose text begins at `start` of theirs."""
    chunks = unify(since_last_change_of_mind(chunks))
    chunks = _without(chunks, appositions(chunks))
    domain = _measured_domain(chunks, vocabulary.domains)
    measures = vocabulary.measures.of_domain.get(domain or "", vocabulary.measures)
    compared = read_comparisons(text, chunks, measures, start)
    if domain is None and (domain := _only_domain(compared.comparisons, vocabulary.measures)):
        compared = read_comparisons(text, chunks, vocabulary.measures.of_domain[domain], start)
    used, unused = compared.used, compared.unused
    measured, unmeasured = (frozenset(chunks[i].start for i in each) for each in (used, unused))
    untied = unmeasured if measures.own else frozenset[int]()
    said, chunks = chunks, _without(chunks, compared.used)
    dating = {i for bound in title_years(chunks) for i in bound.used}
    claiming = _as_words(chunks, _compared_with(chunks, compared.comparisons))
    excepted = exempted(chunks)
    wordy = dating | unnamed_makers(chunks) | idle_verbs(chunks) | excepted
    plain = _as_words(claiming, wordy)
    partial = assign_roles(plain, extract_predicates(plain, vocabulary.prepositions))
    named = [i for i, chunk in enumerate(chunks) if chunk.kind in ("entity", "category")]
    negated = {i for i in named if is_negated(chunks, i) or points_at_ruled_out(chunks, i)}
    negated -= wanted_after_all(chunks, negated) | of_degree(chunks, negated) | of_habit(chunks, negated)
    negated |= taken_back(chunks, negated)
    if measures.own:
        beside = denied_labels(chunks, named)
        negated = (negated | beside.denied) - beside.wanted
        measured |= {chunks[i].start for i in beside.used}
    drained = {chunks[i].best_id for i in negated if is_surfeit(chunks, i)}
    negated |= {i for i, a in enumerate(chunks) if a.kind == "entity" and a.best_id in drained}
    negated |= _ruled_out_later(chunks, partial, negated) | replaced_makers(chunks, named)
    negated |= series_among_titles(chunks)
    with_names = ruled_out_with_names(chunks, negated)
    negated |= {i for pair in with_names for i in pair}
    liked_too = told_likes(chunks, [a for a in partial.wanted if a.name not in negated])
    together = ruled_out_together(chunks, negated) + with_names
    of_pairs = {i for pair in together for i in pair}
    named_of_asker = [a for a in of_the_asker(chunks, partial.wanted) if a not in liked_too]
    measures_items = bool(compared.comparisons or compared.sorts) or measures.own
    partial.wanted = in_roles(chunks, named_of_asker, negated, settled=measures_items)
    tastes = shared_tastes(chunks)
    kinds = [i for i, chunk in enumerate(chunks) if chunk.kind == "category" and is_condition(chunks, i)]
    passed = names_told(chunks) | kinds_told(chunks) | tastes_told(chunks)
    categories = sorted({*tastes, *(set(kinds) - passed - excepted)})
    wanted = [each for each in partial.wanted if each.name not in negated]
    any_of = (
        tastes
        or alternative_places(chunks, wanted)
        or alternatives(chunks, [each.name for each in wanted], [i for i in categories if i not in negated])
    )
    any_of = any_of or alternatives_again(chunks, [a.name for a in partial.wanted if a.name not in negated])
    any_of = any_of or of_one_value(chunks, (each.name for each in wanted), measures)
    either_ids = {chunks[i].best_id for i in any_of}
    again_kinds = {i for i in {*negated, *categories} if chunks[i].best_id in either_ids}
    negated -= again_kinds  # 'horror or comedies, we hated SCARY MOVIE'
    again = {each.name for each in partial.wanted if any_of and chunks[each.name].best_id in either_ids}
    roles_of = {i: roles for roles, i in reversed(partial.wanted)} | dict.fromkeys(categories, ("genre",))
    by_id = {chunks[i].best_id: roles for i, roles in roles_of.items()}
    roles_of |= {i: by_id[chunks[i].best_id] for i in any_of if i not in roles_of}
    either = _constraints(chunks, [(roles_of[i], i) for i in any_of])
    if either and any(each.either for each in compared.comparisons):
        compared, lost = without_alternatives(compared, said)
        measured, unmeasured = measured - lost, unmeasured | lost
    compared, more = one_group(compared)
    mixed = mixed_alternatives(said, compared, [i for i in roles_of if i not in negated], any_of)
    lost, compared = frozenset(said[i].start for i in mixed.lost | more), mixed.compared
    measured, unmeasured = measured - lost, unmeasured | lost
    either = either or _constraints(chunks, [(roles_of[i], i) for i in mixed.names if not mixed.lost])
    elsewhere = {*negated, *any_of, *mixed.names, *again_kinds}
    kept = [i for i in categories if i not in elsewhere]
    titles = [i for i, chunk in enumerate(chunks) if chunk.kind == "title"]
    disliked = {i for i in titles if is_negated(chunks, i) or points_at_ruled_out(chunks, i)}
    disliked |= unliked(text, chunks, titles)
    against = {i for i in titles if chunks[i].text in {each.title for each in compared.comparisons}}
    whom = audience(chunks)
    dated = _without_descriptions(chunks, partial)
    time = read_years(dated, vocabulary.years)
    settled = (
        any(chunks[each.name].choices for each in partial.wanted)
        or partial.references
        or partial.claims
        or partial.open_roles
    )
    examples = [i for i in titles if i not in {*dating, *partial.used_titles, *against, *disliked}]
    liked = domain_of(chunks, examples) if not settled and vocabulary.domains[1:] else None
    told = measures.own and bool(compared.comparisons)  # the numbers say what suits whom
    return ParsedRequest(
        text=text,
        wanted=_constraints(
            chunks, [each for each in partial.wanted if each.name not in {*elsewhere, *again}]
        ),
        references=(*_references(chunks, partial), *_described_references(chunks, partial, vocabulary)),
        claims=(*stated_claims(chunks, partial), *presupposed_claims(claiming, partial, {*negated, *any_of})),
        categories=tuple(_distinct([entity_at(chunks, i) for i in kept])),
        none_together=tuple(tuple(entity_at(chunks, i) for i in pair) for pair in together),
        none_of=_constraints(chunks, [(roles_of[i], i) for i in roles_of if i in negated - of_pairs])
        + _constraints(chunks, partial.none_of)
        + series_ruled_out(chunks, titles, partial.used_titles)
        + not_made_for(whom, chunks, vocabulary),
        mentioned=titles_at(chunks, titles),
        examples=titles_at(chunks, examples),
        done_with=titles_at(chunks, done_with(chunks, titles, disliked)),
        years=time.years,
        not_years=time.ruled_out,
        domain=domain
        if compared.comparisons or compared.sorts
        else _domain(chunks, vocabulary.domains) or liked,
        any_of=either or (() if settled or told else made_for(whom, kept, chunks, vocabulary)),
        order="" if measures.own and not measures.has_years else order(chunks),
        limit=None if any_of and all(has_article(chunks, i) for i in any_of) else limit(chunks, untied),
        profile=said_profile(chunks),
        open_roles=tuple(partial.open_roles),
        likes=_constraints(chunks, liked_too),
        audience=whom,
        spared=spared(whom, vocabulary),
        timed=frozenset(dated[i].start for i in time.used),
        places=_constraints(
            chunks, [p for p in loose_places(chunks, named_of_asker) if p.name not in negated]
        ),
        comparisons=compared.comparisons,
        sorts=compared.sorts,
        measured=measured,
        unmeasured=unmeasured,
        asked=compared.asked,
        measured_claims=compared.claims,
        shifts=compared.shifts,
        units=tuple((each.name, each.unit) for each in vocabulary.measures.every if each.unit),
        own=measures.own,
        texts=vocabulary.measures.texts,
    )


def _compared_with(chunks: list[Chunk], comparisons: Iterable[Comparison]) -> set[int]:
    """Return the titles that are only what something is compared with: 'shorter than HEAT, on Netflix'."""
    said = {each.title for each in comparisons}
    places = (i for i, chunk in enumerate(chunks) if chunk.kind == "title" and chunk.text in said)
    return {i for i in places if any(a.text == "·" for a in chunks[max(0, i - 2) : i])}


def _without(chunks: list[Chunk], places: Collection[int]) -> list[Chunk]:
    """Return chunks of which some say nothing but what they were read for."""
    blank = {i: replace(chunks[i], kind="word", text="·", choices=(), entries=()) for i in places}
    return [blank.get(i, a) for i, a in enumerate(chunks)] if blank else chunks


def _ruled_out_later(chunks: list[Chunk], partial: PartialRequest, negated: set[int]) -> set[int]:
    """Return the names that are ruled out where they are named again: 'we saw an X film, so no X'.

    Who is asked for behind the camera is then not wanted before it: 'directed by X, but without X'.
    """
    again = {chunks[i].best_id: i for i in sorted(negated) if chunks[i].kind == "entity"}
    found = set[int]()
    for each in partial.wanted:
        place = again.get(chunks[each.name].best_id, -1)
        if place > each.name and (not each.roles or _ACTING in each.roles):
            found.add(each.name)
        elif place > each.name and chunks[place].has_role((_ACTING,)):
            partial.none_of.append(RoleConstraint((_ACTING,), place))
    return found


def _as_words(chunks: list[Chunk], places: Collection[int]) -> list[Chunk]:
    words = {i: replace(chunks[i], kind="word", choices=(), entries=()) for i in places}
    return [words.get(i, a) for i, a in enumerate(chunks)] if words else chunks


def _constraints(chunks: list[Chunk], wanted: Iterable[tuple[Roles, int]]) -> tuple[Constraint, ...]:
    return tuple(
        Constraint(roles, name)
        for roles, i in wanted
        for name in (
            [EntityMention(chunks[i].text, (choice,)) for choice in chunks[i].choices]
            if is_region(chunks[i])
            else [entity_at(chunks, i)]
        )
    )


def _references(chunks: list[Chunk], partial: PartialRequest) -> Iterator[Reference]:
    for reference in partial.references:
        roles, titles = reference
        yield Reference(roles, titles_at(chunks, titles), tuple(partial.wanted_as.get(reference, ())))


def _described_references(
    chunks: list[Chunk], partial: PartialRequest, vocabulary: Vocabulary
) -> Iterator[Reference]:
    """Yield the references to items by what is said of them: 'the film that N shot in 1992'."""
    for roles, said in partial.described:
        described_by = _constraints(chunks, [(said.roles, i) for i in said.names])
        years = year_range(chunks[said.place : said.place + _DESCRIPTION], vocabulary.years)
        yield Reference(roles, (), described_by=described_by, years=years)


def _without_descriptions(chunks: list[Chunk], partial: PartialRequest) -> list[Chunk]:
    """Leave out what describes an item that is referred to: '… of the film that N shot in 1992'."""
    spans = [range(said.place, said.place + _DESCRIPTION) for _, said in partial.described]
    return [a for i, a in enumerate(chunks) if not any(i in span for span in spans)] if spans else chunks


_WRITTEN, _ACTING = "book", "actor"  # what only authors make, and who is before the camera
_BASED = 3  # chunks from 'based' to what an item is based on: 'a film BASED ON A BOOK'
_DESCRIPTION = 4  # chunks in which a year dates the item that is described: "shot in 1992"


def _distinct(names: list[EntityMention]) -> list[EntityMention]:
    seen: dict[str, EntityMention] = {}
    for name in names:
        seen.setdefault(name.choices[0].label, name)
    return list(seen.values())


def _only_domain(comparisons: Sequence[Comparison], measures: Measures) -> str | None:
    """Return the one domain whose items have all that is compared; None if there are others, or none."""
    told = {each.relation for each in comparisons if each.by != "third"}
    fits = [name for name, own in measures.of_domain.items() if told and told <= {m.name for m in own.every}]
    return fits[0] if len(fits) == 1 else None


def _measured_domain(chunks: list[Chunk], domains: tuple[str, ...]) -> str | None:
    """Return of which domain what is measured is: as said, else that of the titles that are named."""
    titled = {chunk.choices[0].domain for chunk in chunks if chunk.kind == "title" and chunk.choices}
    written = [a for a in chunks if a.kind == "entity" and a.held_roles == {"author"}]
    known = titled.pop() if len(titled) == 1 else _WRITTEN if written and _WRITTEN in domains else None
    return _domain(chunks, domains) or known


def _domain(chunks: list[Chunk], domains: tuple[str, ...]) -> str | None:
    if len(domains) < 2:
        return None
    denied = {i + 1 for i, a in enumerate(chunks) if a.kind == "word" and a.text in NOT_OF_DOMAIN}
    led = {i: [a.text for a in chunks[i - 1 : i + 1]] for i in denied}
    denied |= {i + 1 for i, two in led.items() if two in (["not", "the"], ["not", "to"])}  # 'not TO WATCH'
    denied |= {i for i in range(len(chunks)) if "based" in (a.text for a in chunks[max(0, i - _BASED) : i])}
    nouns = frozenset().union(*DOMAIN_NOUNS.values())  # of "PICTURE book" the second
    denied |= {i for i, two in enumerate(pairwise(a.text for a in chunks)) if nouns.issuperset(two)}
    said = {a.text for i, a in enumerate(chunks) if a.kind in ("word", "trigger") and i not in denied}
    on_paper = ("on", "paper") in pairwise(a.text for a in chunks)
    named = [a for a in chunks if a.kind == "category" or (a.kind == "trigger" and " " in a.text)]
    said |= {word for a in named for word in a.text.casefold().split()}  # 'the KIND OF BOOK where'
    said |= ({"film"} if {"biopic", "biopics"} & said else set()) | ({"book"} if on_paper else set())
    own = {each: DOMAIN_NOUNS.get(each, frozenset({each, f"{each}s"})) for each in domains}
    fits = [each for each in domains if said & own[each]]
    sure = [each for each in fits if said & own[each] - CONSUMING]  # 'too tired to WATCH, a short BOOK'
    fits = sure if len(sure) == 1 else fits or [d for d in own if said & DOMAIN_HINTS.get(d, frozenset())]
    return fits[0] if len(fits) == 1 else None
