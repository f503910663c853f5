"""Names that somebody has had enough of: 'I have read all of X', 'my fill of X', 'X is overrated'."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agent.builtin.lexicon.load import groups, tables, words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.phrases import Phrases, places_said, said_after, said_before

_PARTING = Phrases(tables("surfeit")["parting"])
_BELITTLING = Phrases(tables("surfeit")["belittling"])
_BEING = Phrases(tables("surfeit")["before a degree"])
_DEGREES = Phrases(tables("surfeit")["degrees"])
_FOR_ME = Phrases(tables("surfeit")["for me"])
_PRAISE = frozenset(groups("opinions", "verdict")["like"])
_DRAINING = Phrases(tables("surfeit")["draining"])
_TOTAL = words("surfeit", "total")
_DONE = words("surfeit", "done")
_BETWEEN = words("surfeit", "between")
_LINKING = words("surfeit", "linking")
_POINTING = words("surfeit", "pointing")
_THEIRS = frozenset("he she they hes shes theyve man woman guy".split())
_EVER = frozenset("has have had s ve ever".split())
_MADE = frozenset("made did done directed written wrote".split())
_READ = words("surfeit", "read")
_HABITS = frozenset(("reads", "watches", "owns"))  # 'he only WATCHES westerns'
_NOT_READ = words("surfeit", "not read")
_WANTED_MORE = (("want", "more"), ("need", "more"))
_WANTED_LIKE = tuple(("like", word) for word in words("surfeit", "alike"))
_AHEAD = frozenset(("to", "will", "ill", "can", "could", "should"))  # 'I want TO read all of them'
_THROUGH = frozenset("done covered exhausted finished".split())
_HAVING = frozenset("ive weve have has hes shes".split())
_AUXILIARIES = frozenset(("has", "have", "had"))
_PLENTY = 3  # chunks before 'enough' in which it is said whether there is
_REACH = 5  # chunks
_BEFORE = 8  # chunks before 'all of' in which it is said what was done: 'read all of X and most of Y'


def is_surfeit(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether somebody has had enough of the name at `i`."""
    return _is_exhausted(chunks, i) or _is_belittled(chunks, i)


def drains(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether the pronoun at `j` stands for what somebody has had enough of: 'seen ALL OF HERS'."""
    if chunks[j].text not in _POINTING:
        return False
    return _is_exhausted(chunks, j) or bool(said_after(chunks, j + 1, _DRAINING)) or _is_parted(chunks, j)


def has_all_of(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether the verb at `j` ends that all was seen: 'seen everything the man has MADE'."""
    if chunks[j].kind != "trigger" and chunks[j].text not in _MADE:
        return False
    start = next((k for k in range(j - 1, max(0, j - 6), -1) if chunks[k].text in ("all", "everything")), 0)
    between = [chunk.text for chunk in chunks[start + 1 : j]]
    done = {chunk.text for chunk in chunks[max(0, start - 3) : start]}
    theirs = bool(set(between) & _THEIRS) and all(word in _THEIRS | _BETWEEN | _EVER for word in between)
    return bool(start and done & _DONE) and theirs and not done & {"you", "not", "havent", "never"}


def series_among_titles(chunks: Sequence[Chunk]) -> set[int]:
    """Return the series named in a list of titles, which are as known as these: 'Heat, JAMES BOND, Alien'."""
    return {
        i
        for i, chunk in enumerate(chunks[2:-2], 2)
        if chunk.kind == "entity"
        and chunk.held_roles == {"series"}
        and chunks[i - 1].text == "," == chunks[i + 1].text.replace("and", ",")
        and chunks[i - 2].kind == "title" == chunks[i + 2].kind
    }


def is_seen_whole(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether all that a person made is told to be seen: 'X is great, I've seen everything he made'."""
    if chunks[i].kind != "entity":
        return False
    last = next((j for j in range(len(chunks) - 1, i, -1) if has_all_of(chunks, j)), None)
    return last is not None and all(chunk.kind != "entity" for chunk in chunks[i + 1 : last])


def _is_exhausted(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether all of a name was seen or read: 'I've read every X', 'had my fill of X'."""
    if _is_parted(chunks, i) or _is_all_known(chunks, i):
        return True
    if _is_listed(chunks, i) and chunks[i].kind == chunks[i - 2].kind and chunks[i - 1].text == "and":
        return _is_exhausted(chunks, i - 2)  # 'been through all of X and Y'
    if chunks[i].kind == "entity" and _is_through(chunks, i):
        return True
    for j in range(i - 1, max(-1, i - _REACH - 1), -1):
        if chunks[j].text in _TOTAL and chunks[j].kind == "word":
            here = chunks[i].sentence
            done = [
                chunks[k].text
                for k in range(max(0, j - _BEFORE), j)
                if chunks[k].kind == "word" and chunks[k].sentence == here and not _is_ahead(chunks, k)
                if not (chunks[k].text in _AUXILIARIES and k + 1 < j)  # 'X HAS WRITTEN, all of them'
            ]
            done += _done_before(chunks, j)
            rest = {word for chunk in chunks[i + 1 :] for word in chunk.text.casefold().split()}
            if _DONE & set(done) <= _READ and rest & _NOT_READ:
                return False  # 'we read all of X, now the films'
            return bool(_DONE & set(done)) and not {"you", "not", "havent", "never"} & set(done)
        if chunks[j].kind != "word" or not (chunks[j].text in _BETWEEN or chunks[j].text.isdecimal()):
            return False
    return False


def _is_through(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether somebody has got through whoever is named: "I'VE DONE X", 'we have ALREADY COVERED X'."""
    said = [
        a.text for a in chunks[max(0, i - 4) : i] if a.text not in ("already", "all", "the", "most", "of")
    ]
    return said[-1:] != [] and said[-1] in _THROUGH and said[-2:-1] != [] and said[-2] in _HAVING


def _done_before(chunks: Sequence[Chunk], j: int) -> list[str]:
    """Return what the sentence before a list says was done: "I've SEEN it all. Seven, Zodiac, all of X"."""
    here = [chunk for chunk in chunks[:j] if chunk.sentence == chunks[j].sentence]
    if not here or any(chunk.kind == "word" and chunk.text != "and" for chunk in here):
        return []
    return [chunk.text for chunk in chunks if chunk.sentence == chunks[j].sentence - 1]


def _is_all_known(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether nothing but what is theirs was seen: 'I've ONLY EVER SEEN the Daniel Craig ones'."""
    start = i - 1 - (i > 0 and chunks[i - 1].text == "the")
    said = [
        chunk.text for chunk in chunks[max(0, start - 3) : start + 1] if chunk.text not in ("ever", "the")
    ]
    return said[-1:] != [] and said[-1] in _DONE - _HABITS and "only" in said[-2:-1]


def _is_ahead(chunks: Sequence[Chunk], i: int) -> bool:
    return i > 0 and chunks[i - 1].text in _AHEAD


def _is_parted(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether somebody is done with a name: 'worn out his X', 'through with X'.

    Not who has come to the end of a title and wants its like: 'I'm done with X and want something like that'.
    """
    if chunks[i].kind == "title" and _is_example(chunks, i):
        return False
    start = i
    while start and (chunks[start - 1].text in _BETWEEN or _is_listed(chunks, start)):
        start -= 1 + _is_listed(chunks, start)
    return any(said_before(chunks, end, _PARTING) for end in range(start, i + 1))


def _is_example(chunks: Sequence[Chunk], i: int) -> bool:
    after = [chunk.text for chunk in chunks[i + 1 :]]
    said = set(pairwise(after))
    return "similar" in after or any(pair in said for pair in _WANTED_LIKE + _WANTED_MORE)


def _is_listed(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether another name is joined before a place: 'worn out X AND Y'."""
    return i > 1 and chunks[i - 1].text in ("and", ",") and chunks[i - 2].kind in ("entity", "title")


def _is_belittled(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a name is run down: 'X is overrated', 'X bores me', 'X films leave me cold'."""
    j = i + 1
    while j < len(chunks) and j - i < _REACH and (chunks[j].kind == "word" or chunks[j].text == ","):
        if said_after(chunks, j, _BELITTLING) or _too_much(chunks, j):
            return True
        if chunks[j].text not in _LINKING and chunks[j].text != ",":
            return False
        j += 1
    return False


def belittling(chunks: Sequence[Chunk]) -> set[int]:
    """Return the places of the words that run something down: 'westerns ARE BANNED here'."""
    said = [*places_said(chunks, _BELITTLING)]
    named = (i + 1 for i, chunk in enumerate(chunks) if chunk.kind in ("entity", "category", "title"))
    said += [(i, length) for i in named if (length := _too_much(chunks, i))]
    return {place for i, length in said for place in range(i, i + length)}


def _too_much(chunks: Sequence[Chunk], i: int) -> int:
    """Return the length of what says that a name is not for whoever speaks: 'IS A BIT GLOOMY FOR ME'."""
    degree = said_after(chunks, i + 1, _DEGREES) if said_after(chunks, i, _BEING) else 0
    end = i + 1 + degree + 1
    if not degree or end > len(chunks) or chunks[end - 1].text in _PRAISE:
        return 0
    taste = said_after(chunks, end, _FOR_ME)
    too = chunks[end - 2].text == "too" and (end == len(chunks) or chunks[end].kind == "mark")
    return end + taste - i if taste or too else 0


def is_plenty(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether there is enough of something already: 'I DO ENOUGH X at work', not 'never get enough'."""
    if j == 0 or chunks[j - 1].kind == "mark":
        return True
    before = [a.text for a in chunks[max(0, j - _PLENTY) : j]]
    never = words("negation", "denying") | words("surfeit", "never enough")
    return before[-1] in words("surfeit", "before enough") and never.isdisjoint(before)
