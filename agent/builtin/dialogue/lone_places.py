"""Places that stand alone in a message: what is from there is asked for."""

from __future__ import annotations

from dataclasses import replace

from agent.builtin.interpret.request import ParsedRequest


def with_places(reading: ParsedRequest) -> ParsedRequest:
    """Return a reading in which places that stand alone are asked for, several as alternatives."""
    if len(reading.places) > 1 and not reading.any_of and " or " in reading.text.casefold():
        return replace(reading, any_of=reading.places)  # 'Korean or Japanese'
    return replace(reading, wanted=(*reading.wanted, *reading.places))
