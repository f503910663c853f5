"""What costs nothing: 'free games', 'free to play', where some items have a price of nothing."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.compared import Comparison, Draft
from agent.builtin.interpret.fitting import told_anywhere
from agent.builtin.interpret.of_several import is_one_of_several
from agent.builtin.interpret.passing import is_item
from agent.builtin.interpret.size_words import unnamed
from agent.builtin.lexicon.load import groups, words
from agent.builtin.parse.bounds import denied
from agent.builtin.parse.measures import Measure
from kg.types import Kind, Op

_TO = frozenset("play use download watch read enter visit get go join".split())
_CHARGED = frozenset("paid charge charges charging".split())
_LEADS = frozenset(
    "a an any some the for is are be totally completely , and or find want need only other not isnt arent"
    " with has having s thats whats go goes in get gets enter".split()
)


def read_free(draft: Draft) -> None:
    """Note that a price of nothing is asked for; where every item costs something, the word is lost."""
    prices = [each for each in draft.measures.every if each.kind == Kind.NUMBER and each.is_money]
    prices.sort(key=lambda each: each.is_beside_price)
    named = any(each.kind == Kind.FLAG and each.name.split("_")[0] == "free" for each in draft.measures.every)
    for i in range(len(draft.said)) if prices and draft.measures.own and not named else ():
        if draft.said[i].text in _CHARGED and _has_nothing(prices[0]):
            _note_paid(draft, i, prices[0])
        if draft.said[i].text == "nothing" and _has_nothing(prices[0]):
            _note_costless(draft, i, prices)
        if draft.said[i].text != "free" or i in draft.taken or _is_opposite(draft):
            continue
        price, end = _named_behind(draft, i + 1, prices)
        told = told_anywhere(unnamed(draft), prices) if end == i + 1 else None
        price = price if told is None else told  # 'where do CHILDREN go free'
        if not (_is_only_of_items(draft, i) if draft.said[i].named else _is_of_items(draft, i, end)):
            continue
        end += 2 if draft.words(i + 1, i + 2) == ["to"] else 0
        untold = end == i + 1 and told is None and is_one_of_several(price, prices)
        if not _has_nothing(price) or untold:
            draft.lost |= set(range(i, end))
            continue
        denial = denied(draft.said, i)
        op: Op = "is" if denial is None else ">"
        first = i if denial is None else denial
        draft.comparisons.append(Comparison(price.name, op, "0", draft.text(first, end), unit=price.unit))
        draft.take(range(first, end))


def _is_opposite(draft: Draft) -> bool:
    """Tell whether a label is named of what says when something is paid: 'FREE on Sundays', of charges."""
    roles = {role for each in draft.chunks if each.choices for role in each.held_roles}
    names = {word for role in roles for word in role.split("_")}
    return any("free" in groups("measures", "opposed").get(name, ()) for name in names)


def _is_only_of_items(draft: Draft, i: int) -> bool:
    """Tell whether a label of another relation, as of parking, is said of items: 'FREE museums'."""
    place = draft.said[i].place
    alone = [each.place for each in draft.said].count(place) == 1
    after = draft.words(i + 1, i + 3)
    ends = not after or not after[0].isalpha() or after[0] == "for"
    led = after[:1] == ["to"] or (ends and draft.words(i - 1, i) not in (["and"], [","], ["or"]))
    roles = {role for choice in draft.chunks[place].choices for role in choice.roles}
    names = {word for role in roles for word in role.split("_")}
    told = names & set(draft.words(0, len(draft.said)))
    return alone and not told and (led or (i + 1 < len(draft.said) and is_item(draft, i + 1)))


def _note_costless(draft: Draft, i: int, prices: Sequence[Measure]) -> None:
    """Note that items should COST NOTHING."""
    for each in draft.free():
        price = next((price for price in prices if price in each.measures("verb", "name")), None)
        if each.end == i and price is not None and _has_nothing(price):
            text = draft.text(each.first, i + 1)
            draft.comparisons.append(Comparison(price.name, "is", "0", text, unit=price.unit))
            draft.take(range(each.first, i + 1))


def _note_paid(draft: Draft, i: int, price: Measure) -> None:
    """Note that items should cost something: 'PAID podcasts'."""
    end = _past_name(draft, i + 1, price)
    alone = end == len(draft.said) or draft.words(end, end + 1) == [","]
    other = any(e.first <= i < e.end and price not in e.measures("name", "verb") for e in draft.phrases)
    if i not in draft.taken and not other and (alone or is_item(draft, end)):
        text = draft.text(i, end)
        draft.comparisons.append(Comparison(price.name, ">", "0", text, unit=price.unit))
        draft.take(range(i, end))


def _past_name(draft: Draft, start: int, price: Measure) -> int:
    """Return where the name of a price ends that begins at a lexeme: 'free ENTRY'."""
    names = (e for e in draft.free() if e.first == start and price in e.measures("name"))
    return next((each.end for each in names), start)


def _named_behind(draft: Draft, start: int, prices: Sequence[Measure]) -> tuple[Measure, int]:
    """Return the price that is named at a lexeme, and where its name ends; the likeliest where none is."""
    told = ((each, _past_name(draft, start, each)) for each in prices)
    return next(((each, end) for each, end in told if end > start), (prices[0], start))


def _has_nothing(price: Measure) -> bool:
    return price.literals is not None and float(price.literals.values.min(initial=1)) == 0


def _is_of_items(draft: Draft, i: int, end: int) -> bool:
    """Tell whether it is said of items: 'FREE games', 'something FREE', 'FREE to play'; not 'nut FREE'."""
    before, after = draft.words(i - 1, i), draft.words(end, end + 2)
    ordered = any(each.end == i and each.measures("lowest", "highest") for each in draft.phrases)
    led = not before or ordered or before[0] in _LEADS | _TO
    led = led or before[0] in words("comparators", "leads to an end")
    if not led and not (i and is_item(draft, i - 1)):
        return False
    if after[:1] == ["to"]:
        return after[1:2] != [] and after[1] in _TO
    if after[:1] and after[0] in _TO and after[1:] in ([], ["?"]):
        return True  # 'FREE PLAY?'
    ends = not after or after[0] in words("comparators", "behind an end")
    return ends or is_item(draft, end) or (i + 2 < len(draft.said) and is_item(draft, i + 2))
