"""Names that only a conversation tells: 'the poirot ones', 'the androids one', 'the one about the leopard'.

Words that name nothing by themselves are looked for in the titles of what was shown, and in who and what the
items that the person saw have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from agent.builtin.dialogue.state import DialogueState
from agent.builtin.interpret.spans import Span, Use
from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Candidate, Chunk
from agent.builtin.plan.tool_session import Call, ToolSession
from kg.text import fold, tokens
from tools.english import common_words, is_everyday

_LOOSE = (Use.THEME, Use.UNUSED, Use.UNKNOWN, Use.REMARK)
_LEAST = 4  # letters of a word that may name something
_SEVERAL = 2  # bearers of a surname
_MOST = 36  # chunks; a longer text tells its names itself
_SEEN = 20  # items whose facts are looked into
_ARTICLES = frozenset("a an the this that".split())
_NAMED = frozenset("author director writer actor composer series".split())


def with_names_of_conversation(
    chunks: Sequence[Chunk], spans: Sequence[Span], state: DialogueState, session: ToolSession
) -> list[Chunk] | None:
    """Return the chunks with the names that the conversation gives to their words; None if it gives none."""
    loose = {span.start for span in spans if span.use in _LOOSE and len(span.text) >= _LEAST}
    places = [i for i, chunk in enumerate(chunks) if chunk.start in loose and _may_name(chunks, i)]
    places += [i for i, chunk in enumerate(chunks) if _is_near_a_title(chunk)]
    if len(chunks) > _MOST:
        return None
    counted = _counted_at(chunks)
    places = [i for i in places if i < counted]
    several = any(chunk.text == "ones" for chunk in chunks)
    named = {i: name for i, chunk in enumerate(chunks) if (name := _of_somebody_named(chunk, state))}
    titled = {i: title for i in places if (title := _of_title(chunks[i], state, several=several))}
    named |= {i: title for i, title in titled.items() if _is_whole(title) or not _is_plain(chunks, i)}
    named |= _of_whole_titles(chunks, state)
    named |= {
        i: person
        for i, chunk in enumerate(chunks)
        if chunk.start in loose and (person := _of_plain_surname(chunks, i, state))
    }
    rest = [i for i in sorted(places) if i not in named and not _says_how_they_are(chunks, i)]
    if rest and session.has("describe_item") and _is_pointed(chunks, rest):
        calls = [Call("describe_item", {"item": item}) for item in state.seen[:_SEEN]]
        described = [each for each in session.call_all(calls) if each]
        named |= {i: name for i in rest if (name := _of_items(chunks, i, described, state))}
    return [named.get(i, chunk) for i, chunk in enumerate(chunks)] if named else None


def _of_whole_titles(chunks: Sequence[Chunk], state: DialogueState) -> dict[int, Chunk]:
    """Return the words that are whole titles of those shown, where two are: 'is US longer than NOPE'."""
    titles = {fold(str(state.hits.get(item, {}).get("title", ""))): item for item in reversed(state.shown)}
    plain = {i: titles.get(fold(each.text)) for i, each in enumerate(chunks) if each.kind != "title"}
    found = {i: _title(chunks[i], item, state) for i, item in plain.items() if item}
    named = {each.choices[0].label for each in found.values()}
    named |= {each.text for each in chunks if each.kind == "title"}
    return found if len(named) > 1 else {}


def _counted_at(chunks: Sequence[Chunk]) -> int:
    """Return where one of those shown is counted, so that no word behind names one: 'the LAST ONE'."""
    orders = words("questions", "orders of ones")
    counted = (
        i for i, pair in enumerate(pairwise(chunks)) if pair[0].text in orders and pair[1].text == "one"
    )
    return next(counted, len(chunks))


def _is_near_a_title(chunk: Chunk) -> bool:
    """Tell whether a word is only spelt like a title: 'without *Woody*' is not The Wood."""
    near = chunk.kind == "title" and bool(chunk.choices) and chunk.choices[0].match == "spelling"
    return near and " " not in chunk.text and len(chunk.text) >= _LEAST


def _of_somebody_named(chunk: Chunk, state: DialogueState) -> Chunk | None:
    """Return a surname as that bearer of it who was named before: 'forget *Stewart*'."""
    if chunk.kind == "title" and (person := _of_that_surname(chunk, state)) is not None:
        return person  # 'anything else with *Cruise*', which is also a title
    if chunk.kind != "entity" or len(chunk.choices) < _SEVERAL or chunk.choices[0].match != "surname":
        return None
    before = [person.label for person in state.people if person.label not in state.crowd]
    known = sorted((c for c in chunk.choices if c.label in before), key=lambda c: before.index(c.label))
    of_cast = [c for c in chunk.choices if c.label in state.crowd]
    known = known or (of_cast if len(of_cast) == 1 else [])
    return replace(chunk, choices=tuple(known[:1])) if known else None


def _of_plain_surname(chunks: Sequence[Chunk], i: int, state: DialogueState) -> Chunk | None:
    """Return an ordinary word as whoever of that surname was named: 'KING directed it'."""
    before = chunks[i - 1].text if i else ""
    after = chunks[i + 1] if i + 1 < len(chunks) else None
    if chunks[i].kind != "word" or before in _ARTICLES:
        return None
    ends = after is None or after.kind in ("mark", "trigger") or after.text in ITEM_NOUNS | {"s"}
    return _of_that_surname(chunks[i], state) if ends else None


def _of_that_surname(chunk: Chunk, state: DialogueState) -> Chunk | None:
    """Return a title of one word as the person of that surname who was asked for or told of."""
    word = fold(chunk.text)
    named = [each for each in state.people if word == fold(each.label).split()[-1] != fold(each.label)]
    if " " in word or not named or named[0].label in state.crowd:
        return None
    roles = {each.relation: 1 for each in state.people if each.label == named[0].label}
    choice = Candidate("", named[0].label, roles, "surname", 1.0, None)
    return replace(chunk, kind="entity", choices=(choice,), entries=())


def _may_name(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a word is no ordinary one, or items are counted by it: 'the *birds* one'."""
    said = fold(chunks[i].text)
    if chunks[i].choices and chunks[i].choices[0].match == "full" and chunks[i].kind == "entity":
        return False  # Mexico is no short form of the Mexico Trilogy
    ordinary = said in common_words() or said in words("unknowable", "tone")
    return not ordinary or _is_counted(chunks, i)


def _is_counted(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether items are counted by a word: 'the BIRDS one', 'the one about BIRDS'."""
    return bool({chunk.text for chunk in chunks[max(0, i - _LEAST) : i + 2]} & {"one", "ones"})


def _is_whole(title: Chunk) -> bool:
    """Tell whether a word is all of a title: 'BIRDS' of The Birds."""
    said = [word for word in _words(title.choices[0].label) if word not in ("the", "a", "an")]
    return said == [fold(title.text)]


def _is_plain(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a word in small letters is too ordinary to name a title: 'no I mean films about SPACE'."""
    said = chunks[i].text
    beside = chunks[i - 1].text if i else ""
    led = _is_counted(chunks, i) or beside in words("negation", "denying") or len(chunks) <= _LEAST
    return said == fold(said) and is_everyday(said) and not led


def _says_how_they_are(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether an everyday word says how items should be: 'FAST ones', not 'the BIRDS one'."""
    said, after = chunks[i].text, chunks[i + 1].text if i + 1 < len(chunks) else ""
    led = i > 0 and chunks[i - 1].text in words("acts", "points into the list") | {"the", "those", "these"}
    return after == "ones" and not led and said == fold(said) and is_everyday(said)


def _is_pointed(chunks: Sequence[Chunk], places: Sequence[int]) -> bool:
    """Tell whether a text speaks of what was shown, so that facts of it are worth a look."""
    said = {chunk.text for chunk in chunks}
    return bool(said & words("acts", "points into the list")) or len(chunks) <= _LEAST


def _of_title(chunk: Chunk, state: DialogueState, *, several: bool) -> Chunk | None:
    """Return a word as a title, if one of the titles that were shown has it."""
    word = fold(chunk.text)
    if several:
        return None
    has = [item for item in state.shown if word in _words(str(state.hits.get(item, {}).get("title", "")))]
    return _title(chunk, has[0], state) if len(has) == 1 else None


def _title(chunk: Chunk, item: str, state: DialogueState) -> Chunk:
    hit = state.hits.get(item, {})
    domain = item.partition("/")[0] if "/" in item else None
    choice = Candidate(item, str(hit.get("title", "")), {}, "short", 1.0, hit.get("year"), domain)
    return replace(chunk, kind="title", choices=(choice,), entries=())


def _of_items(
    chunks: Sequence[Chunk], i: int, described: Sequence[dict[str, Any]], state: DialogueState
) -> Chunk | None:
    """Return a word as the name of somebody or of a series that items have, or as the item it describes."""
    word = fold(chunks[i].text)
    found = [] if word in common_words() else list(dict.fromkeys(_labels(word, described)))
    found = found or list(_called(word, described))
    if found:
        roles = {relation: 1 for relation, label in found if label == found[0][1]}
        choice = Candidate("", found[0][1], roles, "surname", 1.0, None)
        return replace(chunks[i], kind="entity", choices=(choice,), entries=())
    shown = [each for each in described if each["id"] in state.shown]
    about = [each["id"] for each in shown if word in _words(str(each["description"] or ""))]
    one = any(chunk.text == "one" and chunk.sentence == chunks[i].sentence for chunk in chunks[:i])
    return _title(chunks[i], about[0], state) if one and len(about) == 1 else None


def _labels(word: str, described: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for each in described:
        for relation, labels in each["relations"].items():
            for label in labels if relation in _NAMED else ():
                said = _words(label)
                if word in (said if relation == "series" else said[-1:]):
                    yield relation, label


def _called(word: str, described: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield in which relations items have the only person of a first name: 'without *Woody*'."""
    if word in common_words():
        return
    pairs = [
        (relation, label)
        for each in described
        for relation, labels in each["relations"].items()
        for label in (labels if relation in _NAMED else ())
        if relation != "series" and _words(label)[:1] == [word]
    ]
    if len({label for _, label in pairs}) == 1:
        yield from dict.fromkeys(pairs)


def _words(text: str) -> list[str]:
    return [fold(token.raw) for token in tokens(text)]
