"""Small figures as inline SVG. Text is data: everything is escaped; colours are classes of the page.

A panel is 320 units wide and grows with its column, so that its letters stay readable on a phone.
Runs are told apart by number and shape too, not by colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bench.reports.shown import escape

WIDTH = 320
COLOURS = 8
_LEFT, _RIGHT, _ROW = 16.0, 46.0, 17.0
_TOP, _BOTTOM, _PLOT = 8.0, 26.0, 150.0
_LADDER = (0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)


class Point(NamedTuple):
    """A value with its interval."""

    value: float
    low: float
    high: float


class Group(NamedTuple):
    """Bars under one label: series number -> value."""

    label: str
    bars: Mapping[int, Point]


def bars(groups: Sequence[Group], label: str, top: float | None = None, digits: int = 3) -> str:
    """Return horizontal bars with whiskers and printed values; `label` says what is seen, for who cannot."""
    highest = top or ladder([point.high for group in groups for point in group.bars.values()])
    scale = (WIDTH - _LEFT - _RIGHT) / highest
    parts, y = [], 4.0
    for group in groups:
        if group.label:
            parts.append(f'<text class="group" x="0" y="{_n(y + 10)}">{escape(group.label)}</text>')
            y += 15
        for series, point in group.bars.items():
            parts.append(_bar(series, point, y, scale, highest, digits))
            y += _ROW
        y += 7
    return _svg(parts, y, label)


def lines(
    names: Sequence[str], series: Mapping[int, Sequence[Point | None]], label: str, top: float | None = None
) -> str:
    """Return a line a series over named places, with whiskers; a gap where there is no value."""
    every = [point for points in series.values() for point in points if point is not None]
    highest = top or ladder([point.high for point in every])
    step = (WIDTH - 34 - 12) / max(len(names), 1)
    parts = [_tick(share, highest) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    for place, name in enumerate(names):
        x = 34 + step * (place + 0.5)
        parts.append(f'<text class="x" x="{_n(x)}" y="{_n(_TOP + _PLOT + 17)}">{escape(name)}</text>')
    for order, (number, points) in enumerate(series.items()):
        shift = (order - (len(series) - 1) / 2) * min(6.0, step / max(len(series) + 1, 2))
        parts.append(_line(number, points, 34 + step / 2 + shift, step, highest))
    return _svg(parts, _TOP + _PLOT + _BOTTOM, label)


def ladder(values: Sequence[float]) -> float:
    """Return a round upper end for an axis that holds these values; at most 1 for scores."""
    most = max(values, default=1.0)
    for step in _LADDER:
        if most <= step * 1.0001:
            return step
    magnitude: float = 10.0 ** math.floor(math.log10(most))
    return next(step * magnitude for step in (1, 2, 5, 10) if most <= step * magnitude * 1.0001)


def colour(series: int) -> str:
    """Return the class of a series, counted from 0."""
    return f"c{series % COLOURS}"


def _bar(series: int, point: Point, y: float, scale: float, highest: float, digits: int) -> str:
    def x(value: float) -> str:
        return _n(_LEFT + min(max(value, 0.0), highest) * scale)

    width = _n(max(min(point.value, highest) * scale, 0.75))
    middle = _n(y + 6)
    whisker = ""
    if point.low != point.high:
        low, high = x(point.low), x(point.high)
        ends = f"M{low} {_n(y + 3)}v6M{high} {_n(y + 3)}v6"
        whisker = f'<path class="whisker" d="M{low} {middle}H{high}{ends}"/>'
    said = f"{point.value:,.{digits}f}"
    return (
        f'<text class="key" x="0" y="{_n(y + 10)}">{series + 1}</text>'
        f'<rect class="{colour(series)}" x="{_n(_LEFT)}" y="{_n(y)}" width="{width}" height="12" rx="1.5"/>'
        f'{whisker}<text class="value" x="{WIDTH}" y="{_n(y + 10)}">{said}</text>'
    )


def _tick(share: float, highest: float) -> str:
    y = _TOP + _PLOT * (1 - share)
    return (
        f'<line class="rule" x1="34" x2="{WIDTH}" y1="{_n(y)}" y2="{_n(y)}"/>'
        f'<text class="y" x="30" y="{_n(y + 4)}">{share * highest:g}</text>'
    )


def _line(number: int, points: Sequence[Point | None], start: float, step: float, highest: float) -> str:
    def y(value: float) -> float:
        return _TOP + _PLOT * (1 - min(max(value, 0.0), highest) / highest)

    parts, path, pen = [], "", "M"
    for place, point in enumerate(points):
        if point is None:
            pen = "M"
            continue
        x = start + step * place
        path += f"{pen}{_n(x)} {_n(y(point.value))}"
        pen = "L"
        parts.append(f'<path class="whisker" d="M{_n(x)} {_n(y(point.low))}V{_n(y(point.high))}"/>')
        parts.append(_marker(number, x, y(point.value)))
    return f'<g class="{colour(number)}"><path class="line" d="{path}"/>{"".join(parts)}</g>' if path else ""


def _marker(number: int, x: float, y: float) -> str:
    shape = number % 4
    if shape == 0:
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="4"/>'
    if shape == 1:
        return f'<rect x="{_n(x - 3.6)}" y="{_n(y - 3.6)}" width="7.2" height="7.2"/>'
    if shape == 2:
        return f'<path d="M{_n(x)} {_n(y - 4.8)}l4.6 8h-9.2z"/>'
    return f'<path d="M{_n(x)} {_n(y - 5)}l5 5l-5 5l-5 -5z"/>'


def _svg(parts: Sequence[str], height: float, label: str) -> str:
    box = f"0 0 {WIDTH} {_n(height)}"
    return f'<svg viewBox="{box}" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
