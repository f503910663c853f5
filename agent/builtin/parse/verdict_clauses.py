"""Messages that voice an opinion and ask for nothing: 'X is the most overrated film'."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import MORE, clauses, words_of

_WISHING_NOW = frozenset("want need fancy".split())


def only_judges(chunks: Sequence[Chunk]) -> bool:
    """Tell whether a message voices an opinion and asks for nothing: 'X is the most overrated film'."""
    said = [chunks[clause.start : clause.stop] for clause in clauses(chunks)]
    others = [each for each in said if not _voices_verdict(words_of(each)) or _wishes_for_self(each)]
    wishing = words("clauses", "clear wish") | words("clauses", "wishing for more")
    asking = any(wishing & set(words_of(each)) or each[0].kind == "category" for each in map(_bare, others))
    return len(others) < len(said) and not asking


def _bare(clause: Sequence[Chunk]) -> Sequence[Chunk]:
    """Return a clause without an article before it: 'a THRILLER that is not his'."""
    return clause[1:] if len(clause) > 1 and clause[0].text in ("a", "an") else clause


def _wishes_for_self(clause: Sequence[Chunk]) -> bool:
    """Tell whether somebody says what they want beside a verdict: 'I WANT to laugh, I had a terrible day'."""
    said = [word for chunk in clause for word in chunk.text.casefold().split()]
    return any(who in ("i", "we") and wish in _WISHING_NOW for who, wish in pairwise(said))


def _voices_verdict(said: Sequence[str]) -> bool:
    verdict, voicing = words("clauses", "verdict"), words("clauses", "voicing")
    if said[:1] and said[0] in ("what", "which", "whats", "any"):
        return False  # 'which ones of his are underrated?'
    return bool(verdict & set(said) and voicing & set(said)) and not MORE & set(said)
