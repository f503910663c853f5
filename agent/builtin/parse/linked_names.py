"""Which links of a text are names in it, and whether of a title, a category or somebody."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from agent.builtin.lexicon import triggers as lexicon
from agent.builtin.parse.bounds import quantities_in
from agent.builtin.parse.chunks import Candidate, Chunk
from agent.builtin.parse.lexemes import lexemes
from agent.builtin.parse.name_evidence import (
    as_unknown_title,
    is_manner,
    is_place_instead,
    is_place_or_event,
    is_slip,
    is_titled_run,
)
from agent.builtin.parse.theme_titles import is_theme
from agent.builtin.parse.vocabulary import Vocabulary
from kg.text import fold, tokens
from tools.english import common_words, is_everyday
from tools.shape import CALENDAR

_SOLID = 0.5
_FAINT = 0.4
_WELL_KNOWN = 3  # with so many items, somebody is meant rather than a title that is their name
_POINTING = frozenset("them it her him us me you they that this these those".split())
_LEADS_TO_TITLE = frozenset(
    "of like both directed wrote shot scored edited produced saw seen watched rewatched directed wrote "
    "photographed penned behind called".split()
)
_LEADS_TO_CAPITALS = _LEADS_TO_TITLE | frozenset(
    "loved adored liked enjoyed reading finished read in from than as did after".split()
)
_PARTS = frozenset("sort sorts kind kinds type types lot lots bit out because instead full none".split())
_COUNTED = frozenset(
    "minute minutes min mins hour hours day days week weeks month months year years pages people".split()
)
_WATCHED = frozenset("seen saw watched rewatched watching rewatching".split())
_LEADS_SURELY = frozenset("like seen saw watched rewatched called of".split())
_WORK_ADJECTIVES = frozenset("old early late good classic great vintage nice decent proper lesser".split())
_AFTER_WORK = frozenset(
    "with you i we please for from that which or and but where not tonight in pls".split()
)
_LEADS_TO_NAME = frozenset("by with w starring featuring more from and or of".split())
_CALLED = re.compile(
    r"\b(?:film|movie|book|novel|story)(?: \w+){0,3} (?:called|titled|named) $", re.IGNORECASE
)
_ASSISTANT = "usher"  # "Dear Usher, …" names nobody
_END_MARKS = re.compile(r"\.+|!+|\?+")
_SENTENCE_END = re.compile(r"[.!?\n]\s")
_ENDS = frozenset('.,!?;:)"”\n')
_DECADE = re.compile(r"(?:the )?(?:\d\d)?\d0['’]?s", re.IGNORECASE)
_BEFORE_PLACE = frozenset("in at near to into around".split())
_LEADS_TO_LAST = frozenset("without except excluding besides minus not no than now about try".split())
_CLOSES = (["please"], ["pls"], ["though"], ["tho"], ["either"], ["this"], ["anymore"], ["thanks"], ["then"])
_GOES_ON = (["i"], ["we"], ["please"], ["and"], ["or"], ["but"], ["again"], ["yesterday"], ["tonight"])


def linked_names(text: str, links: dict[str, Any], vocabulary: Vocabulary) -> list[Chunk]:
    """Return the names of a text, linked or unknown, in its order; sentences are not yet counted."""
    linked = [name for mention in links["mentions"] if (name := _name(text, mention, vocabulary))]
    named = [as_unknown_title(text, name, linked) for name in linked]
    runs = [name for name in named if not name.choices]
    named = [a for a in named if not any(r is not a and r.start <= a.start < r.end for r in runs)]
    unknown = [
        Chunk("entity", u["text"], u["start"], u["end"], 0)
        for u in links["unlinked"]
        if fold(u["text"]).split(",")[0] != _ASSISTANT
        and not _DECADE.fullmatch(u["text"])
        and not is_place_or_event(u["text"])
        and not _is_measured(u["text"], vocabulary)
    ]
    clear = [u for u in unknown if not any(n.start < u.end and u.start < n.end for n in named)]
    return _with_listed_titles(text, sorted(named + clear, key=lambda chunk: chunk.start))


def _is_measured(said: str, vocabulary: Vocabulary) -> bool:
    """Tell whether what looks like a name compares something: 'IMDB rating above 8', 'Price under 20'."""
    if not vocabulary.measures:
        return False
    spoken = lexemes(said)
    texts = [each.text for each in spoken]
    lengths = [vocabulary.measures.said_at(texts, i)[0] for i in range(len(texts))]
    whole = lengths[:1] == [len(texts)]
    return whole or (any(lengths) and bool(quantities_in(spoken, vocabulary.measures)))


def _with_listed_titles(text: str, names: list[Chunk]) -> list[Chunk]:
    """Take a name that is a title as well for the title beside another one: 'Sliver and Ed Wood'."""
    out = list(names)
    for k, name in enumerate(names):
        items = tuple(c for c in name.choices if not c.roles)
        best = max((c.score for c in items), default=0.0)
        if name.kind != "entity" or not items or best < max(c.score for c in name.choices):
            continue
        before = k > 0 and out[k - 1].kind == "title" and _joins(text[out[k - 1].end : name.start])
        after = k + 1 < len(names) and names[k + 1].kind == "title"
        if before or (after and _joins(text[name.end : names[k + 1].start])):
            out[k] = replace(name, kind="title", choices=(*items, *(c for c in name.choices if c.roles)))
    return out


def _joins(between: str) -> bool:
    return between.strip(" \"'“”‘’") in ("and", ",", "&", "or")


def _name(text: str, mention: dict[str, Any], vocabulary: Vocabulary) -> Chunk | None:
    items: list[Candidate] = []
    entities: list[Candidate] = []
    for candidate in mention["candidates"]:
        roles = {name: n for name, n in candidate["roles"].items() if name in vocabulary.relations}
        choice = Candidate(
            candidate["id"],
            candidate["label"],
            roles,
            candidate["match"],
            candidate["score"],
            candidate["year"],
            candidate.get("domain"),
        )
        (items if candidate["kind"] == "item" else entities).append(choice)
    best_item = max((c.score for c in items), default=0.0)
    start, end, said = mention["start"], mention["end"], mention["text"]
    ends = _END_MARKS.match(text, end)
    if ends and any(c.label.endswith(ends.group()[-1]) for c in (items + entities)[:3]):
        end = ends.end()  # "When Harry Met Sally... and Jaws"
    elif text[end : end + 1] == "." and "." in said and text[end + 1 : end + 3].strip()[:1].islower():
        end += 1  # "E.T. and Jaws" is one sentence
    counted = said.isdecimal() and _counts(text, end)
    if is_manner(said) or counted or (not items and fold(said) in ("yes", "no")):
        return None
    if not items and is_titled_run(text, start, end, entities):
        return Chunk("entity", text[start - 4 : end], start - 4, end, 0)
    items = [c for c in items if " " in said or not is_slip(said, c)]
    entities = [c for c in entities if not (is_slip(said, c) or is_place_instead(text, start, end, c))]
    if not (items or entities):
        return None
    best_entity = max((c.score for c in entities), default=0.0)
    if entities and all(set(c.roles) <= {"media_type"} for c in entities) and not _leads_to_form(text, start):
        return None  # "my old paperback" is no condition, "out as a paperback" is one
    known = any(sum(n for role, n in c.roles.items() if role != "series") >= _WELL_KNOWN for c in entities)
    series = any("series" in c.roles for c in entities)
    place = bool(entities) and all(set(c.roles) <= {"country", "language"} for c in entities)
    from_there = place and _is_from(text, start, end)
    if place and not from_there and _words_before(text, start)[-1:] == ["about"]:
        return None  # "about Vietnam" is a subject
    if entities and not any("genre" in c.roles for c in entities) and _CALLED.search(text[:start]):
        return Chunk("title" if items else "entity", said, start, end, 0, tuple(items))
    if place and not from_there and best_item >= best_entity:
        return Chunk("title", said, start, end, 0, tuple(items))
    if best_item >= _SOLID and best_entity - best_item < 0.1 and _is_watched(text, start):
        return Chunk("title", said, start, end, 0, tuple(items))
    if entities and (
        best_entity > best_item
        or from_there
        or (known and best_entity == best_item and not _leads_to_title(text, start, end))
        or any("genre" in c.roles for c in entities)
        or (best_entity == best_item and series and _words_before(text, start)[-1:] == ["any"])
    ):
        categories = [c for c in entities if "genre" in c.roles]
        if categories and _is_work(text, start, end, vocabulary):
            return None  # "his music for Jaws"
        if categories and categories[0].score == best_entity:
            return Chunk("category", said, start, end, 0, tuple(categories))
        faint = _is_faint(said, entities[0]) and not vocabulary.categories & set(entities[0].roles)
        telling = (known or entities[0].match == "full") and not is_everyday(fold(said))
        if faint and not (telling or _stands_as_name(text, start, end, vocabulary)):
            return None
        if entities[0].match == "surname" and _is_thing_or_place(text, start, end, known=known):
            return None
        both = tuple(entities) + (tuple(items) if best_item >= best_entity else ())
        led = _leads_to_name(text, start) or _leads_on_to_items(text, end)
        solid = best_entity >= _SOLID or (best_entity >= _FAINT and led)
        return Chunk("entity", said, start, end, 0, both) if solid else None
    if not any("series" in c.roles for c in entities) and is_theme(text, start, end):
        return None
    if best_item >= _SOLID or (best_item >= 0.25 and _leads_to_title(text, start, end)):
        return Chunk("title", said, start, end, 0, tuple(items) + tuple(entities))
    return None


def _counts(text: str, end: int) -> bool:
    """Tell whether a number counts what follows: 'in 10 minutes'."""
    after = [fold(token.raw) for token in tokens(text[end : end + 16])[:1]]
    return bool(after) and after[0] in _COUNTED


def _is_watched(text: str, start: int) -> bool:
    """Tell whether what follows was watched, so no person: 'rewatched LEON last night'."""
    return _words_before(text, start)[-1:] != [] and _words_before(text, start)[-1] in _WATCHED


def _words_before(text: str, start: int) -> list[str]:
    return [fold(token.raw) for token in tokens(text[max(0, start - 24) : start])]


def _is_from(text: str, start: int, end: int) -> bool:
    """Tell whether items are from a country: 'films from Brazil', not 'Brazil, which I loved'."""
    before = [fold(token.raw) for token in tokens(text[max(0, start - 24) : start])]
    led = before[-1:] in (["from"], ["in"]) and bool(before[-2:-1])
    return led or _leads_on_to_items(text, end)


def _is_work(text: str, start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Tell whether the name of a genre is what somebody did: 'music by', 'wrote the music'."""
    entries = vocabulary.triggers.get(tuple(fold(token.raw) for token in tokens(text[start:end])), ())
    words = [fold(token.raw) for token in tokens(text[max(0, start - 16) : start])]
    before = words[-1:]
    after = [fold(token.raw) for token in tokens(text[end : end + 12])][:1]
    if before == ["the"] and (*words[-2:], fold(text[start:end])) in vocabulary.triggers:
        return True  # "wrote the music"
    return any(entry.kind == "work" for entry in entries) and (
        after[:1] == ["by"]
        or (
            after[:1] in (["for"], ["of"], ["in"]) and before in (["the"], ["his"], ["her"], ["s"], ["whose"])
        )
    )


def _leads_to_title(text: str, start: int, end: int) -> bool:
    sentence = _SENTENCE_END.split(text[max(0, start - 40) : start])[-1]
    before = [fold(token.raw) for token in tokens(sentence)]
    named = tokens(text[start : start + 12])[:1]
    dated = bool(named) and named[0].norm in CALENDAR  # "in March", "from Friday"
    words = _LEADS_TO_TITLE if text[start].islower() or dated else _LEADS_TO_CAPITALS
    if bool(named) and named[0].raw in _POINTING:
        return False  # "both of them"
    if before[-1:] == ["of"] and before[-2:-1] and before[-2] in _PARTS:
        return False  # "that sort of thing"
    if text[start:end].islower() and (before[-1:] == ["not"] or fold(text[start:end]) in common_words()):
        alone = not text[end:].strip() or text[end] in _ENDS
        after = [token.norm for token in tokens(text[end : end + 12])[:1]]
        refused = before[-1:] == ["not"] and before[-2:-1] in (["but"], ["and"])
        surely = before[-1:] != [] and before[-1] in _LEADS_SURELY
        return (surely or refused) and (alone or after in _GOES_ON)
    same_as = before[-1:] == ["as"] and "same" in before[-5:]
    both = before[-1:] == ["and"] and "both" in before
    return bool(before) and (before[-1] in words or same_as or both)


def _leads_to_form(text: str, start: int) -> bool:
    before = [fold(token.raw) for token in tokens(text[max(0, start - 24) : start])]
    return bool({"as", "in", "on"} & set(before[-2:]))


def _leads_to_name(text: str, start: int) -> bool:
    before = tokens(text[max(0, start - 24) : start])
    return bool(before) and fold(before[-1].raw) in _LEADS_TO_NAME - {"and", "or", "of", "from"}


def _leads_on_to_items(text: str, end: int) -> bool:
    after = [fold(token.raw) for token in tokens(text[end : end + 16])[:1]]
    return bool(lexicon.ITEM_NOUNS & set(after)) and text[end : end + 1] == " "


def _is_faint(said: str, choice: Candidate) -> bool:
    """Tell whether a name is one word in small letters, so perhaps just a word."""
    return said.islower() and " " not in said and not {"genre", "country", "language"} & set(choice.roles)


def _is_thing_or_place(text: str, start: int, end: int, *, known: bool) -> bool:
    """Tell whether a surname stands where a thing or a place does: 'the WALL fell', 'tomorrow in LYON'."""
    before = [fold(token.raw) for token in tokens(text[max(0, start - 24) : start])][-2:]
    owns = text[end : end + 2] in ("'s", "’s") or _leads_on_to_items(text, end)
    if owns or not before:
        return False
    place = before[-1] in _BEFORE_PLACE and before[0] != "interested"
    thing = before[-1] == "the" and (is_everyday(fold(text[start:end])) or not known)
    return place or thing or before == ["name", "is"]


def _stands_as_name(text: str, start: int, end: int, vocabulary: Vocabulary) -> bool:
    before = [fold(token.raw) for token in tokens(text[max(0, start - 24) : start])]
    after = [fold(token.raw) for token in tokens(text[end : end + 16])]
    done = (
        tuple(after[:1]) in vocabulary.triggers or after[:1] == ["s"] or lexicon.ITEM_NOUNS & set(after[:1])
    )
    alone = before in (["only"], ["just"], ["but"], ["and"]) and not after
    if _is_a_work_of(before, after):
        return not is_everyday(fold(text[start:end]))  # "about a band" is not of The Band
    return not before or before[-1] in _LEADS_TO_NAME or bool(done) or alone or _ends_clause(text, start, end)


def _is_a_work_of(before: list[str], after: list[str]) -> bool:
    """Tell whether a surname with an article is something of theirs: 'an old HITCHCOCK with'."""
    adjectives = before[-1:] if before[-1:] and before[-1] in _WORK_ADJECTIVES else []
    article = before[: len(before) - len(adjectives)][-1:]
    return article in (["a"], ["an"], ["another"]) and (not after or after[0] in _AFTER_WORK)


def _ends_clause(text: str, start: int, end: int) -> bool:
    """Tell whether a name in small letters ends what rules it out: 'no tolstoy pls'."""
    before = [fold(token.raw) for token in tokens(text[max(0, start - 24) : start])]
    after = [fold(token.raw) for token in tokens(text[end : end + 16])]
    ends = not after or text[end] in _ENDS or after[:1] in _CLOSES
    led = before[-1] in _LEADS_TO_LAST or before[-2:] in (["anything", "but"], ["everything", "but"])
    return led and ends and fold(text[start:end]) not in common_words()
