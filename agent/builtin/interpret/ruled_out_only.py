"""Requests that name nothing but what is not wanted, and what they are about then."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.interpret.spans import Span, Use
from agent.builtin.interpret.theme import Theme


def only_rules_out(reading: ParsedRequest) -> bool:
    """Tell whether a request names nothing but what is not wanted: 'he loves dinosaurs, no Jurassic Park'."""
    stated = reading.wanted or reading.categories or reading.any_of or reading.references or reading.claims
    bounded = reading.years != (None, None) or reading.comparisons or reading.sorts or reading.examples
    return bool(reading.none_of) and not (stated or bounded)


def told_beside(theme: Theme, spans: Sequence[Span]) -> Theme:
    """Return what a long request is about beside what it rules out; who asks and when says nothing of it."""
    return theme.plain().without([span.text for span in spans if span.use == Use.WHO_ASKS])
