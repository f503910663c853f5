"""Role assignment: what predicates and names mean together: condition, reference, claim, or nothing at all.

A name with a title in one statement is a claim; "the same director", "whoever shot it" and the like ask for
what the title has; a name without a title is a condition.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agent.builtin.interpret.coreference import (
    claim_names_of_references,
    claim_what_is_referred_to,
    drop_repeats,
    is_only_named,
    made_together,
    names_without_predicate,
    opens_sentence,
)
from agent.builtin.interpret.partial import (
    PartialRequest,
    RoleClaim,
    RoleConstraint,
    RoleReference,
    Roles,
    overlap,
)
from agent.builtin.interpret.role_transfer import transfer_roles
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.arguments import Predicate
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.cursor import ChunkCursor
from agent.builtin.parse.idle_verbs import told_in_story
from agent.builtin.parse.negation import is_denied

_BEFORE_THING = frozenset("a an the in at on near from to".split())
_ITEMS = ITEM_NOUNS | {"something", "anything", "else"}
_MUST = ("has", "have", "must", "should", "needs", "need")
_THEY_MUST = {(it, must) for it in ("it", "they") for must in _MUST}


def assign_roles(chunks: list[Chunk], predicates: Sequence[Predicate]) -> PartialRequest:
    """Interpret predicates and names, one phenomenon at a time."""
    cursor, partial = ChunkCursor(chunks), PartialRequest()
    predicates = transfer_roles(chunks, predicates, partial)
    for predicate in predicates:
        _assign_predicate(cursor, predicate, partial)
    _find_unattached_names(chunks, predicates, partial)
    for anaphor in sorted(partial.anaphors, key=lambda each: not _says_both(chunks, each.place)):
        _resolve_anaphor(cursor, anaphor, partial)
    _claim_presupposed_roles(chunks, partial)
    _refer_to_unattached(chunks, partial)
    _claim_equated_names(chunks, partial)
    claim_what_is_referred_to(cursor, partial)
    claim_names_of_references(cursor, partial)
    _want_unattached_names(chunks, partial)
    drop_repeats(chunks, partial)
    return partial


def _assign_predicate(cursor: ChunkCursor, predicate: Predicate, partial: PartialRequest) -> None:
    """Assign what a predicate says by its own arguments, or leave it open."""
    predicate = made_together(cursor.chunks, predicate)
    roles, names, titles = predicate.roles, predicate.names, predicate.titles
    if names and predicate.kind != "agent" and is_denied(cursor.chunks, predicate.place):
        partial.none_of += [RoleConstraint(roles, i) for i in names]
    elif names and titles:
        partial.claims += [
            RoleClaim(_claimed_roles(cursor.chunks[i], predicate), i, titles, predicate.same) for i in names
        ]
    elif predicate.kind == "in" and predicate.same:
        _refer_to_cast(cursor, predicate, partial)
    elif titles and (predicate.same or predicate.kind == "agent"):
        _refer(predicate, titles, partial)
    elif titles:
        partial.unattached.append(predicate)
    elif predicate.same and names and (run := cursor.title_run(predicate.place)):
        partial.claims += [RoleClaim(roles, i, run, of_item=True) for i in names]
    elif predicate.same and not names and not is_only_named(cursor.chunks, predicate):
        partial.anaphors.append(predicate)
    else:
        partial.wanted += [RoleConstraint(roles, i) for i in names]


def _claimed_roles(name: Chunk, predicate: Predicate) -> Roles:
    """Return the roles a claim may mean: where only 'by' or 'whose' says it, those that the name has."""
    held = tuple(dict.fromkeys(role for choice in name.choices[:1] for role in choice.roles))
    together = len(predicate.names) > 1 and not overlap(predicate.roles, held)  # actors who "made" a film
    if not (predicate.kind == "by" or together) or not held:
        return predicate.roles
    return tuple(dict.fromkeys((*overlap(predicate.roles, held), *held)))


def _refer(predicate: Predicate, titles: tuple[int, ...], partial: PartialRequest) -> None:
    reference = RoleReference(predicate.roles, titles)
    partial.references.append(reference)
    partial.places[reference] = predicate.place


def _refer_to_cast(cursor: ChunkCursor, predicate: Predicate, partial: PartialRequest) -> None:
    """Refer to who is in titles: 'the lawyer in X is also in Y', "she's in X, she's in Y, who is she?"."""
    after = max(predicate.titles) + 1
    last = partial.references[-1] if partial.references else None
    if _says_also(cursor, after):
        partial.references.append(RoleReference(predicate.roles, cursor.all_titles_before(after)))
    elif last is not None and last.roles == predicate.roles:
        partial.references[-1] = last._replace(titles=(*last.titles, *predicate.titles))
    else:
        _refer(predicate, predicate.titles, partial)


def _find_unattached_names(
    chunks: Sequence[Chunk], predicates: Sequence[Predicate], partial: PartialRequest
) -> None:
    """Note the names of no predicate, and those that cannot have its role where an anaphor asks for one."""
    odd = [each for each in partial.wanted if partial.anaphors and not chunks[each.name].has_role(each.roles)]
    partial.wanted = [each for each in partial.wanted if each not in odd]
    describing = {i for each in partial.described for i in each.description.names}
    names = {*names_without_predicate(chunks, predicates), *(each.name for each in odd)}
    partial.unattached_names = sorted(names - describing)


def _resolve_anaphor(cursor: ChunkCursor, anaphor: Predicate, partial: PartialRequest) -> None:
    """Find what "that same director" refers to: a claim, a reference, a predicate of that role, or titles."""
    if _confirm_claims(anaphor, partial, every=_says_both(cursor.chunks, anaphor.place)):
        return
    if any(_is_same_person(cursor.chunks, anaphor, each, partial) for each in partial.references):
        return
    for predicate in partial.unattached:
        if common := predicate.roles if anaphor.kind == "by" else overlap(anaphor.roles, predicate.roles):
            _refer(anaphor._replace(roles=common), predicate.titles, partial)
            partial.unattached.remove(predicate)
            return
    _refer_to_titles(cursor, anaphor, partial)


def _is_same_person(
    chunks: Sequence[Chunk], anaphor: Predicate, reference: RoleReference, partial: PartialRequest
) -> bool:
    """Tell whether an anaphor only repeats a reference: 'whoever shot X … more by the same person'.

    Two phrases for people on one noun are two: 'with the actor they share and featuring the actor of X'.
    """
    if anaphor.kind == "by":
        return True
    place = partial.places.get(reference)
    two = anaphor.kind == "agent" and place is not None and _both_wanted(chunks, place, anaphor.place)
    return bool(overlap(anaphor.roles, reference.roles)) and not two


def _confirm_claims(anaphor: Predicate, partial: PartialRequest, *, every: bool) -> bool:
    """Mark the first claim of an anaphor's role, or `every` one, as what is asked for; tell if any is."""
    found = False
    for index, claim in enumerate(partial.claims):
        common = overlap(anaphor.roles, claim.roles)
        if common and (every or not found):
            partial.claims[index] = claim._replace(roles=common, of_item=True)
            found = True
    return found


def _refer_to_titles(cursor: ChunkCursor, anaphor: Predicate, partial: PartialRequest) -> None:
    """Let an anaphor mean who has its role on the titles; a name beside it is claimed to be that person."""
    both = _says_both(cursor.chunks, anaphor.place)
    also = "actor" in anaphor.roles and _says_also(cursor, anaphor.place)
    place = anaphor.place
    titles = cursor.all_titles_before(place) if both or also else cursor.title_run(place)
    phrases = [each.place for each in partial.anaphors if overlap(each.roles, anaphor.roles)]
    beside = {
        i
        for i, chunk in enumerate(cursor.chunks)
        if chunk.kind == "entity" and any(_both_wanted(cursor.chunks, i, each) for each in phrases)
    }
    implied = [
        i
        for i in partial.unattached_names
        if i not in beside and _may_be_meant(cursor.chunks, i, anaphor.roles)
    ]
    of_role = [each for each in partial.wanted if overlap(each.roles, anaphor.roles)]
    if titles and implied:
        partial.claims.append(RoleClaim(anaphor.roles, implied[-1], titles, of_item=True))
        partial.unattached_names.remove(implied[-1])
    elif titles and of_role and of_role[-1].name not in beside:
        partial.wanted.remove(of_role[-1])
        partial.claims.append(RoleClaim(anaphor.roles, of_role[-1].name, titles, of_item=True))
    elif titles:
        _refer(anaphor, titles, partial)
    elif implied and not of_role:
        partial.wanted.append(RoleConstraint(anaphor.roles, implied[-1]))  # "I like N. More with that actor"
        partial.unattached_names.remove(implied[-1])
    elif not of_role:
        partial.open_roles += anaphor.roles


def _may_be_meant(chunks: Sequence[Chunk], i: int, roles: Roles) -> bool:
    """Tell whether a name may be who an anaphor means; an unknown name must stand like a person's."""
    anyone = i == 0 or chunks[i - 1].text not in _BEFORE_THING  # not 'a Bow Street type', 'in Camden Town'
    fits = chunks[i].has_role(roles) if chunks[i].choices else anyone
    return fits and not opens_sentence(chunks, i)


def _both_wanted(chunks: Sequence[Chunk], i: int, place: int) -> bool:
    """Tell whether one noun has both: 'films directed by X that were directed by the same person'."""
    left, right = min(i, place), max(i, place)
    if chunks[left].sentence != chunks[right].sentence:
        return _is_demanded_too(chunks, i, place)
    end = right if left == place else left
    before = [a for a in chunks[max(0, left - 7) : end] if a.sentence == chunks[right].sentence]
    noun = any(a.text in _ITEMS or a.kind == "category" for a in before)
    return noun and not any(a.kind == "mark" and a.text in ":;-(" for a in chunks[left:right])


def _is_demanded_too(chunks: Sequence[Chunk], i: int, place: int) -> bool:
    """Tell whether a later sentence adds to what is wanted: 'films by N. They have to be shot by whoever'."""
    wanted = any(a.text in _ITEMS and a.sentence == chunks[i].sentence for a in chunks[max(0, i - 7) : i])
    said = [a.text for a in chunks[max(0, place - 7) : place] if a.sentence == chunks[place].sentence]
    demanded = any(pair in _THEY_MUST for pair in pairwise(said))
    return i < place and wanted and demanded


def _claim_presupposed_roles(chunks: Sequence[Chunk], partial: PartialRequest) -> None:
    """'The camera work in X was great, what else did Y shoot?' presupposes that Y shot X."""
    if not any(chunk.text in ("else", "other", "more", "another") for chunk in chunks):
        return
    asked = {role for reference in partial.references for role in reference.roles}
    for predicate in list(partial.unattached):
        for constraint in partial.wanted if asked.isdisjoint(predicate.roles) else ():
            if common := overlap(predicate.roles, constraint.roles):
                partial.wanted.remove(constraint)
                partial.claims.append(RoleClaim(common, constraint.name, predicate.titles, of_item=False))
                partial.unattached.remove(predicate)
                break


def _refer_to_unattached(chunks: Sequence[Chunk], partial: PartialRequest) -> None:
    """Refer to what a title has where nothing else asks for it: "I want the music of X"."""
    told = told_in_story(chunks) if partial.unattached else frozenset()
    for predicate in (each for each in partial.unattached if each.place not in told):
        assigned = [each.roles for each in partial.references] + [each.roles for each in partial.claims]
        if not any(overlap(predicate.roles, roles) for roles in assigned):
            partial.references.append(RoleReference(predicate.roles, predicate.titles))


def _claim_equated_names(chunks: Sequence[Chunk], partial: PartialRequest) -> None:
    """'X is David Lynch at his best, more by whoever directed it' claims who directed X."""
    for index, reference in enumerate(partial.references):
        for i in partial.unattached_names:
            if _is_equated(chunks, reference.titles[-1], i) and chunks[i].has_role(reference.roles):
                del partial.references[index]
                partial.claims.append(RoleClaim(reference.roles, i, reference.titles, of_item=True))
                partial.unattached_names.remove(i)
                return


def _is_equated(chunks: Sequence[Chunk], title: int, i: int) -> bool:
    return i - 4 <= title < i and any(a.text in ("is", "was", "s") for a in chunks[title:i])


def _want_unattached_names(chunks: Sequence[Chunk], partial: PartialRequest) -> None:
    """Want the names that nothing is said of, in whatever role they have."""
    likely = [i for i in partial.unattached_names if not _is_part_of_series(chunks, i)]
    if not partial.is_empty:
        likely = [i for i in likely if not _is_faint(chunks[i]) or _has_article(chunks, i)]
    elsewhere = {each.name for each in partial.wanted}
    partial.wanted += [RoleConstraint((), i) for i in likely if i not in elsewhere and chunks[i].choices]


def _has_article(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether something of somebody is meant: 'an old HITCHCOCK'."""
    return any(a.text in ("a", "an", "another") for a in chunks[max(0, i - 2) : i])


def _is_faint(chunk: Chunk) -> bool:
    """Tell whether a name is only a surname in lower case: a word of the sentence as likely as a name."""
    return bool(chunk.choices) and chunk.choices[0].match == "surname" and chunk.text.islower()


def _is_part_of_series(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether one word of a series' name stands by itself: 'we go to Cairo' is not the Cairo Trilogy."""
    best = chunks[i].choices[0] if chunks[i].choices else None
    part = best is not None and best.match == "short" and set(best.roles) == {"series"}
    beside = {a.text for a in chunks[i + 1 : i + 2]}
    return (
        part and " " not in chunks[i].text and not beside & {"series", "books", "novels", "trilogy", "saga"}
    )


def _says_both(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a sentence speaks of two titles at once: 'the actor the two have in common'."""
    sentence = chunks[place].sentence
    return any(
        a.sentence == sentence and a.text in ("both", "two", "in both", "common", "share") for a in chunks
    )


def _says_also(cursor: ChunkCursor, place: int) -> bool:
    """Tell whether the last title is one more that somebody was in: 'the lawyer is also in Y'."""
    last = cursor.all_titles_before(place)[-1:]
    return any(a.text in ("also", "too", "again") for t in last for a in cursor.chunks[max(0, t - 3) : t + 2])
