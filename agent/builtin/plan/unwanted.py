"""Items that are left out for what descriptions say: what is not wanted, and what goes with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.interpret.theme import Theme
from agent.builtin.plan.tool_session import Arguments, Call, ToolSession
from agent.builtin.respond import described, sentences
from kg.stems import singular
from kg.text import fold
from tools.english import slip_of
from tools.moods import mood_words
from tools.theme_unwanted import neighbours, unwanted

_MOST = 200  # items that one search may return
_SEARCHES = 4


def barred_by(said: Sequence[str], session: ToolSession, wanted: Collection[str] = ()) -> list[str]:
    """Return the items that speak of what is not wanted, by any words but those `wanted` beside it.

    Of words side by side that are no known phrase an item has all, near each other; if none has them the last
    one counts: for 'gratuitous violence', 'violence'.
    """
    if not (said and session.has("search_items")):
        return []
    compounds = [each for each in said if " " in each and len(unwanted(each)) == 1]
    asked = [Call("search_items", {"text": "", "words": [each], "k": _MOST}) for each in compounds]
    told = session.call_all(asked)
    found = [hit["id"] for each in told if each and not each["missing"] for hit in each["items"]]
    unknown = [each for each, answer in zip(compounds, told, strict=True) if not answer or answer["missing"]]
    single = [each for each in said if each not in compounds] + [each.split()[-1] for each in unknown]
    spelt = [each for word in single for each in (word, slip_of(word)) if each]
    ways = dict.fromkeys(way for each in spelt for way in _ways(each, wanted))
    own = {*wanted, *map(singular, wanted)}
    left = [way for way in ways if way in single or not own.issuperset(map(singular, way.split()))]
    return list(dict.fromkeys([*found, *(_speaking(left, session) if left else ())]))


def _ways(said: str, wanted: Collection[str]) -> tuple[str, ...]:
    """Return how texts speak of what is not wanted: of a sort of what is wanted, in its own words only.

    'superhero films but no MARVEL' leaves out no superheroes.
    """
    around = neighbours(said)
    of_wanted = bool(around) and any(neighbours(each) == around for each in wanted if each != said)
    return (said,) if of_wanted else unwanted(said)


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
    """Return an answer without a kind in which what has it by its description comes last: 'no ROMANCE'.

    What was said by how it feels is left out: 'nothing SCARY'.
    """
    kinds = [each.name.text for each in reading.none_of if set(each.roles) <= {"genre"}]
    said = [kind for kind in kinds if neighbours(kind)]
    if not said or not answer["items"] or reading.order or reading.sorts or not session.has("search_items"):
        return answer
    mildly = any(f"too {kind}".casefold() in reading.text.casefold() for kind in said)  # 'not TOO SCARY'
    felt = not mildly and mood_words().issuperset(map(fold, said))
    own = wanted_words(reading, Theme()) | set([] if felt else said)  # what has the kind is gone already
    ways = [way for kind in said for way in neighbours(kind) if way not in own]
    speaking = set(_speaking(list(dict.fromkeys(ways)), session))
    first = [item for item in answer["items"] if item not in speaking]
    last = [item for item in answer["items"] if item in speaking]
    if not (first and last):
        return answer
    told = sentences.left_out(said) if felt else described.speaking_last(said)
    note = " ".join(filter(None, (answer["note"], told)))
    return answer | {"items": first if felt else [*first, *last], "note": note}
