"""Labels of a person's own table that no name was linked to, and those that their neighbours deny.

'NUT-free', 'NON-diesel', 'open on MONDAYS' where a relation tells when items are closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from agent.builtin.lexicon.load import groups, tables, words
from agent.builtin.parse.chunks import Candidate, Chunk
from agent.builtin.parse.labels_of_others import is_note_of_other, is_of_unsaid, words_of
from agent.builtin.parse.measures import Measures
from agent.builtin.parse.negation import is_negated
from agent.builtin.parse.vocabulary import Vocabulary
from kg.stems import nouns_of, singular
from kg.text import ORDINALS, fold

_BEFORE = frozenset(("non", "un"))
_SMALL = frozenset("items on in at the a an every each all any to for from during".split())
_NEGATORS = frozenset("not never isnt arent no nothing except".split())
_LEADS = frozenset("with on at in during containing without".split())
_ARTICLES = frozenset(("a", "an", "the"))
_AMOUNTS = frozenset("all many much few some little none no yes most any several both a".split())
_TIMED = frozenset(
    "before after on at from until till by this next now today tomorrow tonight between over during".split()
)  # "an electrician FREE BEFORE Christmas"
_SPEAKING = frozenset("speak understand read".split())
_NOT_ABLE = frozenset("dont cant doesnt not cannot couldnt".split())
_NEAR = 2  # chunks between a number and the name of its relation
_BACK = 4  # chunks from a label to what is done


class Denied(NamedTuple):
    """Labels that are `denied`, or `wanted` as they are denied twice; what says so is `used`."""

    denied: set[int]
    wanted: set[int]
    used: set[int]


def with_own_labels(chunks: Sequence[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Read words that no name was linked to as labels: 'DIESEL' of 'non-diesel', 'containing CELERY'."""
    if not vocabulary.label_forms:
        return list(chunks)
    found = list(chunks)
    said = [chunk.text for chunk in chunks]
    for i, chunk in enumerate(chunks):
        if chunk.kind == "entity" and (
            _is_bent(chunk)
            or _is_small(chunks, i, vocabulary)
            or _is_bare_number(chunks, i, vocabulary)
            or _is_name(chunks, i, vocabulary)
            or _is_unknown_tongue(chunks, i)
            or is_note_of_other(chunks, i, vocabulary)
            or is_of_unsaid(chunks, i)
        ):
            found[i] = replace(chunk, kind="word", text=fold(chunk.text), choices=(), entries=())
            continue
        if kin := _of_kin(chunks, i, vocabulary):
            found[i] = replace(chunk, kind="entity", choices=kin, entries=())
            continue
        if chunk.kind == "trigger" and (own := _own_label(chunk, vocabulary)) and _is_led_to(said, i):
            found[i] = replace(chunk, kind="entity", choices=own, entries=())
            continue
        meant = _meant(chunk.text, vocabulary) if chunk.kind == "word" else ()
        if meant and (_is_denied(chunks, i, vocabulary) or _is_told(said, i, vocabulary)):
            found[i] = replace(chunk, kind="entity", choices=meant, entries=())
        kinds = vocabulary.label_kinds.get(found[i].best_id, ())
        if (
            kinds
            and len(found[i].choices) == 1
            and (is_negated(chunks, i) or _is_denied(chunks, i, vocabulary))
        ):
            found[i] = replace(found[i], choices=kinds)  # 'not BLACK' is not matt black either
    return _with_ordinals(_with_pairs(found, vocabulary), vocabulary)


def _with_ordinals(chunks: Sequence[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Read ordinals that are joined to a label of their relation as labels: 'SECOND or third floor'."""
    found = list(chunks)
    for i in range(len(found) - 3, -1, -1):
        if choices := _as_next(found, i, vocabulary):
            found[i] = replace(found[i], kind="entity", choices=choices, entries=())
    return found


def _meant(said: str, vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    """Return the labels that a word means, or that it is made of: 'smoke' of 'SMOKY'."""
    if (known := vocabulary.label_forms.get(said, ())) or said in _closed():
        return known
    return next((m for noun in nouns_of(said) if (m := vocabulary.label_forms.get(noun, ()))), ())


def _of_kin(chunks: Sequence[Chunk], i: int, vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    """Return the label of those for whom somebody asks: women, of 'for my SISTER'."""
    led = {chunk.text for chunk in chunks[max(0, i - _NEAR) : i]}
    if chunks[i].kind != "word" or "for" not in led:
        return ()
    for label, kin in groups("audience", "kin").items():
        if chunks[i].text in kin:
            return next((m for form in label.split("/") if (m := vocabulary.label_forms.get(form, ()))), ())
    return ()


def _as_next(chunks: Sequence[Chunk], i: int, vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    """Return the label of an ordinal that is joined to one of its relation."""
    joined = [chunk.text for chunk in chunks[i + 1 : i + 2]] in (["or"], ["and"], [","])
    if chunks[i].kind != "word" or not joined or len(chunks) < i + 3 or chunks[i + 2].kind != "entity":
        return ()
    said = {chunks[i].text, ORDINALS.get(chunks[i].text, "")}
    forms = (f"{word} {role.replace('_', ' ')}" for role in chunks[i + 2].held_roles for word in sorted(said))
    known = next((m for form in forms if (m := vocabulary.label_forms.get(form, ()))), ())
    return tuple(each for each in known if set(each.roles) & chunks[i + 2].held_roles)


def _own_label(chunk: Chunk, vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    """Return the label that is called like its relation: 'from a SHOP', of sellers that are shops."""
    own = (each for each in vocabulary.label_forms.get(chunk.text, ()) if set(each.roles) & set(chunk.roles))
    return tuple(own)


def _is_led_to(said: Sequence[str], i: int) -> bool:
    """Tell whether an article or a preposition alone leads to a word that ends a phrase."""
    ends = not "".join(said[i + 1 : i + 2]).isalpha() or said[i + 1] in ("and", "or", "with", "under", "for")
    return ends and i > 0 and said[i - 1] in ("a", "an", "from", "by", "in", "with")


def _is_bent(chunk: Chunk) -> bool:
    """Tell whether a small word was taken for another form of a label: 'NEW' for news."""
    return chunk.text in _closed() and chunk.text not in {fold(choice.label) for choice in chunk.choices}


def _is_small(chunks: Sequence[Chunk], i: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a small word is no label, as its relation is not named: 'how MANY are there'."""
    if chunks[i].text not in _AMOUNTS:
        return False
    near = {singular(chunk.text) for chunk in chunks[max(0, i - _BACK) : i + _NEAR + 2]}
    asked = i > 0 and chunks[i - 1].text == "how"
    return asked or not any(near & words_of(role, vocabulary) for role in chunks[i].held_roles)


def _with_pairs(chunks: Sequence[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Read two words as a label of two: 'open ALL YEAR'."""
    found: list[Chunk] = []
    for chunk in chunks:
        before = found[-1] if found else None
        said = f"{before.text} {chunk.text}" if before is not None else ""
        meant = vocabulary.label_forms.get(said, ())
        if (
            before is not None
            and meant
            and before.kind == "word"
            and chunk.kind in ("word", "entity", "trigger")
        ):
            measured = vocabulary.measures.said_at((before.text, chunk.text), 0)[0]
            if not measured:
                found[-1] = replace(
                    before, kind="entity", text=said, end=chunk.end, choices=meant, entries=()
                )
                continue
        found.append(chunk)
    return found


def _is_bare_number(chunks: Sequence[Chunk], i: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a number is a label of a relation that nothing near names: 'the cheapest THREE'."""
    if not chunks[i].choices or not all(choice.label.isdecimal() for choice in chunks[i].choices):
        return False
    said = {singular(chunk.text) for chunk in chunks[max(0, i - _NEAR) : i + _NEAR + 1]}
    return not any(said & words_of(role, vocabulary) for role in chunks[i].held_roles)


def _is_name(chunks: Sequence[Chunk], i: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a label is what another relation is called, which is asked for: 'with a HUT' of huts."""
    led = i > 0 and chunks[i - 1].text in ("with", "a", "an", "has")
    said = singular(fold(chunks[i].text))
    others = [name for name in vocabulary.relations if name not in chunks[i].held_roles]
    called = (said == singular(name.replace("_", " ")) for name in others if name in vocabulary.agents)
    return led and bool(chunks[i].choices) and any(called)


def _is_unknown_tongue(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a language is one that somebody does not speak, which asks for none: "WE DON'T SPEAK"."""
    said = [chunk.text for chunk in chunks[max(0, i - 2) : i]]
    return said[-1:] != [] and said[-1] in _SPEAKING and not _NOT_ABLE.isdisjoint(said[:-1])


def _is_denied(chunks: Sequence[Chunk], i: int, vocabulary: Vocabulary) -> bool:
    after = (chunks[i].text, "free")
    flag = vocabulary.measures.said_at(after, 0)[0] == len(after)
    return not flag and (_is_free_of(chunks, i) or _is_non(chunks, i))


def _is_told(said: Sequence[str], i: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a word can only be a label, or stands where one does: 'at WEEKENDS', 'WEEKEND trains'."""
    if said[i] in _closed() or any(
        vocabulary.measures.said_at(said, j)[0] > i - j for j in range(max(0, i - 2), i + 1)
    ):
        return False
    led = i > 0 and (said[i - 1] in _LEADS or said[i - 1] in words("measures", "joining"))
    led = led or "for" in said[max(0, i - 1 - (said[i - 1] in _ARTICLES)) : i]  # 'for a WEDDING'
    of_asker = said[i] in words("occasion", "occasion") | words("occasion", "company")
    return not of_asker or led or said[i + 1 : i + 2] == ["items"]


@cache
def _closed() -> frozenset[str]:
    every = (word for name in ("function", "asking") for part in tables(name).values() for word in part)
    return frozenset((*every, "free", "new", "old"))


def denied_labels(chunks: Sequence[Chunk], named: Iterable[int]) -> Denied:
    """Return the labels that are denied by what stands beside them; places of chunks."""
    found = Denied(set(), set(), set())
    for i in named:
        if _is_free_of(chunks, i) or _is_non(chunks, i):
            found.denied.add(i)
            found.used.add(i + 1 if _is_free_of(chunks, i) else i - 1)
        elif (done := _opposed(chunks, i)) is not None:
            found.used.add(done)
            twice = _NEGATORS & {chunk.text for chunk in chunks[max(0, done - 2) : done]}
            (found.wanted if twice else found.denied).add(i)
    return found


def of_one_value(chunks: Sequence[Chunk], wanted: Iterable[int], measures: Measures) -> tuple[int, ...]:
    """Return labels of a relation of which every item has one: 'closed or with a bridge out' is no item."""
    by_role: dict[str, list[int]] = {}
    for i in wanted if measures.own else ():
        if len(roles := chunks[i].held_roles) == 1 and roles.isdisjoint(measures.lists):
            by_role.setdefault(next(iter(roles)), []).append(i)
    several = [sorted(each) for each in by_role.values() if len({chunks[i].best_id for i in each}) > 1]
    joined = (each for each in several if _are_alternatives(chunks, each))
    return tuple(next(joined, ()))


def _are_alternatives(chunks: Sequence[Chunk], places: Sequence[int]) -> bool:
    """Tell whether labels are joined that no item has at once: 'castles AND manors', 'red OR blue'."""
    between = [chunks[i].text for i in range(places[0], places[-1]) if i not in places]
    return "or" in between or (bool(between) and all(text in ("and", ",", "the", "any") for text in between))


def _is_free_of(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a label is what items are free of: 'NUT-free'; not 'FREE parking', 'FREE today'."""
    after = chunks[i + 1] if i + 1 < len(chunks) else None
    timed = i + 2 < len(chunks) and chunks[i + 2].text in _TIMED
    return after is not None and after.text == "free" and after.start - chunks[i].end == 1 and not timed


def _is_non(chunks: Sequence[Chunk], i: int) -> bool:
    before = chunks[i - 1] if i else None
    return before is not None and before.text in _BEFORE and chunks[i].start - before.end <= 1


def _opposed(chunks: Sequence[Chunk], i: int) -> int | None:
    """Return where the opposite of what a label's relation tells stands: 'OPEN on Mondays' of closed on."""
    names = {word for role in chunks[i].held_roles for word in role.split("_")}
    opposites = {said for name in names for said in groups("measures", "opposed").get(name, ())}
    for j in range(i - 1, max(-1, i - 1 - _BACK), -1):
        if chunks[j].text in opposites and chunks[j].text not in names:
            return j
        listed = chunks[j].kind == "entity" and chunks[j].held_roles == chunks[i].held_roles
        if not (listed or chunks[j].text in _SMALL or chunks[j].text in ("and", "or", ",")):
            return None
    return None
