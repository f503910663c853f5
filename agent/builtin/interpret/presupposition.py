"""Presuppositions of a request: "more Dr. Seuss" beside a book that is believed to be his.

Such a claim changes nothing of what is wanted, it is only corrected if it is wrong. So a false alarm costs
more than a miss, and a title must be linked to the name by one of three constructions; a title that is only
compared ("like Dune, but by Asimov") or mentioned for another purpose presupposes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agent.builtin.interpret.partial import RoleConstraint, Roles
from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ANONYMOUS, COMPANIES, ITEM_NOUNS, PRONOUNS
from agent.builtin.parse.chunks import Chunk

_SURE = 0.7  # of a title, as `link_entities` scores it
_MORE = words("presuppositions", "more")
_COMPARES = words("presuppositions", "comparing")
_TURNS = words("presuppositions", "turning")
_WANTS = words("presuppositions", "wanting") | ITEM_NOUNS - words("presuppositions", "vague items")
_BY = words("presuppositions", "leading to a name")
_SINCE = words("presuppositions", "since")
_TO_TITLE = words("presuppositions", "since to title")
_MAX_BETWEEN = 7  # chunks between a name and a title that one statement links


class Presupposition(NamedTuple):
    """A name is believed to have made a title, in one of these roles; by positions of chunks."""

    roles: Roles
    name: int
    title: int


def presuppositions(
    chunks: Sequence[Chunk], wanted: Sequence[RoleConstraint], titles: Sequence[int]
) -> Iterator[Presupposition]:
    """Yield the titles that a wanted name is presupposed to have made."""
    makers = [each for each in wanted if _may_have_made(chunks[each.name], each.roles)]
    people = [each for each in makers if _makes(chunks[each.name]) - {"series"}] or makers
    alone = len({chunks[each.name].best_id for each in people}) == 1
    for t in titles:
        if not _is_sure(chunks, t) or _is_compared(chunks, t) or _is_exclaimed(chunks, t):
            continue
        linked = [each for each in makers if _is_linked(chunks, each.name, t) and _makes(chunks[each.name])]
        for roles, name in linked or people[: alone and _is_pointed_at(chunks, t)]:
            yield Presupposition(roles, name, t)


def _makes(name: Chunk) -> frozenset[str]:
    """Return the roles of a name that are not those of a company."""
    return name.held_roles - COMPANIES


def _is_sure(chunks: Sequence[Chunk], t: int) -> bool:
    if not chunks[t].choices:
        return False
    best = chunks[t].choices[0]
    misspelt = best.match == "spelling" and " " not in chunks[t].text
    return best.score >= _SURE and best.match != "prefix" and not misspelt and not best.roles


def _is_compared(chunks: Sequence[Chunk], t: int) -> bool:
    before = [a.text for a in chunks[max(0, t - 3) : t] if a.sentence == chunks[t].sentence]
    return before[-1:] != ["since"] and any(text in _COMPARES for text in before)


def _is_exclaimed(chunks: Sequence[Chunk], t: int) -> bool:
    """Tell whether a title is one word and a whole sentence: 'Assassins! Sarcasm! Tiny dragons!'."""
    alone = not any(
        a.sentence == chunks[t].sentence and a.kind != "mark" and a is not chunks[t] for a in chunks
    )
    return alone and " " not in chunks[t].text


def _may_have_made(name: Chunk, roles: Roles) -> bool:
    if not name.choices or (name.choices[0].match == "surname" and name.text.islower()):
        return False
    makes = name.held_roles - {"genre", "country", "language"}
    return bool(makes & set(roles) if name.has_role(roles) else makes)


def _is_linked(chunks: Sequence[Chunk], i: int, t: int) -> bool:
    """Tell whether one statement links them, or whether more of the name is wanted after the title."""
    same = {j for j, a in enumerate(chunks) if a.kind == "entity" and _shares(a, chunks[i])}
    if any(_one_statement(chunks, min(j, t), max(j, t)) for j in same):
        return True
    around = any(j < t for j in same) and any(chunks[j].sentence > chunks[t].sentence for j in same)
    later = [j for j, a in enumerate(chunks) if a.kind == "word" and a.text in ("him", "her", "his", "hers")]
    return around or any(_is_more_of(chunks, j, t) for j in (*same, *(later if min(same) < t else ())))


def _shares(one: Chunk, other: Chunk) -> bool:
    return bool({c.id for c in one.choices} & {c.id for c in other.choices}) or one.text == other.text


def _one_statement(chunks: Sequence[Chunk], left: int, right: int) -> bool:
    """'Hemingway never bettered T', 'T convinced me that N is …'; 'by N' tells nothing."""
    between = chunks[left + 1 : right]
    if not between or chunks[left].sentence != chunks[right].sentence:
        return False
    name = left if chunks[left].kind == "entity" else right
    if name == right and chunks[name - 1].text in _BY:
        return False
    plain = all(a.kind == "word" or (a.kind == "mark" and a.text in ",(:") or _is_agent(a) for a in between)
    said = {a.text for a in between}
    if name == left and _is_since(between):
        return True
    if len(between) > _MAX_BETWEEN:
        return False
    if name == left and said <= _SINCE:
        return not {a.text for a in chunks[max(0, left - 4) : left]} & (_WANTS | _MORE)
    does = name == right and {"also", "did", "does", "wrote", "made"} & said
    return plain and said != {","} and not does and not said & (_WANTS | _TURNS | {"and"})


def _is_agent(chunk: Chunk) -> bool:
    return chunk.kind == "trigger" and chunk.entries[0].kind == "agent"


def _is_since(between: Sequence[Chunk]) -> bool:
    """'N has been my favourite editor ever since the days of T', 'see N in anything after T'."""
    said = [a.text for a in between]
    opens = next((k for k, text in enumerate(said) if text in ("since", "after")), None)
    if opens is None:
        return False
    led = said[opens] == "since" or said[opens - 1 : opens] == ["anything"]
    return led and all(text in _TO_TITLE for text in said[opens + 1 :])


def _is_more_of(chunks: Sequence[Chunk], j: int, t: int) -> bool:
    """'T was great, more N please', "T … what else of N's", 'other N books'."""
    if j < t:
        return False
    near = [a.text for a in chunks[max(t + 1, j - 5) : j + 4] if a.sentence == chunks[j].sentence]
    return bool(set(near) & _MORE) and not {a.text for a in chunks[t + 1 : j]} & _TURNS


def _is_pointed_at(chunks: Sequence[Chunk], t: int) -> bool:
    """'T was him at his sweatiest', 'T (his best)', 'the one he did, T', 'T, which is one of them'."""
    after = [a for a in chunks[t + 1 : t + 9] if a.sentence == chunks[t].sentence]
    before = [a for a in chunks[max(0, t - 4) : t] if a.sentence == chunks[t].sentence]
    texts = [a.text for a in after]
    last = [a.text for a in before][-1:]
    if last == ["since"] or (last == ["from"] and texts[:1] in (["onward"], ["onwards"], ["on"])):
        return True
    worked = [a.text for a in before][-2:] in (["work", "on"], ["work", "in"], ["work", "for"])
    if worked and {"their", "his", "her"} & {a.text for a in before}:
        return True
    belongs = {"belongs", "part", "member", "volume"} & set(texts) and {"it", "them"} & set(texts)
    if last == ["their"] or belongs:
        return True
    of_them = any(texts[k : k + 3] == ["one", "of", "them"] for k in range(len(texts)))
    said = _until_other(after) & PRONOUNS
    did = [a.text for a in before[:-1]]
    return of_them or bool(said) or (bool(set(did) & PRONOUNS) and "did" in did)


def _until_other(after: Sequence[Chunk]) -> set[str]:
    """Return the words that follow a title up to another name, a wish, or somebody else."""
    said: set[str] = set()
    for chunk in after:
        if chunk.kind not in ("word", "mark") or chunk.text in _WANTS | _TURNS | ANONYMOUS | {"and"}:
            break
        said.add(chunk.text)
    return said
