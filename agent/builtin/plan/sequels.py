"""What came after an item under the same title: 'a sequel to Toy Story', where no fact tells of series."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.request import ItemMention
from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Candidate, Chunk
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.same_title import of_same_title
from agent.builtin.plan.tool_session import Arguments, ToolSession
from agent.builtin.respond import sentences

_LATER = words("themes", "what came after")
_EARLIER = words("themes", "what came before")
_TO = frozenset("to of for".split())


def sequel_of(chunks: Sequence[Chunk], titles: Sequence[ItemMention]) -> tuple[Candidate, bool] | None:
    """Return the item that others of its title are asked of, and whether those after it: 'sequel to X'."""
    for place in range(2, len(chunks)):
        asked = chunks[place - 2].text
        if chunks[place].kind != "title" or chunks[place - 1].text not in _TO:
            continue
        if asked in _LATER | _EARLIER:
            named = (each.choices[0] for each in titles if each.text == chunks[place].text and each.choices)
            return next(((item, asked in _LATER) for item in named), None)
    return None


def sequels(item: Candidate, session: ToolSession, *, later: bool) -> Arguments | None:
    """Return the items whose title begins like that of an item and that are later, or earlier, than it."""
    if not session.has("search_items"):
        return None
    hits = [hit for hit in of_same_title(item, session) if _is_apart(hit["year"], item.year, later=later)]
    hits.sort(key=lambda hit: hit["year"] or 0, reverse=not later)
    if not hits:
        return proposal(act="decline", note=sentences.no_sequel(item.label, later=later))
    note = sentences.by_title(item.label, later=later)
    return proposal([hit["id"] for hit in hits], note=note, basis="text")


def _is_apart(year: int | None, first: int | None, *, later: bool) -> bool:
    if year is None or first is None:
        return True
    return year > first if later else year < first
