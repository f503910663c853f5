"""Parts of titles as names: 'a BMW', 'Hondas', 'no Land Rover' mean the items that are called so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS, PERSON_NOUNS
from agent.builtin.lexicon.units import units
from agent.builtin.parse.chunks import Candidate, Chunk
from agent.builtin.parse.vocabulary import Vocabulary
from kg.text import NUMBER_WORDS, fold
from kg.title_words import TitleWords
from kg.types import TITLE, Item
from tools.title_parts import part_of

_LONGEST = 4  # words of such a name
_LIKENESS = words("comparators", "leads to an item")
_OWNERS = frozenset(("my", "our", "his", "her", "their"))
_ASKING = frozenset("what whats how when where who is are does did has have can will was".split())
_ONE_OF = frozenset(("a", "an", "any", "some", "no", "not"))


def with_title_names(chunks: Sequence[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Replace words that are part of titles, and titles that are only begun, by names of what has them."""
    titles = vocabulary.titles
    if titles is None:
        return list(chunks)
    out: list[Chunk] = []
    i = 0
    while i < len(chunks):
        length, said = _name_at(chunks, i, titles, vocabulary)
        run = chunks[i : i + max(length, 1)]
        owned = bool(said) and i > 0 and chunks[i - 1].text in _OWNERS  # "no room left on MY BMW"
        one = titles.only_one(said) if said and not owned and _asks_fact(chunks, i, vocabulary) else None
        if one is not None:
            out.append(_titled(run, one))
        else:
            out.append(_owned(run) if owned else _named(run, said, titles) if said else run[0])
        i += max(length, 1)
    return out


def _name_at(chunks: Sequence[Chunk], i: int, titles: TitleWords, vocabulary: Vocabulary) -> tuple[int, str]:
    """Return how many chunks are a part of titles, and that part; 0 and '' if none is."""
    own = vocabulary.measures.own
    if chunks[i].kind == "title":
        return (1, chunks[i].text) if _is_begun(chunks, i, titles, own=own) else (0, "")
    for length in range(min(_LONGEST, len(chunks) - i), 0, -1):
        run = chunks[i : i + length]
        if all(_may_be_part(chunk, vocabulary) for chunk in run):
            said = part_of(" ".join(chunk.text for chunk in run), titles)
            if said is not None:
                return length, said
    return 0, ""


def _is_begun(chunks: Sequence[Chunk], i: int, titles: TitleWords, *, own: bool) -> bool:
    """Tell whether a title is not said to its end and may be one of several: 'any Toyota Corolla'."""
    before, having = chunks[i - 1].text if i else "", len(titles.having(chunks[i].text))
    several = having > 1 or (having and before in _ONE_OF)
    whole = any(choice.match in ("full", "alias") for choice in chunks[i].choices)
    alike = sum(choice.match == "full" and not choice.roles for choice in chunks[i].choices)
    begun = not whole or (having > 1 and (before in _ONE_OF or (own and alike > 1)))
    return bool(several) and begun and before not in _LIKENESS


def _may_be_part(chunk: Chunk, vocabulary: Vocabulary) -> bool:
    """Tell whether a chunk has no other use: an unknown name, or a word that says nothing of requests."""
    if chunk.kind == "entity":
        return not chunk.choices
    said = chunk.text
    if len(said) == 1 and vocabulary.measures.own:
        return False  # the s of "what's" names no item
    measured = said in vocabulary.measures.phrases or said in units() or said in NUMBER_WORDS
    closed = said in ITEM_NOUNS | PERSON_NOUNS or said in vocabulary.nouns or said == "items"
    return chunk.kind == "word" and said[:1].isalpha() and not (measured or closed)


def _asks_fact(chunks: Sequence[Chunk], i: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a fact of one item is asked for: "WHAT'S the fee at X", 'DOES X have a bar'."""
    said = [chunk.text for chunk in chunks[:i] if chunk.kind != "mark"]
    several = said[:2] == ["how", "many"] or not _ONE_OF.isdisjoint(said[-1:]) or "which" in said
    several = several or "items" in said
    return vocabulary.measures.own and said[:1] != [] and said[0] in _ASKING and not several


def _titled(run: Sequence[Chunk], item: Item) -> Chunk:
    choice = Candidate(str(item.id), item.title, {}, "alias", 1.0, item.year)
    return replace(run[0], kind="title", text=item.title, end=run[-1].end, choices=(choice,), entries=())


def _owned(run: Sequence[Chunk]) -> Chunk:
    text = " ".join(chunk.text for chunk in run)
    return replace(run[0], kind="word", text=fold(text), end=run[-1].end, choices=(), entries=())


def _named(run: Sequence[Chunk], said: str, titles: TitleWords) -> Chunk:
    text = " ".join(chunk.text for chunk in run)
    label = titles.spelling(said)
    choice = Candidate(f"{TITLE}:{fold(label)}", label, {TITLE: len(titles.having(said))}, "full", 1.0, None)
    return replace(run[0], kind="entity", text=text, end=run[-1].end, choices=(choice,), entries=())
