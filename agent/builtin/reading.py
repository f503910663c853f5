"""What a request asks for: conditions, references, claims, examples.

Built from atoms; no fact is looked up here. Every cue looks for what it binds (who did it, and to which
titles). Then roles are settled one by one: a name with a title in one statement is a claim; "the same
director", "whoever shot it" and the like ask for what the title has; a name without a title is a condition.
"""

from __future__ import annotations

from agent.builtin.atoms import Atom, Vocabulary
from agent.builtin.binding import bind
from agent.builtin.draft import Draft, items_of
from agent.builtin.lexicon import AMBIGUOUS_CATEGORIES, DOMAIN_NOUNS, ITEM_NOUNS
from agent.builtin.logic import alternatives, is_negated, is_of_others, limit, order
from agent.builtin.presuming import presumed
from agent.builtin.profile import said_profile
from agent.builtin.request import Claim, Name, Reading, Reference, Title, Wanted
from agent.builtin.settling import settle
from agent.builtin.years import year_range


def read(text: str, atoms: list[Atom], vocabulary: Vocabulary) -> Reading:
    """Read a request from its atoms."""
    atoms = _unify(_since_last_change_of_mind(atoms))
    bound = bind(atoms, vocabulary.prepositions)
    draft = settle(atoms, bound)
    own = [(roles, i) for roles, i in draft.wanted if not is_of_others(atoms, i)]
    draft.wanted = own or draft.wanted  # "my aunt loves X" may be all that is said
    negated = {i for i in range(len(atoms)) if is_negated(atoms, i)}
    titles = [i for i, atom in enumerate(atoms) if atom.kind == "title"]
    used = {i for _, run in draft.references for i in run} | {i for c in draft.claims for i in c[2]}

    def name(i: int) -> Name:
        return Name(atoms[i].text, atoms[i].choices)

    def title_names(run: tuple[int, ...]) -> tuple[Title, ...]:
        return tuple(title_at(atoms, i) for i in run)

    categories = [i for i, atom in enumerate(atoms) if atom.kind == "category" and _is_condition(atoms, i)]
    either = alternatives(atoms, [i for _, i in draft.wanted], categories)
    roles_of = {i: roles for roles, i in reversed(draft.wanted)} | dict.fromkeys(categories, ("genre",))
    kept = [i for i in categories if i not in negated and i not in either]
    return Reading(
        text,
        tuple(Wanted(roles, name(i)) for roles, i in draft.wanted if i not in negated and i not in either),
        tuple(
            Reference(roles, title_names(run), tuple(draft.recast.get((roles, run), ())))
            for roles, run in draft.references
        )
        + tuple(
            Reference(
                roles,
                (),
                told=tuple(Wanted(after.roles, name(i)) for i in after.names),
                years=year_range(atoms[after.place : after.place + _AFTER_TOLD]),
            )
            for roles, after in draft.told
        ),
        tuple(
            Claim(
                _narrowed(atoms, draft, roles, i),
                name(i),
                title_names(run),
                same,
                same or _is_asked(atoms, draft, roles, i, run),
            )
            for roles, i, run, same in draft.claims
        )
        + tuple(
            Claim(_made(atoms[i], roles), name(i), title_names((t,)), of_item=False, asked=False)
            for roles, i, t in presumed(atoms, draft.wanted, [i for i in titles if i not in used])
        ),
        tuple(_distinct([name(i) for i in kept])),
        tuple(Wanted(roles_of[i], name(i)) for i in roles_of if i in negated)
        + tuple(Wanted(roles, name(i)) for roles, i in draft.unwanted),
        title_names(tuple(titles)),
        title_names(tuple(i for i in titles if i not in used)),
        year_range(_without_told(atoms, draft)),
        _domain(atoms, vocabulary.domains),
        tuple(Wanted(roles_of[i], name(i)) for i in either if i not in negated),
        order(atoms),
        limit(atoms),
        said_profile(atoms),
        tuple(draft.open_roles),
    )


def _without_told(atoms: list[Atom], draft: Draft) -> list[Atom]:
    """Leave out what describes an item that is referred to: '… of the film that N shot in 1992'."""
    spans = [range(after.place, after.place + _AFTER_TOLD) for _, after in draft.told]
    return [atom for i, atom in enumerate(atoms) if not any(i in span for span in spans)]


def _narrowed(atoms: list[Atom], draft: Draft, roles: tuple[str, ...], i: int) -> tuple[str, ...]:
    """Return the roles of a claim, or those of them in which its name is wanted too.

    'N, whose work on X is superb; more dramas written by N' claims that N wrote X.
    """
    who = atoms[i].choices[0].id if atoms[i].choices else ""
    wanted = [role for said, other in draft.stated if other == who for role in said]
    return tuple(role for role in roles if role in wanted) or roles


def _is_asked(atoms: list[Atom], draft: Draft, roles: tuple[str, ...], i: int, run: tuple[int, ...]) -> bool:
    """Tell whether more is wanted of a claimed name, or whether it is one of several things said of a title.

    Among several, the name that comes up again is the one that is asked for, in the role it has there.
    """
    items = items_of(atoms, run)
    same_titles = [claim for claim in draft.claims if items_of(atoms, claim[2]) & items]
    referred = any(items_of(atoms, titles) & items for _, titles in draft.references)
    again = _comes_again(atoms, i)
    mine = [said for said, who in draft.stated if who == (atoms[i].choices[0].id if atoms[i].choices else "")]
    if mine:
        return any(set(said) & set(roles) for said in mine)
    if len(same_titles) < 2 and not referred:
        return again or not any(_comes_again(atoms, claim[1]) for claim in draft.claims)
    decided = referred or any(claim[3] for claim in same_titles)
    others = any(claim[1] != i and _comes_again(atoms, claim[1]) for claim in draft.claims)
    return again or not (decided or others)


def _made(name: Atom, roles: tuple[str, ...]) -> tuple[str, ...]:
    held = [role for role in name.choices[0].roles if role != "genre"]
    return tuple(role for role in roles if role in held) or tuple(held[:3])


def _comes_again(atoms: list[Atom], i: int) -> bool:
    ids = {choice.id for choice in atoms[i].choices}
    return sum(a.kind == "entity" and bool(ids & {c.id for c in a.choices}) for a in atoms) > 1


def _since_last_change_of_mind(atoms: list[Atom]) -> list[Atom]:
    """Leave out what was taken back: 'Who directed Jaws? Actually, never mind.'."""
    for i in range(len(atoms) - 2, 0, -1):
        taken_back = (atoms[i].text, atoms[i + 1].text) in (
            ("never", "mind"),
            ("scratch", "that"),
            ("forget", "that"),
        )
        alone = len(atoms) > i + 3 and atoms[i + 2].kind == "mark"
        if taken_back and alone and any(a.kind == "mark" for a in atoms[max(0, i - 2) : i]):
            return atoms[i + 2 :]
    return atoms


def _unify(atoms: list[Atom]) -> list[Atom]:
    """Let a surname alone mean the person whose full name stands elsewhere, and a title its series."""
    full = [a for a in atoms if a.kind == "entity" and a.choices and a.choices[0].match != "surname"]
    out = []
    for atom in atoms:
        if atom.kind == "entity" and atom.choices and atom.choices[0].match in ("surname", "short"):
            known = {choice.id for other in full for choice in other.choices}
            same = tuple(choice for choice in atom.choices if choice.id in known)
            atom = Atom(atom.kind, atom.text, atom.start, atom.end, atom.sentence, same or atom.choices)
        out.append(atom)
    return _series_not_titles(out)


def _series_not_titles(atoms: list[Atom]) -> list[Atom]:
    """Read a name that is a series and a book as the series if 'series' or 'books' stands beside it.

    The word may stand beside this occurrence of the name or another one.
    """
    beside = {"series", "books", "novels", "saga", "cycle", "trilogy", "sequence"}

    def is_series(i: int) -> bool:
        near = [a.text for a in atoms[i + 1 : i + 2] + atoms[max(0, i - 1) : i]]
        return any("series" in c.roles for c in atoms[i].choices) and bool(beside & set(near))

    series = {atom.text.casefold() for i, atom in enumerate(atoms) if is_series(i)}
    return [
        Atom("entity", a.text, a.start, a.end, a.sentence, tuple(c for c in a.choices if c.roles))
        if a.text.casefold() in series and a.kind in ("title", "entity")
        else a
        for a in atoms
    ]


def title_at(atoms: list[Atom], i: int) -> Title:
    """Return a title, narrowed by a year that stands right after it.

    As in 'Titanic (1997)', 'Papillon, the 1973 one'.
    """
    atom = atoms[i]
    items = tuple(choice for choice in atom.choices if not choice.roles)
    following = [a.text for a in atoms[i + 1 : i + 6] if a.kind == "word"]
    years = {int(word) for word in following if word.isdigit() and len(word) == 4}
    dated = tuple(choice for choice in items if choice.year in years)
    return Title(atom.text, dated or items)


def _is_condition(atoms: list[Atom], i: int) -> bool:
    said = atoms[i].text.casefold().replace("'", "").replace("’", "").strip()
    if said in ITEM_NOUNS or is_of_others(atoms, i) or _says_of_title(atoms, i) or _is_of_series(atoms, i):
        return False
    if said not in AMBIGUOUS_CATEGORIES and atoms[i].choices[0].match != "short":
        return True
    if i + 1 < len(atoms) and atoms[i + 1].kind == "category":
        return True
    if is_negated(atoms, i) or len(atoms) <= _ALONE:
        return True
    following = [a for a in atoms[i + 1 : i + 4] if a.kind != "category"]
    nouns = [a for a in following[:2] if a.kind == "word" and a.text in ITEM_NOUNS]
    if nouns and all(a.kind in ("word", "category") for a in following[: following.index(nouns[0])]):
        return True
    before = atoms[i - 1].text if i else ""
    if before in ("something", "anything", "under", "as") or _is_named_genre(atoms, i):
        return True
    return (before in ("and", "both") and i > 1 and atoms[i - 2].kind == "category") or (
        said in ("romance", "fantasy", "adventure", "mystery", "suspense", "cartoon")
        and before in ("a", "an", "some", "any", "more", ":", ",", "of", "and", "both", "")
    )


def _is_named_genre(atoms: list[Atom], i: int) -> bool:
    """Tell whether the word 'genre' stands beside a category: 'in the war genre', 'the genre must be war'."""
    near = atoms[max(0, i - 5) : i] + atoms[i + 1 : i + 2]
    return any(a.text in ("genre", "genres") and a.sentence == atoms[i].sentence for a in near)


def _is_of_series(atoms: list[Atom], i: int) -> bool:
    """Tell whether a category only says what a series consists of: 'the Inspector Wexford mysteries'."""
    named = atoms[i - 1].choices[:1] if i and atoms[i - 1].kind in ("entity", "title") else ()
    return any("series" in choice.roles for choice in named)


def _says_of_title(atoms: list[Atom], i: int) -> bool:
    """Tell whether a category only describes a title: 'Alien is a horror film by', 'X is not romantic'."""
    k = i - 1
    while k >= 0 and atoms[k].kind == "word" and atoms[k].text in _DESCRIBES:
        k -= 1
    return 0 <= k < i - 1 and atoms[k].kind == "title" and atoms[k + 1].text in ("is", "was", "isnt", "wasnt")


_DESCRIBES = frozenset("is was isnt wasnt not a an so such very pretty really quite no".split())


_AFTER_TOLD = 4  # atoms in which a year dates the item told of: "shot in 1992"
_ALONE = 3  # so short a text means what it says: 'memoirs please'


def _distinct(names: list[Name]) -> list[Name]:
    seen: dict[str, Name] = {}
    for name in names:
        seen.setdefault(name.choices[0].label, name)
    return list(seen.values())


def _domain(atoms: list[Atom], domains: tuple[str, ...]) -> str | None:
    if len(domains) < 2:
        return None
    said = {a.text for a in atoms if a.kind in ("word", "cue")}
    said |= {word for a in atoms if a.kind == "category" for word in a.text.casefold().split()}
    fits = [
        domain for domain in domains if said & DOMAIN_NOUNS.get(domain, frozenset({domain, domain + "s"}))
    ]
    return fits[0] if len(fits) == 1 else None
