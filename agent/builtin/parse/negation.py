"""Which names and kinds a request rules out: 'no westerns', 'anything but X', 'I hate musicals'.

Many denials rule nothing out ("who doesn't love a western?"); two make one demand ("nothing but westerns").
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import PERSON_NOUNS
from agent.builtin.parse.absence import says_of_items
from agent.builtin.parse.averse import is_of_company, is_of_speaker
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.denied_lists import are_joined, is_excepted, list_head
from agent.builtin.parse.left_out import is_left_out
from agent.builtin.parse.phrases import Phrases, said_after, said_before
from agent.builtin.parse.surfeit import drains, is_plenty, is_seen_whole, is_surfeit
from agent.builtin.parse.value_lists import goes_on_listing

_TABLES = tables("negation")
_DENYING = words("negation", "denying")
_PHRASES = Phrases(_TABLES["phrases"])
_AVERSE = Phrases(_TABLES["averse"])
_KEEPING = Phrases(_TABLES["keeping"])
_USELESS = Phrases(_TABLES["useless"])
_DENIED_VERBS = words("negation", "denied verbs")
_EXPERIENCE = words("negation", "experience")
_NOT_YET = words("negation", "negators of experience")
_HAVING = words("negation", "having")
_OUTER = words("negation", "outer")
_AFTER_PRONOUN = words("negation", "after pronoun")
_POINTING = words("surfeit", "pointing")
_ASKED = frozenset(("we", "i", "you", "there"))  # after "can't", "don't" and "isn't" in a question
_KNOWING = frozenset("know knows knew understand understands understood".split())
_SPEAKERS = words("negation", "speakers")
_TOTAL = words("negation", "total")
_SURPASSES = words("negation", "surpasses")
_OF_WHOM = words("negation", "of whom")
_ONLY = words("negation", "only")
_ENDS = words("negation", "ends")
_NO_NOUN = words("negation", "no noun")
_LACKED = words("negation", "lacked")
_SOMEBODY = frozenset("somebody someone anyone anybody person friend mate".split())
_LED = frozenset("anything with about any of that has the a".split())
_ADVERBS = frozenset("really actually particularly especially ever".split())
_BELIEVING = frozenset(
    "think thought believe believed say said assume assumed claim claimed insist swore".split()
)
_COMPARED = frozenset("older newer later earlier younger more less fewer longer shorter".split())
_MANY = frozenset(("many", "much"))
_TOO = frozenset("too very that so overly super".split())
# Words behind which what follows may be ruled out, or is surely not.
_DECIDING = _KEEPING.ended.keys() | _AVERSE.ended.keys() | _PHRASES.ended.keys() | _DENYING | _ENDS
_DECIDING = _DECIDING | {"but", "less", "enough", "and", "outside"}
_REACH = 6  # chunks between a denial and what it denies
_NEAR = 3  # chunks between an aversion and what it is about


def is_negated(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a name or category is ruled out: 'no westerns', 'not directed by X', 'except with X'."""
    if (head := list_head(chunks, i)) is not None and _heads_denied_list(chunks, head):
        return True
    before: int | None = i
    while before is not None:  # of a list what rules out its first rules out all
        i = before
        ruled, before = _ruled_before(chunks, i)
    return ruled


def _heads_denied_list(chunks: Sequence[Chunk], head: int) -> bool:
    """Tell whether what is averse stands before a list: 'we LOATHE westerns, musicals and war films'."""
    length = said_before(chunks, head, _AVERSE)
    start = head - length
    return bool(length) and (is_of_speaker(chunks, start) or is_of_company(chunks, start))


def _ruled_before(chunks: Sequence[Chunk], i: int) -> tuple[bool, int | None]:
    """Return whether words before `i` rule it out, or the place of what it is listed with, which decides."""
    for j in range(i - 1, max(-1, i - 1 - _REACH), -1):
        chunk = chunks[j]
        if chunk.kind in ("entity", "title", "category"):
            if i == j + 1 and j and chunks[j - 1].text in _TOO and chunk.kind == "category":
                return False, None  # "not TOO scary horror"
            joined = are_joined([a.text for a in chunks[j + 1 : i]])
            other = chunk.differs_from(chunks[i]) and all(a.text == "," for a in chunks[j + 1 : i])
            return False, j if joined and chunks[i].kind in (chunk.kind, "word") and not other else None
        if chunk.kind == "mark":
            return False, j - 1 if goes_on_listing(chunks, j, i) else None
        if chunk.text == "unless":
            return not is_denied_before(chunks, j), None
        if chunk.text.casefold() not in _DECIDING:
            continue
        if (kept := said_before(chunks, j + 1, _KEEPING)) and not _is_relative(chunks, j + 1 - kept):
            return False, None
        if (ruled := _ruled_at(chunks, j, i)) is not None:
            return ruled, None
        if chunk.text == "and" and is_excepted(chunks, j, i):
            return True, None
        if chunk.text in _ENDS and not (chunk.text == "want" and _is_not_wanted(chunks, j)):
            return False, None
    return False, None


def _is_not_wanted(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether a word of wishing is denied: 'I DON'T (really) WANT'."""
    while j and chunks[j - 1].text in _ADVERBS:
        j -= 1
    return j > 0 and chunks[j - 1].text in _DENYING


def is_denied_before(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether an exception is from what is ruled out: 'NO comedies unless', not 'a comedy unless'."""
    return any(says_no(chunks, k) for k in range(j) if chunks[k].sentence == chunks[j].sentence)


def _is_relative(chunks: Sequence[Chunk], start: int) -> bool:
    """Tell whether 'who' is of somebody named before: 'for SOMEBODY WHO doesn't like blood'."""
    before = chunks[start - 1].text if start else ""
    return chunks[start].text == "who" and before in PERSON_NOUNS | _SOMEBODY


def _ruled_at(chunks: Sequence[Chunk], j: int, i: int) -> bool | None:
    """Return whether the words that end at `j` rule out `i`; None if they say nothing of the kind."""
    if length := said_before(chunks, j + 1, _AVERSE):
        start = j + 1 - length
        led = sum(chunk.text in _LED for chunk in chunks[j + 1 : i])
        return i - j - led <= _NEAR and (is_of_speaker(chunks, start) or is_of_company(chunks, start))
    if length := said_before(chunks, j + 1, _PHRASES) or _excepts(chunks, j):
        return not _is_turned(chunks, j + 1 - length, i)
    if chunks[j].text in ("less", "outside") and j == i - 1:
        return True
    if chunks[j].text == "enough" and j == i - 1 and is_plenty(chunks, j):
        return True  # "enough westerns. Comedies please"
    if chunks[j].text in _DENYING and chunks[j].kind == "word":
        return _denies(chunks, j, i)
    return None


def _excepts(chunks: Sequence[Chunk], j: int) -> int:
    """Return the length of what excepts what follows: 'any city BUT'; 0 if nothing does."""
    total = j > 1 and chunks[j].text == "but" and chunks[j - 2].text in words("negation", "all of")
    total = total and chunks[j - 1].text not in ("that", "this", "it")  # 'knights and ALL THAT but funny'
    return len(("any", "city", "but")) if total and chunks[j - 1].kind in ("word", "trigger") else 0


def _denies(chunks: Sequence[Chunk], j: int, i: int) -> bool:
    said, between = chunks[j].text, [a.text for a in chunks[j + 1 : i]]
    if said in ("nothing", "none") and between[:1] in (["else"], ["more"], ["other"]):
        between = between[1:]
    if (said == "non" and between) or (said == "nothing" and j and chunks[j - 1].text in _KNOWING):
        return False  # "non-violent westerns", "I know nothing about X"
    if said in ("nothing", "none") and between and between[0] not in _OF_WHOM | {"too"} and i - j > 2:
        return False  # "nothing beats X"
    if between[:1] != [] and between[0] in _COMPARED and "than" in between:
        return False  # "no older than 1995 with X"
    if said == "not" and len(between) > 1 and between[0] in _TOO and between[1] not in _MANY:
        return False  # "not too violent westerns"
    if (said == "never" and i - j > 2) or (between[:1] and between[0] in _ONLY):
        return False  # "never stopped talking about X", "not only X"
    if said == "no" and (_NO_NOUN & set(between) or (between[:1] and between[0] in _LACKED and i - j > 2)):
        return False  # "no, show me X", "no room left on my X"
    return says_no(chunks, j) and not _is_turned(chunks, j, i)


def says_no(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether a word denies what follows: not 'no director comes close to X', 'I have not seen X'."""
    if chunks[j].kind != "word" or chunks[j].text not in _DENYING:
        return False
    after = [a.text for a in chunks[j + 1 : j + 5]]
    if _asks_doubting(chunks, j) or after[:2] == ["need", "to"]:
        return False  # "it doesn't NEED TO be by X"
    if chunks[j].text in ("no", "nobody") and _SURPASSES & set(after):
        return False
    if _is_believed_once(chunks, j):
        return False
    told = says_of_items(chunks, j)
    return (
        told
        if told is not None
        else not (_is_experience(chunks, j) or (after[:1] and after[0] in _DENIED_VERBS))
    )


def _is_believed_once(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether a denial was only thought before: 'I USED TO THINK I DIDN'T like musicals'."""
    before = [a.text for a in chunks[max(0, j - _REACH) : j] if a.sentence == chunks[j].sentence]
    once = any(pair == ("used", "to") for pair in pairwise(before)) or "always" in before
    return (once and bool(_BELIEVING & set(before))) or before[-2:-1] == ["thought"]


def _asks_doubting(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether a denial opens a question that expects a yes: "WASN'T the music by X?"."""
    opens = (
        j == 0 or chunks[j - 1].kind == "mark" or chunks[j - 1].text in ("but", "and", "wait", "hang", "on")
    )
    named = j + 1 < len(chunks) and (
        chunks[j + 1].kind in ("title", "entity") or chunks[j + 1].text in words("negation", "doubted")
    )
    return opens and named and chunks[j].text in words("negation", "doubting")


def _is_experience(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether something has not been done yet: 'I have not read any', 'never seen a western before'."""
    after = [
        a.text for a in chunks[j + 1 : j + 4] if a.text not in ("yet", "ever", "really", "actually", "even")
    ]
    if chunks[j].text not in _NOT_YET or not after or after[0] not in _EXPERIENCE:
        return False
    if after[0] != "read" or chunks[j].text != "never":
        return True
    had = _HAVING & {a.text for a in chunks[max(0, j - 2) : j]}
    return bool(had) or after[1:2] in (["a"], ["an"], ["any"])  # not "I never read romances"


def points_at_ruled_out(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a name is ruled out by what else is said of it: 'X … without him', 'X is overrated'."""
    if is_surfeit(chunks, i) or is_seen_whole(chunks, i) or is_left_out(chunks, i):
        return True
    later = (j for j in range(len(chunks) - 1, i, -1) if chunks[j].text in _POINTING)
    last = next((j for j in later if _rules_out_pronoun(chunks, j)), None)
    if last is None or chunks[i].kind not in ("entity", "title"):
        return False
    pointed = ("entity", "title") if chunks[last].text in ("those", "these", "them") else ()
    return not any(chunk.kind in (chunks[i].kind, *pointed) for chunk in chunks[i + 1 : last])


def _rules_out_pronoun(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether 'him' stands here after a denial: 'without him', 'nothing by her', 'not with them'."""
    if drains(chunks, j):
        return True
    if chunks[j].text not in _POINTING or j == 0:
        return False
    if chunks[j].text not in ("him", "her", "them"):
        return _is_refused(chunks, j)
    ends = j + 1 >= len(chunks) or chunks[j + 1].kind == "mark" or chunks[j + 1].text in _AFTER_PRONOUN
    before = [a.text for a in chunks[max(0, j - 3) : j]]
    denied = before[-1:] in (["without"], ["minus"], ["except"], ["not"]) or (
        before[-1] in _OF_WHOM and bool({"not", "nothing", "no", "none"} & set(before))
    )
    return ends and denied and not said_before(chunks, j, _KEEPING)


def _is_refused(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether whose things are meant is denied: 'NOT his', 'none of those', 'nothing of hers'."""
    ends = j + 1 >= len(chunks) or chunks[j + 1].kind == "mark" or chunks[j + 1].text in _AFTER_PRONOUN
    before = [a.text for a in chunks[max(0, j - 2) : j]]
    none = before[-1:] == ["of"] and before[:1] in (["none"], ["nothing"], ["not"])
    return ends and (none or (before[-1:] == ["not"] and chunks[j].text in ("his", "hers", "theirs")))


def is_denied(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether what a predicate says is denied: 'but did not direct', "that don't star X"."""
    if said_before(chunks, place + 1, _KEEPING):
        return False  # "never disappointed by X"
    return any(
        says_no(chunks, j)
        and chunks[j].text not in ("no", "nothing", "skip")
        and not _is_turned(chunks, j, place)
        for j in range(max(0, place - 2), place)
    )


def _is_turned(chunks: Sequence[Chunk], start: int, i: int) -> bool:
    """Tell whether a denial at `start` is denied itself, so that only `i` is wanted.

    "don't give me anything but X", "nothing that isn't X", "anything that isn't X is useless".
    """
    for j in range(start - 1, max(-1, start - 1 - 2 * _NEAR), -1):
        if chunks[j].kind not in ("word", "trigger", "title"):
            break
        if _asks_politely(chunks, j):
            break
        if chunks[j].text in _OUTER and (chunks[j].text not in _DENYING or says_no(chunks, j)):
            return not _is_idle(chunks, j, start)
    total = any(a.text in _TOTAL for a in chunks[max(0, start - 3) : start + 1])
    return total and _is_useless(chunks, i)


def _asks_politely(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether a denial only makes a question of a wish: "*can't* we have some that are not X"."""
    opens = j == 0 or chunks[j - 1].kind == "mark"
    return opens and j + 1 < len(chunks) and chunks[j + 1].text in _ASKED


def _is_idle(chunks: Sequence[Chunk], j: int, start: int) -> bool:
    """Tell whether an earlier denial is of something else: 'not X and not Y', 'I cannot decide but not X'."""
    between = [a.text for a in chunks[j + 1 : start]]
    alike = chunks[j].text in ("not", "no", "neither", "nor") and chunks[start].text in ("not", "no", "nor")
    opens = j == 0 or chunks[j - 1].sentence != chunks[j].sentence or chunks[j - 1].kind == "mark"
    anew = opens and "that" not in between and bool(_SPEAKERS & set(between))  # 'not for me I don't like X'
    return alike or anew or bool({"and", "but", "or", "so", "because"} & set(between))


def _is_useless(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether the rest of the sentence says that such items are no use."""
    sentence = chunks[i].sentence
    rest = [j for j in range(i + 1, min(i + 12, len(chunks))) if chunks[j].sentence == sentence]
    return any(said_after(chunks, j, _USELESS) for j in rest)
