"""Words that judge or name a studio: themes where tags of items tell of them, as of 'UPLIFTING', 'PIXAR'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.spans import Span, Use
from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import asked_clauses
from agent.builtin.plan.tool_session import Call, ToolSession
from kg.stems import stem
from tools.theme_clauses import clauses
from tools.theme_unwanted import aversion_words, neighbours

_READ = 3  # items whose tags are read


def with_told_moods(spans: Sequence[Span], session: ToolSession, chunks: Sequence[Chunk]) -> list[Span]:
    """Return uses of words where what an item does to somebody is a theme, if tags tell it: 'UPLIFTING'."""
    judgement = words("unknowable", "judgement") | words("unknowable", "told by tags")
    asked = {chunk.start for chunk, one in zip(chunks, asked_clauses(chunks), strict=True) if one}
    judged = [
        span
        for place, span in enumerate(spans)
        if span.use == Use.UNUSED
        and span.text in judgement
        and span.start in asked
        and _is_free(spans, place)
    ]
    said = dict.fromkeys(span.text for span in judged)
    told = {word for word in said if _is_told(word, session)}
    themes = {span.start for span in judged if span.text in told}
    return [span._replace(use=Use.THEME) if span.start in themes else span for span in spans]


def _is_free(spans: Sequence[Span], place: int) -> bool:
    """Tell whether a word is no service and not of what is known: 'on DISNEY plus', 'the MARVEL ones'."""
    before = spans[place - 1].text if place else ""
    return before not in ("on", "the") and [each.text for each in spans[place + 1 : place + 2]] != ["plus"]


def _is_told(word: str, session: ToolSession) -> bool:
    """Tell whether tags have a word, or what goes with what is not wanted: 'silly' of what is STUPID.

    A sentence that mentions it is no tag.
    """
    if not (session.has("search_items") and session.has("describe_item")):
        return False
    around = [each for each in neighbours(word) if " " not in each] if word in aversion_words() else []
    said = dict.fromkeys((word, *around))
    found = session.call("search_items", text="", words=["|".join(said)], k=_READ)
    calls = [Call("describe_item", {"item": key}) for key in _found(found)]
    texts = [each["description"] for each in session.call_all(calls) if each]
    parts = [part for text in texts for part in clauses(text) if part.tells == 1]
    return any(stem(each) in part.stems for part in parts for each in said)


def _found(answer: dict[str, list[dict[str, str]]] | None) -> list[str]:
    return [hit["id"] for hit in answer["items"]] if answer else []
