"""Words for a size that tell nothing here: of several counts, or of what no relation is called."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.compared import Draft, Phrase
from agent.builtin.interpret.passing import is_before_noun, is_item
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.measure_phrases import is_size
from agent.builtin.parse.measures import Measure

_LENGTHS = frozenset("longest shortest highest lowest widest deepest greatest".split())
_BEFORE_NAMES = frozenset("by of for in on with and or but the that which to from under over at please".split())


def is_untold_size(draft: Draft, phrase: Phrase, own: Sequence[Measure]) -> bool:
    """Tell whether a size may be of several counts, none of which is told: 'a SMALL venue'."""
    said = tuple(draft.words(phrase.first, phrase.end))
    return draft.measures.own and len(own) > 1 and is_size(said) and not any(each.unit for each in own)


def is_of_other_noun(draft: Draft, phrase: Phrase) -> bool:
    """Tell whether an end is of something that no relation here is called: 'the LONGEST opening hours'."""
    said = tuple(draft.words(phrase.first, phrase.end))
    if not draft.measures.own or not (is_size(said) or (len(said) == 1 and said[0] in _LENGTHS)):
        return False
    end = phrase.end
    if end >= len(draft.said) or is_before_noun(draft, end):
        return False
    after = draft.said[end]
    small = after.text in _BEFORE_NAMES | words("measures", "first") | _closed()
    begins = any(each.first == end for each in draft.phrases)
    return after.text.isalpha() and not (small or after.named or begins or is_item(draft, end))


def _closed() -> frozenset[str]:
    return frozenset(word for section in tables("function").values() for word in section)
