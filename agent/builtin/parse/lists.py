"""Lists of names and kinds: which are alternatives ('westerns and musicals'), which are wanted of one item.

Several likes are alternatives; what describes one thing is all of it: 'a romantic comedy', 'both a comedy and
a western', 'films with X and Y'.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.phrases import Phrases, places_said, said_after

_JOINTS = words("lists", "joints")
_LIKING = words("lists", "liking")
_LIKED_AFTER = Phrases(tables("lists")["liked after"])
_EITHER = Phrases(tables("lists")["either"])
_OF_EACH = Phrases(tables("lists")["of each"])
_BOTH = words("lists", "both")
_BOTH_AFTER = Phrases(tables("lists")["both after"])
_SINGULAR = words("lists", "singular")
_ARTICLES = words("lists", "articles")
_NEXT_SENTENCE = ([".", "and"], [".", "also"], [".", "or"], ["!", "and"])
_HABITS = frozenset("watch read reading watching go".split())
_HABITUALLY = frozenset("i we usually mostly mainly always normally generally only often".split())
_JOIN = frozenset(("and", "or", ",", "/", "nor", "&"))
_PERSONS = frozenset("i ive im we weve were she he they id my our who you".split())
_IDLE = frozenset("now , more some maybe perhaps something of by with".split())
_SMALL = frozenset(word for section in tables("function").values() for word in section)
_ADJECTIVES = 2  # words that say of what sort a kind is
_MAX_GAP = 5  # chunks between two members of a list
_NEAR = 6
_HAVING = frozenset("with has have having featuring starring".split())
_WISHED = frozenset("want need recommend suggest give get find show me us please wanted for".split())


def is_joined_kind(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a category stands in a list of categories: 'fantasy / sci-fi / mystery'."""
    left = i > 1 and chunks[i - 1].text in _JOIN and chunks[i - 2].kind == "category"
    right = i + 2 < len(chunks) and chunks[i + 1].text in _JOIN and chunks[i + 2].kind == "category"
    return left or right or any(_are_as_well(chunks, j) for j in (i, i - 4))


def _are_as_well(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether the categories at `j` and behind are joined: 'fantasy AS WELL AS science fiction'."""
    said = [chunk.text for chunk in chunks[j + 1 : j + 4]] if j >= 0 else []
    ends = said == ["as", "well", "as"] and j + 4 < len(chunks)
    return ends and chunks[j].kind == chunks[j + 4].kind == "category"


def alternatives(chunks: Sequence[Chunk], names: Sequence[int], categories: Sequence[int]) -> tuple[int, ...]:
    """Return the names or categories of which one is enough: 'by X or Y', 'westerns and musicals'."""
    for places in (sorted(set(names)), sorted(set(categories))):
        for run in (part for whole in _runs(chunks, places) for part in _around_or(chunks, whole)):
            if len(run) > 1 and _is_either(chunks, run):
                return run
    places = sorted(set(categories))
    return tuple(places) if len(places) > 1 and places_said(chunks, _EITHER) else ()


def _runs(chunks: Sequence[Chunk], places: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield runs of places between which only joints stand."""
    run: list[int] = []
    for left, right in pairwise([*places, len(chunks)]):
        run.append(left)
        if not (right < len(chunks) and _are_joined(chunks, left, right)):
            yield tuple(run)
            run = []


def _around_or(chunks: Sequence[Chunk], run: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield the parts of a run with an 'or': 'a shrub with | blue OR purple', 'steel, | black OR red'."""
    said = [{chunk.text for chunk in chunks[left:right]} for left, right in pairwise(run)]
    parts = [[run[0]]]
    for between, (left, right) in zip(said, pairwise(run), strict=True):
        led = "with" in between and not between & {"or", "and", ",", "/"}
        other = "or" not in between and chunks[left].differs_from(chunks[right])
        if any("or" in each for each in said) and (led or other):
            parts.append([])
        parts[-1].append(right)
    yield from map(tuple, parts)


def _are_joined(chunks: Sequence[Chunk], left: int, right: int) -> bool:
    between = _past_liking(_between(chunks, left, right))
    if [chunk.text for chunk in between[:2]] in _NEXT_SENTENCE:
        between = between[1:]  # "I adore musicals. AND westerns."
    said = [chunk.text for chunk in between if chunk.text not in _IDLE]
    if said == ["or", "at", "least"]:
        return True
    if _is_described(chunks, left, right, said):
        return True
    return 0 < len(between) < _MAX_GAP and all(
        chunk.text in _JOINTS or chunk.text == "some" or chunk.kind == "trigger"
        for chunk in between  # "directed by X or shot by Y"
    )


def _is_described(chunks: Sequence[Chunk], left: int, right: int, said: Sequence[str]) -> bool:
    """Tell whether the second of two kinds is said to be of some sort: 'action or SLACKER comedies'."""
    kinds = chunks[left].kind == chunks[right].kind == "category"
    plain = [word for word in said[1:] if word.isalpha() and word not in _SMALL]
    return kinds and said[:1] == ["or"] and 0 < len(plain) == len(said) - 1 <= _ADJECTIVES


def _past_liking(between: Sequence[Chunk]) -> Sequence[Chunk]:
    """Leave out that the next member is liked too: 'I like X and I (also) LIKE Y'."""
    said = [chunk.text for chunk in between]
    if len(said) > 2 and said[-1] in _LIKING and said[-1] != "not" and not _PERSONS.isdisjoint(said):
        return [chunk for chunk in between[:-1] if chunk.text not in _PERSONS | {"also"}]
    return between


def _between(chunks: Sequence[Chunk], left: int, right: int) -> Sequence[Chunk]:
    """Return the chunks between two members, past the noun of the first: 'funny FILMS and westerns'."""
    start = left + 1
    noun = start < right and chunks[left].kind == "category" and chunks[start].text in ITEM_NOUNS
    return chunks[start + noun : right]


def _is_either(chunks: Sequence[Chunk], run: tuple[int, ...]) -> bool:
    """Tell whether any member of a list will do."""
    if all(i and chunks[i - 1].text == "some" for i in run):
        return True  # "some Garbo and some Dietrich"
    behind = [chunk.text for chunk in chunks[run[-1] + 1 : run[-1] + 3]]
    if chunks[run[0]].kind == "category" and behind == ["are", "what"]:
        return True  # 'action and comedy ARE what they ask about'
    rest = range(run[-1] + 1, min(run[-1] + 1 + 2 * _NEAR, len(chunks)))
    if any(asks_for_both(chunks, j) for j in rest):
        return False
    if any(chunk.text == "or" for left, right in pairwise(run) for chunk in chunks[left:right]):
        return True
    opened = [chunk.text for chunk in chunks[max(0, run[0] - 5) : run[0]]]
    if "least" in opened and "of" in opened:
        return True
    triggered = any(chunk.kind == "trigger" for left, right in pairwise(run) for chunk in chunks[left:right])
    rest = range(run[-1] + 1, min(run[-1] + 1 + _NEAR, len(chunks)))
    if chunks[run[0]].kind == "entity" and any(said_after(chunks, j, _OF_EACH) for j in rest):
        return True
    if triggered or _are_both(chunks, run):
        return False
    if _are_liked(chunks, run) or (run[0] and chunks[run[0] - 1].text == "between"):
        return True
    return chunks[run[0]].kind == "category" and _are_several(chunks, run)


def asks_for_both(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether all that was named is wanted at once after all: 'X or Y. Is there anything WITH BOTH?'."""
    ends = j + 2 >= len(chunks) or chunks[j + 2].kind == "mark" or chunks[j + 2].text in ("of", "in")
    return ends and chunks[j].text in _HAVING and [a.text for a in chunks[j + 1 : j + 2]] == ["both"]


def _are_both(chunks: Sequence[Chunk], run: tuple[int, ...]) -> bool:
    """Tell whether one item is to be all of it: 'a mix of horror and comedy', 'X and Y together'."""
    before = chunks[max(0, run[0] - 4) : run[0]]
    if before and before[-1].text in _LIKING:
        before = ()  # "we both like X and Y"
    apart = chunks[run[0]].kind == "category" and all(has_article(chunks, i) for i in run)
    wished = {a.text for a in (*before, *chunks[run[-1] + 1 : run[-1] + 2])} & _WISHED
    if apart and wished and any(a.text == "both" for a in before[-2:-1]):
        before = ()  # "both a documentary and a cartoon please"; not "a film that is both a X and a Y"
    rest = range(run[-1] + 1, min(run[-1] + 1 + 2 * _NEAR, len(chunks)))
    return any(a.text in _BOTH for a in before) or any(said_after(chunks, j, _BOTH_AFTER) for j in rest)


def _are_liked(chunks: Sequence[Chunk], run: tuple[int, ...]) -> bool:
    """Tell whether somebody likes all of a list: 'I like X and Y', 'X and Y are my favourites'."""
    after = run[-1] + 1 + (run[-1] + 1 < len(chunks) and chunks[run[-1] + 1].text in ITEM_NOUNS)
    comma = after < len(chunks) and chunks[after].text in (",", "-", "…")
    if said_after(chunks, after + comma, _LIKED_AFTER):
        return True
    for j in range(run[0] - 1, max(-1, run[0] - _NEAR), -1):
        noun = chunks[j].text in ITEM_NOUNS and chunks[run[0]].kind == "entity"
        if (chunks[j].kind not in ("word", "trigger") and chunks[j].text != ":") or noun:
            return False
        if chunks[j].text in _LIKING:
            return _is_liking(chunks, j)
    return False


def _is_liking(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether a word of liking has a subject and is no wish: not 'films like', "I'd like"."""
    before = [chunk.text for chunk in chunks[max(0, j - 3) : j]]
    if chunks[j].text in _HABITS:
        return bool(before) and before[-1] in _HABITUALLY
    wish = bool(before) and before[-1] in ("id", "would", "wed", "ll")
    return not wish and (chunks[j].text != "like" or j == 0 or not _PERSONS.isdisjoint(before))


def _are_several(chunks: Sequence[Chunk], run: tuple[int, ...]) -> bool:
    """Tell whether each member of a list is a noun phrase: 'westerns and musicals', 'a X and a Y'."""
    if all(_is_plural(chunks, i) for i in run) or all(has_article(chunks, i) for i in run):
        return True
    joined = all(
        {a.text for a in chunks[left + 1 : right]} - {",", "a", "an"} for left, right in pairwise(run)
    )
    if joined and all(_is_plural(chunks, i) or has_article(chunks, i) for i in run):
        return True  # "documentaries, sometimes a romance"
    ends = (i for i in (run[0], run[-1])[not joined :] if _is_plural(chunks, i))
    if any(_head(chunks, i) not in ITEM_NOUNS for i in ends):
        return True  # "crime and thrillers", "westerns and animation"
    slashed = any(chunk.text == "/" for chunk in chunks[run[0] : run[-1]])
    return len(run) > 2 - slashed and not has_article(chunks, run[0]) and not _shares_noun(chunks, run)


def _is_plural(chunks: Sequence[Chunk], i: int) -> bool:
    head = _head(chunks, i)
    return head.endswith("s") and head not in _SINGULAR


def _head(chunks: Sequence[Chunk], i: int) -> str:
    """Return the noun of a category: its last word, or the noun for items after it."""
    following = chunks[i + 1].text if i + 1 < len(chunks) and chunks[i + 1].text in ITEM_NOUNS else ""
    return following or chunks[i].text.casefold().split()[-1]


def has_article(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether an article stands before a category, past adjectives: 'a really good western'."""
    for j in range(i - 1, max(-1, i - 4), -1):
        if chunks[j].kind != "word" or chunks[j].text in ("and", "or", "of", "with"):
            return False
        if chunks[j].text in _ARTICLES:
            return True
    return False


def _shares_noun(chunks: Sequence[Chunk], run: tuple[int, ...]) -> bool:
    """Tell whether a singular noun follows the list: 'an action and adventure film'."""
    last = chunks[run[-1]].text.casefold().split()
    noun = chunks[run[-1] + 1].text if run[-1] + 1 < len(chunks) else ""
    head = noun if noun in ITEM_NOUNS else last[-1] if len(last) > 1 else ""
    return head in ITEM_NOUNS and not head.endswith("s")


def is_degree(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a kind stands after a word of degree: 'not TOO scary', 'nothing SUPER violent'."""
    return chunks[i].kind == "category" and i > 0 and chunks[i - 1].text in _DEGREES


_DEGREES = frozenset("too very super really overly that crazy".split())
