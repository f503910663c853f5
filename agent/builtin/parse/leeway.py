"""How far a date or number may be off: 'from 1985, GIVE OR TAKE three years', 'plus or minus 2'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.lexemes import Lexeme, lexemes
from agent.builtin.parse.numbers import Amount, amount_at
from agent.builtin.parse.phrases import Phrases, said_after
from kg.text import NUMBER_WORDS

_LEADS = Phrases(tables("years")["leeway"])
_YEARS = words("years", "units of leeway")
_VAGUE = {"few": 3, "couple": 2, "a": 1, "one": 1}
_SKIPPED = frozenset(("a", "an", "about", "maybe", "of"))
_MOST = 50  # years; more is no leeway
_PERCENT, _THOUSAND = 100, 1000
_NAMED = 4  # lexemes from an amount to its leeway: '60 DAYS TO RIPE, give or take 5'


def leeway(chunks: Sequence[Chunk], end: int) -> tuple[int, frozenset[int]]:
    """Return by how many years a date that ends before `end` may be off, and the chunks that say so."""
    start = end + (end < len(chunks) and chunks[end].text in (",", "(", "-"))
    length = said_after(chunks, start, _LEADS)
    place = start + length
    while length and place < len(chunks) and chunks[place].text in _SKIPPED - {"a"}:
        place += 1
    if length and place + 1 < len(chunks) and chunks[place].text == "a":
        place += chunks[place + 1].text not in _YEARS  # 'a FEW years', but 'A year'
    count = _count(chunks[place].text) if length and place < len(chunks) else 0
    if not 0 < count <= _MOST:
        return 0, frozenset()
    rest = place + 1 + (place + 1 < len(chunks) and chunks[place + 1].text == "of")
    dated = rest < len(chunks) and chunks[rest].text in _YEARS
    ends = rest >= len(chunks) or chunks[rest].kind == "mark"
    if not (dated or ends):
        return 0, frozenset()
    return count, frozenset(range(start, rest + dated))


def within_leeway(said: Sequence[Lexeme], amount: Amount) -> tuple[Amount, Amount] | None:
    """Return the ends of what an amount may be off by: '£60k, GIVE OR TAKE five', '80 cm tall, ± 10'.

    The leeway is in the amount's unit and thousands where it names none.
    """
    for start in range(amount.end, min(amount.end + _NAMED, len(said))):
        if not all(each.text.isalpha() or each.text == "," for each in said[amount.end : start]):
            break
        for phrase in tables("years")["leeway"]:
            spoken = [each.text for each in lexemes(phrase)]
            place = start + len(spoken)
            if [each.text for each in said[start:place]] != spoken or place >= len(said):
                continue
            place += said[place].text in _SKIPPED - {"a", "an"}
            slack = amount_at(said, place) if place < len(said) else None
            within = "within" in spoken  # 'within 5 miles' is of something else
            if slack is not None and not within and (off := _in_its_terms(said, amount, slack)):
                low, high = (amount._replace(value=amount.value + way * off) for way in (-1, 1))
                return low, high._replace(end=slack.end)
    return None


def _in_its_terms(said: Sequence[Lexeme], amount: Amount, slack: Amount) -> float | None:
    """Return a leeway in the terms of its amount: five of '£60k', five percent; None if it is none of it."""
    if slack.unit is not None and slack.unit.dimension == "percent":
        return amount.value * slack.value / _PERCENT
    if slack.unit not in (None, amount.unit) or slack.value >= amount.value:
        return None
    scales = ("k", "thousand", "grand")
    scaled = any(each.text in scales for each in said[amount.first : amount.end])
    plain = not any(each.text in scales for each in said[slack.first : slack.end])
    return slack.value * (_THOUSAND if scaled and plain and slack.value < _THOUSAND else 1)


def _count(word: str) -> int:
    said = NUMBER_WORDS.get(word, word)
    return int(said) if said.isdecimal() else _VAGUE.get(word, 0)
