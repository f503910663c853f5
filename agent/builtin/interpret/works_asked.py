"""What somebody made before or after an item, asked for as a question: 'what did N write before X?'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.request import ParsedRequest


def asks_for_works(reading: ParsedRequest, words: Sequence[str]) -> bool:
    """Tell whether a question asks for items of somebody from before or after one that is named."""
    asked = tuple(words[:2]) in (("what", "did"), ("what", "has"), ("what", "else"), ("which", "films"))
    dated = reading.years != (None, None) and bool({"before", "after", "since"} & set(words))
    return asked and dated and bool(reading.wanted) and bool(reading.mentioned)
