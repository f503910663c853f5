"""The value that is asked of a named item: 'price of X?', 'X price?', 'what is X GOING FOR?'."""

from __future__ import annotations

from agent.builtin.interpret.asked_counts import money_of, other_end, prices_of
from agent.builtin.interpret.compared import Asked, Draft, Phrase
from agent.builtin.interpret.fitting import told_anywhere
from agent.builtin.interpret.size_words import unnamed
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.measures import Form, Measure

_ON_ITEM = frozenset("on in at of with for aboard by from".split())
_NOUNS = frozenset("film movie book wine car game bottle the one".split())
_EACH = words("comparators", "each of them")
_POINTING = words("comparators", "pointing") - _NOUNS | _EACH
_CLOSING = frozenset("? . ! please then exactly again anyway though of for the a in it this that".split())


def titles_of(draft: Draft) -> tuple[str, ...]:
    """Return the titles that are named."""
    return tuple(chunk.text for chunk in draft.chunks if chunk.kind == "title")


def _subject(draft: Draft) -> tuple[tuple[str, ...], bool]:
    """Return the titles that are named, and whether words point at an item where none is."""
    titles = titles_of(draft)
    said = {each.text for each in draft.said}
    return titles, not titles and bool(_POINTING & said)


def named_at(draft: Draft, i: int, *forms: Form) -> tuple[Measure, Phrase] | None:
    """Return the measure that is spoken of at a lexeme in one of some forms, and the phrase that does."""
    for phrase in draft.phrases:
        if phrase.first == i and (own := phrase.measures(*forms)):
            return own[0], phrase
    return None


def named_after(draft: Draft, start: int, *forms: Form) -> tuple[Measure, Phrase] | None:
    """Return the first measure that is spoken of from a lexeme on, and the phrase that does."""
    for phrase in draft.phrases:
        if phrase.first >= start and (own := phrase.measures(*forms)):
            return own[0], phrase
    return None


def value_asked(draft: Draft, measure: Measure) -> Asked | None:
    """Return what a measure is of the item that is named or pointed at; None where items are asked for."""
    titles, points = _subject(draft)
    if draft.measures.own and measure.is_money:
        measure = told_anywhere(unnamed(draft), money_of(draft)) or measure  # "a CHILD'S ticket"
    plural = any(chunk.text in ("items", "films", "movies", "books", "games") for chunk in draft.chunks)
    counted = any(each.op or each.unit for each in draft.quantities)
    if not (titles or points) or (plural and not titles) or counted:
        return None
    other = other_end(draft, measure)
    also = () if other is None else (Asked("value", other.name, titles),)
    return Asked("value", measure.name, titles, also=also)


def of_item(draft: Draft, start: int) -> Asked | None:
    """'price of X?', 'the running time of X', 'X: berths?'."""
    first = start + (draft.words(start, start + 1) == ["the"])
    behind = next((i + 1 for i in range(len(draft.said) - 1, -1, -1) if draft.said[i].named), 0)
    behind += draft.words(behind, behind + 1) in ([":"], ["-"], [","])
    titled = draft.measures.own and draft.said[start].named if start < len(draft.said) else False
    found = named_at(draft, behind if titled else first, "name")
    each_of_them = not _EACH.isdisjoint(draft.words(first, len(draft.said)))  # 'the length of EACH'
    if found is None or not (titles_of(draft) or each_of_them) or draft.quantities:
        return None
    rest = [each for each in draft.said[found[1].end :] if not (each.named or each.text in _EACH)]
    return value_asked(draft, found[0]) if all(each.text in _CLOSING | _ON_ITEM for each in rest) else None


def of_price(draft: Draft, start: int) -> Asked | None:
    """'what is X GOING FOR?', 'what do they want for X?': the price, in words that do not name it."""
    prices = prices_of(draft) if draft.measures.own and titles_of(draft) else []
    text = f" {' '.join('' if each.named else each.text for each in draft.said)} "
    asks = any(f" {said} " in text for said in tables("comparators")["asks a price"])
    return value_asked(draft, prices[0]) if len(prices) == 1 and asks else None
