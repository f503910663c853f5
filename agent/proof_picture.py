"""A small picture of what proves an answer: items on the left, what they have on the right, as SVG.

The same facts give the same bytes. Labels are escaped; whoever shows it as an image runs nothing in it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from html import escape
from statistics import fmean
from typing import NamedTuple

MOST = 50  # items of a picture
_WIDTH = 460
_ROW = 36  # pixels
_LEFT, _RIGHT = 196, 290  # where the dots stand
_GAP = 10  # between a dot and its label
_LETTERS = 25  # of a label; the whole of it is its title
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#24211d}.of{font-size:10.5px;fill:#6a645b}"
    "path{fill:none;stroke:#b5554a;stroke-width:1.4}.named path{stroke-dasharray:4 3}"
    "circle{fill:#9c2f2f}.value{fill:#24211d}.named circle{fill:#fff;stroke:#9c2f2f;stroke-width:1.6}"
    "@media(prefers-color-scheme:dark){text{fill:#ece7dd}.of{fill:#aaa294}path{stroke:#c98a7f}"
    "circle{fill:#e2a297}.value{fill:#ece7dd}.named circle{fill:#1b1916;stroke:#e2a297}}"
)


class Tie(NamedTuple):
    """A fact of an item in words; `named`: the request named the item, it is no answer."""

    item: str
    title: str
    relation: str
    label: str
    named: bool = False


_Value = tuple[str, str]  # relation and label
_Place = tuple[float, float]


def picture(ties: Sequence[Tie]) -> str:
    """Return the picture of some facts, items in the order in which they come; empty without any."""
    if not ties:
        return ""
    items = {tie.item: tie for tie in ties}
    left, right = _places(list(items), ties)
    height = _ROW * max(len(left), len(right)) + 12
    named = [key for key, tie in items.items() if tie.named]
    parts = [_edge(tie, left, right) for tie in ties]
    parts += [_item(tie, left[key]) for key, tie in items.items()]
    parts += [_value(value, place) for value, place in right.items()]
    told = "; ".join(f"{tie.title}: {tie.relation} {tie.label}" for tie in ties)
    about = f"{len(items) - len(named)} of the answer" + (f", {len(named)} that was named" if named else "")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}"><title>What proves it: {escape(about)}</title>'
        f"<desc>{escape(told)}</desc><style>{_STYLE}</style>{''.join(parts)}</svg>"
    )


def _places(
    items: Sequence[str], ties: Sequence[Tie]
) -> tuple[Mapping[str, _Place], Mapping[_Value, _Place]]:
    """Return where items and values stand; values stand near their items, so that few edges cross."""
    import networkx as nx

    rows = {key: place for place, key in enumerate(items)}
    near: dict[_Value, list[int]] = {}
    for tie in ties:
        near.setdefault((tie.relation, tie.label), []).append(rows[tie.item])
    values = sorted(near, key=lambda value: (fmean(near[value]), value))
    drawn: nx.Graph[int] = nx.Graph()
    drawn.add_nodes_from(range(len(items)), side=0)
    drawn.add_nodes_from(range(len(items), len(items) + len(values)), side=1)
    laid = nx.multipartite_layout(drawn, subset_key="side")
    rows_needed = max(len(items), len(values))
    heights = _heights([float(laid[node][1]) for node in drawn], rows_needed)
    left = {key: (float(_LEFT), heights[place]) for key, place in rows.items()}
    right = {value: (float(_RIGHT), heights[len(items) + place]) for place, value in enumerate(values)}
    return left, right


def _heights(laid: Sequence[float], rows: int) -> list[float]:
    """Return pixels from the top for heights of a layout, so that the longer column has a row a node."""
    low, high = min(laid), max(laid)
    pixels = _ROW * (rows - 1) / (high - low) if high > low else 0.0
    return [round((each - low) * pixels + _ROW / 2 + 6, 1) for each in laid]


def _edge(tie: Tie, left: Mapping[str, _Place], right: Mapping[_Value, _Place]) -> str:
    (x, y), (to_x, to_y) = left[tie.item], right[tie.relation, tie.label]
    middle = (x + to_x) / 2
    line = f'<path d="M{x:g} {y:g}C{middle:g} {y:g} {middle:g} {to_y:g} {to_x:g} {to_y:g}"/>'
    return f'<g class="named">{line}</g>' if tie.named else line


def _item(tie: Tie, place: _Place) -> str:
    x, y = place
    drawn = f'<circle cx="{x:g}" cy="{y:g}" r="4"/>' + _text(tie.title, x - _GAP, y + 4.5, "end")
    return f'<g class="named">{drawn}</g>' if tie.named else drawn


def _value(value: _Value, place: _Place) -> str:
    (relation, label), (x, y) = value, place
    dot = f'<circle class="value" cx="{x:g}" cy="{y:g}" r="4"/>'
    over = _text(relation, x + _GAP, y - 6.5, "start", "of")
    return dot + over + _text(label, x + _GAP, y + 7.5, "start")


def _text(words: str, x: float, y: float, anchor: str, style: str = "") -> str:
    named = f' class="{style}"' if style else ""
    return (
        f'<text{named} x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(_short(words))}'
        f"<title>{escape(words)}</title></text>"
    )


def _short(words: str) -> str:
    """Return a label cut to the width of its column; wide letters count twice."""
    width = 0
    for place, letter in enumerate(words):
        width += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if width > _LETTERS:
            return f"{words[: max(place - 1, 1)].rstrip()}…"
    return words
