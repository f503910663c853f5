"""Each quantity of a message goes to the measure it fits, or is known to fit none.

It fits by the measure's name near it, by its unit, or by the word it is compared by ('shorter than'); a bare
number by the rules of `bare_numbers`. Of several measures the shortest name counts, then the alphabet.
"""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.ages_said import read_ages
from agent.builtin.interpret.bare_numbers import (
    distinct_places,
    in_thousands,
    is_among,
    meant,
    told_of_other,
)
from agent.builtin.interpret.bent_names import with_bent_names
from agent.builtin.interpret.bounds_meant import bounds_of, leave_out_thirds
from agent.builtin.interpret.capacity import read_capacities
from agent.builtin.interpret.clocks import CLOCK, read_clocks
from agent.builtin.interpret.compared import NOTHING_COMPARED, Compared, Comparison, Draft, Source, phrases_in
from agent.builtin.interpret.degrees import read_degrees
from agent.builtin.interpret.denied_apart import denies_value, is_denied_apart
from agent.builtin.interpret.either import (
    RANGED,
    joined_before,
    narrowed_before,
    read_either,
    with_shared_units,
)
from agent.builtin.interpret.fitting import (
    is_counted_in,
    is_near,
    is_paid,
    likeness,
    told_anywhere,
)
from agent.builtin.interpret.flags import read_flags
from agent.builtin.interpret.free import read_free
from agent.builtin.interpret.intervals import read_intervals
from agent.builtin.interpret.item_ages import read_item_ages
from agent.builtin.interpret.limitless import read_limitless
from agent.builtin.interpret.measured_claims import read_claims
from agent.builtin.interpret.measured_questions import read_questions
from agent.builtin.interpret.missing import read_missing
from agent.builtin.interpret.named_lengths import read_named_lengths
from agent.builtin.interpret.nothing import read_nothing
from agent.builtin.interpret.of_several import main_price
from agent.builtin.interpret.order_ends import end_of_prices
from agent.builtin.interpret.orders import read_limits
from agent.builtin.interpret.ordinal_values import read_ordinal_values
from agent.builtin.interpret.own_lexemes import as_own
from agent.builtin.interpret.pairs import read_pairs
from agent.builtin.interpret.passing import is_in_passing
from agent.builtin.interpret.rates import is_difference, is_told_for_other, untold_rate
from agent.builtin.interpret.remaining import read_in_stock
from agent.builtin.interpret.scales import read_scales
from agent.builtin.interpret.size_words import told_among, unnamed
from agent.builtin.interpret.some import read_some
from agent.builtin.interpret.time_words import is_of_other_side, is_of_other_words, lasting
from agent.builtin.interpret.timed import read_times
from agent.builtin.interpret.told_apart import (
    counted_in_each,
    is_said_twice,
    leads_on,
    own_words,
    says_more,
    told_apart,
    told_by_stem,
    with_behind,
    without_judges,
)
from agent.builtin.interpret.uncarried import (
    is_counted,
    is_of_many,
    is_of_other,
    is_time_of_story,
    is_year,
)
from agent.builtin.interpret.unused_measures import read_unused_measures
from agent.builtin.interpret.waits import read_waits
from agent.builtin.interpret.year_alternatives import read_either_years
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.bounds import Quantity, quantities_in
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.lexemes import placed
from agent.builtin.parse.measures import Measure, Measures
from agent.builtin.parse.numbers import past_rate
from kg.types import Kind
from kg.values import shown

_BEFORE, _BEHIND, _LAST = 6, 3, 100  # lexemes between a name and its quantity
_MARKS = frozenset("mark range bracket region long tall wide deep high heavy".split())


def read_comparisons(text: str, chunks: Sequence[Chunk], measures: Measures, start: int = 0) -> Compared:
    """Read what a message compares; `start` is where its text begins in that of the chunks."""
    if not measures or not chunks:
        return NOTHING_COMPARED
    said = placed(text, chunks, start)
    said = as_own(said, chunks, measures) if measures.own else said
    phrases = phrases_in(said, measures)
    draft = Draft(
        said, chunks, measures, with_bent_names(said, phrases, measures) if measures.own else phrases
    )
    read_missing(draft)
    read_limitless(draft)
    read_clocks(draft)
    read_item_ages(draft)
    read_either_years(draft)
    read_times(draft)
    read_ordinal_values(draft)
    read_waits(draft)
    read_named_lengths(draft)
    free = (e for e in quantities_in(said, measures) if draft.taken.isdisjoint(range(e.low.first, e.end)))
    told = [each for each in free if not is_of_other_words(draft, each)]
    draft.quantities = [without_judges(draft, each) for each in with_shared_units(draft, told)]
    read_limits(draft)
    read_intervals(draft)
    read_pairs(draft)
    read_capacities(draft)
    read_ages(draft)
    read_some(draft)
    read_free(draft)
    read_in_stock(draft)
    for quantity in draft.quantities:
        if draft.taken.isdisjoint(range(quantity.low.first, quantity.low.end)):
            _read(draft, quantity)
    read_either(draft)
    read_scales(draft)
    read_degrees(draft)
    leave_out_thirds(draft)
    read_nothing(draft)
    read_flags(draft)
    read_questions(draft)
    read_claims(draft)
    read_unused_measures(draft, text, start)
    return draft.finished()


def _read(draft: Draft, quantity: Quantity) -> None:
    """Note the conditions of a quantity, or that no measure carries it."""
    if is_time_of_story(draft, quantity):
        return
    if is_told_for_other(draft, quantity) or (draft.measures.own and is_difference(draft, quantity)):
        draft.lost |= set(range(quantity.first - 1, quantity.end))
        return
    own = told_apart(draft, quantity)
    other = told_of_other(draft, quantity) if not (own or is_year(draft, quantity)) else None
    if other is not None:
        draft.lost |= set(other)
        return
    quantity = with_behind(draft, quantity)
    if is_denied_apart(draft, quantity):
        draft.lost |= set(range(quantity.first, quantity.end))
        return
    for measure, named in told_among(draft, quantity, [*own, *_candidates(draft, quantity)]):
        measure = end_of_prices(draft, main_price(draft, quantity, measure, named), denied=quantity.denied)
        bounds = bounds_of(draft, quantity, measure)
        if bounds is None or is_of_other_side(draft, quantity, measure):
            continue
        beside = [place for place in named if not quantity.first <= place < quantity.end]
        if not beside and is_in_passing(draft, quantity) and not _shared(draft, quantity, [measure]):
            break
        named = [*named, *(distinct_places(draft, quantity, measure, named) if measure.out_of else [])]
        named = [*named, *own_words(draft, quantity, measure, named)]
        first, end = min([quantity.first, *named]), max([quantity.end, *(place + 1 for place in named)])
        end += draft.words(end, end + 1) != [] and draft.said[end].text in _MARKS
        behind = (w.split() for w in tables("comparators")["in all"])
        end += next((len(w) for w in behind if draft.words(end, end + len(w)) == w), 0)
        text = draft.text(first, end)
        by: Source = "around" if len(bounds) == 2 and quantity.high is None else "said"
        no = denies_value(draft, bounds[0][0], first)
        read = [
            Comparison(measure.name, op, shown(Kind.NUMBER, each), text, by, unit=measure.unit, denied=no)
            for op, each in bounds
        ]
        draft.comparisons += read
        draft.placed += [(each, range(first, end)) for each in read]
        draft.take(i for i in range(first, end) if i in named or not says_more(draft, quantity, measure, i))
        draft.lost |= set(untold_rate(draft, quantity, measure))
        draft.taken -= draft.lost
        return
    if is_counted(draft, quantity) and (quantity.op or not is_in_passing(draft, quantity)):
        draft.lost |= set(range(quantity.first, quantity.end))


def _candidates(draft: Draft, quantity: Quantity) -> list[tuple[Measure, list[int]]]:
    """Return the measures that a quantity may be of, the likeliest first, with the lexemes that name them."""
    numbers = [each for each in draft.measures.every if each.kind == Kind.NUMBER and each.unit != CLOCK]
    if quantity.said:
        own = [each for each in numbers if is_counted_in(each, quantity)]  # 'longer than 8 WEEKS'
        every = [*own, *(m for s in quantity.said for m in s.measures if m in numbers)]
        near = [each for each in every if not draft.measures.own or is_near(each, quantity)]
        return [*lasting(draft, quantity), *((each, []) for each in near)]
    named = [(m, places) for m, places in _named(draft, quantity) if m in numbers]
    if quantity.unit is not None or quantity.low.out_of or quantity.low.is_clock:
        fit = [each for each in numbers if not draft.measures.own or is_near(each, quantity)]
        told = told_anywhere(unnamed(draft), [each for each in fit if each.is_money])
        fit.sort(key=lambda m: (m is not told or not is_paid(quantity), likeness(m, quantity)))
        places = [i for e in draft.free() if told in e.measures("name") for i in range(e.first, e.end)]
        return named + [(each, places if each is told else []) for each in fit]
    if thousands := in_thousands(draft, quantity, numbers):
        other = [(each, places) for each, places in named if not each.is_money and is_among(each, quantity)]
        money = [(each, places) for each, places in named if each.is_money]
        return money or other or [(each, []) for each in thousands]
    named = (
        named
        or told_by_stem(draft, quantity, numbers)
        or _shared(draft, quantity, numbers)
        or counted_in_each(draft, quantity, numbers)
    )
    if named:
        return named
    if (before := joined_before(draft, quantity) or narrowed_before(draft, quantity)) is not None:
        return [(each, []) for each in numbers if each.name == before.relation]
    if (
        not quantity.op
        or is_year(draft, quantity)
        or is_of_many(draft, quantity)
        or is_of_other(draft, quantity)
    ):
        return []
    return meant(draft, quantity, numbers)


def _named(draft: Draft, quantity: Quantity) -> list[tuple[Measure, list[int]]]:
    """Return the measures that are named beside a quantity, the nearest first."""
    found: list[tuple[int, Measure, list[int]]] = []
    for phrase in draft.free():
        behind = phrase.first >= quantity.low.end
        own = phrase.measures("name") if behind else phrase.measures("name", "verb")
        if not own and draft.measures.own and phrase.first == quantity.end and quantity.unit is None:
            own = tuple(each for each in phrase.measures("high") if is_among(each, quantity))  # '180 HIGH'
        if not own and draft.words(phrase.end, quantity.first) == [","] and quantity.unit is None:
            own = phrase.measures("low", "high")  # 'LOW MAINTENANCE, 2 or less'
        last = quantity.high or quantity.low
        if quantity.unit is not None and quantity.low.first <= phrase.first < last.end:
            continue  # the unit itself: 'hours A WEEK'
        if phrase.end <= quantity.low.first:
            between = range(phrase.end, quantity.low.first)
            near = len(between) <= _BEFORE and all(_passes(draft, quantity, i) for i in between)
        elif phrase.first >= quantity.low.end:
            end = quantity.end if quantity.unit else past_rate(draft.said, quantity.end)
            between = range(min(end, phrase.first), phrase.first)  # '200 A MONTH service charge'
            near = len(between) <= _BEHIND and all(draft.said[i].text in _fillers() for i in between)
        else:
            between, near = range(0), True
        behind = phrase.first >= quantity.end
        away = behind and leads_on(draft, phrase.end)  # unless nothing else names it: '2 ROOMS under 900'
        counts = {"than", "over", "under", "least", "most"} & set(
            draft.words(quantity.first, quantity.low.first)
        )
        dated = is_year(draft, quantity) and not (counts and phrase.first == quantity.end)
        elsewhere = behind and ((away and phrase.first > quantity.end) or dated)
        of = draft.words(quantity.end, phrase.first) == ["of"]  # '16 GB OF memory'
        if own and near and not elsewhere and not (quantity.unit and phrase.first > quantity.end and not of):
            inside = phrase.first < quantity.end and phrase.end > quantity.low.first  # 'inch' of '15 inch'
            order = len(between) + (_BEFORE if behind else _BEFORE + _BEHIND if inside else 0)
            order += _LAST if away else 0
            order = -1 if of and quantity.unit is not None else order  # '20 g OF protein'
            found += [(order, each, list(range(phrase.first, phrase.end))) for each in own]
    high = quantity.low.value if quantity.unit is None and not quantity.low.out_of else 0.0
    found.sort(
        key=lambda each: (
            bool(each[1].out_of) and high > each[1].out_of,  # 8.5 is no number of stars
            "count" in each[1].topics and high > 0 and not is_among(each[1], quantity),  # a grade, no votes
            each[0],
            likeness(each[1], quantity) if quantity.unit is not None else (),
            each[1].name.count("_"),
            each[1].name,
        )
    )
    return [(measure, places) for _, measure, places in found]


def _shared(draft: Draft, quantity: Quantity, numbers: Sequence[Measure]) -> list[tuple[Measure, list[int]]]:
    """Return the measure that only the end of a range names: 'MORE THAN 200 but fewer than 300 pages'."""
    following = next((each for each in draft.quantities if each.first >= quantity.end), None)
    if following is None or quantity.unit is not None:
        return []
    joint = draft.words(quantity.end, following.first)
    if not (joint in RANGED and quantity.op) and not (joint == ["or"] and not (quantity.op or following.op)):
        return []
    named: list[tuple[Measure, list[int]]] = [(m, []) for m, _ in _named(draft, following) if m in numbers]
    return named[:1]


def _passes(draft: Draft, quantity: Quantity, i: int) -> bool:
    """Tell whether a lexeme may stand between a name and the number of its comparison."""
    said = draft.said[i].text
    small = said in _fillers() or said == ":"
    return small or quantity.first <= i < quantity.end or is_said_twice(draft, quantity, i)


def _fillers() -> frozenset[str]:
    return words("comparators", "fillers")
