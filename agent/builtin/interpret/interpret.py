"""What a request asks for: conditions, references, claims, examples.

Built from atoms; no fact is looked up here. Every cue looks for what it binds (who did it, and to which
titles). Then roles are settled one by one: a name with a title in one statement is a claim; "the same
director", "whoever shot it" and the like ask for what the title has; a name without a title is a condition.
"""

from __future__ import annotations

from agent.builtin.interpret.partial import PartialRequest, items_of
from agent.builtin.interpret.presupposition import presuppositions
from agent.builtin.interpret.profile import said_profile
from agent.builtin.interpret.request import (
    Claim,
    Constraint,
    EntityMention,
    ItemMention,
    ParsedRequest,
    Reference,
)
from agent.builtin.interpret.roles import assign_roles
from agent.builtin.lexicon.triggers import AMBIGUOUS_CATEGORIES, DOMAIN_NOUNS, ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk, Vocabulary
from agent.builtin.parse.logic import alternatives, is_negated, is_of_others, limit, order
from agent.builtin.parse.predicates import extract_predicates
from agent.builtin.parse.years import year_range


def interpret(text: str, chunks: list[Chunk], vocabulary: Vocabulary) -> ParsedRequest:
    """Read a request from its atoms."""
    chunks = _unify(_since_last_change_of_mind(chunks))
    predicates = extract_predicates(chunks, vocabulary.prepositions)
    partial = assign_roles(chunks, predicates)
    own = [(roles, i) for roles, i in partial.wanted if not is_of_others(chunks, i)]
    partial.wanted = own or partial.wanted  # "my aunt loves X" may be all that is said
    negated = {i for i in range(len(chunks)) if is_negated(chunks, i)}
    titles = [i for i, chunk in enumerate(chunks) if chunk.kind == "title"]
    used = {i for _, run in partial.references for i in run} | {i for c in partial.claims for i in c[2]}

    def name(i: int) -> EntityMention:
        return EntityMention(chunks[i].text, chunks[i].choices)

    def title_names(run: tuple[int, ...]) -> tuple[ItemMention, ...]:
        return tuple(title_at(chunks, i) for i in run)

    categories = [
        i for i, chunk in enumerate(chunks) if chunk.kind == "category" and _is_condition(chunks, i)
    ]
    any_of = alternatives(chunks, [i for _, i in partial.wanted], categories)
    roles_of = {i: roles for roles, i in reversed(partial.wanted)} | dict.fromkeys(categories, ("genre",))
    kept = [i for i in categories if i not in negated and i not in any_of]
    return ParsedRequest(
        text,
        tuple(
            Constraint(roles, name(i)) for roles, i in partial.wanted if i not in negated and i not in any_of
        ),
        tuple(
            Reference(roles, title_names(run), tuple(partial.recast.get((roles, run), ())))
            for roles, run in partial.references
        )
        + tuple(
            Reference(
                roles,
                (),
                told=tuple(Constraint(after.roles, name(i)) for i in after.names),
                years=year_range(chunks[after.place : after.place + _AFTER_TOLD], vocabulary.years),
            )
            for roles, after in partial.told
        ),
        tuple(
            Claim(
                _narrowed(chunks, partial, roles, i),
                name(i),
                title_names(run),
                same,
                same or _is_asked(chunks, partial, roles, i, run),
            )
            for roles, i, run, same in partial.claims
        )
        + tuple(
            Claim(_made(chunks[i], roles), name(i), title_names((t,)), of_item=False, asked=False)
            for roles, i, t in presuppositions(chunks, partial.wanted, [i for i in titles if i not in used])
        ),
        tuple(_distinct([name(i) for i in kept])),
        tuple(Constraint(roles_of[i], name(i)) for i in roles_of if i in negated)
        + tuple(Constraint(roles, name(i)) for roles, i in partial.none_of),
        title_names(tuple(titles)),
        title_names(tuple(i for i in titles if i not in used)),
        year_range(_without_told(chunks, partial), vocabulary.years),
        _domain(chunks, vocabulary.domains),
        tuple(Constraint(roles_of[i], name(i)) for i in any_of if i not in negated),
        order(chunks),
        limit(chunks),
        said_profile(chunks),
        tuple(partial.open_roles),
    )


def _without_told(chunks: list[Chunk], partial: PartialRequest) -> list[Chunk]:
    """Leave out what describes an item that is referred to: '… of the film that N shot in 1992'."""
    spans = [range(after.place, after.place + _AFTER_TOLD) for _, after in partial.told]
    return [chunk for i, chunk in enumerate(chunks) if not any(i in span for span in spans)]


def _narrowed(
    chunks: list[Chunk], partial: PartialRequest, roles: tuple[str, ...], i: int
) -> tuple[str, ...]:
    """Return the roles of a claim, or those of them in which its name is wanted too.

    'N, whose work on X is superb; more dramas written by N' claims that N wrote X.
    """
    who = chunks[i].choices[0].id if chunks[i].choices else ""
    wanted = [role for said, other in partial.stated if other == who for role in said]
    return tuple(role for role in roles if role in wanted) or roles


def _is_asked(
    chunks: list[Chunk], partial: PartialRequest, roles: tuple[str, ...], i: int, run: tuple[int, ...]
) -> bool:
    """Tell whether more is wanted of a claimed name, or whether it is one of several things said of a title.

    Among several, the name that comes up again is the one that is asked for, in the role it has there.
    """
    items = items_of(chunks, run)
    same_titles = [claim for claim in partial.claims if items_of(chunks, claim[2]) & items]
    referred = any(items_of(chunks, titles) & items for _, titles in partial.references)
    again = _comes_again(chunks, i)
    mine = [
        said for said, who in partial.stated if who == (chunks[i].choices[0].id if chunks[i].choices else "")
    ]
    if mine:
        return any(set(said) & set(roles) for said in mine)
    if len(same_titles) < 2 and not referred:
        return again or not any(_comes_again(chunks, claim[1]) for claim in partial.claims)
    decided = referred or any(claim[3] for claim in same_titles)
    others = any(claim[1] != i and _comes_again(chunks, claim[1]) for claim in partial.claims)
    return again or not (decided or others)


def _made(name: Chunk, roles: tuple[str, ...]) -> tuple[str, ...]:
    held = [role for role in name.choices[0].roles if role != "genre"]
    return tuple(role for role in roles if role in held) or tuple(held[:3])


def _comes_again(chunks: list[Chunk], i: int) -> bool:
    ids = {choice.id for choice in chunks[i].choices}
    return sum(a.kind == "entity" and bool(ids & {c.id for c in a.choices}) for a in chunks) > 1


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


def _unify(chunks: list[Chunk]) -> list[Chunk]:
    """Let a surname alone mean the person whose full name stands elsewhere, and a title its series."""
    full = [a for a in chunks if a.kind == "entity" and a.choices and a.choices[0].match != "surname"]
    out = []
    for chunk in chunks:
        if chunk.kind == "entity" and chunk.choices and chunk.choices[0].match in ("surname", "short"):
            known = {choice.id for other in full for choice in other.choices}
            same = tuple(choice for choice in chunk.choices if choice.id in known)
            chunk = Chunk(
                chunk.kind, chunk.text, chunk.start, chunk.end, chunk.sentence, same or chunk.choices
            )
        out.append(chunk)
    return _series_not_titles(out)


def _series_not_titles(chunks: list[Chunk]) -> list[Chunk]:
    """Read a name that is a series and a book as the series if 'series' or 'books' stands beside it.

    The word may stand beside this occurrence of the name or another one.
    """
    beside = {"series", "books", "novels", "saga", "cycle", "trilogy", "sequence"}

    def is_series(i: int) -> bool:
        near = [a.text for a in chunks[i + 1 : i + 2] + chunks[max(0, i - 1) : i]]
        return any("series" in c.roles for c in chunks[i].choices) and bool(beside & set(near))

    series = {chunk.text.casefold() for i, chunk in enumerate(chunks) if is_series(i)}
    return [
        Chunk("entity", a.text, a.start, a.end, a.sentence, tuple(c for c in a.choices if c.roles))
        if a.text.casefold() in series and a.kind in ("title", "entity")
        else a
        for a in chunks
    ]


def title_at(chunks: list[Chunk], i: int) -> ItemMention:
    """Return a title, narrowed by a year that stands right after it.

    As in 'Titanic (1997)', 'Papillon, the 1973 one'.
    """
    chunk = chunks[i]
    items = tuple(choice for choice in chunk.choices if not choice.roles)
    following = [a.text for a in chunks[i + 1 : i + 6] if a.kind == "word"]
    years = {int(word) for word in following if word.isdigit() and len(word) == 4}
    dated = tuple(choice for choice in items if choice.year in years)
    return ItemMention(chunk.text, dated or items)


def _is_condition(chunks: list[Chunk], i: int) -> bool:
    said = chunks[i].text.casefold().replace("'", "").replace("’", "").strip()
    if said in ITEM_NOUNS or is_of_others(chunks, i) or _says_of_title(chunks, i) or _is_of_series(chunks, i):
        return False
    if said not in AMBIGUOUS_CATEGORIES and chunks[i].choices[0].match != "short":
        return True
    if i + 1 < len(chunks) and chunks[i + 1].kind == "category":
        return True
    if is_negated(chunks, i) or len(chunks) <= _ALONE:
        return True
    following = [a for a in chunks[i + 1 : i + 4] if a.kind != "category"]
    nouns = [a for a in following[:2] if a.kind == "word" and a.text in ITEM_NOUNS]
    if nouns and all(a.kind in ("word", "category") for a in following[: following.index(nouns[0])]):
        return True
    before = chunks[i - 1].text if i else ""
    if before in ("something", "anything", "under", "as") or _is_named_genre(chunks, i):
        return True
    return (before in ("and", "both") and i > 1 and chunks[i - 2].kind == "category") or (
        said in ("romance", "fantasy", "adventure", "mystery", "suspense", "cartoon")
        and before in ("a", "an", "some", "any", "more", ":", ",", "of", "and", "both", "")
    )


def _is_named_genre(chunks: list[Chunk], i: int) -> bool:
    """Tell whether the word 'genre' stands beside a category: 'in the war genre', 'the genre must be war'."""
    near = chunks[max(0, i - 5) : i] + chunks[i + 1 : i + 2]
    return any(a.text in ("genre", "genres") and a.sentence == chunks[i].sentence for a in near)


def _is_of_series(chunks: list[Chunk], i: int) -> bool:
    """Tell whether a category only says what a series consists of: 'the Inspector Wexford mysteries'."""
    named = chunks[i - 1].choices[:1] if i and chunks[i - 1].kind in ("entity", "title") else ()
    return any("series" in choice.roles for choice in named)


def _says_of_title(chunks: list[Chunk], i: int) -> bool:
    """Tell whether a category only describes a title: 'Alien is a horror film by', 'X is not romantic'."""
    k = i - 1
    while k >= 0 and chunks[k].kind == "word" and chunks[k].text in _DESCRIBES:
        k -= 1
    return (
        0 <= k < i - 1 and chunks[k].kind == "title" and chunks[k + 1].text in ("is", "was", "isnt", "wasnt")
    )


_DESCRIBES = frozenset("is was isnt wasnt not a an so such very pretty really quite no".split())


_AFTER_TOLD = 4  # atoms in which a year dates the item told of: "shot in 1992"
_ALONE = 3  # so short a text means what it says: 'memoirs please'


def _distinct(names: list[EntityMention]) -> list[EntityMention]:
    seen: dict[str, EntityMention] = {}
    for name in names:
        seen.setdefault(name.choices[0].label, name)
    return list(seen.values())


def _domain(chunks: list[Chunk], domains: tuple[str, ...]) -> str | None:
    if len(domains) < 2:
        return None
    said = {a.text for a in chunks if a.kind in ("word", "cue")}
    said |= {word for a in chunks if a.kind == "category" for word in a.text.casefold().split()}
    fits = [
        domain for domain in domains if said & DOMAIN_NOUNS.get(domain, frozenset({domain, domain + "s"}))
    ]
    return fits[0] if len(fits) == 1 else None
