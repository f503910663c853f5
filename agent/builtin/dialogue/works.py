"""Wishes for what somebody made: of whom the text itself names, or before and after an item."""

from __future__ import annotations

from dataclasses import replace

from agent.builtin.dialogue.acts import SamePerson
from agent.builtin.dialogue.fragments import PEOPLE
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.request import EntityMention
from agent.builtin.lexicon.load import words
from agent.builtin.plan.search import SearchFilters

_PRONOUNS = frozenset("he she him her his hers they them their".split())


def of_whoever_is_named(utterance: Utterance) -> SamePerson | None:
    """'Rooney Mara! What has she done?', 'oh, Judi Dench, anything else with her?'."""
    reading, chunks = utterance.reading, utterance.chunks
    people = [each for each in reading.wanted if _is_somebody(each.name)]
    if len(people) != 1 or len(reading.wanted) != 1 or reading.mentioned or reading.none_of:
        return None
    place = next((i for i, c in enumerate(chunks) if c.text == people[0].name.text), len(chunks))
    mark = next((i for i in range(place, len(chunks)) if chunks[i].kind == "mark"), len(chunks))
    before = {c.text for c in chunks[:place] if c.kind != "mark"}
    after = {word for c in chunks[mark + 1 :] for word in c.text.casefold().split()}
    led = before <= words("acts", "before a denial") | words("acts", "before an end")
    works = utterance.says("other work") or after & words("acts", "making") or {"in", "any", "with"} & after
    return SamePerson((), named=True) if led and after & _PRONOUNS and works else None


def in_time(utterance: Utterance) -> SamePerson | None:
    """'what did he do after that', "what's she made since 2000", 'and what did they write next?'."""
    reading, said = utterance.reading, utterance.words
    if reading.wanted or reading.mentioned or reading.categories or not utterance.is_short:
        return None
    made = bool(words("acts", "making") - {"by"} & set(said)) and bool(_PRONOUNS & set(said))
    asks = said[0] in words("acts", "before an end") | {"did", "has", "have", "anything", "something"}
    return SamePerson(()) if made and asks and utterance.says("times of works") else None


def asks_for_other_kind(utterance: Utterance) -> bool:
    """Tell whether others than somebody's are wanted, of a kind: 'and OTHER THRILLERS FROM Korea'."""
    said = [c for c in utterance.chunks if c.text not in words("acts", "before others of a kind")]
    reading = utterance.reading
    led = (
        bool(said[1:])
        and said[0].text in ("other", "more", "others", "another")
        and said[1].kind == "category"
    )
    held = {each["relation"] for each in utterance.state.conditions}
    named = any(each.name.choices for each in (*reading.wanted, *reading.any_of))
    whose = _PRONOUNS & set(utterance.words)
    return led and named and bool(held & PEOPLE) and "genre" not in held and not whose


def _is_somebody(name: EntityMention) -> bool:
    return any(not PEOPLE.isdisjoint(choice.roles) for choice in name.choices)


_AFTER = ("after it", "after that", "after this", "next", "since", "afterwards", "after", "from then on")


def dated(filters: SearchFilters, focus: str | None, utterance: Utterance) -> SearchFilters:
    """Return the limits with those of 'his EARLIER films', than the item talked about."""
    newer = utterance.says("newer") or utterance.has(*_AFTER)
    older = utterance.says("older") or utterance.has("earlier", "before", "until then")
    known = focus is not None and utterance.session.has("describe_item")
    if newer == older or not known or filters.years != (None, None):
        return filters
    described = utterance.session.call("describe_item", item=focus)
    year = described["year"] if described else None
    if not year:
        return filters
    order = "earliest" if utterance.has("next") else filters.order
    return replace(filters, years=(year + 1, None) if newer else (None, year - 1), order=order)
