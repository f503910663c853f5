"""Items that are left out for what descriptions say: what is not wanted, and what goes with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.interpret.theme import Theme
from agent.builtin.plan.tool_session import Arguments, ToolSession
from agent.builtin.respond import described
from kg.stems import singular
from kg.text import fold
from tools.english import slip_of
from tools.theme_unwanted import neighbours, unwanted

_MOST = 200  # items that one search may return
_SEARCHES = 4


def barred_by(said: Sequence[str], session: ToolSession, wanted: Collection[str] = ()) -> list[str]:
    """Return the items that speak of what is not wanted, by any words but those `wanted` beside it."""
    if not (said and session.has("search_items")):
        return []
    spelt = [each for word in said for each in (word, slip_of(word)) if each]
    ways = dict.fromkeys(way for each in spelt for way in unwanted(each))
    return _speaking([way for way in ways if way in said or way not in wanted], session)


def _speaking(ways: Sequence[str], session: ToolSession) -> list[str]:
    found: list[str] = []
    for _ in range(_SEARCHES):
        more = {"exclude_items": found.copy()} if found else {}
        answer = session.call("search_items", text="", words=["|".join(ways)], k=_MOST, **more)
        hits = [hit["id"] for hit in answer["items"]] if answer else []
        found += hits
        if len(hits) < _MOST:
            break
    return found


def wanted_words(reading: ParsedRequest, theme: Theme) -> set[str]:
    """Return the words of the kinds and the theme that are wanted, plural and singular."""
    kinds = [word for each in reading.categories for word in fold(each.text).split()]
    return {*theme.said, *kinds, *map(singular, kinds)}


def kinds_spoken_of_last(answer: Arguments, reading: ParsedRequest, session: ToolSession) -> Arguments:
    """Return an answer without a kind in which what has it by its description comes last: 'no ROMANCE'."""
    kinds = [each.name.text for each in reading.none_of if set(each.roles) <= {"genre"}]
    said = [kind for kind in kinds if neighbours(kind)]
    if not said or not answer["items"] or reading.order or reading.sorts or not session.has("search_items"):
        return answer
    own = {*wanted_words(reading, Theme()), *said}  # what has the kind is not among the items
    ways = [way for kind in said for way in neighbours(kind) if way not in own]
    speaking = set(_speaking(list(dict.fromkeys(ways)), session))
    first = [item for item in answer["items"] if item not in speaking]
    last = [item for item in answer["items"] if item in speaking]
    if not (first and last):
        return answer
    note = " ".join(filter(None, (answer["note"], described.speaking_last(said))))
    return answer | {"items": [*first, *last], "note": note}
