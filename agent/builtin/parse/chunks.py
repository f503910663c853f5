"""A request in chunks: linked names, triggers, words and punctuation, with sentence numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from agent.builtin.lexicon import triggers as lexicon
from agent.builtin.lexicon.kinds import labels_of_kinds
from agent.builtin.lexicon.triggers import Trigger
from agent.builtin.parse.catalogue_years import CatalogueYears
from kg.graph import KnowledgeGraph
from kg.text import Token, fold, tokens
from kg.types import RelationName
from tools.english import common_words
from tools.shape import CALENDAR

ChunkKind = Literal["entity", "title", "category", "trigger", "word", "mark"]
_SOLID = 0.5
_FAINT = 0.4
_POINTING = frozenset("them it her him us me you they that this these those".split())
_LEADS_TO_TITLE = frozenset(
    "of like both directed wrote shot scored edited produced saw seen watched rewatched directed wrote "
    "photographed penned behind called".split()
)
_LEADS_TO_CAPITALS = _LEADS_TO_TITLE | frozenset(
    "loved adored liked enjoyed reading finished read in from than as did".split()
)
_LEADS_SURELY = frozenset("like seen saw watched rewatched called of".split())
_ENDS = frozenset('.,!?;:)"”\n')
_GOES_ON = (["and"], ["or"], ["but"], ["again"], ["yesterday"], ["tonight"])
_MAX_TRIGGER = 6
_YOUNG = 30  # "'29" is 2029, "'30" is 1930
_WELL_KNOWN = 3  # with so many items, somebody is meant rather than a title that is their name


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the things a name may mean: an id, its label, and for entities relation -> number of items."""

    id: str
    label: str
    roles: dict[str, int]
    match: str
    score: float
    year: int | None


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a request. `text` is folded for words and as written for names; `sentence` counts from 0."""

    kind: ChunkKind
    text: str
    start: int
    end: int
    sentence: int
    choices: tuple[Candidate, ...] = ()
    entries: tuple[Trigger, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """The relations a trigger may mean."""
        return self.entries[0].roles if self.entries else ()

    @property
    def best_id(self) -> str:
        """The id of what a name most likely means; '' if it means nothing here."""
        return self.choices[0].id if self.choices else ""

    @property
    def held_roles(self) -> frozenset[str]:
        """The relations in which anything that a name may mean has items."""
        return frozenset(role for choice in self.choices for role in choice.roles)

    def has_role(self, roles: Iterable[str]) -> bool:
        """Tell whether anything that a name may mean has one of these roles."""
        return not self.held_roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the reader must know of the catalogue: relations, domains, and the triggers that follow from them.

    `nouns` are its own words for items, `categories` its own relations whose values are kinds of items,
    `prepositions` the words that lead to the values of a relation, `years` those that its items have,
    `genres` those of its genres that everyday words may stand for, by label.
    """

    relations: tuple[str, ...]
    domains: tuple[str, ...]
    triggers: dict[tuple[str, ...], tuple[Trigger, ...]]
    nouns: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    prepositions: Mapping[str, frozenset[str]] = field(default_factory=lambda: dict(lexicon.LEADS))
    years: CatalogueYears | None = None
    genres: Mapping[str, Candidate] = field(default_factory=dict)

    @classmethod
    def of_graph(cls, graph: KnowledgeGraph) -> Vocabulary:
        """Build the vocabulary of a catalogue from its graph."""
        relations = [each.name for each in graph.relations]
        vocabulary = cls.of(relations, graph.domains, graph.catalogue.notes.get("wording"))
        return replace(vocabulary, years=CatalogueYears.of_graph(graph), genres=_genres(graph))

    @classmethod
    def of(
        cls, relations: Sequence[str], domains: Sequence[str], wording: Mapping[str, Any] | None = None
    ) -> Vocabulary:
        """Build the vocabulary of a catalogue; `wording` is what it says of itself."""
        own = (wording or {}).get("relations", {})
        led = {name: frozenset(said["preposition"]) for name, said in own.items() if said.get("preposition")}
        nouns = frozenset(fold(noun) for noun in (wording or {}).get("nouns", ()))
        categories = frozenset(
            name for name, said in own.items() if said.get("kind") in ("category", "place")
        )
        triggers = lexicon.trigger_phrases(relations, own)
        return cls(tuple(relations), tuple(domains), triggers, nouns, categories, {**lexicon.LEADS, **led})


def _genres(graph: KnowledgeGraph) -> dict[str, Candidate]:
    """Return the genres of a catalogue that everyday words may stand for, by label."""
    genre = RelationName("genre")
    named = [each for label in labels_of_kinds() for each in graph.entities_named(label, genre)]
    return {
        each.label: Candidate(each.id, each.label, {"genre": graph.roles(each.id)[genre]}, "full", 1.0, None)
        for each in named
        if each.label in labels_of_kinds()
    }


def chunk_text(text: str, links: dict[str, Any], vocabulary: Vocabulary) -> list[Chunk]:
    """Turn a text and its links, as `link_entities` returns them, into chunks, in the order of the text."""
    names = _names(text, links, vocabulary)
    chunks: list[Chunk] = []
    sentence = 0
    words = [t for t in tokens(text) if not any(n.start < t.end and t.start < n.end for n in names)]
    pieces: list[tuple[int, int, Chunk | Token]] = sorted(
        [*((n.start, n.end, n) for n in names), *((w.start, w.end, w) for w in words)], key=lambda p: p[:2]
    )
    place = 0
    for start, end, piece in pieces:
        for mark in _marks(text[place:start]):
            chunks.append(Chunk("mark", mark, place, start, sentence))
            sentence += mark in ".!?"
        place = end
        if isinstance(piece, Chunk):
            chunks.append(Chunk(piece.kind, piece.text, start, end, sentence, piece.choices))
        else:
            said = _with_century(fold(piece.raw)) if _is_clipped(text, start) else fold(piece.raw)
            chunks.append(Chunk("word", "items" if said in vocabulary.nouns else said, start, end, sentence))
    return _with_triggers(chunks, vocabulary)


def _is_clipped(text: str, start: int) -> bool:
    """Tell whether an apostrophe stands for what a word leaves out at its beginning: "from '95"."""
    return text[start - 1 : start] in ("'", "’", "‘") and not text[start - 2 : start - 1].isalnum()


def _with_century(word: str) -> str:
    """Return a year of two digits with its century: '95' -> '1995'; any other word as it is."""
    if not (len(word) == 2 and word.isdigit()):
        return word
    return f"{20 if int(word) < _YOUNG else 19}{word}"


_MARK = re.compile(r"\.{2,}|…|[.!?\n]+|[,;:()+/]|--| [-–—] |—")


def _marks(between: str) -> list[str]:
    """Return the marks that matter: '.' for any end of a sentence, else the mark itself."""
    found = []
    for match in _MARK.findall(between):
        mark = match.strip(" ") or "-"
        found.append(
            "."
            if mark[0] in ".!?\n" and mark not in ("...", "..")
            else ","
            if mark in ("...", "…")
            else mark[0]
        )
    return found


def _names(text: str, links: dict[str, Any], vocabulary: Vocabulary) -> list[Chunk]:
    named = [name for mention in links["mentions"] if (name := _name(text, mention, vocabulary))]
    unknown = [Chunk("entity", u["text"], u["start"], u["end"], 0) for u in links["unlinked"]]
    clear = [u for u in unknown if not any(n.start < u.end and u.start < n.end for n in named)]
    return sorted(named + clear, key=lambda chunk: chunk.start)


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
        )
        (items if candidate["kind"] == "item" else entities).append(choice)
    best_item = max((c.score for c in items), default=0.0)
    best_entity = max((c.score for c in entities), default=0.0)
    start, end, said = mention["start"], mention["end"], mention["text"]
    if text[end : end + 1] in "!?." and any(
        c.label.endswith(text[end : end + 1]) for c in (items + entities)[:3]
    ):
        end += len(text[end : end + 1])
    elif text[end : end + 1] == "." and "." in said and text[end + 1 : end + 3].strip()[:1].islower():
        end += 1  # "E.T. and Jaws" is one sentence
    if entities and all(set(c.roles) <= {"media_type"} for c in entities) and not _leads_to_form(text, start):
        return None  # "my old paperback" is no condition, "out as a paperback" is one
    known = any(sum(n for role, n in c.roles.items() if role != "series") >= _WELL_KNOWN for c in entities)
    if entities and (
        best_entity > best_item
        or (known and best_entity == best_item and not _leads_to_title(text, start, end))
        or any("genre" in c.roles for c in entities)
    ):
        categories = [c for c in entities if "genre" in c.roles]
        if categories and _is_work(text, start, end, vocabulary):
            return None  # "his music for Jaws"
        if categories and categories[0].score == best_entity:
            return Chunk("category", said, start, end, 0, tuple(categories))
        faint = _is_faint(said, entities[0]) and not vocabulary.categories & set(entities[0].roles)
        if faint and not _stands_as_name(text, start, end, vocabulary):
            return None
        both = tuple(entities) + (tuple(items) if best_item >= best_entity else ())
        led = _leads_to_name(text, start) or _leads_on_to_items(text, end)
        solid = best_entity >= _SOLID or (best_entity >= _FAINT and led)
        return Chunk("entity", said, start, end, 0, both) if solid else None
    if best_item >= _SOLID or (best_item >= 0.25 and _leads_to_title(text, start, end)):
        return Chunk("title", said, start, end, 0, tuple(items) + tuple(entities))
    return None


def _is_work(text: str, start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Tell whether the name of a genre is what somebody did: 'music by', 'the music of'."""
    entries = vocabulary.triggers.get(tuple(fold(token.raw) for token in tokens(text[start:end])), ())
    before = [fold(token.raw) for token in tokens(text[max(0, start - 12) : start])][-1:]
    after = [fold(token.raw) for token in tokens(text[end : end + 12])][:1]
    return any(entry.kind == "work" for entry in entries) and (
        after[:1] == ["by"]
        or (
            after[:1] in (["for"], ["of"], ["in"]) and before in (["the"], ["his"], ["her"], ["s"], ["whose"])
        )
    )


def _leads_to_title(text: str, start: int, end: int) -> bool:
    before = [fold(token.raw) for token in tokens(text[max(0, start - 40) : start])]
    named = tokens(text[start : start + 12])[:1]
    dated = bool(named) and named[0].norm in CALENDAR  # "in March", "from Friday"
    words = _LEADS_TO_TITLE if text[start].islower() or dated else _LEADS_TO_CAPITALS
    if bool(named) and named[0].raw in _POINTING:
        return False  # "both of them"
    if text[start:end].islower() and fold(text[start:end]) in common_words():
        alone = not text[end:].strip() or text[end] in _ENDS
        after = [token.norm for token in tokens(text[end : end + 12])[:1]]
        return before[-1:] != [] and before[-1] in _LEADS_SURELY and (alone or after in _GOES_ON)
    same_as = before[-1:] == ["as"] and "same" in before[-5:]
    both = before[-1:] == ["and"] and "both" in before
    return bool(before) and (before[-1] in words or same_as or both)


def _leads_to_form(text: str, start: int) -> bool:
    before = [fold(token.raw) for token in tokens(text[max(0, start - 24) : start])]
    return bool({"as", "in", "on"} & set(before[-2:]))


_LEADS_TO_NAME = frozenset("by with w starring featuring more from and or of".split())


def _leads_to_name(text: str, start: int) -> bool:
    before = tokens(text[max(0, start - 24) : start])
    return bool(before) and fold(before[-1].raw) in _LEADS_TO_NAME - {"and", "or", "of", "from"}


def _leads_on_to_items(text: str, end: int) -> bool:
    after = [fold(token.raw) for token in tokens(text[end : end + 16])[:1]]
    return bool(lexicon.ITEM_NOUNS & set(after)) and text[end : end + 1] == " "


def _is_faint(said: str, choice: Candidate) -> bool:
    """Tell whether a name is one word in small letters, so perhaps just a word."""
    return said.islower() and " " not in said and not {"genre", "country", "language"} & set(choice.roles)


def _stands_as_name(text: str, start: int, end: int, vocabulary: Vocabulary) -> bool:
    before = [fold(token.raw) for token in tokens(text[max(0, start - 24) : start])]
    after = [fold(token.raw) for token in tokens(text[end : end + 16])]
    done = (
        tuple(after[:1]) in vocabulary.triggers or after[:1] == ["s"] or lexicon.ITEM_NOUNS & set(after[:1])
    )
    alone = before in (["only"], ["just"], ["but"], ["and"]) and not after
    return not before or before[-1] in _LEADS_TO_NAME or bool(done) or alone


def _with_triggers(chunks: list[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Replace the words of trigger phrases by triggers, the longest phrase first."""
    out: list[Chunk] = []
    i = 0
    while i < len(chunks):
        for length in range(min(_MAX_TRIGGER, len(chunks) - i), 0, -1):
            run = chunks[i : i + length]
            if all(chunk.kind == "word" for chunk in run):
                entries = vocabulary.triggers.get(tuple(chunk.text for chunk in run))
                if entries:
                    said = " ".join(chunk.text for chunk in run)
                    out.append(
                        Chunk("trigger", said, run[0].start, run[-1].end, run[0].sentence, (), entries)
                    )
                    i += length
                    break
        else:
            out.append(chunks[i])
            i += 1
    return out
