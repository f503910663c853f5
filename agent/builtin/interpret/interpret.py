"""Interpretation of a request: conditions, references, claims, examples.

From chunks alone; no fact is looked up here. Predicates take their arguments, roles are assigned, what is
named twice is one, and what is presupposed is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from agent.builtin.interpret.audience import Audience, audience, suited
from agent.builtin.interpret.claims import presupposed_claims, stated_claims
from agent.builtin.interpret.comparisons import read_comparisons
from agent.builtin.interpret.mentions import entity_at, titles_at, unify
from agent.builtin.interpret.partial import PartialRequest, RoleConstraint, Roles
from agent.builtin.interpret.places import alternative_places, in_roles, loose_places
from agent.builtin.interpret.profile import said_profile
from agent.builtin.interpret.request import (
    Constraint,
    EntityMention,
    ParsedRequest,
    Reference,
)
from agent.builtin.interpret.roles import assign_roles
from agent.builtin.lexicon.triggers import AMBIGUOUS_CATEGORIES, DOMAIN_NOUNS, ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import is_told_of
from agent.builtin.parse.dated_titles import title_years
from agent.builtin.parse.kinds import ADJECTIVES, describes, is_of_saying, is_watched
from agent.builtin.parse.lists import alternatives, has_article, is_joined_kind
from agent.builtin.parse.logic import is_conceded, is_of_others, limit, order
from agent.builtin.parse.negation import is_indifferent, is_negated, is_outdone, points_at_ruled_out
from agent.builtin.parse.predicates import extract_predicates
from agent.builtin.parse.regions import is_region
from agent.builtin.parse.surfeit import is_surfeit
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.parse.years import read_years, year_range


def interpret(text: str, chunks: list[Chunk], vocabulary: Vocabulary, start: int = 0) -> ParsedRequest:
    """Interpret the chunks of a request, whose text begins at `start` of theirs."""
    chunks = unify(_since_last_change_of_mind(chunks))
    domain = _measured_domain(chunks, vocabulary.domains)
    measures = vocabulary.measures.of_domain.get(domain or "", vocabulary.measures)
    compared = read_comparisons(text, chunks, measures, start)
    measured, unmeasured = (
        frozenset(chunks[i].start for i in each) for each in (compared.used, compared.unused)
    )
    chunks = [_out_of_the_way(a) if i in compared.used else a for i, a in enumerate(chunks)]
    dating = {i for bound in title_years(chunks) for i in bound.used}
    plain = [_as_word(chunk) if i in dating else chunk for i, chunk in enumerate(chunks)]
    partial = assign_roles(plain, extract_predicates(plain, vocabulary.prepositions))
    named = (i for i, chunk in enumerate(chunks) if chunk.kind in ("entity", "category"))
    negated = {i for i in named if is_negated(chunks, i) or points_at_ruled_out(chunks, i)}
    negated -= _wanted_after_all(chunks, negated)
    drained = {chunks[i].best_id for i in negated if is_surfeit(chunks, i)}
    negated |= {i for i, a in enumerate(chunks) if a.kind == "entity" and a.best_id in drained}
    named_of_asker = _of_the_asker(chunks, partial.wanted)
    partial.wanted = in_roles(chunks, named_of_asker, negated)
    categories = [
        i for i, chunk in enumerate(chunks) if chunk.kind == "category" and _is_condition(chunks, i)
    ]
    wanted = [each for each in partial.wanted if each.name not in negated]
    any_of = alternative_places(chunks, wanted) or alternatives(
        chunks, [each.name for each in wanted], [i for i in categories if i not in negated]
    )
    roles_of = {i: roles for roles, i in reversed(partial.wanted)} | dict.fromkeys(categories, ("genre",))
    kept = [i for i in categories if i not in negated and i not in any_of]
    either = _constraints(chunks, [(roles_of[i], i) for i in any_of])
    titles = [i for i, chunk in enumerate(chunks) if chunk.kind == "title"]
    compared_with = {each.title for each in compared.comparisons}
    against = {i for i in titles if chunks[i].text in compared_with}
    whom = audience(chunks)
    dated = _without_descriptions(chunks, partial)
    time = read_years(dated, vocabulary.years)
    settled = (
        any(chunks[each.name].choices for each in partial.wanted)
        or partial.references
        or partial.claims
        or partial.open_roles
    )
    return ParsedRequest(
        text=text,
        wanted=_constraints(
            chunks, [each for each in partial.wanted if each.name not in {*negated, *any_of}]
        ),
        references=(*_references(chunks, partial), *_described_references(chunks, partial, vocabulary)),
        claims=(*stated_claims(chunks, partial), *presupposed_claims(chunks, partial, negated)),
        categories=tuple(_distinct([entity_at(chunks, i) for i in kept])),
        none_of=_constraints(chunks, [(roles_of[i], i) for i in roles_of if i in negated])
        + _constraints(chunks, partial.none_of)
        + _series_ruled_out(chunks, titles),
        mentioned=titles_at(chunks, titles),
        examples=titles_at(chunks, [i for i in titles if i not in {*dating, *partial.used_titles, *against}]),
        years=time.years,
        not_years=time.ruled_out,
        domain=domain if compared.comparisons or compared.sorts else _domain(chunks, vocabulary.domains),
        any_of=either or (() if settled else _made_for(whom, kept, chunks, vocabulary)),
        order=order(chunks),
        limit=None if any_of and all(has_article(chunks, i) for i in any_of) else limit(chunks),
        profile=said_profile(chunks),
        open_roles=tuple(partial.open_roles),
        audience=whom,
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
    )


def _out_of_the_way(chunk: Chunk) -> Chunk:
    """Return a chunk that says nothing but what it was read for."""
    return replace(chunk, kind="word", text="·", choices=(), entries=())


def _wanted_after_all(chunks: list[Chunk], negated: set[int]) -> set[int]:
    """Return the kinds that are ruled out and asked for later: 'I am not into X, but a film that is X'."""
    later = {a.best_id: i for i, a in enumerate(chunks) if a.kind == "category" and i not in negated}
    return {i for i in negated if chunks[i].kind == "category" and later.get(chunks[i].best_id, 0) > i}


def _as_word(chunk: Chunk) -> Chunk:
    return replace(chunk, kind="word", choices=(), entries=())


def _made_for(
    whom: Audience | None, categories: list[int], chunks: list[Chunk], vocabulary: Vocabulary
) -> tuple[Constraint, ...]:
    """Return the genres made for children or young people as alternatives, if none of them is asked for."""
    genres = suited(whom, vocabulary)
    asked = {choice.id for i in categories for choice in chunks[i].choices}
    if any(each.id in asked for each in genres):
        return ()
    return tuple(Constraint(("genre",), EntityMention(each.label, (each,))) for each in genres)


def _of_the_asker(chunks: list[Chunk], wanted: list[RoleConstraint]) -> list[RoleConstraint]:
    """Leave out what others like, unless it is all that is said: "my aunt loves X"; and who is told of."""
    wanted = [each for each in wanted if not is_told_of(chunks, each.name)]
    own = [each for each in wanted if not is_of_others(chunks, each.name)] or wanted
    return [each for each in own if not is_conceded(chunks, each.name)]


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


def _series_ruled_out(chunks: list[Chunk], titles: Iterable[int]) -> tuple[Constraint, ...]:
    """Return the series that titles which are ruled out also name: 'not Star Wars, seen all of those'."""
    return tuple(
        Constraint(("series",), EntityMention(chunks[i].text, series))
        for i in titles
        if (series := tuple(choice for choice in chunks[i].choices if "series" in choice.roles))
        and (is_negated(chunks, i) or points_at_ruled_out(chunks, i))
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
    return [chunk for i, chunk in enumerate(chunks) if not any(i in span for span in spans)]


def _since_last_change_of_mind(chunks: list[Chunk]) -> list[Chunk]:
    """Leave out what was taken back: 'Who directed Jaws? Actually, never mind.'."""
    for i in range(len(chunks) - 2, 0, -1):
        taken_back = (chunks[i].text, chunks[i + 1].text) in (
            ("never", "mind"),
            ("scratch", "that"),
            ("forget", "that"),
        )
        alone = len(chunks) > i + 3 and chunks[i + 2].kind == "mark"
        if taken_back and alone and any(a.kind == "mark" for a in chunks[max(0, i - 2) : i]):
            return chunks[i + 2 :]
    return chunks


def _is_condition(chunks: list[Chunk], i: int) -> bool:
    said = chunks[i].text.casefold().replace("'", "").replace("’", "").strip()
    others = is_of_others(chunks, i) and not is_negated(chunks, i)
    if said in _LENGTHS and chunks[i + 1 : i + 2] and chunks[i + 1].text in ("one", "ones"):
        return False  # "the short ones" are no short stories
    if said in _NO_KIND or others or _says_of_title(chunks, i) or _is_of_series(chunks, i):
        return False
    if any(is_elsewhere(chunks, i) for is_elsewhere in _ELSEWHERE):
        return False
    if said not in AMBIGUOUS_CATEGORIES and chunks[i].choices[0].match != "short":
        return True
    if i + 1 < len(chunks) and (chunks[i + 1].kind == "category" or (i == 0 and chunks[1].text == ",")):
        return True
    if is_negated(chunks, i) or _stands_alone(chunks):
        return True
    if said in ADJECTIVES and describes(chunks, i, i + 1):
        return True
    following = [a for a in chunks[i + 1 : i + 4] if a.kind != "category"]
    if following[:1] and following[0].text == "one":
        return True  # "a crime one"
    nouns = [a for a in following[:2] if a.kind == "word" and a.text in ITEM_NOUNS]
    if nouns and all(a.kind in ("word", "category") for a in following[: following.index(nouns[0])]):
        return True
    before = chunks[i - 1].text if i else ""
    if said.endswith("s") and before in _RATHER:
        return True  # "more like memoirs"
    if before in ("something", "anything", "under", "as") or _is_named_genre(chunks, i):
        return True
    if (said in _NAMED_KINDS and has_article(chunks, i)) or _is_keyed(chunks, i):
        return True
    return is_joined_kind(chunks, i) or (
        said in _NAMED_KINDS
        and before
        in ("a", "an", "some", "any", "more", ":", ",", "of", "and", "both", "", *_ANOTHER, *_LIKED)
    )


def _stands_alone(chunks: list[Chunk]) -> bool:
    """Tell whether a text is so short that it means what it says: 'memoirs please', not 'is it scary'."""
    return len(chunks) <= _ALONE and not {"is", "was", "it", "that", "so", "how", "too"} & {
        a.text for a in chunks
    }


def _is_named_genre(chunks: list[Chunk], i: int) -> bool:
    """Tell whether the word 'genre' stands beside a category: 'in the war genre', 'the genre must be war'."""
    near = chunks[max(0, i - 5) : i] + chunks[i + 1 : i + 2]
    return any(a.text in ("genre", "genres") and a.sentence == chunks[i].sentence for a in near)


def _is_keyed(chunks: list[Chunk], i: int) -> bool:
    """Tell whether a category is one of a list of key words: 'Films: starring X; war', 'editor: X + war'."""
    listed = i > 0 and (chunks[i - 1].text in (",", ";", "/") or chunks[i - 1].text == "and")
    ends = i + 1 == len(chunks) or chunks[i + 1].kind == "mark"
    return listed and ends and any(a.text == ":" and a.sentence == chunks[i].sentence for a in chunks[:i])


def _is_of_series(chunks: list[Chunk], i: int) -> bool:
    """Tell whether a category only says what a series consists of: 'the Inspector Wexford mysteries'."""
    named = chunks[i - 1].choices[:1] if i and chunks[i - 1].kind in ("entity", "title") else ()
    return any("series" in choice.roles for choice in named)


def _says_of_title(chunks: list[Chunk], i: int) -> bool:
    """Tell whether a category only describes a title: 'Alien is a horror film by', 'the western Shane'."""
    single = not chunks[i].text.casefold().endswith("s")
    if single and i + 1 < len(chunks) and chunks[i + 1].kind == "title":
        return True
    k = i - 1
    while k >= 0 and chunks[k].kind == "word" and chunks[k].text in _DESCRIBES:
        k -= 1
    return (
        0 <= k < i - 1 and chunks[k].kind == "title" and chunks[k + 1].text in ("is", "was", "isnt", "wasnt")
    )


_DESCRIBES = frozenset("is was isnt wasnt not a an so such very pretty really quite no".split())


_DESCRIPTION = 4  # chunks in which a year dates the item that is described: "shot in 1992"
_NO_KIND = ITEM_NOUNS - {"documentary"}  # "a novel" says what is asked for, not of which kind
_ELSEWHERE = (
    is_watched,
    is_indifferent,
    is_outdone,
    is_conceded,
    is_of_saying,
)  # a kind that is not asked for
_RATHER = ("like", "rather", "also", "maybe", "perhaps", "prefer")
_LENGTHS = ("short",)
_NAMED_KINDS = frozenset("romance fantasy adventure mystery suspense cartoon".split())
_ANOTHER = ("another", "other", "further", ";")
_ALONE = 3
_LIKED = ("like", "love", "into", "enjoy", "want", "prefer", "good", "great", "nice", "mean", "meant", "it")


def _distinct(names: list[EntityMention]) -> list[EntityMention]:
    seen: dict[str, EntityMention] = {}
    for name in names:
        seen.setdefault(name.choices[0].label, name)
    return list(seen.values())


def _measured_domain(chunks: list[Chunk], domains: tuple[str, ...]) -> str | None:
    """Return of which domain what is measured is: as said, else that of the titles that are named."""
    titled = {chunk.choices[0].domain for chunk in chunks if chunk.kind == "title" and chunk.choices}
    return _domain(chunks, domains) or (titled.pop() if len(titled) == 1 else None)


def _domain(chunks: list[Chunk], domains: tuple[str, ...]) -> str | None:
    if len(domains) < 2:
        return None
    denied = {i + 1 for i, a in enumerate(chunks) if a.kind == "word" and a.text in ("not", "no", "than")}
    said = {a.text for i, a in enumerate(chunks) if a.kind in ("word", "trigger") and i not in denied}
    said |= {word for a in chunks if a.kind == "category" for word in a.text.casefold().split()}
    fits = [
        domain for domain in domains if said & DOMAIN_NOUNS.get(domain, frozenset({domain, domain + "s"}))
    ]
    return fits[0] if len(fits) == 1 else None
