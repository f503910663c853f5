"""Quantities as bounds: an amount with what it is compared by: 'under 20 €', 'from 3 to 5 stars', '8+'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.units import Unit
from agent.builtin.parse.averse import averse_before
from agent.builtin.parse.leeway import within_leeway
from agent.builtin.parse.lexemes import Lexeme, lexemes
from agent.builtin.parse.measures import Measures, Said
from agent.builtin.parse.numbers import (
    RATES,
    Amount,
    amount_at,
    is_pronoun,
    out_of,
    past_rate,
    scaled_as,
    unit_at,
)
from agent.builtin.parse.time_there_is import time_there_is
from kg.types import Kind

Comparison = Literal["<", "<=", ">", ">=", "is", "~", ""]
_OPS: tuple[Comparison, ...] = ("<", "<=", ">", ">=", "~", "is")
_TURNED: Mapping[str, Comparison] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_NOTHING = Lexeme("", 0, 0)
_NO_RATE = frozenset((",", "or", "than", "and", "under", "over"))
_APART = 3  # lexemes between a quantity and what it is told for
_BACK = 8  # lexemes from a denial to what it turns round
_LASTING: Mapping[str, Comparison] = {"longer": ">", "shorter": "<"}
_ADJECTIVE_OPS: Mapping[str, Comparison] = {"lower": "<", "higher": ">"}


class Quantity(NamedTuple):
    """An amount, or a range of two, as it is compared: lexemes `first` to before `end`.

    `op` is of `low`; a range has `high` as well. `said` are measures that the comparison itself speaks of:
    'shorter than'. `denied`: what stands before turns it round, which `op` has already.
    """

    op: Comparison
    low: Amount
    high: Amount | None
    first: int
    end: int
    said: tuple[Said, ...] = ()
    denied: bool = False

    @property
    def unit(self) -> Unit | None:
        """The unit that is said with either amount."""
        return (self.high and self.high.unit) or self.low.unit


def quantities_in(said: Sequence[Lexeme], measures: Measures) -> list[Quantity]:
    """Return the quantities of a text in its order; numbers inside names are none."""
    found: list[Quantity] = []
    i = 0
    while i < len(said):
        amount = amount_at(said, i) if not _is_flag(said, i, measures) else None
        if amount is None or _is_named(said, amount) or _is_none(said, amount):
            i += 1
            continue
        if found and _is_rate(said, amount, found[-1]):
            end = amount.end if amount.first == found[-1].end else found[-1].end
            found[-1] = found[-1]._replace(
                low=found[-1].low._replace(rate=said[amount.end - 1].text), end=end
            )
            i = amount.end
            continue
        quantity = _quantity(said, amount, measures, found[-1].end if found else 0)
        found.append(quantity)
        i = quantity.end
    return found


def _is_rate(said: Sequence[Lexeme], amount: Amount, before: Quantity) -> bool:
    """Tell whether an amount says what the one before it is told for: 'an hour of homework A WEEK'."""
    if amount.first == before.end and before.unit is None and said[amount.end - 1].text in RATES:
        return said[amount.first].text in ("a", "an") and amount.end == amount.first + 2  # '30 A MONTH'
    near = 0 < amount.first - before.end <= _APART and said[amount.first].text in ("a", "an", "per")
    apart = any(said[i].ends_clause or said[i].text in _NO_RATE for i in range(before.end, amount.first))
    return near and not apart and before.unit is not None and said[amount.end - 1].text in RATES


def _is_flag(said: Sequence[Lexeme], i: int, measures: Measures) -> bool:
    """Tell whether the name of a flag begins at a lexeme: '5G', '4K'."""
    _, forms = measures.said_at([each.text for each in said], i)
    return said[i].is_number and any(m.kind == Kind.FLAG for each in forms for m in each.measures)


def _is_named(said: Sequence[Lexeme], amount: Amount) -> bool:
    """Tell whether an amount is part of a name: not where a name is nothing but the amount and has a unit."""
    if not said[amount.first].named:
        return False
    place = said[amount.first].place
    own = [each for each in said if each.place == place]
    inside = all(amount.first <= said.index(each) < amount.end for each in own)
    return not (inside and amount.unit is not None)


def _quantity(said: Sequence[Lexeme], amount: Amount, measures: Measures, since: int) -> Quantity:
    high, end = _second(said, amount)
    amount = scaled_as(said, amount, high)
    op, start, meant = _before(said, amount.first, since, measures)
    after, past = _after(said, end)
    if not after and (named := _name_behind(said, end, measures)) > end:
        after, past = _after(said, named)  # '16 GB of memory OR MORE'
        if not after or amount_at([*said[past:], _NOTHING][:3], 0) is not None:
            after, past = "", end
    aged = any("age" in each.topics for each in measures.every)
    if not after and aged and amount.unit is not None and [a.text for a in said[end : end + 1]] == ["old"]:
        after, past = _after(said, end + 1)  # '2 years OLD or less'
    if not after and amount.unit is None and (paid := past_rate(said, end)) > end:
        after, past = _after(said, paid)  # '100 A NIGHT at most'
    if after and amount.unit is None and said[end].text in ("+", "or"):  # '400+ km'
        unit, past = unit_at(said, past)
        amount = amount._replace(unit=unit, spelling=said[past - 1].text) if unit is not None else amount
    if after and high is None and not amount.out_of and (most := out_of(said, past)) is not None:
        amount, past = amount._replace(out_of=most.value), most.end  # '6+ out of 10', '4 or more of 5'
    if high is None and op in ("", "is", "~") and (ends := within_leeway(said, amount)) is not None:
        return Quantity(">=", ends[0], ends[1], start, ends[1].end, meant)
    if high is not None:
        if amount.unit is None and high.unit is not None:
            amount = amount._replace(spelling=high.spelling)  # '100 to 200 m', metres or minutes
        opened = start < amount.first and said[start].text in tables("comparators")["opens a range"]
        return Quantity(">=", amount, high, start if opened or op == "~" else amount.first, end, meant)
    if after and (op in ("", "is", "~") or f"{op}=" == after):
        op, end = after, past
    if op in ("", "~") and amount.unit is not None and (there := time_there_is(said, amount)) is not None:
        return Quantity("<=", amount, None, there, end, meant)
    turned = _denial(said, start, since, measures.nouns) if op or amount.unit is not None else None
    if turned is not None and op == "":
        return Quantity("<", amount, None, turned, end, meant, denied=True)  # 'no 900 page brick'
    if turned is not None and op in _TURNED:
        return Quantity(_TURNED[op], amount, None, turned, end, meant, denied=True)
    return Quantity(op, amount, None, start, end, meant)


def _second(said: Sequence[Lexeme], amount: Amount) -> tuple[Amount | None, int]:
    """Return the other end of a range and where that ends: '10 TO 20', 'between 10 AND 20'."""
    end = amount.end
    if end >= len(said) or said[end].text not in tables("comparators")["joins"]:
        return None, end
    opener = [each.text for each in said[max(0, amount.first - 3) : amount.first]]
    if said[end].text == "and" and set(tables("comparators")["between"]).isdisjoint(opener):
        return None, end
    other = amount_at(said, end + 1) if end + 1 < len(said) else None
    if other is None or (other.value <= amount.value and other.unit in (None, amount.unit)):
        return None, end
    return other, other.end


def _before(
    said: Sequence[Lexeme], at: int, since: int, measures: Measures
) -> tuple[Comparison, int, tuple[Said, ...]]:
    """Return what stands before an amount that compares it, where that begins, and the measures it names."""
    place = at
    while place > since:
        found = _comparator(said, place, since, measures) or _opener(said, place, since)
        if found is not None:
            return found
        step = _skipped(said, place, since, measures)
        if not step:
            break
        place -= step
    return "", at, ()


def _skipped(said: Sequence[Lexeme], place: int, since: int, measures: Measures) -> int:
    """Return how many lexemes before a place say nothing of a comparison: 'at least A RATING OF 8'."""
    if said[place - 1].text in words("comparators", "fillers"):
        return 1
    texts = [each.text for each in said[since:place]]
    for length in range(min(3, len(texts)), 0, -1):
        known, forms = measures.said_at(texts, len(texts) - length)
        if known == length and any(each.form in ("name", "verb") for each in forms):
            return length
    return 0


def _comparator(
    said: Sequence[Lexeme], end: int, since: int, measures: Measures
) -> tuple[Comparison, int, tuple[Said, ...]] | None:
    """Return the comparison that ends right before a lexeme; the longest phrase wins."""
    for length in range(min(5, end - since), 0, -1):
        phrase = tuple(each.text for each in said[end - length : end])
        if (op := _phrases("before").get(phrase)) is not None:
            return op, end - length, ()
        if phrase[-1] == "than" and length > 1:
            known, forms = measures.said_at([*phrase, ""], 0)
            meant = tuple(each for each in forms if each.form in _ADJECTIVE_OPS)
            if known == length - 1 and meant:
                return _ADJECTIVE_OPS[meant[0].form], end - length, meant
            if measures.own and length == len(("longer", "than")) and phrase[0] in _LASTING:
                return _LASTING[phrase[0]], end - length, ()  # 'guaranteed for LONGER THAN 2 years'
    return None


def _opener(
    said: Sequence[Lexeme], place: int, since: int
) -> tuple[Comparison, int, tuple[Said, ...]] | None:
    opens = place > since and said[place - 1].text in tables("comparators")["opens a range"]
    return ("", place - 1, ()) if opens else None


def _after(said: Sequence[Lexeme], end: int) -> tuple[Comparison, int]:
    """Return the comparison behind an amount and where it ends: 'or less', '+', 'tops'."""
    start = end
    for length in range(7, 0, -1):
        phrase = tuple(each.text for each in said[start : start + length])
        following = said[start + length : start + length + 1]
        opens_next = phrase[:1] == ("and",) and bool(following) and following[0].is_number
        opens_next |= phrase[:1] in (("or",), ("and",)) and bool(following) and following[0].text == "than"
        if len(phrase) == length and not opens_next and (op := _phrases("after").get(phrase)) is not None:
            return op, start + length
    return "", end


def _name_behind(said: Sequence[Lexeme], end: int, measures: Measures) -> int:
    """Return where the name of a measure ends that stands right behind an amount, perhaps after 'of'."""
    start = end + (end < len(said) and said[end].text == "of")
    if start >= len(said):
        return end
    length, forms = measures.said_at([each.text for each in said[start:]], 0)
    return start + length if any(each.form == "name" for each in forms) else end


def _denial(
    said: Sequence[Lexeme], start: int, since: int, nouns: frozenset[str] = frozenset()
) -> int | None:
    """Return where a word stands that turns a comparison round: 'NOTHING longer than', 'NOT over'."""
    for j in range(start - 1, max(since, start - _BACK) - 1, -1):
        if (length := averse_before([each.text for each in said[since : j + 1]])) is not None:
            return j + 1 - length if length else None
        if said[j].text in words("comparators", "negators"):
            return None if _denies_a_name(said[j + 1 : start]) else j
        small = said[j].text in words("comparators", "past negators") | nouns or said[j].named
        small = small or _is_one_unit(said, j)
        if said[j].ends_clause or not small:
            return None
    return None


def _is_one_unit(said: Sequence[Lexeme], j: int) -> bool:
    """Tell whether a unit only says that not even one of it may be more: 'not a MINUTE over two hours'."""
    return unit_at(said, j)[0] is not None and said[j - 1].text in ("a", "an", "one", "single")


def _is_none(said: Sequence[Lexeme], amount: Amount) -> bool:
    """Tell whether an amount is none: 'which ONE', or a denial of a comparison: 'not A CENT over fifty'."""
    if is_pronoun(said, amount):
        return True
    before = {each.text for each in said[max(0, amount.first - 2) : amount.first]}
    after = [each.text for each in said[amount.end : amount.end + 2]]
    compared = after[:1] in (["over"], ["above"], ["past"], ["beyond"], ["under"], ["below"]) or after[
        1:
    ] == ["than"]
    one = amount.value <= 1 and not said[amount.first].is_number and amount.unit is not None
    return one and compared and bool(before & words("comparators", "negators"))


def _denies_a_name(between: Sequence[Lexeme]) -> bool:
    """Tell whether a denial is of a name before a comparison: 'NO drama, it should have'."""
    if not any(each.named for each in between):
        return False
    return between[0].named or any(each.text in ("and", "but") for each in between)


def comparison_before(
    said: Sequence[Lexeme], at: int, since: int, measures: Measures
) -> tuple[Comparison, int]:
    """Return what compares the lexeme at a place from before, not before `since`, and where that begins."""
    op, start, _ = _before(said, at, since, measures)
    return op, start


def comparison_after(said: Sequence[Lexeme], end: int) -> tuple[Comparison, int]:
    """Return what compares what ends at a place from behind, and where that ends."""
    return _after(said, end)


def denied(said: Sequence[Lexeme], start: int) -> int | None:
    """Return where a word stands that turns the comparison at a place round; None if there is none."""
    return _denial(said, start, 0)


@cache
def _phrases(side: str) -> Mapping[tuple[str, ...], Comparison]:
    """Return the comparisons by the words of their phrases, before or behind an amount."""
    return {
        tuple(each.text for each in lexemes(phrase)) or (phrase,): op
        for op in _OPS
        for phrase in tables("comparators").get(f"{op} {side}", ())
    }
