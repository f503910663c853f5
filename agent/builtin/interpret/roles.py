"""Settling the roles of a request one by one: condition, reference, claim, or nothing at all.

A name with a title in one statement is a claim; "the same director", "whoever shot it" and the like ask for
what the title has; a name without a title is a condition.
"""

from __future__ import annotations

from agent.builtin.interpret.coreference import (
    drop_repeats,
    settle_named_twice,
    settle_repeated,
    unbound_names,
)
from agent.builtin.interpret.partial import PartialRequest, opens, overlap
from agent.builtin.interpret.role_transfer import recast
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.arguments import Predicate
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.cursor import ChunkCursor
from agent.builtin.parse.logic import is_denied


def assign_roles(chunks: list[Chunk], predicates: list[Predicate]) -> PartialRequest:
    """Settle what bound cues and names without a cue mean together."""
    partial = PartialRequest()
    others = recast(chunks, predicates)
    for cue in predicates:
        if cue.place in others.told:
            partial.told.append((cue.roles, others.told[cue.place]))
        if cue.place in others.roles:
            partial.recast[cue.roles, cue.titles] = others.roles[cue.place]
    predicates = [cue for cue in predicates if cue.place not in others.used | set(others.told)]
    anaphors: list[Predicate] = []
    loose: list[
        Predicate
    ] = []  # "the music in X was great": only a reference if something asks for the same role
    for cue in predicates:
        if cue.names and cue.kind != "agent" and is_denied(chunks, cue.place):
            partial.none_of += [(cue.roles, i) for i in cue.names]
        elif cue.names and cue.titles:
            partial.claims += [(_held(chunks[i], cue), i, cue.titles, cue.same) for i in cue.names]
        elif cue.kind == "in" and cue.same and _says_also(chunks, max(cue.titles) + 1):
            partial.references.append((cue.roles, _all_titles(chunks, max(cue.titles) + 1)))
        elif cue.kind == "in" and cue.same and partial.references and partial.references[-1][0] == cue.roles:
            roles, run = partial.references.pop()  # "she's in X, she's in Y, who is she?"
            partial.references.append((roles, (*run, *cue.titles)))
        elif cue.titles and (cue.same or cue.kind == "agent"):
            partial.references.append((cue.roles, cue.titles))
            partial.places[cue.roles, cue.titles] = cue.place
        elif cue.titles:
            loose.append(cue)
        elif cue.same and cue.names and (run := ChunkCursor(chunks).title_run(cue.place)):
            partial.claims += [(cue.roles, i, run, True) for i in cue.names]
        elif cue.same and not cue.names:
            anaphors.append(cue)
        else:
            partial.wanted += [(cue.roles, i) for i in cue.names]
    odd = [(roles, i) for roles, i in partial.wanted if not chunks[i].has_role(roles)] if anaphors else []
    partial.wanted = [pair for pair in partial.wanted if pair not in odd]
    told = {i for _, after in partial.told for i in after.names}
    bare = sorted({*unbound_names(chunks, predicates), *(i for _, i in odd)} - told)
    for cue in sorted(anaphors, key=lambda cue: not _says_both(chunks, cue.place)):
        _settle_anaphor(chunks, cue, partial, loose, bare)
    for cue in list(loose):
        _settle_presumed(chunks, cue, partial, loose)
    for cue in loose:
        settled = [roles for roles, _ in partial.references] + [claim[0] for claim in partial.claims]
        if not any(overlap(cue.roles, roles) for roles in settled):
            partial.references.append((cue.roles, cue.titles))
    _settle_equations(chunks, partial, bare)
    settle_repeated(chunks, partial)
    settle_named_twice(chunks, partial, bare)
    settled_something = bool(partial.wanted or partial.references or partial.claims or partial.told)
    bare = [
        i
        for i in bare
        if not (settled_something and _is_faint(chunks[i])) and not _is_part_of_series(chunks, i)
    ]
    wanted_elsewhere = {i for _, i in partial.wanted}
    partial.wanted += [((), i) for i in bare if i not in wanted_elsewhere and chunks[i].choices]
    drop_repeats(chunks, partial)
    return partial


def _held(name: Chunk, cue: Predicate) -> tuple[str, ...]:
    """Return the roles a claim may mean: where only 'by' or 'whose' says it, those that the name has."""
    held = tuple(dict.fromkeys(role for choice in name.choices[:1] for role in choice.roles))
    return cue.roles if cue.kind != "by" or not held or overlap(cue.roles, held) else held


def _settle_anaphor(
    chunks: list[Chunk], cue: Predicate, partial: PartialRequest, loose: list[Predicate], bare: list[int]
) -> None:
    """Find what "that same director" refers to.

    A claim of that role, a statement, a name in passing, or the titles.
    """
    for index, (roles, i, run, _) in enumerate(partial.claims):
        if common := overlap(cue.roles, roles):
            partial.claims[index] = (common, i, run, True)
            if not _says_both(chunks, cue.place):
                return
    if any(overlap(cue.roles, roles) and same for roles, _, _, same in partial.claims):
        return
    if any(overlap(cue.roles, roles) for roles, _ in partial.references):
        return
    for other in loose:
        if common := overlap(cue.roles, other.roles):
            partial.references.append((common, other.titles))
            loose.remove(other)
            return
    both = _says_both(chunks, cue.place) or ("actor" in cue.roles and _says_also(chunks, cue.place))
    run = _all_titles(chunks, cue.place) if both else ChunkCursor(chunks).title_run(cue.place)
    implied = [
        i
        for i in bare
        if (chunks[i].has_role(cue.roles) if chunks[i].choices else _may_be_anyone(chunks, i))
        and not opens(chunks, i)
    ]
    of_role = [(roles, i) for roles, i in partial.wanted if overlap(roles, cue.roles)]
    if run and implied:
        partial.claims.append((cue.roles, implied[-1], run, True))
        bare.remove(implied[-1])
    elif run and of_role and not _both_wanted(chunks, of_role[-1][1], cue.place):
        partial.wanted.remove(of_role[-1])
        partial.claims.append((cue.roles, of_role[-1][1], run, True))
    elif run:
        partial.references.append((cue.roles, run))
        partial.places[cue.roles, run] = cue.place
    elif not of_role:
        partial.open_roles += cue.roles


def _both_wanted(chunks: list[Chunk], i: int, place: int) -> bool:
    """Tell whether one noun has both: 'films directed by X that were directed by the same person'."""
    left, right = min(i, place), max(i, place)
    noun = any(a.text in ITEM_NOUNS or a.kind == "category" for a in chunks[max(0, left - 7) : left])
    parted = any(a.kind == "mark" and a.text in ".:;-(" for a in chunks[max(0, left - 7) : right])
    return noun and not parted


def _may_be_anyone(chunks: list[Chunk], i: int) -> bool:
    """Tell whether an unknown name stands like a person's: not 'a Bow Street type', 'in Camden Town'."""
    small = ("a", "an", "the", "in", "at", "on", "near", "from", "to")
    return i == 0 or chunks[i - 1].text not in small


def _settle_presumed(
    chunks: list[Chunk], cue: Predicate, partial: PartialRequest, loose: list[Predicate]
) -> None:
    """'The camera work in X was great, what else did Y shoot?' presumes that Y shot X."""
    if not any(chunk.text in ("else", "other", "more", "another") for chunk in chunks):
        return
    for roles, i in partial.wanted:
        if common := overlap(cue.roles, roles):
            partial.wanted.remove((roles, i))
            partial.claims.append((common, i, cue.titles, False))
            loose.remove(cue)
            return


def _settle_equations(chunks: list[Chunk], partial: PartialRequest, bare: list[int]) -> None:
    """'X is David Lynch at his best, more by whoever directed it' claims who directed X."""
    for index, (roles, run) in enumerate(partial.references):
        for i in bare:
            close = i - 4 <= run[-1] < i and any(a.text in ("is", "was", "s") for a in chunks[run[-1] : i])
            if close and chunks[i].has_role(roles):
                del partial.references[index]
                partial.claims.append((roles, i, run, True))
                bare.remove(i)
                return


def _is_faint(chunk: Chunk) -> bool:
    """Tell whether a name is only a surname in lower case: a word of the sentence as likely as a name."""
    return bool(chunk.choices) and chunk.choices[0].match == "surname" and chunk.text.islower()


def _is_part_of_series(chunks: list[Chunk], i: int) -> bool:
    """Tell whether one word of a series' name stands by itself: 'we go to Cairo' is not the Cairo Trilogy."""
    best = chunks[i].choices[0] if chunks[i].choices else None
    part = best is not None and best.match == "short" and set(best.roles) == {"series"}
    beside = {a.text for a in chunks[i + 1 : i + 2]}
    return (
        part and " " not in chunks[i].text and not beside & {"series", "books", "novels", "trilogy", "saga"}
    )


def _says_both(chunks: list[Chunk], place: int) -> bool:
    """Tell whether a sentence speaks of two titles at once: 'the actor the two have in common'."""
    sentence = chunks[place].sentence
    return any(
        a.sentence == sentence and a.text in ("both", "two", "in both", "common", "share") for a in chunks
    )


def _says_also(chunks: list[Chunk], place: int) -> bool:
    """Tell whether the last title is one more that somebody was in: 'the lawyer is also in Y'."""
    last = _all_titles(chunks, place)[-1:]
    return any(a.text in ("also", "too", "again") for t in last for a in chunks[max(0, t - 3) : t + 2])


def _all_titles(chunks: list[Chunk], place: int) -> tuple[int, ...]:
    return tuple(i for i in range(place) if chunks[i].kind == "title")
