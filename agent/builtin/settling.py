"""Settling the roles of a request one by one: condition, reference, claim, or nothing at all.

A name with a title in one statement is a claim; "the same director", "whoever shot it" and the like ask for
what the title has; a name without a title is a condition.
"""

from __future__ import annotations

from agent.builtin.atoms import Atom
from agent.builtin.draft import Draft, has_role, opens, overlap
from agent.builtin.lexicon import ITEM_NOUNS
from agent.builtin.logic import is_denied
from agent.builtin.recasting import recast
from agent.builtin.repeats import drop_repeats, settle_named_twice, settle_repeated, unbound_names
from agent.builtin.row import title_run
from agent.builtin.small_words import Bound


def settle(atoms: list[Atom], bound: list[Bound]) -> Draft:
    """Settle what bound cues and names without a cue mean together."""
    draft = Draft()
    others = recast(atoms, bound)
    for cue in bound:
        if cue.place in others.told:
            draft.told.append((cue.roles, others.told[cue.place]))
        if cue.place in others.roles:
            draft.recast[cue.roles, cue.titles] = others.roles[cue.place]
    bound = [cue for cue in bound if cue.place not in others.used | set(others.told)]
    anaphors: list[Bound] = []
    loose: list[
        Bound
    ] = []  # "the music in X was great": only a reference if something asks for the same role
    for cue in bound:
        if cue.names and cue.kind != "agent" and is_denied(atoms, cue.place):
            draft.unwanted += [(cue.roles, i) for i in cue.names]
        elif cue.names and cue.titles:
            draft.claims += [(_held(atoms[i], cue), i, cue.titles, cue.same) for i in cue.names]
        elif cue.kind == "in" and cue.same and _says_also(atoms, max(cue.titles) + 1):
            draft.references.append((cue.roles, _all_titles(atoms, max(cue.titles) + 1)))
        elif cue.kind == "in" and cue.same and draft.references and draft.references[-1][0] == cue.roles:
            roles, run = draft.references.pop()  # "she's in X, she's in Y, who is she?"
            draft.references.append((roles, (*run, *cue.titles)))
        elif cue.titles and (cue.same or cue.kind == "agent"):
            draft.references.append((cue.roles, cue.titles))
            draft.places[cue.roles, cue.titles] = cue.place
        elif cue.titles:
            loose.append(cue)
        elif cue.same and cue.names and (run := title_run(atoms, cue.place)):
            draft.claims += [(cue.roles, i, run, True) for i in cue.names]
        elif cue.same and not cue.names:
            anaphors.append(cue)
        else:
            draft.wanted += [(cue.roles, i) for i in cue.names]
    odd = [(roles, i) for roles, i in draft.wanted if not has_role(atoms[i], roles)] if anaphors else []
    draft.wanted = [pair for pair in draft.wanted if pair not in odd]
    told = {i for _, after in draft.told for i in after.names}
    bare = sorted({*unbound_names(atoms, bound), *(i for _, i in odd)} - told)
    for cue in sorted(anaphors, key=lambda cue: not _says_both(atoms, cue.place)):
        _settle_anaphor(atoms, cue, draft, loose, bare)
    for cue in list(loose):
        _settle_presumed(atoms, cue, draft, loose)
    for cue in loose:
        settled = [roles for roles, _ in draft.references] + [claim[0] for claim in draft.claims]
        if not any(overlap(cue.roles, roles) for roles in settled):
            draft.references.append((cue.roles, cue.titles))
    _settle_equations(atoms, draft, bare)
    settle_repeated(atoms, draft)
    settle_named_twice(atoms, draft, bare)
    settled_something = bool(draft.wanted or draft.references or draft.claims or draft.told)
    bare = [
        i
        for i in bare
        if not (settled_something and _is_faint(atoms[i])) and not _is_part_of_series(atoms, i)
    ]
    wanted_elsewhere = {i for _, i in draft.wanted}
    draft.wanted += [((), i) for i in bare if i not in wanted_elsewhere and atoms[i].choices]
    drop_repeats(atoms, draft)
    return draft


def _held(name: Atom, cue: Bound) -> tuple[str, ...]:
    """Return the roles a claim may mean: where only 'by' or 'whose' says it, those that the name has."""
    held = tuple(dict.fromkeys(role for choice in name.choices[:1] for role in choice.roles))
    return cue.roles if cue.kind != "by" or not held or overlap(cue.roles, held) else held


def _settle_anaphor(atoms: list[Atom], cue: Bound, draft: Draft, loose: list[Bound], bare: list[int]) -> None:
    """Find what "that same director" refers to.

    A claim of that role, a statement, a name in passing, or the titles.
    """
    for index, (roles, i, run, _) in enumerate(draft.claims):
        if common := overlap(cue.roles, roles):
            draft.claims[index] = (common, i, run, True)
            if not _says_both(atoms, cue.place):
                return
    if any(overlap(cue.roles, roles) and same for roles, _, _, same in draft.claims):
        return
    if any(overlap(cue.roles, roles) for roles, _ in draft.references):
        return
    for other in loose:
        if common := overlap(cue.roles, other.roles):
            draft.references.append((common, other.titles))
            loose.remove(other)
            return
    both = _says_both(atoms, cue.place) or ("actor" in cue.roles and _says_also(atoms, cue.place))
    run = _all_titles(atoms, cue.place) if both else title_run(atoms, cue.place)
    implied = [
        i
        for i in bare
        if (has_role(atoms[i], cue.roles) if atoms[i].choices else _may_be_anyone(atoms, i))
        and not opens(atoms, i)
    ]
    of_role = [(roles, i) for roles, i in draft.wanted if overlap(roles, cue.roles)]
    if run and implied:
        draft.claims.append((cue.roles, implied[-1], run, True))
        bare.remove(implied[-1])
    elif run and of_role and not _both_wanted(atoms, of_role[-1][1], cue.place):
        draft.wanted.remove(of_role[-1])
        draft.claims.append((cue.roles, of_role[-1][1], run, True))
    elif run:
        draft.references.append((cue.roles, run))
        draft.places[cue.roles, run] = cue.place
    elif not of_role:
        draft.open_roles += cue.roles


def _both_wanted(atoms: list[Atom], i: int, place: int) -> bool:
    """Tell whether one noun has both: 'films directed by X that were directed by the same person'."""
    left, right = min(i, place), max(i, place)
    noun = any(a.text in ITEM_NOUNS or a.kind == "category" for a in atoms[max(0, left - 7) : left])
    parted = any(a.kind == "mark" and a.text in ".:;-(" for a in atoms[max(0, left - 7) : right])
    return noun and not parted


def _may_be_anyone(atoms: list[Atom], i: int) -> bool:
    """Tell whether an unknown name stands like a person's: not 'a Bow Street type', 'in Camden Town'."""
    small = ("a", "an", "the", "in", "at", "on", "near", "from", "to")
    return i == 0 or atoms[i - 1].text not in small


def _settle_presumed(atoms: list[Atom], cue: Bound, draft: Draft, loose: list[Bound]) -> None:
    """'The camera work in X was great, what else did Y shoot?' presumes that Y shot X."""
    if not any(atom.text in ("else", "other", "more", "another") for atom in atoms):
        return
    for roles, i in draft.wanted:
        if common := overlap(cue.roles, roles):
            draft.wanted.remove((roles, i))
            draft.claims.append((common, i, cue.titles, False))
            loose.remove(cue)
            return


def _settle_equations(atoms: list[Atom], draft: Draft, bare: list[int]) -> None:
    """'X is David Lynch at his best, more by whoever directed it' claims who directed X."""
    for index, (roles, run) in enumerate(draft.references):
        for i in bare:
            close = i - 4 <= run[-1] < i and any(a.text in ("is", "was", "s") for a in atoms[run[-1] : i])
            if close and has_role(atoms[i], roles):
                del draft.references[index]
                draft.claims.append((roles, i, run, True))
                bare.remove(i)
                return


def _is_faint(atom: Atom) -> bool:
    """Tell whether a name is only a surname in lower case: a word of the sentence as likely as a name."""
    return bool(atom.choices) and atom.choices[0].match == "surname" and atom.text.islower()


def _is_part_of_series(atoms: list[Atom], i: int) -> bool:
    """Tell whether one word of a series' name stands by itself: 'we go to Cairo' is not the Cairo Trilogy."""
    best = atoms[i].choices[0] if atoms[i].choices else None
    part = best is not None and best.match == "short" and set(best.roles) == {"series"}
    beside = {a.text for a in atoms[i + 1 : i + 2]}
    return part and " " not in atoms[i].text and not beside & {"series", "books", "novels", "trilogy", "saga"}


def _says_both(atoms: list[Atom], place: int) -> bool:
    """Tell whether a sentence speaks of two titles at once: 'the actor the two have in common'."""
    sentence = atoms[place].sentence
    return any(
        a.sentence == sentence and a.text in ("both", "two", "in both", "common", "share") for a in atoms
    )


def _says_also(atoms: list[Atom], place: int) -> bool:
    """Tell whether the last title is one more that somebody was in: 'the lawyer is also in Y'."""
    last = _all_titles(atoms, place)[-1:]
    return any(a.text in ("also", "too", "again") for t in last for a in atoms[max(0, t - 3) : t + 2])


def _all_titles(atoms: list[Atom], place: int) -> tuple[int, ...]:
    return tuple(i for i in range(place) if atoms[i].kind == "title")
