"""Items that no link names: words that stand for a title, 'it' in a story, 'the one about …'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.questions.subject import ITEM_NOUNS
from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.plan.tool_session import Call
from kg.text import fold, tokens

_NAMESAKES = 3
_SURE = 0.5
_ARTICLE = len("the ")
_LONGEST = 4  # words of a title that only the words around it tell
_STEM = 5  # letters that words of one stem share
_GLUE = words("questions", "glue")
_ENDS = words("questions", "follows a title")
_ENDS_HINT = words("questions", "ends a hint")
_BEFORE_HINT = words("questions", "before a hint")
_ORDINARY = words("questions", "orders of ones")


def linked(utterance: Utterance, slot: str) -> list[str]:
    """Return the items that a name in the place of a title means, if all of it names them."""
    return _named_by(utterance, slot, slot) or _named_by(utterance, slot, f'"{slot}"')  # 'up', "up"


def _named_by(utterance: Utterance, slot: str, text: str) -> list[str]:
    return _items_in(utterance.session.call("link_entities", text=text), slot)


def _items_in(links: dict[str, Any] | None, slot: str) -> list[str]:
    whole = [m for m in links["mentions"] if len(m["text"]) >= len(slot) - _ARTICLE] if links else []
    items = [c for m in whole for c in m["candidates"] if c["kind"] == "item" and c["score"] >= _SURE]
    return [c["id"] for c in items if c["match"] == items[0]["match"]][:_NAMESAKES]


def antecedent(utterance: Utterance) -> list[str]:
    """Return the item that a story names in small letters: 'she lent me *parasite*. what is it about?'."""
    spans = list(dict.fromkeys((*_told(utterance.chunks), *_parts(utterance.chunks))))
    calls = [Call("link_entities", {"text": f'"{span}"'}) for span in spans]
    answers = utterance.session.call_all(calls) if calls else []
    found = (_items_in(links, span) for span, links in zip(spans, answers, strict=True))
    return next((items for items in found if items), [])


def _told(chunks: Sequence[Chunk]) -> Iterator[str]:
    """Yield the words that stand where a story names a title, the longest run first."""
    for i, chunk in enumerate(chunks):
        before = chunks[i - 1].text.casefold() if i else ""
        if before not in words("questions", "tells of a title") or chunk.kind != "word":
            continue
        for end in range(min(len(chunks), i + _LONGEST), i, -1):
            run = chunks[i:end]
            ends = end == len(chunks) or chunks[end].kind == "mark" or chunks[end].text in _ENDS
            said = [each.text.casefold() for each in run]
            if ends and all(each.kind == "word" for each in run) and not set(said) <= _GLUE:
                yield " ".join(said)


def _parts(chunks: Sequence[Chunk]) -> Iterator[str]:
    """Yield what stands alone between commas or stops: '*the godfather*, who shot that one?'."""
    part: list[Chunk] = []
    for chunk in chunks:
        if chunk.kind == "mark":
            said = [each.text.casefold() for each in part]
            if 0 < len(part) <= _LONGEST and not set(said) <= _GLUE and {c.kind for c in part} == {"word"}:
                yield " ".join(said)
            part = []
        else:
            part.append(chunk)


def hinted(utterance: Utterance) -> list[str]:
    """Return the item of the last answer that words tell apart: 'the one with Seattle in the title'."""
    shown, hints = utterance.state.shown, _hints(utterance.words)
    if not shown or not hints:
        return []
    by_title = utterance.has("in the title", "in the name", "in its title", "in its name")
    known = {
        item: utterance.state.hits.get(item, {}) for item in (utterance.state.items if by_title else shown)
    }
    named = [i for i, hit in known.items() if _has(hints, f"{hit.get('title', '')} {hit.get('year', '')}")]
    if named or by_title or not utterance.session.has("describe_item"):
        return named[:1]
    calls = [Call("describe_item", {"item": item}) for item in shown]
    described = [each for each in utterance.session.call_all(calls) if each]
    told = [each["id"] for each in described if _has(hints, each["description"])]
    return (told or [each["id"] for each in described if _has(hints, _people_of(each))])[:1]


def _people_of(each: dict[str, Any]) -> str:
    return " ".join(label for labels in each["relations"].values() for label in labels)


def misses(utterance: Utterance) -> bool:
    """Tell whether a text tells an item apart by what none of those shown has: 'the one about the boy'."""
    told = utterance.has("one about", "one with") and bool(_hints(utterance.words))
    return told and bool(utterance.state.shown) and not hinted(utterance)


def _hints(said: Sequence[str]) -> list[str]:
    """Return the words that tell one item of several apart: 'the one *about the vicarage*'."""
    for i in range(1, len(said) - 2):
        if said[i] in ITEM_NOUNS and said[i - 1] in ("the", "that") and said[i + 1] in _BEFORE_HINT:
            told = said[i + 2 :]
            end = next((j for j, word in enumerate(told) if word in _ENDS_HINT), len(told))
            return [word for word in told[:end] if word not in _GLUE]
    for i in range(2, len(said)):
        if said[i] == "one" and said[i - 2] in ("the", "that") and said[i - 1] not in _ORDINARY | _GLUE:
            return [said[i - 1]]  # 'the *bank* one'
    return []


def _has(hints: Sequence[str], text: str) -> bool:
    held = {fold(token.raw)[:_STEM] for token in tokens(text or "")}
    return all(word[:_STEM] in held for word in hints)
