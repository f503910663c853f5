"""Who wishes for what, and for when: where a clause begins in which somebody else wants something."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk

_WISHES = words("parts", "wishes of others")
_OWN_WISHES = _WISHES | words("parts", "wishes of one's own")
_SOMEBODY = words("occasion", "company")
_OWNERS = words("parts", "owners")
_JOINTS = words("parts", "joints")
_PRONOUNS = words("parts", "who wishes")
_TIMES = words("parts", "when it is for")
_DAYS = _TIMES - {"later", "afterwards", "week", "morning", "night", "now"}
_LEADS_TO_TIME = frozenset("for on this the at".split())
_REACH = 7  # chunks from where such a clause begins to what is wished for
_FURTHER = 14  # where it begins a sentence
_FOR_ONESELF = frozenset(("i", "me", "im", "id", "myself"))
_TO_ONE = frozenset(("me", "give", "find", "suggest", "recommend", "show", "for"))
_GIVING = frozenset("get give find show bring recommend suggest pick choose fetch".split())
_ADDING = frozenset("and then also plus secondly second next finally lastly besides additionally".split())
_WHOM = frozenset("me us him her them myself".split())
_RATHER = (["rather", "have"], ["rather", "watch"], ["rather", "see"], ["rather", "read"], ["asks", "for"])
_WOULD = (
    ["asks", "for"],
    ["asked", "for"],
    ["would", "like"],
    ["would", "love"],
    ["would", "prefer"],
    ["is", "after"],
    ["are", "after"],
    ["is", "into"],
)
_TIMED = 4  # chunks that say when something is for: 'for the weekend'


def wish_before(chunks: Sequence[Chunk], i: int) -> int:
    """Return where the clause begins in which somebody wishes for what stands at `i`; -1 if none does.

    'MY SON needs a', 'and FOR MY WIFE a', 'SHE wants a'.
    """
    if i and chunks[i].kind == "mark":
        return -1
    if i and chunks[i - 1].text == "," and (start := _for_somebody_before(chunks, i - 1)) >= 0:
        return start
    for start in range(i - 1, max(-1, i - 1 - _REACH), -1):
        if chunks[start].kind == "mark":
            break
        if _opens(chunks, start) and _is_wish(chunks, start, i):
            return start
    return max(_sentence_before(chunks, i), _wish_added(chunks, i))


def _wish_added(chunks: Sequence[Chunk], i: int) -> int:
    """Return where a sentence begins that adds a wish: 'AND THEN I'D NEED a film with'; -1 for none."""
    start = next((k + 1 for k in range(i - 1, -1, -1) if chunks[k].text in (".", ";")), 0)
    said = [chunk.text for chunk in chunks[start:i] if chunk.kind != "mark"]
    added = said[:1] != [] and said[0] in _ADDING and len(said) <= _REACH
    wished = (
        not _FOR_ONESELF.isdisjoint(said) and bool(said) and said[-1] in _OWN_WISHES | _TO_ONE | {"after"}
    )
    named = any(chunk.kind in ("category", "title", "entity") for chunk in chunks[start:i])
    return start if start and added and wished and not named else -1


def _for_somebody_before(chunks: Sequence[Chunk], end: int) -> int:
    """Return where words begin that say for whom, with a comma behind: 'and, FOR MY WIFE, a'; -1 for none."""
    for start in range(max(0, end - 3), end - 2):
        if chunks[start].text == "for" and _opens(chunks, start) and _is_wish(chunks, start, end):
            return start
    return -1


def _sentence_before(chunks: Sequence[Chunk], i: int) -> int:
    """Return where the sentence of `i` begins if it is another's wish, or for another time; -1 if it is not.

    'My son wants a space adventure. I WOULD RATHER READ, SO GIVE ME a', '… On Sunday I'M ALONE AND WANT'.
    """
    start = next((k + 1 for k in range(i - 1, -1, -1) if chunks[k].text in (".", ";")), 0)
    said = [chunk.text for chunk in chunks[start:i]]
    if not start or not said or len(said) > _FURTHER or said[-1] not in _OWN_WISHES | _TO_ONE:
        return -1
    if any(chunk.kind in ("category", "title") for chunk in chunks[start:i]):
        return -1
    earlier = {chunk.text for chunk in chunks[:start]}
    timed = bool(_TIMES & set(said)) and bool(_TIMES & earlier) and not _TIMES & set(said) & earlier
    others = [_subject(chunks, k) for k in range(start) if _opens(chunks, k)]
    other = any(who and who not in _FOR_ONESELF for who in others)
    return start if timed or (other and _FOR_ONESELF & set(said)) else -1


def kinds_for_times(chunks: Sequence[Chunk]) -> list[int]:
    """Return where clauses begin that each have a kind for another time: 'FRIDAY is film noir night, …'."""
    starts = [k for k in range(len(chunks)) if k == 0 or chunks[k - 1].kind == "mark"]
    found: list[int] = []
    times: list[str] = []
    for start, end in pairwise([*starts, len(chunks)]):
        when = [chunk.text for chunk in chunks[start : start + 2] if chunk.text in _DAYS]
        if when and any(chunk.kind == "category" for chunk in chunks[start:end]):
            found.append(start)
            times.append(when[0])
    if len(set(times)) == len(found) > 1 and found[0] == 0:
        return found
    return _sentences_for_times(chunks)


def _sentences_for_times(chunks: Sequence[Chunk]) -> list[int]:
    """Return where sentences begin that ask for another time each: '… for FRIDAY. Then for SUNDAY, …'."""
    found: list[int] = []
    times: list[str] = []
    for _, sentence in groupby(enumerate(chunks), lambda each: each[1].sentence):
        said = list(sentence)
        if not any(chunk.kind in ("category", "entity") and chunk.choices for _, chunk in said):
            continue
        when = {chunk.text for _, chunk in said} & _DAYS
        if len(when) != 1:
            return []
        found.append(said[0][0])
        times += when
    return [0, *found[1:]] if len(set(times)) == len(found) > 1 else []


def time_before(chunks: Sequence[Chunk], i: int) -> int:
    """Return where words begin that say for when it is what stands at `i`; -1 if none do.

    'FOR SUNDAY, something', 'and TOMORROW a'. Something else must be for another time.
    """
    end = i - (i > 0 and chunks[i - 1].text in (",", ":", "-"))
    if _TIMES.isdisjoint([chunk.text for chunk in chunks[max(0, end - _TIMED) : end]]):
        return -1
    for start in range(end - 1, max(-1, end - 1 - _TIMED), -1):
        if chunks[start].kind == "mark":
            return -1
        if _opens(chunks, start) and _says_when(chunks[start:end]):
            earlier = {chunk.text for chunk in chunks[:start]}
            return start if _TIMES & earlier else -1
    return -1


def _opens(chunks: Sequence[Chunk], start: int) -> bool:
    return start == 0 or chunks[start - 1].kind == "mark" or chunks[start - 1].text in _JOINTS


def _says_when(said: Sequence[Chunk]) -> bool:
    texts = [chunk.text for chunk in said if chunk.text not in _JOINTS]
    return bool(_TIMES & set(texts)) and set(texts) <= _TIMES | _LEADS_TO_TIME


def _is_wish(chunks: Sequence[Chunk], start: int, i: int) -> bool:
    """Tell whether words say that somebody wants something, or that it is for somebody of a person's own."""
    texts = [chunk.text for chunk in chunks[start:i] if chunk.text not in _JOINTS]
    if (whom := _given_to(texts)) and len(texts) <= _TIMED:
        earlier = (_given_to([c.text for c in chunks[k : k + _TIMED]]) for k in range(start))
        return any(each and each != whom for each in earlier)
    if texts[:1] == ["for"]:
        return len(texts) > 2 and texts[1] in _OWNERS and _names_somebody(texts[-1:])
    if texts[:1] and texts[0] in _SOMEBODY and len(texts) <= _TIMED and texts[-1] in _WISHES:
        return True  # 'MUM wants a'
    if _is_somebody_alone(texts):
        return any(_opens(chunks, k) and _subject(chunks, k) for k in range(start))
    if texts[:1] and texts[0] in _OWNERS and _names_somebody(texts[1:]):
        return texts[-1] in _WISHES or texts[-2:] in _WOULD
    wished = texts[-1:] != [] and (texts[-1] in _OWN_WISHES or texts[-2:] in _RATHER)
    return wished and _is_somebody_else(chunks, start, texts)


def _is_somebody_alone(texts: Sequence[str]) -> bool:
    """Tell whether words only name somebody: 'gran wants a romance, GRANDAD a war film'."""
    owned = len(texts) == 2 and texts[0] in _OWNERS and _names_somebody(texts[1:])
    return owned or (len(texts) == 1 and texts[0] in _SOMEBODY)


def _given_to(texts: Sequence[str]) -> str:
    """Return to whom something is to be given: 'GET MY DAD a', 'find ME a'; '' if nothing is."""
    if texts[:1] == [] or texts[0] not in _GIVING or len(texts) < 2:
        return ""
    owned = texts[1] in _OWNERS and _names_somebody(texts[2:3])
    return texts[2] if owned else texts[1] if texts[1] in _WHOM else ""


def _is_somebody_else(chunks: Sequence[Chunk], start: int, texts: Sequence[str]) -> bool:
    """Tell whether a pronoun says who wishes, and somebody else wished before: 'he wants a, SHE wants a'."""
    who = texts[0]
    if who not in _PRONOUNS or len(texts) > _TIMED:
        return False
    before = next((k for k in range(start) if _opens(chunks, k) and _subject(chunks, k)), None)
    return before is not None and _subject(chunks, before) != who


def _subject(chunks: Sequence[Chunk], k: int) -> str:
    """Return who wishes in a clause that begins at `k`; '' if nobody does."""
    said = [chunk.text for chunk in chunks[k : k + _REACH]]
    owned = said[0] in _SOMEBODY or (said[0] in _OWNERS and _names_somebody(said[1:3]))
    if not (owned or said[0] in _PRONOUNS) or _OWN_WISHES.isdisjoint(said[1:]):
        return ""
    return " ".join(said[:2]) if owned else said[0]


def _names_somebody(texts: Sequence[str]) -> bool:
    return bool(set(texts) & _SOMEBODY)
