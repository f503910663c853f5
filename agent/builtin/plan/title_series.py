"""All items that go with a title: 'the Alien FILMS', 'every Star Trek MOVIE', 'the best Godfather film'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Candidate, Chunk
from agent.builtin.plan.preferences import are_only_known
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.same_title import of_same_title, series_of
from agent.builtin.plan.tool_session import Arguments, ToolSession
from agent.builtin.respond import sentences

_SEVERAL = frozenset("films movies books novels".split())
_ONE = frozenset("film movie book novel".split())
_EACH = frozenset("every each any which best".split())
_NOT_ASKED = frozenset("like to than as about not no besides except after since".split())
_JUDGED = frozenset("best greatest favourite favorite".split())
_NEAR = 3  # chunks before a title
_TOLD = words("surfeit", "done") | frozenset("loved liked enjoyed love like enjoy hated hate dislike".split())


def of_title_series(
    chunks: Sequence[Chunk], reading: ParsedRequest, session: ToolSession
) -> Arguments | None:
    """Return the items that go with a title, the earliest first; None where no such are asked for."""
    place = _asked_at(chunks)
    stated = reading.wanted or reading.references or reading.claims or reading.categories or reading.none_of
    limited = reading.years != (None, None) or reading.any_of or reading.comparisons or reading.sorts
    if place is None or stated or limited or not session.has("find_items"):
        return None
    item = chunks[place].choices[0]
    judged = not _JUDGED.isdisjoint(chunk.text for chunk in chunks)
    note = sentences.NO_BEST if judged else ""
    described = session.call("describe_item", item=item.id) if session.has("describe_item") else None
    for series in series_of(described) if described else ():
        stated_of = [{"relation": "series", "value": series}]
        domain = item.id.partition("/")[0]
        found = session.call("find_items", conditions=stated_of, domain=domain)
        if found and len(found["items"]) > 1:
            hits = sorted(found["items"], key=lambda hit: hit["year"] or 0)
            order = [{"relation": "year", "descending": False}]
            return proposal([hit["id"] for hit in hits], stated_of, note=note, order=order)
    return _by_title(item, chunks[place].text, note, are_only_known([item.id], reading, session), session)


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
    several = noun in _SEVERAL or (noun in _ONE and not _EACH.isdisjoint(before))
    return place if several and not (before & _NOT_ASKED or told & _TOLD) else None
