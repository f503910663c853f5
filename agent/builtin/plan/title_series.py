"""All items that go with a title: 'the Alien FILMS', 'every Star Trek MOVIE', 'the best Godfather film'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.nth import ORDINALS
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Candidate, Chunk
from agent.builtin.plan.preferences import are_only_known
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.same_title import domain_of_id, of_same_title, series_of
from agent.builtin.plan.tool_session import Arguments, ToolSession
from agent.builtin.respond import sentences
from kg.text import NUMBER_WORDS

_SEVERAL = frozenset("films movies books novels".split())
_ONE = frozenset("film movie book novel part volume instalment installment".split())
_FOUR = 4  # chunks before a title that may count
_EACH = frozenset("every each any which best".split())
_NOT_ASKED = frozenset("like to than as about not no besides except after since".split())
_JUDGED = frozenset("best greatest favourite favorite".split())
_NEAR = 3  # chunks before a title
_TOLD = words("surfeit", "done") | frozenset("loved liked enjoyed love like enjoy hated hate dislike".split())


def of_title_series(
    chunks: Sequence[Chunk], reading: ParsedRequest, session: ToolSession
) -> Arguments | None:
    """Return the items that go with a title, the earliest first; None where no such are asked for."""
    counted = _counted(chunks)
    place = counted[0] if counted is not None else _asked_at(chunks)
    stated = reading.wanted or reading.references or reading.claims or reading.categories or reading.none_of
    limited = reading.years != (None, None) or reading.any_of or reading.comparisons or reading.sorts
    if place is None or stated or limited or not session.has("find_items"):
        return None
    items = [choice for choice in chunks[place].choices if not choice.roles]
    item = (items or list(chunks[place].choices))[0]
    judged = not _JUDGED.isdisjoint(chunk.text for chunk in chunks)
    note = sentences.NO_BEST if judged else ""
    for series in _series_named(chunks[place], item, session):
        stated_of = [{"relation": "series", "value": series}]
        domain = reading.domain or domain_of_id(item.id)
        within = {"domain": domain} if domain else {}
        found = session.call("find_items", conditions=stated_of, **within)
        if found and len(found["items"]) > 1:
            hits = sorted(found["items"], key=lambda hit: hit["year"] or 0)
            dated = all(hit["year"] for hit in hits)
            if counted is not None and not dated:
                return proposal([hit["id"] for hit in hits], stated_of, note=sentences.NO_ORDER)
            if counted is not None:
                return _nth([hit["id"] for hit in hits], counted[1], stated_of)
            order = [{"relation": "year", "descending": False}]
            return proposal([hit["id"] for hit in hits], stated_of, note=note, order=order if dated else [])
    if counted is not None:
        return None
    return _by_title(item, chunks[place].text, note, are_only_known([item.id], reading, session), session)


def _series_named(chunk: Chunk, item: Candidate, session: ToolSession) -> list[str]:
    """Return the series that is called like a title, else those that it belongs to."""
    named = [choice.label for choice in chunk.choices if "series" in choice.roles]
    if named or item.roles or not session.has("describe_item"):
        return named
    described = session.call("describe_item", item=item.id)
    return series_of(described) if described else []


def _nth(items: Sequence[str], place: int, stated: list[dict[str, str]]) -> Arguments:
    """Return the item at a place of a series, as years tell."""
    if place >= len(items):
        return proposal(items, stated, note=sentences.fewer_in_series(len(items)))
    return proposal(items[place : place + 1], stated, note=sentences.nth_by_year(place + 1))


def _counted(chunks: Sequence[Chunk]) -> tuple[int, int] | None:
    """Return where a title is that stands for a series, and the place in it that is asked for.

    'the SECOND ALIEN film', 'the SECOND book of THE HUNGER GAMES', 'BOOK 2 of DUNE'.
    """
    titles = [i for i, chunk in enumerate(chunks) if chunk.kind == "title" and chunk.choices]
    if len(titles) != 1:
        return None
    place = titles[0]
    before = [chunk.text for chunk in chunks[max(0, place - _FOUR) : place]]
    told = {chunk.text for chunk in chunks[:place] if chunk.sentence == chunks[place].sentence}
    if told & _TOLD:
        return None
    if before[-1:] == ["of"] or before[-2:] in (["in", "the"], ["of", "the"]):
        before = before[: -2 if before[-1] == "the" else -1]
        if before[-1:] == ["series"]:
            before = before[:-1]
        numbered = len(before) > 1 and before[-2] in _ONE and _number(before[-1])
        ordinal = len(before) > 1 and before[-1] in _ONE and before[-2] in ORDINALS
        found = ORDINALS[before[-2]] if ordinal else numbered - 1 if numbered else -1
        return (place, found) if found >= 0 else None
    after = chunks[place + 1].text if place + 1 < len(chunks) else ""
    if before[-1:] and before[-1] in ORDINALS and before[-2:-1] == ["the"] and after in _ONE:
        return place, ORDINALS[before[-1]]
    return None


def _number(word: str) -> int:
    said = NUMBER_WORDS.get(word, word)
    return int(said) if said.isdecimal() and len(said) == 1 else 0


def _by_title(item: Candidate, said: str, note: str, absent: bool, session: ToolSession) -> Arguments | None:
    """Return the items whose titles begin alike, where no fact tells of a series."""
    others = [(hit["year"] or 0, hit["id"]) for hit in of_same_title(item, session)]
    if not others:
        return None
    dated = sorted(others if absent else [(item.year or 0, item.id), *others])
    notes = (sentences.named_alike(said), note)
    return proposal([key for _, key in dated], note=" ".join(filter(None, notes)), basis="text")


def _asked_at(chunks: Sequence[Chunk]) -> int | None:
    """Return the place of the one title of which all items are asked for."""
    titles = [i for i, chunk in enumerate(chunks) if chunk.kind == "title" and chunk.choices]
    if len(titles) != 1 or titles[0] + 1 >= len(chunks):
        return None
    place = titles[0]
    noun, before = chunks[place + 1].text, {chunk.text for chunk in chunks[max(0, place - _NEAR) : place]}
    told = {chunk.text for chunk in chunks if chunk.sentence == chunks[place].sentence}
    ordered = [chunk.text for chunk in chunks[place + 1 : place + 3]] == ["in", "order"]
    several = ordered or noun in _SEVERAL or (noun in _ONE and not _EACH.isdisjoint(before))
    return place if several and not (before & _NOT_ASKED or told & _TOLD) else None
