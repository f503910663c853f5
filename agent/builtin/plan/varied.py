"""What is like items that are named but for something: 'like Heat but FUNNIER', 'but LESS SAD'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from agent.builtin.interpret.likeness import Variation
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.interpret.theme import Theme
from agent.builtin.parse.chunks import Chunk
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.themes import FEW, lost_words
from agent.builtin.plan.tool_session import Arguments, ToolSession
from agent.builtin.respond import described
from agent.builtin.respond import sentences as wording
from kg.stems import raw, stem
from tools.theme_lines import asking_words
from tools.theme_words import is_of_several_kinds, names_mood

_TURN = re.compile(r"[ ,.;]but\b|[,.;–—-] ?only\b")  # 'like X, ONLY with more jokes'
_MODERN = frozenset(("modern", "contemporary"))


def with_more_of(reading: ParsedRequest, varied: Variation, chunks: Sequence[Chunk]) -> ParsedRequest:
    """Return a request for items like others with more or less of a kind, if nothing else is asked for.

    Beside other conditions such a kind is one too, which is proved.
    """
    more = {chunks[place].text for place in varied.kinds}
    less = {chunks[place].text for place in varied.less_kinds}
    hard = (reading.wanted, reading.references, reading.claims, reading.any_of)
    timed = reading.years != (None, None) or reading.comparisons or reading.sorts
    kinds = [each.text for each in reading.categories]
    denied = [each.name.text for each in reading.none_of]
    soft = len(kinds) <= 1 and set(kinds) <= more and set(denied) <= less
    if not (kinds or denied) or not soft or any(hard) or timed:
        return reading
    unwanted = tuple({each.name.text: each.name for each in reading.none_of}.values())
    return replace(reading, categories=(), none_of=(), more_of=reading.categories, less_of=unwanted)


def as_modern_version(
    reading: ParsedRequest, theme: Theme, chunks: Sequence[Chunk], session: ToolSession
) -> tuple[ParsedRequest, Theme]:
    """Return a request in which 'like X but MODERN' asks for X told anew; for late years where none is."""
    said = next((c for c in chunks if c.text in _MODERN and c.start in reading.timed), None)
    if said is None or not reading.examples or not _is_turned(chunks, said) or reading.years[1] is not None:
        return reading, theme
    if not _is_told_anew(reading, said.text, session):
        return reading, theme
    wanted = (*theme.wanted, (said.text,))
    anew = theme._replace(wanted=wanted, phrase=" ".join(filter(None, (theme.phrase, said.text))))
    return replace(reading, years=(None, None), timed=reading.timed - {said.start}), anew


def _is_told_anew(reading: ParsedRequest, modern: str, session: ToolSession) -> bool:
    """Tell whether some items are like those named and retellings of our time."""
    named = [title.choices[0].id for title in reading.examples if title.choices]
    domain = {"domain": reading.domain} if reading.domain else {}
    found = (
        session.call("similar_items", items=named, text="", but=modern, k=FEW, **domain) if named else None
    )
    return found is not None and (found["near"] or 0) >= FEW


def _is_turned(chunks: Sequence[Chunk], said: Chunk) -> bool:
    before = [chunk.text for chunk in chunks if chunk.start < said.start]
    return before[-1:] == ["but"] or before[-2:] in (["but", "more"], ["but", "set"])


def wish(named: Sequence[str], reading: ParsedRequest, theme: Theme, session: ToolSession) -> Arguments:
    """Return what items should have more and less of than those named, as a tool takes it; nothing else."""
    other = bool(named) and _is_after_but(theme, reading.text)
    spoken = theme.plain().phrase if theme.rest else theme.phrase  # 'with women IN charge'
    more = " ".join(_more_kinds(reading, session)) or (spoken if other else "")
    lost = set(theme.plain().words) <= set(lost_words(theme, session)) and not names_mood(spoken)
    if other and not reading.more_of and lost:
        more = ""  # of which no description speaks
    denied = _turned_from(theme, reading) if named else ()
    every = dict.fromkeys((*(each.text for each in reading.less_of), *denied))
    less = [
        each for each in every if not any(f" {each} " in f" {other} " for other in every if other != each)
    ]
    return {name: said for name, said in (("but", more), ("less", " ".join(less))) if said}


def _turned_from(theme: Theme, reading: ParsedRequest) -> list[str]:
    """Return what there should be less of: of what is refused, not what there may be some of.

    Where 'nothing TOO SERIOUS' is said, what speaks of it is left out, and nothing else is the worse.
    """
    return [each for each in theme.denied if not _is_mild(each, reading.text)]


def _is_mild(denied: str, text: str) -> bool:
    """Tell whether too much of something is refused, and no turn is asked for: 'nothing TOO SERIOUS'."""
    said = " ".join(raw(text.casefold()))
    before = said.partition(f" too {denied}")
    return bool(before[1]) and before[0].rpartition(" ")[0].split()[-1:] != ["but"]


def varied_answer(
    found: Any, wished: Arguments, reading: ParsedRequest, theme: Theme, session: ToolSession
) -> Arguments:
    """Return the items that are like others and have what these lack, and say so; the nearest if none do."""
    titles = [title.choices[0].label for title in reading.examples if title.choices]
    lost = lost_words(theme, session) if theme.wanted else list(theme.rest)
    lost = [] if names_mood(wished.get("but", "")) else lost  # said in words that no description has
    spoken = {*raw(wished.get("but", "")), *asking_words()}
    lost += [word for word in theme.rest if word not in (*lost, *spoken) and not names_mood(word)]
    listed = [choice.label for name in reading.more_of for choice in name.choices[:1]]
    kinds = [kind for kind in _more_kinds(reading, session) if kind in listed]
    more = [wished["but"]] if "but" in wished and not kinds else []
    note = described.alike_with(titles, more, [wished["less"]] if "less" in wished else [], found["near"])
    first = wording.kinds_first(kinds, strictly=True) if kinds else ""
    items = [hit["id"] for hit in found["items"]]
    shown = items[: found["near"]] or items[:FEW]
    noted = " ".join(filter(None, (note, first)))
    answer = proposal(shown[: reading.limit], note=noted, basis="taste")
    return answer | ({"unused": lost} if lost else {})


def _more_kinds(reading: ParsedRequest, session: ToolSession) -> list[str]:
    """Return the kinds that there should be more of; as it was said what stands for several: 'scary'.

    So is what nothing of a domain is listed as, of which tags may tell: of books 'funnier'.
    """
    each = [(name.text, choice.label) for name in reading.more_of for choice in name.choices[:1]]
    return [
        said if is_of_several_kinds(said) or _is_foreign(label, reading, session) else label
        for said, label in each
    ]


def _is_foreign(label: str, reading: ParsedRequest, session: ToolSession) -> bool:
    """Tell whether nothing of the domain that is asked for is listed as a kind."""
    if not (reading.domain and session.has("find_items")):
        return False
    conditions = [{"relation": "genre", "value": label}]
    found = session.call("find_items", conditions=conditions, domain=reading.domain, limit=1)
    return found is not None and not found["items"]


def _is_after_but(theme: Theme, text: str) -> bool:
    """Tell whether a theme is what items should have that those named lack: 'like X but IN SPACE'."""
    turned = _TURN.split(text.casefold())[1:]
    words = raw(theme.plain().phrase) if theme.wanted else []
    told = (set(map(stem, raw(after))) for after in turned)
    return bool(words) and any(set(map(stem, words)) <= after for after in told)  # 'but DARKER'
