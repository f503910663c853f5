"""What a request says more than once: a person named twice, a name with and without a role, a fact again."""

from __future__ import annotations

from agent.builtin.interpret.partial import PartialRequest, items_of, opens, overlap
from agent.builtin.parse.arguments import Predicate
from agent.builtin.parse.chunks import Chunk

_SEVERAL = frozenset(("actor", "genre", "country", "language", "distributor"))


def unbound_names(chunks: list[Chunk], predicates: list[Predicate]) -> list[int]:
    """Return where names stand that no cue has, and that are not the same as one that a cue has."""
    taken = {i for cue in predicates for i in cue.names}
    known = {choice.id for i in taken for choice in chunks[i].choices}
    free = [i for i, chunk in enumerate(chunks) if chunk.kind == "entity" and i not in taken]
    return [i for i in free if not any(choice.id in known for choice in chunks[i].choices)]


def settle_repeated(chunks: list[Chunk], partial: PartialRequest) -> None:
    """'X was shot by Y. What else has X's cinematographer shot?' asks for what X has; Y is only claimed."""
    for roles, run in list(partial.references):
        for index, (claimed, i, titles, _) in enumerate(partial.claims):
            if (common := overlap(roles, claimed)) and items_of(chunks, run) & items_of(chunks, titles):
                partial.claims[index] = (common, i, titles, True)
                if (roles, run) in partial.references:
                    partial.references.remove((roles, run))


def settle_named_twice(chunks: list[Chunk], partial: PartialRequest, bare: list[int]) -> None:
    """'N sure knows teenagers. More by the director of T?' names the director twice: N is only claimed.

    So too 'the director of T (N, wasn't it?)'. Where there may be several of a role (actors), or where one
    clause joins both, both are wanted.
    """
    for roles, run in list(partial.references):
        single = tuple(role for role in roles if role not in _SEVERAL)
        stated = [(i, pair) for pair in partial.wanted for i in pair[1:] if overlap(pair[0], single)]
        loose = [(i, None) for i in bare if chunks[i].has_role(single) and not opens(chunks, i)]
        for i, pair in [*stated, *loose]:
            if _is_joined(chunks, i, partial.places.get((roles, run), run[0])):
                continue
            partial.claims.append((single, i, run, True))
            if pair is not None:
                partial.wanted.remove(pair)
            else:
                bare.remove(i)
            if (roles, run) in partial.references:
                partial.references.remove((roles, run))


def _is_joined(chunks: list[Chunk], i: int, place: int) -> bool:
    return not any(a.kind == "mark" and a.text in ".:;-(" for a in chunks[min(i, place) : max(i, place)])


def drop_repeats(chunks: list[Chunk], partial: PartialRequest) -> None:
    """Keep one condition a name and role; a name without a role adds nothing where it has one."""

    def who(i: int) -> str:
        return chunks[i].choices[0].id if chunks[i].choices else chunks[i].text

    claimed = {who(i): roles for roles, i, _, _ in partial.claims}
    seen: set[tuple[tuple[str, ...], str]] = set()
    kept = []
    partial.wanted = [(roles, _fullest(chunks, i)) for roles, i in partial.wanted]
    partial.stated = [(roles, who(i)) for roles, i in partial.wanted if roles]
    for roles, i in sorted(partial.wanted, key=lambda pair: (not pair[0], pair[1])):
        known = any(w == who(i) and (r == roles or not roles) for r, w in seen)
        about = claimed.get(who(i))
        if not known and not (about is not None and (not roles or overlap(roles, about))):
            seen.add((roles, who(i)))
            kept.append((roles, i))
    partial.wanted = sorted(kept, key=lambda pair: pair[1])
    whole = [(roles, set(run)) for roles, run in partial.references]
    partial.references = [
        (roles, run)
        for roles, run in dict.fromkeys(partial.references)
        if not any(set(run) < other and overlap(roles, r) for r, other in whole)
    ]
    partial.claims = list(dict.fromkeys(partial.claims))


def _fullest(chunks: list[Chunk], i: int) -> int:
    """Return where the bearer of a surname is named in full: that is where a name may be misspelt."""
    if not chunks[i].choices or chunks[i].choices[0].match != "surname":
        return i
    same = [
        j
        for j, a in enumerate(chunks)
        if a.kind == "entity" and a.choices and a.choices[0].id == chunks[i].choices[0].id
    ]
    return next((j for j in same if chunks[j].choices[0].match != "surname"), i)
