"""What a request says more than once: a person named twice, a name with and without a role, a fact again."""

from __future__ import annotations

from agent.builtin.atoms import Atom
from agent.builtin.draft import Draft, has_role, items_of, opens, overlap
from agent.builtin.small_words import Bound

_SEVERAL = frozenset(("actor", "genre", "country", "language", "distributor"))


def unbound_names(atoms: list[Atom], bound: list[Bound]) -> list[int]:
    """Return where names stand that no cue has, and that are not the same as one that a cue has."""
    taken = {i for cue in bound for i in cue.names}
    known = {choice.id for i in taken for choice in atoms[i].choices}
    free = [i for i, atom in enumerate(atoms) if atom.kind == "entity" and i not in taken]
    return [i for i in free if not any(choice.id in known for choice in atoms[i].choices)]


def settle_repeated(atoms: list[Atom], draft: Draft) -> None:
    """'X was shot by Y. What else has X's cinematographer shot?' asks for what X has; Y is only claimed."""
    for roles, run in list(draft.references):
        for index, (claimed, i, titles, _) in enumerate(draft.claims):
            if (common := overlap(roles, claimed)) and items_of(atoms, run) & items_of(atoms, titles):
                draft.claims[index] = (common, i, titles, True)
                if (roles, run) in draft.references:
                    draft.references.remove((roles, run))


def settle_named_twice(atoms: list[Atom], draft: Draft, bare: list[int]) -> None:
    """'N sure knows teenagers. More by the director of T?' names the director twice: N is only claimed.

    So too 'the director of T (N, wasn't it?)'. Where there may be several of a role (actors), or where one
    clause joins both, both are wanted.
    """
    for roles, run in list(draft.references):
        single = tuple(role for role in roles if role not in _SEVERAL)
        stated = [(i, pair) for pair in draft.wanted for i in pair[1:] if overlap(pair[0], single)]
        loose = [(i, None) for i in bare if has_role(atoms[i], single) and not opens(atoms, i)]
        for i, pair in [*stated, *loose]:
            if _is_joined(atoms, i, draft.places.get((roles, run), run[0])):
                continue
            draft.claims.append((single, i, run, True))
            if pair is not None:
                draft.wanted.remove(pair)
            else:
                bare.remove(i)
            if (roles, run) in draft.references:
                draft.references.remove((roles, run))


def _is_joined(atoms: list[Atom], i: int, place: int) -> bool:
    return not any(a.kind == "mark" and a.text in ".:;-(" for a in atoms[min(i, place) : max(i, place)])


def drop_repeats(atoms: list[Atom], draft: Draft) -> None:
    """Keep one condition a name and role; a name without a role adds nothing where it has one."""

    def who(i: int) -> str:
        return atoms[i].choices[0].id if atoms[i].choices else atoms[i].text

    claimed = {who(i): roles for roles, i, _, _ in draft.claims}
    seen: set[tuple[tuple[str, ...], str]] = set()
    kept = []
    draft.wanted = [(roles, _fullest(atoms, i)) for roles, i in draft.wanted]
    draft.stated = [(roles, who(i)) for roles, i in draft.wanted if roles]
    for roles, i in sorted(draft.wanted, key=lambda pair: (not pair[0], pair[1])):
        known = any(w == who(i) and (r == roles or not roles) for r, w in seen)
        about = claimed.get(who(i))
        if not known and not (about is not None and (not roles or overlap(roles, about))):
            seen.add((roles, who(i)))
            kept.append((roles, i))
    draft.wanted = sorted(kept, key=lambda pair: pair[1])
    whole = [(roles, set(run)) for roles, run in draft.references]
    draft.references = [
        (roles, run)
        for roles, run in dict.fromkeys(draft.references)
        if not any(set(run) < other and overlap(roles, r) for r, other in whole)
    ]
    draft.claims = list(dict.fromkeys(draft.claims))


def _fullest(atoms: list[Atom], i: int) -> int:
    """Return where the bearer of a surname is named in full: that is where a name may be misspelt."""
    if not atoms[i].choices or atoms[i].choices[0].match != "surname":
        return i
    same = [
        j
        for j, a in enumerate(atoms)
        if a.kind == "entity" and a.choices and a.choices[0].id == atoms[i].choices[0].id
    ]
    return next((j for j in same if atoms[j].choices[0].match != "surname"), i)
