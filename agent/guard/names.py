"""What the guard asks of names in words of a language model: is each shown, told or said?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import pairwise

from agent.builtin.lexicon.load import tables, words
from agent.guard.known import SURE, Known, folded, has_phrase
from agent.guard.roots import described, root, roots, talk
from kg.graph import KnowledgeGraph
from kg.text import fold, tokens
from kg.types import ItemId, Kind
from tools.english import is_everyday
from tools.types import Links, Mention

_OPENS = re.compile(r"(?:^|[.!?:;…\n(“\"])[\s\"“‘'(]*$")
_SERVICES = words("unknowable", "services")
OF_THEM = re.compile(r"\s+of\s+(?:them|these|those|the\b)", re.IGNORECASE)
_WHOLE = 1_000_000  # characters, more than a note has
_SPELLED = re.compile(r"\b(?:\w[ .-]){3,}\w\b")


def strange_names(graph: KnowledgeGraph, text: str, links: Links, known: Known) -> Iterator[str]:
    """Yield the names of items, people, kinds and of nothing here that words may not have."""
    accepted: list[tuple[int, int]] = []
    for mention in links.mentions:
        start = max(text.rfind(mark, 0, mention.start) for mark in ".!?")
        offers = has_phrase(text[start + 1 : mention.start], words("notes", "offers"))
        if (
            _is_of_named(graph, mention, text, links, known)
            or _is_known(graph, mention, known, offers=offers)
            or _is_described(graph, mention, text, links, known)
        ):
            accepted.append((mention.start, mention.end))
        elif any(each.score >= SURE for each in mention.candidates) and not mention.text.isdecimal():
            yield mention.text
    told = _descriptions(graph, links, known)
    yield from (each.text for each in links.unlinked if not _all_known(each.text, known, told))
    yield from (match[0] for match in _SPELLED.finditer(text))
    yield from (t.raw for t in tokens(text) if fold(t.raw) in _SERVICES and t.norm not in known.words)
    yield from _capitals(text, accepted, known, told)
    yield from _recommended(text, accepted, known)


def _is_known(graph: KnowledgeGraph, mention: Mention, known: Known, *, offers: bool) -> bool:
    """Tell whether words may have a name; where a sentence `offers`, any kind."""
    sure = [each for each in mention.candidates if each.score >= SURE]
    if not sure or known.has(mention.text):
        return True
    items = {ItemId(each.id) for each in sure if each.kind == "item"}
    entities = [each for each in sure if each.kind == "entity"]
    if items & known.items or (items and known.was_said(mention.text)):
        return True
    if any(known.has(each.label) for each in entities):
        return True
    if not entities or known.asks:
        return bool(entities)
    if _is_kind(graph, mention):
        return offers or any(holds(graph, line, mention) for line in known.lines)
    return mention.text.islower()


def _is_of_named(graph: KnowledgeGraph, mention: Mention, text: str, links: Links, known: Known) -> bool:
    """Tell whether an item that the sentence names has what a mention means, or it says how many have it."""
    sentence = sentence_of(text, mention.start)
    about = items_of(sentence, links, known)
    counts = OF_THEM.search(text[sentence.start : mention.start]) is not None
    named = about != known.lines or len(about) == 1
    return not known.asks and (named or counts) and any(holds(graph, key, mention) for key in about)


def sentence_of(text: str, place: int) -> range:
    """Return where the sentence at a place of a text begins and ends."""
    start = max(text.rfind(mark, 0, place) for mark in ".!?") + 1
    ends = [end for mark in ".!?" if (end := text.find(mark, place)) >= 0]
    return range(start, min(ends, default=len(text)))


def items_of(sentence: range, links: Links, known: Known) -> tuple[ItemId, ...]:
    """Return the items that a sentence names; all that are shown, where it names none."""
    here = [each for each in links.mentions if each.start in sentence]
    return tuple(key for each in here for key in titled(each, known)) or known.lines


def titled(mention: Mention, known: Known) -> list[ItemId]:
    """Return the items that may be named and that a mention names: surely, or by their title in capitals."""
    items = [each for each in mention.candidates if each.kind == "item" and ItemId(each.id) in known.items]
    said = folded(mention.text) if mention.text[:1].isupper() else ""
    return [ItemId(each.id) for each in items if each.score >= SURE or folded(each.label) == said]


def without_titles(text: str, links: Links, known: Known) -> str:
    """Return words, as long as they were, without titles: 'Never Let Me Go' denies nothing."""
    for each in links.mentions:
        if titled(each, known):
            text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text


def _is_kind(graph: KnowledgeGraph, mention: Mention) -> bool:
    roles = {role for each in mention.candidates for role in each.roles}
    return any(graph.relation(role).kind is Kind.CATEGORY for role in roles)


def holds(graph: KnowledgeGraph, line: ItemId, mention: Mention) -> bool:
    """Tell whether an item has what a mention may mean."""
    return any(each.label in graph.labels(line, role) for each in mention.candidates for role in each.roles)


def _is_described(graph: KnowledgeGraph, mention: Mention, text: str, links: Links, known: Known) -> bool:
    """Tell whether the description of an item that the sentence is about has a name, word by word.

    A title in capitals stays the title of a work.
    """
    entity = any(each.kind == "entity" for each in mention.candidates)
    about = items_of(sentence_of(text, mention.start), links, known)
    told = (entity or mention.text.islower()) and not known.asks
    return told and any(roots(mention.text) <= described(graph, key) for key in about)


def _descriptions(graph: KnowledgeGraph, links: Links, known: Known) -> frozenset[str]:
    """Return the roots of the words in capitals of the descriptions of what words are about."""
    about = () if known.asks else items_of(range(_WHOLE), links, known)
    texts = (graph.catalogue.texts.get(key, "") for key in about)
    return frozenset(root(each.raw) for text in texts for each in tokens(text) if each.raw[:1].isupper())


def _all_known(name: str, known: Known, told: Set[str]) -> bool:
    return all(token.norm in known.words or root(token.raw) in told for token in tokens(name))


def _capitals(text: str, accepted: list[tuple[int, int]], known: Known, told: Set[str]) -> Iterator[str]:
    """Yield words in capitals that no accepted name has; at the start of a sentence, those of no everyday."""
    for token in tokens(text):
        if not token.raw[:1].isupper() or {fold(token.raw), token.norm} & known.words:
            continue
        if root(token.raw) in told:
            continue
        opens = _OPENS.search(text[: token.start]) is not None
        if opens and root(token.raw) in talk():
            continue
        if any(start <= token.start < end for start, end in accepted):
            continue
        plain = fold(token.raw)
        if plain in _OWN or (opens and (is_everyday(plain) or plain in words("function", "pronouns"))):
            continue
        yield token.raw


_OWN = frozenset("i im ive id ill usher".split())


def _recommended(text: str, accepted: list[tuple[int, int]], known: Known) -> Iterator[str]:
    """Yield what stands as a name right behind a word that recommends, in small letters too."""
    said = tokens(text)
    function = frozenset(word for section in tables("function").values() for word in section)
    for verb, token in pairwise(said):
        plain = fold(token.raw)
        if fold(verb.raw) not in words("notes", "recommends") or "." in text[verb.end : token.start]:
            continue
        known_word = plain in known.words or plain in function or plain in words("notes", "no name")
        inside = any(start <= token.start < end for start, end in accepted)
        if not (known_word or inside or plain.endswith("ing") or plain.isdigit()):
            yield token.raw
