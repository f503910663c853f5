"""Which links of a text are names in it, and whether of a title, a category or somebody."""

from __future__ import annotations

import re
from dataclasses import replace
from operator import attrgetter
from typing import Any

from agent.builtin.lexicon.load import words
from agent.builtin.parse.bounds import quantities_in
from agent.builtin.parse.chunks import Candidate, Chunk
from agent.builtin.parse.lexemes import lexemes
from agent.builtin.parse.listed_titles import titles_in_lists
from agent.builtin.parse.name_contexts import (
    counts,
    is_a_thing,
    is_asked_of_number,
    is_capital_word,
    is_end_of_order,
    is_faint,
    is_from,
    is_scene,
    is_thing_or_place,
    is_watched,
    is_work,
    is_work_of,
    joins,
    leads_on_to_items,
    leads_to_form,
    leads_to_name,
    leads_to_title,
    stands_as_name,
    without_both,
    words_before,
)
from agent.builtin.parse.name_evidence import (
    as_unknown_title,
    is_called_series,
    is_circumstance,
    is_end_of_event,
    is_feast,
    is_in_region,
    is_length,
    is_likened_series,
    is_maker_of_many,
    is_manner,
    is_of_event,
    is_place_instead,
    is_place_of_story,
    is_place_or_event,
    is_plain_word,
    is_slip,
    is_small_word,
    is_spot,
    is_titled_run,
    is_written_as_title,
)
from agent.builtin.parse.theme_titles import is_theme
from agent.builtin.parse.told_subjects import is_subject_name, leads_to_subject
from agent.builtin.parse.unknown_titles import with_and_the, with_of_the
from agent.builtin.parse.vocabulary import Vocabulary
from kg.text import fold
from tools.english import is_everyday

_SOLID = 0.5
_FAINT = 0.4
_WELL_KNOWN = 3  # with so many items, somebody is meant rather than a title that is their name
_WORK = r"\b(?:film|movie|book|novel|story)"
_CALLED = re.compile(_WORK + r"(?: \w+){0,3} (?:called|titled|named) $", re.IGNORECASE)
_SPAN = re.compile(r"the (?:past|last)(?: \w+){0,3} (?:(?:year|decade|month|week)s?|century)\b", re.I)
_ASSISTANT = "usher"  # "Dear Usher, …" names nobody
_END_MARKS = re.compile(r"\.+|!+|\?+")
_DECADE = re.compile(r"(?:the )?(?:\d\d)?\d0['’]?s", re.IGNORECASE)


def linked_names(text: str, links: dict[str, Any], vocabulary: Vocabulary) -> list[Chunk]:
    """Return the names of a text, linked or unknown, in its order; sentences are not yet counted."""
    said = (without_both(each) for each in links["mentions"] if fold(each["text"]) not in _nothing())
    linked = [name for mention in said if (name := _name(text, mention, vocabulary))]
    linked += titles_in_lists(text, links["mentions"], linked)
    linked.sort(key=attrgetter("start"))
    named = [as_unknown_title(text, name, linked) for name in linked]
    runs = [name for name in named if not name.choices]
    named = [a for a in named if not any(r is not a and r.start <= a.start < r.end for r in runs)]
    unknown = [
        Chunk("entity", u["text"], u["start"], u["end"], 0)
        for u in links["unlinked"]
        if fold(u["text"]).split(",")[0] != _ASSISTANT
        and not _DECADE.fullmatch(u["text"])
        and not is_place_or_event(u["text"])
        and (vocabulary.measures.own or not leads_to_subject(text[: u["start"]]))
        and not is_small_word(u["text"])
        and not is_end_of_order(u["text"])
        and not (u["text"].isdecimal() and counts(text, u["end"]))
        and not _is_measured(u["text"], vocabulary)
    ]
    clear = [u for u in unknown if not any(n.start < u.end and u.start < n.end for n in named)]
    whole = _with_whole_runs(text, sorted(named + clear, key=attrgetter("start")))
    return _with_listed_titles(text, with_and_the(text, with_of_the(text, whole)))


def _nothing() -> frozenset[str]:
    return words("comparators", "labels of nothing")


def _with_whole_runs(text: str, names: list[Chunk]) -> list[Chunk]:
    """Take two titles of a word each that are written as one for a title that is not here: 'BIG NIGHT'."""
    out: list[Chunk] = []
    for name in names:
        last = out[-1] if out else None
        joined = last is not None and last.end + 1 == name.start and name.kind == "title"
        joined = joined and last is not None and (last.kind == "title" or _is_first_name(text, last))
        if last is not None and joined and is_capital_word(last.text) and is_capital_word(name.text):
            out[-1] = replace(last, kind="entity", text=text[last.start : name.end], end=name.end, choices=())
        else:
            out.append(name)
    return out


def _is_first_name(text: str, name: Chunk) -> bool:
    """Tell whether a surname that somebody is led to is the first name of one not here: 'by RYAN Zorg'."""
    led = words_before(text, name.start)[-1:]
    person = bool(
        set(led) & {"by", "starring", "writer", "author", "director", "actor", "actress", "novelist"}
    )
    return person and name.kind == "entity" and bool(name.choices) and name.choices[0].match == "surname"


def _is_measured(said: str, vocabulary: Vocabulary) -> bool:
    """Tell whether what looks like a name compares something: 'IMDB rating above 8', 'Price under 20'."""
    if not vocabulary.measures:
        return False
    spoken = lexemes(said)
    texts = [each.text for each in spoken]
    lengths = [vocabulary.measures.said_at(texts, i)[0] for i in range(len(texts))]
    whole = lengths[:1] == [len(texts)] or tuple(texts) in vocabulary.measures.nothing
    return whole or (any(lengths) and bool(quantities_in(spoken, vocabulary.measures)))


def _with_listed_titles(text: str, names: list[Chunk]) -> list[Chunk]:
    """Take a name that is a title as well for the title beside another one: 'Sliver and Ed Wood'."""
    out = list(names)
    for k, name in enumerate(names):
        if _is_between_titles(text, names, k):
            out[k] = replace(name, choices=())  # 'Totoro, KIKI and Ponyo' names nobody
            continue
        items = tuple(c for c in name.choices if not c.roles)
        best = max((c.score for c in items), default=0.0)
        if name.kind != "entity" or not items or best < max(c.score for c in name.choices):
            continue
        before = k > 0 and out[k - 1].kind == "title" and joins(text[out[k - 1].end : name.start])
        after = k + 1 < len(names) and names[k + 1].kind == "title"
        if before or (after and joins(text[name.end : names[k + 1].start])):
            out[k] = replace(name, kind="title", choices=(*items, *(c for c in name.choices if c.roles)))
    return out


def _is_company(choice: Candidate) -> bool:
    return bool(choice.roles) and set(choice.roles) <= {"publisher", "distributor"}


def _is_between_titles(text: str, names: list[Chunk], k: int) -> bool:
    """Tell whether a surname stands in a list of titles, with one on either side."""
    name = names[k]
    weak = name.kind == "entity" and name.choices and name.choices[0].match in ("surname", "short")
    if not weak or " " in name.text or k == 0:
        return False
    if names[k - 1].kind == "title" and joins(text[names[k - 1].end : name.start]):
        ends = k + 1 == len(names) or not joins(text[name.end : names[k + 1].start])
        if ends and words_before(text, names[k - 1].start)[-1:] == ["like"]:
            return True  # 'quiet stuff like Paterson or COLUMBUS'
    if k == len(names) - 1 or not names[k - 1].kind == names[k + 1].kind == "title":
        return False
    left, right = text[names[k - 1].end : name.start], text[name.end : names[k + 1].start]
    return left.strip() == "," and joins(right)


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
    counted = (said.isdecimal() and counts(text, end)) or _SPAN.match(text, start) is not None
    if is_manner(said) or counted or (not items and fold(said) in ("yes", "no")):
        return None
    if not vocabulary.measures.own and is_subject_name(text, start, end, (*items, *entities)):
        return None
    plain = items and not entities and is_a_thing(text, start, said)
    if plain or ("," in said and all(c.match == "spelling" for c in (*items, *entities))):
        return None  # no name goes on behind a comma
    if not items and is_titled_run(text, start, end, entities):
        return Chunk("entity", text[start - 4 : end], start - 4, end, 0)
    if " " not in said and said[:1].isupper():  # a name of one word that no maker is called
        entities = [c for c in entities if c.match != "spelling" or not _is_company(c)]
    if is_in_region(text, start, end, (*items, *entities)):
        return None
    items = [c for c in items if " " in said or not is_slip(said, c)]
    items = [c for c in items if not is_place_of_story(text, start, end, c)]
    if is_spot(text, start, end) or is_end_of_event(text, start, end) or is_feast(text, start, end):
        items = []
    entities = [c for c in entities if not (is_slip(said, c) or is_place_instead(text, start, end, c))]
    if not (items or entities):
        return None
    best_entity = max((c.score for c in entities), default=0.0)
    if entities and all(set(c.roles) <= {"media_type"} for c in entities) and not leads_to_form(text, start):
        return None  # "my old paperback" is no condition, "out as a paperback" is one
    if items and is_likened_series(text, start, end, entities):
        return Chunk("title", said, start, end, 0, tuple(items))
    known = any(sum(n for role, n in c.roles.items() if role != "series") >= _WELL_KNOWN for c in entities)
    series = any("series" in c.roles for c in entities)
    place = bool(entities) and all(set(c.roles) <= {"country", "language"} for c in entities)
    from_there = place and is_from(text, start, end)
    if (place and is_of_event(text, start, end, entities[0])) or is_plain_word(text, start, end, entities):
        entities = []
        if not items:
            return None
    if place and is_scene(text, start, end):
        return None  # "set in Vietnam", "about Vietnam" is a subject
    if entities and not any("genre" in c.roles for c in entities) and _CALLED.search(text[:start]):
        return Chunk("title" if items else "entity", said, start, end, 0, tuple(items))
    if place and not from_there and best_item >= best_entity:
        return Chunk("title", said, start, end, 0, tuple(items))
    if best_item >= _SOLID and best_entity - best_item < 0.1 and is_watched(text, start):
        return Chunk("title", said, start, end, 0, tuple(items))
    if entities and (
        best_entity > best_item
        or from_there
        or (known and best_entity == best_item and not leads_to_title(text, start, end))
        or any("genre" in c.roles for c in entities)
        or (best_entity == best_item and series and words_before(text, start)[-1:] == ["any"])
    ):
        kinds = not is_called_series(text, end, entities)
        categories = [c for c in entities if kinds and "genre" in c.roles]
        if categories and (is_work(text, start, end, vocabulary) or is_length(said)):
            return None  # "his music for Jaws", "a short novel"
        if categories and categories[0].score == best_entity:
            return Chunk("category", said, start, end, 0, tuple(categories))
        faint = is_faint(said, entities[0]) and not vocabulary.categories & set(entities[0].roles)
        telling = (known or entities[0].match == "full") and not is_everyday(fold(said))
        if faint and not (telling or stands_as_name(text, start, end, vocabulary)):
            return None
        if entities[0].match == "surname" and is_thing_or_place(text, start, end, known=known):
            return None
        if entities[0].match == "surname" and is_maker_of_many(said):
            return None
        both = tuple(entities) + (tuple(items) if best_item >= best_entity else ())
        led = leads_to_name(text, start) or leads_on_to_items(text, end)
        led = led or (known and is_work_of(text, start, end))
        solid = best_entity >= _SOLID or (best_entity >= _FAINT and led)
        return Chunk("entity", said, start, end, 0, both) if solid else None
    if not any("series" in c.roles for c in entities) and is_theme(text, start, end):
        return None
    if is_circumstance(said) and not leads_to_title(text, start, end):
        return None
    led = leads_to_title(text, start, end) or is_asked_of_number(text, start, end, vocabulary)
    led = led or (bool(items) and is_written_as_title(text, start, end, items[0]))
    if best_item >= _SOLID or (best_item >= 0.25 and led):
        return Chunk("title", said, start, end, 0, tuple(items) + tuple(entities))
    return None
