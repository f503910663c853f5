"""Several requests in one message: 'a western, and also a novel by Agatha Christie'.

A message is parted where a second noun phrase with a head of its own is joined to a first, and each has
conditions. What is only a list of kinds or names ('a thriller and a comedy') is one request.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from agent.builtin.interpret.counted_parts import counted, is_one_each
from agent.builtin.interpret.interpret import interpret
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.interpret.two_times import of_each_time
from agent.builtin.interpret.wishers import kinds_for_times, time_before, wish_before
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.dates import dates
from agent.builtin.parse.logic import limit
from agent.builtin.parse.phrases import Phrases, places_said
from agent.builtin.parse.vocabulary import Vocabulary

_DETERMINERS = words("parts", "determiners")
_PRONOUNS = words("parts", "pronouns")
_JOINTS = words("parts", "joints")
_JOINING = words("parts", "joining")
_PARALLEL = words("parts", "parallel")
_CONDITIONS = words("parts", "conditions")
_EXPERIENCE = words("parts", "experience")
_HEADS = ITEM_NOUNS | {"one"}
_NOUNS = _HEADS | _PRONOUNS
_WISHED = frozenset("want wants need needs prefer prefers fancy fancies".split())
_BEING = frozenset("is are was were be being s its that both".split())
_SOME = frozenset(("some", "any"))
_ONE = frozenset(("a", "an", "another"))
_WHOM = frozenset("him her me us them you myself".split())
_MARKS = frozenset(",.;:-")
_STOPS = _CONDITIONS | words("parts", "stops")
_ENDS_NOUN = _CONDITIONS | words("parts", "after nouns")
_WHEN = words("parts", "when it is wanted")
_ASIDE = 6  # chunks that may say so
_REACH = 5  # chunks from a determiner to its noun
_DOES_BOTH = Phrases(tables("lists")["does both"])
_LONG = 60  # chunks; a longer message tells a story


def interpret_all(
    text: str, chunks: list[Chunk], vocabulary: Vocabulary, whole: ParsedRequest | None = None
) -> tuple[ParsedRequest, ...]:
    """Interpret every request of a message, in its order: nearly always one, the `whole` message."""
    whole = whole or interpret(text, chunks, vocabulary)
    if (runs := of_each_time(chunks)) and not _is_one_statement(whole):
        return tuple(replace(interpret(text, run, vocabulary), limit=1) for run in runs)
    counts = [] if vocabulary.measures.own or _is_one_statement(whole) else counted(chunks)
    ranges = [range(i, j) for i, j in pairwise((0, *(i for i, _ in counts[1:]), len(chunks)))]
    each = [_part(text, chunks, part, vocabulary) for part in ranges if counts]
    if counts and all(_asks(request) or request.years != (None, None) for request in each):
        numbered = zip(_inherited(chunks, ranges, each), counts, strict=True)
        return tuple(replace(part, mentioned=whole.mentioned, limit=n) for part, (_, n) in numbered)
    ranges = parts(chunks)
    if len(ranges) < 2 or _is_one_statement(whole):
        return (whole,)
    each = [_part(text, chunks, part, vocabulary) for part in ranges]
    if not all(_asks(request) for request in each):
        return (whole,)
    found = [replace(part, mentioned=whole.mentioned) for part in _inherited(chunks, ranges, each)]
    return tuple(replace(part, limit=1) for part in found) if is_one_each(text) else tuple(found)


def parts(chunks: Sequence[Chunk]) -> list[range]:
    """Return the parts of a message that ask for different things, as ranges of chunks; often only one."""
    if _is_said_of_both(chunks) or places_said(chunks, _DOES_BOTH):
        return [range(len(chunks))]
    if len(each := _kinds_for_each(chunks) or kinds_for_times(chunks)) > 1:
        return [range(start, end) for start, end in pairwise((0, *each[1:], len(chunks)))]
    starts = [0]
    for i in range(1, len(chunks)):
        head = _head(chunks, i)
        if head is None and not _is_wished(chunks, i):
            continue
        wish = max(wish_before(chunks, i), time_before(chunks, i))
        if wish > starts[-1] and _is_of_another(chunks, starts[-1], wish, i):
            starts.append(wish)
        elif len(chunks) <= _LONG and head is not None and _opens_part(chunks, starts[-1], i, head):
            starts.append(i)
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(chunks)], strict=True)]


def _kinds_for_each(chunks: Sequence[Chunk]) -> list[int]:
    """Return the places of kinds that are each for somebody else: 'SCI-FI for him, a CAPRA film for her'."""
    named = [
        i for i, chunk in enumerate(chunks[:-2]) if chunk.kind in ("category", "entity") and chunk.choices
    ]
    kinds = [i for i in named if chunks[i + 1].kind != "category"]
    wanted = {i: _somebody_after(chunks, i + 1) for i in kinds}
    whom = [each for each in wanted.values() if each]
    return kinds if len(set(whom)) == len(kinds) else []


def _somebody_after(chunks: Sequence[Chunk], i: int) -> str:
    """Return for whom it is, if words at a place say so: 'for HIM', 'for my WIFE'."""
    i += chunks[i].text in ITEM_NOUNS
    if i + 1 >= len(chunks) or chunks[i].text != "for":
        return ""
    said = chunks[i + 1].text
    owned = said in words("parts", "owners") and i + 2 < len(chunks)
    named = chunks[i + 2].text if owned else said
    return named if named in _WHOM or named in words("occasion", "company") else ""


def _is_said_of_both(chunks: Sequence[Chunk]) -> bool:
    """Tell whether what ends a message is said of all that it asks for: '…, BOTH under 100 minutes'."""
    places = [i for i, chunk in enumerate(chunks) if chunk.text == "both"]
    return any(i > 0 and chunks[i - 1].text == "," for i in places)


def _opens_part(chunks: Sequence[Chunk], start: int, i: int, head: int) -> bool:
    """Tell whether the phrase from `i`, with its noun at `head`, is asked for beside one after `start`."""
    joint = _joint_before(chunks, i)
    if joint == i or joint <= start:
        return False
    first = next((j for j in range(start, joint) if _head(chunks, j, bare=j == start) is not None), None)
    if first is None or any(a.text in _EXPERIENCE for a in chunks[start:first]):
        return False
    if chunks[joint - 1].text in _BEING:
        return False  # "a comedy that is also a western"
    joining = any(a.text in _JOINING for a in chunks[joint:i]) or _or_another(chunks, first, joint, i)
    parallel = chunks[i].text == chunks[first].text and chunks[i].text in _PARALLEL
    if not (joining or parallel):
        return False
    left, right = chunks[first:joint], chunks[i:]
    return _has_condition(left) and _has_condition(right) and not _is_list(chunks, first, joint, head)


def _is_of_another(chunks: Sequence[Chunk], start: int, wish: int, i: int) -> bool:
    """Tell whether the noun phrase at `i` is wished for by or for somebody else than one before it.

    '… a comedy from the 60s. Also, MY SON NEEDS a science fiction book'.
    """
    said = (
        j
        for j in range(start, wish)
        if _head(chunks, j, bare=j == start) is not None or _is_wished(chunks, j)
    )
    first = next(said, None)
    if first is None or not _has_condition(chunks[i:]):
        return False
    here = [chunk.text for chunk in chunks[:first] if chunk.sentence == chunks[first].sentence]
    return _EXPERIENCE.isdisjoint(here) and _has_condition(chunks[first:wish])


def _is_wished(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a bare kind is wished for: 'the kids want ANIMATION'."""
    return chunks[i].kind == "category" and i > 0 and chunks[i - 1].text in _WISHED


def _or_another(chunks: Sequence[Chunk], first: int, joint: int, i: int) -> bool:
    """Tell whether 'or' joins a phrase to one that names somebody: 'films by X, OR other ones with Y'."""
    led = any(a.text == "or" for a in chunks[joint:i])
    return led and all(any(a.kind == "entity" for a in side) for side in (chunks[first:joint], chunks[i:]))


def _joint_before(chunks: Sequence[Chunk], i: int) -> int:
    """Return where the words and marks that join `i` to what stands before begin; `i` if none do."""
    j = i
    while j and _is_joint(chunks[j - 1]):
        j -= 1
    aside = _aside_before(chunks, j)
    return _joint_before(chunks, aside) if aside else j


def _aside_before(chunks: Sequence[Chunk], end: int) -> int:
    """Return where words begin that say when or for whom the rest is wanted; 0 if none end here.

    '… and, ONCE THEY ARE ASLEEP, a thriller'.
    """
    for start in range(end - 1, max(0, end - 1 - _ASIDE), -1):
        if chunks[start].kind != "word" or chunks[start].text in _HEADS:
            return 0
        if chunks[start].text in _WHEN:
            before = [chunk.text for chunk in chunks[max(0, start - 2) : start] if chunk.kind != "mark"]
            return start if before[-1:] != [] and before[-1] in _JOINING else 0
    return 0


def _is_joint(chunk: Chunk) -> bool:
    return chunk.text in (_MARKS if chunk.kind == "mark" else _JOINTS)


def _head(chunks: Sequence[Chunk], i: int, *, bare: bool = False) -> int | None:
    """Return the noun of a phrase for items that begins at `i`: 'a really good WESTERN by', 'SOMETHING by'.

    Without a determiner a plural may begin it: 'BOOKS by', and where it is `bare` anything.
    """
    if chunks[i].kind == "word" and chunks[i].text in _DETERMINERS:
        if i + 1 < len(chunks) and chunks[i + 1].text in _CONDITIONS:
            return i  # "two by N"
        if chunks[i].text in _SOME and i + 1 < len(chunks) and chunks[i + 1].kind == "entity":
            return i + 1  # "some Hitchcock"
        if chunks[i].text in _ONE and _is_work_of(chunks, i + 1):
            return i + 1  # "a Hitchcock"
        return _noun(chunks, i + (chunks[i].text not in _PRONOUNS or _noun(chunks, i + 1) is not None))
    noun = _noun(chunks, i, 2)
    if noun is None or not (bare or _is_plural(chunks[noun])):
        return None
    led = noun + 1 < len(chunks) and chunks[noun + 1].text in _CONDITIONS
    told = any(chunk.kind in ("entity", "category") and chunk.choices for chunk in chunks[i:noun])
    return noun if led or told else None  # 'books BY', 'GERMAN thrillers'


def _is_work_of(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a surname alone stands for something of theirs."""
    named = i < len(chunks) and chunks[i].kind == "entity" and bool(chunks[i].choices)
    return named and chunks[i].choices[0].match == "surname" and _noun(chunks, i + 1) is None


def _noun(chunks: Sequence[Chunk], i: int, reach: int = _REACH) -> int | None:
    """Return the head of the noun phrase whose adjectives begin at `i`, at most so many chunks from there."""
    for j in range(i, min(i + reach, len(chunks))):
        chunk = chunks[j]
        if chunk.kind == "category":
            after = chunks[j + 1] if j + 1 < len(chunks) else None
            if after is None or after.kind != "word" or after.text in _ENDS_NOUN:
                return j
        elif chunk.kind == "word" and chunk.text in _NOUNS:
            return j
        elif chunk.kind == "mark" or chunk.text in _STOPS:
            return None
    return None


def _is_plural(chunk: Chunk) -> bool:
    return chunk.text.casefold().endswith("s")


def _has_condition(run: Sequence[Chunk]) -> bool:
    return any(a.kind in ("category", "entity") and a.choices for a in run)


def _is_list(chunks: Sequence[Chunk], first: int, joint: int, head: int) -> bool:
    """Tell whether both phrases only name a kind, and nothing of their own: 'a thriller and a comedy'."""
    left = chunks[first:joint]
    rest = [a for a in chunks[head + 1 :] if a.kind != "mark" and a.text not in ("please", "thanks")]
    plain = left[-1].kind == "category" and not any(a.kind == "entity" for a in left)
    kinds = (sum(a.kind == "category" for a in side) for side in (left, chunks[joint : head + 1]))
    single = all(number == 1 for number in kinds)  # not 'a ROMANTIC COMEDY and a western'
    timed = _is_of_time(chunks[joint:head])  # 'an old western plus a NEW thriller'
    return plain and single and not (rest or timed) and chunks[head].kind == "category"


def _is_of_time(run: Sequence[Chunk]) -> bool:
    """Tell whether a noun phrase says when what it asks for is from."""
    return any(chunk.text in words("parts", "times of one") for chunk in run) or any(dates(run))


def _is_one_statement(whole: ParsedRequest) -> bool:
    """Tell whether the message says things of titles, which its parts would lose."""
    return bool(whole.references or _asserts(whole) or whole.open_roles)


def _asserts(request: ParsedRequest) -> bool:
    """Tell whether something is claimed that decides what is wanted; not what is only taken for granted."""
    return any(claim.asked or claim.of_item for claim in request.claims)


def _part(text: str, chunks: list[Chunk], part: range, vocabulary: Vocabulary) -> ParsedRequest:
    stop = part.stop
    while stop - 1 > part.start and _is_joint(chunks[stop - 1]):
        stop -= 1
    run = chunks[part.start : stop]
    said = text[run[0].start : run[-1].end]
    first = next((j for j in range(len(run)) if _head(run, j, bare=j == 0) is not None), 0)
    return replace(interpret(said, run, vocabulary, run[0].start), limit=limit(run[first:]))


def _asks(request: ParsedRequest) -> bool:
    stated = request.wanted or request.categories or request.any_of
    return bool(stated) and not (request.references or _asserts(request) or request.open_roles)


def _inherited(
    chunks: Sequence[Chunk], ranges: Sequence[range], each: Sequence[ParsedRequest]
) -> list[ParsedRequest]:
    """Let 'one' of a later part stand for the noun of the part before: 'a film by X, then one by Y'."""
    out: list[ParsedRequest] = []
    for part, request in zip(ranges, each, strict=True):
        pronoun = any(a.text in ("one", "ones") for a in chunks[part.start : part.start + _REACH])
        domain = out[-1].domain if out and pronoun else None
        out.append(replace(request, domain=request.domain or domain))
    return out
