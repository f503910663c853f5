"""What a request asks for: conditions, references, claims, examples. Built from atoms; no fact is looked up here.

Every cue looks for what it binds (who did it, and to which titles). Then roles are settled one by one: a name with a
title in one statement is a claim; "the same director", "whoever shot it" and the like ask for what the title has; a name
without a title is a condition.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from agent.builtin.atoms import Atom, Choice
from agent.builtin.binding import Bound, bind, title_run
from agent.builtin.lexicon import AMBIGUOUS_CATEGORIES, DOMAIN_NOUNS, ITEM_NOUNS
from agent.builtin.years import year_range


@dataclass(frozen=True, slots=True)
class Name:
    """A named person, company or series, as written and with what it may mean; no choices if nobody has that name."""

    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A named item, as written and with the items it may mean."""

    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A condition: items related to `name`, by one of `roles` (empty: the graph decides)."""

    roles: tuple[str, ...]
    name: Name


@dataclass(frozen=True, slots=True)
class Reference:
    """A condition by reference: whatever `titles` have in common on one of `roles`."""

    roles: tuple[str, ...]
    titles: tuple[Title, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """Something asserted in passing: of `titles`, `name` is the `roles`. `of_item`: more is wanted of what they have."""

    roles: tuple[str, ...]
    name: Name
    titles: tuple[Title, ...]
    of_item: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A request as understood. `mentioned` are all titles named; `examples` those that nothing else is said of."""

    text: str
    wanted: tuple[Wanted, ...] = ()
    references: tuple[Reference, ...] = ()
    claims: tuple[Claim, ...] = ()
    categories: tuple[Name, ...] = ()
    unwanted: tuple[Wanted, ...] = ()
    mentioned: tuple[Title, ...] = ()
    examples: tuple[Title, ...] = ()
    years: tuple[int | None, int | None] = (None, None)
    domain: str | None = None


@dataclass
class _Draft:
    wanted: list[tuple[tuple[str, ...], int]] = field(default_factory=list)
    references: list[tuple[tuple[str, ...], tuple[int, ...]]] = field(default_factory=list)
    claims: list[tuple[tuple[str, ...], int, tuple[int, ...], bool]] = field(default_factory=list)


def read(text: str, atoms: list[Atom], domains: tuple[str, ...]) -> Reading:
    """Read a request from its atoms."""
    atoms = _unify(atoms)
    bound = bind(atoms)
    draft = _settle(atoms, bound)
    negated = {i for i in range(len(atoms)) if _negated(atoms, i)}
    titles = [i for i, atom in enumerate(atoms) if atom.kind == "title"]
    used = {i for _, run in draft.references for i in run} | {i for c in draft.claims for i in c[2]}

    def name(i: int) -> Name:
        return Name(atoms[i].text, atoms[i].choices)

    def title_names(run: tuple[int, ...]) -> tuple[Title, ...]:
        return tuple(_title(atoms, i) for i in run)

    categories = [i for i, atom in enumerate(atoms) if atom.kind == "category" and _is_condition(atoms, i)]
    return Reading(
        text,
        tuple(Wanted(roles, name(i)) for roles, i in draft.wanted if i not in negated),
        tuple(Reference(roles, title_names(run)) for roles, run in draft.references),
        tuple(Claim(roles, name(i), title_names(run), same) for roles, i, run, same in draft.claims),
        tuple(_distinct([name(i) for i in categories if i not in negated])),
        tuple(Wanted(roles, name(i)) for roles, i in draft.wanted if i in negated)
        + tuple(Wanted(("genre",), name(i)) for i in categories if i in negated),
        title_names(tuple(titles)),
        title_names(tuple(i for i in titles if i not in used)),
        year_range(atoms),
        _domain(atoms, domains),
    )


def _unify(atoms: list[Atom]) -> list[Atom]:
    """Let a surname alone mean the person whose full name stands elsewhere in the text, and a title its series."""
    full = [a for a in atoms if a.kind == "entity" and a.choices and a.choices[0].match != "surname"]
    out = []
    for atom in atoms:
        if atom.kind == "entity" and atom.choices and atom.choices[0].match == "surname":
            known = {choice.id for other in full for choice in other.choices}
            same = tuple(choice for choice in atom.choices if choice.id in known)
            atom = Atom(atom.kind, atom.text, atom.start, atom.end, atom.sentence, same or atom.choices)
        out.append(atom)
    return _series_not_titles(out)


def _series_not_titles(atoms: list[Atom]) -> list[Atom]:
    """A name that is a series and a book is the series if 'series' or 'books' stands beside it, here or elsewhere."""
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


def _settle(atoms: list[Atom], bound: list[Bound]) -> _Draft:
    draft = _Draft()
    anaphors: list[Bound] = []
    loose: list[
        Bound
    ] = []  # "the music in X was great": only a reference if something asks for the same role
    for cue in bound:
        if cue.names and cue.titles:
            draft.claims += [(cue.roles, i, cue.titles, cue.same) for i in cue.names]
        elif cue.titles and (cue.same or cue.kind == "agent"):
            draft.references.append((cue.roles, cue.titles))
        elif cue.titles:
            loose.append(cue)
        elif cue.same and cue.names and (run := title_run(atoms, cue.place)):
            draft.claims += [(cue.roles, i, run, True) for i in cue.names]
        elif cue.same and not cue.names:
            anaphors.append(cue)
        else:
            draft.wanted += [(cue.roles, i) for i in cue.names]
    odd = [(roles, i) for roles, i in draft.wanted if not _has_role(atoms[i], roles)] if anaphors else []
    draft.wanted = [pair for pair in draft.wanted if pair not in odd]
    bare = sorted({*_unbound_names(atoms, bound), *(i for _, i in odd)})
    for cue in sorted(anaphors, key=lambda cue: not _says_both(atoms, cue.place)):
        _settle_anaphor(atoms, cue, draft, loose, bare)
    for cue in list(loose):
        _settle_presumed(atoms, cue, draft, loose)
    for cue in loose:
        settled = [roles for roles, _ in draft.references] + [claim[0] for claim in draft.claims]
        if not any(_overlap(cue.roles, roles) for roles in settled):
            draft.references.append((cue.roles, cue.titles))
    _settle_equations(atoms, draft, bare)
    settled_something = bool(draft.wanted or draft.references or draft.claims)
    bare = [i for i in bare if not (settled_something and _is_faint(atoms[i]))]
    wanted_elsewhere = {i for _, i in draft.wanted}
    draft.wanted += [((), i) for i in bare if i not in wanted_elsewhere and atoms[i].choices]
    _drop_repeats(atoms, draft)
    return draft


def _settle_anaphor(
    atoms: list[Atom], cue: Bound, draft: _Draft, loose: list[Bound], bare: list[int]
) -> None:
    """Find what "that same director" refers to: a claim of that role, a statement, a name in passing, or the titles."""
    for index, (roles, i, run, _) in enumerate(draft.claims):
        if common := _overlap(cue.roles, roles):
            draft.claims[index] = (common, i, run, True)
            return
    if any(_overlap(cue.roles, roles) for roles, _ in draft.references):
        return
    for other in loose:
        if common := _overlap(cue.roles, other.roles):
            draft.references.append((common, other.titles))
            loose.remove(other)
            return
    run = _all_titles(atoms, cue.place) if _says_both(atoms, cue.place) else title_run(atoms, cue.place)
    implied = [
        i
        for i in bare
        if not atoms[i].choices or any(set(c.roles) & set(cue.roles) for c in atoms[i].choices)
    ]
    of_role = [(roles, i) for roles, i in draft.wanted if _overlap(roles, cue.roles)]
    if run and implied:
        draft.claims.append((cue.roles, implied[-1], run, True))
        bare.remove(implied[-1])
    elif run and of_role:
        draft.wanted.remove(of_role[-1])
        draft.claims.append((cue.roles, of_role[-1][1], run, True))
    elif run:
        draft.references.append((cue.roles, run))


def _settle_presumed(atoms: list[Atom], cue: Bound, draft: _Draft, loose: list[Bound]) -> None:
    """'The camera work in X was great, what else did Y shoot?' presumes that Y shot X."""
    if not any(atom.text in ("else", "other", "more", "another") for atom in atoms):
        return
    for roles, i in draft.wanted:
        if common := _overlap(cue.roles, roles):
            draft.wanted.remove((roles, i))
            draft.claims.append((common, i, cue.titles, False))
            loose.remove(cue)
            return


def _settle_equations(atoms: list[Atom], draft: _Draft, bare: list[int]) -> None:
    """'X is David Lynch at his best, more by whoever directed it' claims who directed X."""
    for index, (roles, run) in enumerate(draft.references):
        for i in bare:
            close = i - 4 <= run[-1] < i and any(a.text in ("is", "was", "s") for a in atoms[run[-1] : i])
            if close and _has_role(atoms[i], roles):
                del draft.references[index]
                draft.claims.append((roles, i, run, True))
                bare.remove(i)
                return


def _has_role(atom: Atom, roles: tuple[str, ...]) -> bool:
    return any(set(choice.roles) & set(roles) for choice in atom.choices)


def _is_faint(atom: Atom) -> bool:
    """Tell whether a name is only a surname in lower case: a word of the sentence as likely as a name."""
    return bool(atom.choices) and atom.choices[0].match == "surname" and atom.text.islower()


def _says_both(atoms: list[Atom], place: int) -> bool:
    """Tell whether a sentence speaks of two titles at once: 'the actor the two have in common'."""
    sentence = atoms[place].sentence
    return any(
        a.sentence == sentence and a.text in ("both", "two", "in both", "common", "share") for a in atoms
    )


def _all_titles(atoms: list[Atom], place: int) -> tuple[int, ...]:
    return tuple(i for i in range(place) if atoms[i].kind == "title")


def _overlap(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(role for role in left if role in right)


def _unbound_names(atoms: list[Atom], bound: list[Bound]) -> list[int]:
    taken = {i for cue in bound for i in cue.names}
    known = {choice.id for i in taken for choice in atoms[i].choices}
    free = [i for i, atom in enumerate(atoms) if atom.kind == "entity" and i not in taken]
    return [i for i in free if not any(choice.id in known for choice in atoms[i].choices)]


def _drop_repeats(atoms: list[Atom], draft: _Draft) -> None:
    """Keep one condition a name and role; a name without a role adds nothing where it has one."""

    def who(i: int) -> str:
        return atoms[i].choices[0].id if atoms[i].choices else atoms[i].text

    claimed = {who(i): roles for roles, i, _, _ in draft.claims}
    seen: set[tuple[tuple[str, ...], str]] = set()
    kept = []
    for roles, i in sorted(draft.wanted, key=lambda pair: (not pair[0], pair[1])):
        known = any(w == who(i) and (r == roles or not roles) for r, w in seen)
        about = claimed.get(who(i))
        if not known and not (about is not None and (not roles or _overlap(roles, about))):
            seen.add((roles, who(i)))
            kept.append((roles, i))
    draft.wanted = sorted(kept, key=lambda pair: pair[1])
    draft.references = list(dict.fromkeys(draft.references))
    draft.claims = list(dict.fromkeys(draft.claims))


def _title(atoms: list[Atom], i: int) -> Title:
    """Return a title, narrowed by a year that stands right after it: 'Titanic (1997)', 'Papillon, the 1973 one'."""
    atom = atoms[i]
    items = tuple(choice for choice in atom.choices if not choice.roles)
    following = [a.text for a in atoms[i + 1 : i + 6] if a.kind == "word"]
    years = {int(word) for word in following if word.isdigit() and len(word) == 4}
    dated = tuple(choice for choice in items if choice.year in years)
    return Title(atom.text, dated or items)


def _is_condition(atoms: list[Atom], i: int) -> bool:
    said = atoms[i].text.casefold().replace("'", "").replace("’", "").strip()
    if said in ITEM_NOUNS:
        return False
    if said not in AMBIGUOUS_CATEGORIES and atoms[i].choices[0].match != "short":
        return True
    if i + 1 < len(atoms) and atoms[i + 1].kind == "category":
        return True
    following = [a for a in atoms[i + 1 : i + 4] if a.kind != "category"]
    nouns = [a for a in following[:2] if a.kind == "word" and a.text in ITEM_NOUNS]
    if nouns and all(a.kind in ("word", "category") for a in following[: following.index(nouns[0])]):
        return True
    before = atoms[i - 1].text if i else ""
    return (before in ("and", "both") and i > 1 and atoms[i - 2].kind == "category") or (
        said in ("romance", "fantasy", "adventure", "mystery", "suspense", "cartoon")
        and before in ("a", "an", "some", "any", "more", ":", ",", "of", "and", "both", "")
    )


def _negated(atoms: list[Atom], i: int) -> bool:
    before = [a.text for a in atoms[max(0, i - 2) : i] if a.kind != "mark"]
    return bool({"no", "not", "without", "except", "nothing", "isnt", "arent"} & set(before))


def _distinct(names: list[Name]) -> list[Name]:
    seen: dict[str, Name] = {}
    for name in names:
        seen.setdefault(name.choices[0].label, name)
    return list(seen.values())


def _domain(atoms: list[Atom], domains: tuple[str, ...]) -> str | None:
    if len(domains) < 2:
        return None
    said = {a.text for a in atoms if a.kind in ("word", "cue")}
    fits = [
        domain for domain in domains if said & DOMAIN_NOUNS.get(domain, frozenset({domain, domain + "s"}))
    ]
    return fits[0] if len(fits) == 1 else None
