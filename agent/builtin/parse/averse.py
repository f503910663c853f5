"""Who is averse to something: whoever speaks, or somebody for whom the choice is made too."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.chunks import Chunk

_PEOPLE = words("negation", "averse people")
_OTHERS = words("negation", "averse others")
_COMPANY = words("negation", "company")
_TOGETHER = words("negation", "together")
_OWNERS = words("negation", "owners")
_TURNING = words("negation", "turning")
_LEADING = frozenset("and but well oh ok okay so hm hmm also plus now".split())
_PRONOUNS = frozenset("she he they shes hes theyre".split())
_NEAR = 3  # chunks between an aversion and who has it


def is_of_speaker(chunks: Sequence[Chunk], start: int) -> bool:
    """Tell whether the person speaks of themselves: 'I hate', 'sick of'; not 'people who hate'."""
    if (start == 0 or chunks[start - 1].kind == "mark") and not chunks[start].text.endswith("s"):
        return True
    joined = start and chunks[start - 1].text in ("but", "and")  # "I love X but hate Y"
    before = [a.text for a in chunks[max(0, start - 2 * _NEAR - 2 if joined else start - 3) : start]]
    return bool(_PEOPLE & set(before)) and not {"dont", "not", "never", "didnt", "who"} & set(before)


def is_of_company(chunks: Sequence[Chunk], start: int) -> bool:
    """Tell whether somebody is averse for whom the choice is made too: "she hates X; we want"."""
    before = [a.text for a in chunks[max(0, start - 4) : start]]
    if _is_said_of_owned(chunks, start):
        return True
    if before[-1:] in (["and"], ["but"]):  # 'she hates X and CAN'T FOLLOW Y'
        here = [a.text for a in chunks[:start] if a.sentence == chunks[start].sentence]
        before = here[:_NEAR] if _OTHERS & set(here[:_NEAR]) else here[-2 * _NEAR - 2 :]
    somebody = bool(_OTHERS & set(before)) and not {"dont", "not", "never", "didnt", "who"} & set(before)
    said = [a.text for a in chunks]
    beside = any(word in ("with", "for", "without") and after in _COMPANY for word, after in pairwise(said))
    given = any(_is_for_person(said, j) for j in range(len(said)))
    told = said if _PRONOUNS & set(before) else before
    at_home = any(owner in _OWNERS and each in _OTHERS for owner, each in pairwise(told))
    here = [a.text for a in chunks[start:] if a.sentence == chunks[start].sentence]
    spoken_of = _opens_with_pronoun(chunks)  # of whom the conversation told: 'SHE says she hates X'
    own = any(word in _TURNING and after in _PEOPLE for word, after in pairwise(here))  # "…, but I love them"
    child = bool(words("negation", "averse children") & set(before))
    concerned = at_home or beside or given or child or spoken_of or bool(_TOGETHER & set(said))
    return somebody and not own and concerned


def _is_said_of_owned(chunks: Sequence[Chunk], start: int) -> bool:
    """Tell whether it is told of whom something is for: 'for MY MUM, WHO likes X but can't take Y'."""
    here = [a.text for a in chunks[:start] if a.sentence == chunks[start].sentence and a.text != ","]
    told = zip(here, here[1:], here[2:], strict=False)
    return any(owner in _OWNERS and each in _OTHERS and who == "who" for owner, each, who in told)


def _opens_with_pronoun(chunks: Sequence[Chunk]) -> bool:
    """Tell whether a message begins with somebody whom only what was said before it tells."""
    first = next((a.text for a in chunks if a.kind != "mark" and a.text not in _LEADING), "")
    return first in _PRONOUNS and all(chunk.kind != "title" for chunk in chunks)


def _is_for_person(said: Sequence[str], j: int) -> bool:
    """Tell whether somebody is named for whom it is: 'a film FOR MY NAN'."""
    owned = said[j] == "for" and j + 2 < len(said) and said[j + 1] in words("audience", "owners")
    return owned and said[j + 2] in words("occasion", "company")


def averse_before(said: Sequence[str]) -> int | None:
    """Return the length of the phrase of being averse that ends some words: 'FALLS ASLEEP IN anything over'.

    0 where it is denied, None where there is none.
    """
    longest, phrases = _aversions()
    for length in range(min(longest, len(said)), 0, -1):
        if tuple(said[-length:]) in phrases:
            kept = said[-length - 1 : -length]
            return 0 if kept and kept[0] in words("comparators", "negators") else length
    return None


@cache
def _aversions() -> tuple[int, frozenset[tuple[str, ...]]]:
    """Return the phrases of being averse by their words, and the length of the longest."""
    said = (*tables("negation")["averse"], *tables("comparators")["averse"])
    phrases = frozenset(tuple(phrase.split()) for phrase in said)
    return max(map(len, phrases)), phrases
