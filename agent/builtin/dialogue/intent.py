"""Intent: whether a message asks for items at all, by examples, or only tells something."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest

from agent.builtin.dialogue.fragments import refers_back
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.likeness import turns_at
from agent.builtin.interpret.request import ItemMention, ParsedRequest
from agent.builtin.interpret.spans import Span, Use
from agent.builtin.interpret.subjects import places_of_phrases
from agent.builtin.interpret.uses import account
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import DOMAIN_NOUNS, ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import clauses, is_untried, tells
from agent.builtin.parse.negation import is_negated
from kg.text import fold
from tools.english import is_everyday
from tools.theme_lines import asking_words

_OPENING = frozenset("a an the maybe so ok okay something anything more like please".split())
_NO_FACT = ("unknowable", "unread", "missing")  # questions that no stored fact answers
SPEAKERS = frozenset("i im ive id ill me my mine we were weve our us you your youre youve".split())
_KNOWN = frozenset("seen watched read saw know finished".split())
_NEAR = 5  # chunks between a title and what is thought of it


def asks_for_items(chunks: Sequence[Chunk]) -> bool:
    """Tell whether some clause wishes for items: by a word of asking, or by a noun for them alone."""
    return any(_wishes(chunks[clause.start : clause.stop]) for clause in clauses(chunks))


def asks_beside(chunks: Sequence[Chunk], phrases: Collection[str]) -> bool:
    """Tell whether a sentence wishes for items that has none of these phrases."""
    for _, sentence in groupby(chunks, lambda chunk: chunk.sentence):
        said = list(sentence)
        text = f" {' '.join(chunk.text.casefold() for chunk in said)} "
        if asks_for_items(said) and not any(f" {phrase} " in text for phrase in phrases):
            return True
    return False


def asks_apart(chunks: Sequence[Chunk], spans: Sequence[Span]) -> bool:
    """Tell whether one of several sentences asks for any item at all: '… a layover. PICK A BOOK FOR ME?'."""
    said = [list(sentence) for _, sentence in groupby(chunks, lambda chunk: chunk.sentence)]
    content = {span.start for span in spans if span.use not in (Use.ASKING, Use.FUNCTION, Use.WHO_ASKS)}
    plain = (each for each in said if content.isdisjoint(chunk.start for chunk in each))
    return len(said) > 1 and any(asks_for_items(each) for each in plain)


def asks_openly(utterance: Utterance) -> bool:
    """Tell whether anything at all is asked for, in so many words: 'surprise me', 'recommend me a film'."""
    said = set(utterance.words)
    if utterance.has(*tables("clauses")["open request"]) or utterance.text in tables("clauses")["open alone"]:
        return True
    wished = utterance.has(*tables("clauses")["open wish"])
    return wished and bool(said & (ITEM_NOUNS | words("asking", "open"))) and not refers_back(utterance)


def asks_all_the_same(utterance: Utterance) -> bool:
    """Tell whether a message asks, whatever it tells: 'show me …', '… Surely someone has FILMED that?'."""
    if utterance.has(*tables("clauses")["plain request"]):
        return True
    asked = {word for part in utterance.reading.text.split("?")[:-1] for word in _last_sentence(part)}
    works = frozenset().union({"one"}, words("clauses", "made of all"), *DOMAIN_NOUNS.values())
    return not asked.isdisjoint(works)


def all_asked(utterance: Utterance, spans: Sequence[Span]) -> Sequence[Span]:
    """Return the uses of words of a message that asks all the same: as read, else of all of it."""
    if any(s.use == Use.THEME for s in spans) and not utterance.has(*tables("clauses")["plain request"]):
        return spans
    return account(utterance.chunks, utterance.reading, whole=True)


def _last_sentence(text: str) -> list[str]:
    return fold(re.split(r"[.!;]", text)[-1]).split()


def asks_for_anything(utterance: Utterance) -> bool:
    """Tell whether a first message asks for anything at all, and names nothing: 'surprise us'."""
    if utterance.state.items or utterance.names_something or utterance.reading.mentioned:
        return False
    said = utterance.has(*tables("clauses")["open request"]) or asks_which_to_take(utterance.words)
    return said or utterance.text in tables("clauses")["open alone"]


def asks_which_to_take(said: Sequence[str]) -> bool:
    """Tell whether somebody asks what to watch or read: 'WHAT DO WE WATCH', 'what might one read'."""
    return any(
        said[i] in ("what", "which")
        and said[i + 1] in words("clauses", "may")
        and said[i + 2] in words("clauses", "who may")
        and said[i + 3] in words("asking", "consume")
        for i in range(len(said) - 3)
    )


def wishes(utterance: Utterance) -> bool:
    """Tell whether a text says how items should be: 'something light', 'it has to be short', 'by a woman'."""
    first = utterance.words[0] if utterance.words else ""
    return first in words("acts", "openers") or utterance.has(*tables("clauses")["wished of items"])


def is_fragment(utterance: Utterance) -> bool:
    """Tell whether a message is a noun phrase alone: 'cult classics', 'submarine stories'."""
    chunks = utterance.chunks
    unknown = bool(chunks) and chunks[0].kind == "entity" and not chunks[0].choices
    if unknown and [chunk.text for chunk in chunks[1:2]] in (["is"], ["was"]):
        return False  # 'Zorg is playing downtown'
    named = places_of_phrases(chunks)  # 'COMING OF AGE'
    told = (c for c in clauses(chunks) if tells(chunks[c.start : c.stop]))
    return all({*c} <= named for c in told)


def _wishes(clause: Sequence[Chunk]) -> bool:
    said = [word for chunk in clause if chunk.kind != "mark" for word in chunk.text.casefold().split()]
    asking = not ITEM_NOUNS.isdisjoint(said) or _asks(said)
    return asking and (not tells(clause) or is_untried(clause))


def _asks(said: Sequence[str]) -> bool:
    """Tell whether words ask for something that is nothing somebody only needs: 'I need to sleep'."""
    if " ".join(said) != "what else" and not _has_phrase(said, "request"):
        return False
    return not _has_phrase(said, "needed for oneself")


def _has_phrase(said: Sequence[str], section: str) -> bool:
    """Tell whether a phrase of a section of the words of clauses occurs."""
    text = f" {' '.join(said)} "
    for phrase in tables("clauses")[section]:  # noqa: SIM110 - for every clause, and `any` takes twice as long
        if phrase in text and f" {phrase} " in text:
            return True
    return False


def liked_examples(chunks: Sequence[Chunk], reading: ParsedRequest) -> tuple[ItemMention, ...]:
    """Return the named items that the person likes or compares with; all where nothing else is said."""
    places = {chunk.text: i for i, chunk in enumerate(chunks) if chunk.kind == "title"}
    bare = all(chunk.kind in ("title", "mark") or _is_small(chunk) for chunk in chunks)
    return tuple(
        title
        for title in reading.examples
        if title.choices
        and (
            bare
            or _is_liked(chunks, places.get(title.text, 0))
            or _is_varied(chunks, places.get(title.text, 0))
        )
    )


def seen_only(chunks: Sequence[Chunk], reading: ParsedRequest) -> tuple[ItemMention, ...]:
    """Return the titles that are only known, where none is liked: 'a twist ending, I'VE SEEN Seven'."""
    places = {chunk.text: i for i, chunk in enumerate(chunks) if chunk.kind == "title"}
    titles = [title for title in reading.examples if title.choices and title.text in places]
    parts = clauses(chunks) if titles else []
    each = [next(c for c in parts if places[title.text] in c) for title in titles]
    told = [{chunk.text for chunk in chunks[clause.start : clause.stop]} for clause in each]
    liking = words("clauses", "liking") | {"as", "to"}
    known = all(_KNOWN & said and not liking & said for said in told)
    return tuple(titles) if known and not _wants_more(chunks, each) else ()


def _wants_more(chunks: Sequence[Chunk], seen: Sequence[range]) -> bool:
    """Tell whether more is asked for after what was just seen: 'we watched Heat. Any MORE heist films?'.

    Not 'I have seen Heat. Any more heist films?': what one has ever seen is left out and no more.
    """
    told = {chunk.text for clause in seen for chunk in chunks[clause.start : clause.stop]}
    if not told & words("stories", "seen of late") or told & words("stories", "ever seen"):
        return False
    after = max(clause.stop for clause in seen)
    said = [chunk.text for chunk in chunks[after:]]
    more = words("stories", "more of that")
    pairs = zip_longest(said, said[1:])
    return any(word in more and following not in ("than", "or", "of") for word, following in pairs)


def _is_varied(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a message opens with a title that it then changes: 'Alien but without the gore'."""
    led = all(chunk.kind == "mark" or chunk.text in _OPENING for chunk in chunks[:place])
    turn = turns_at(chunks, place)
    met = place > 1 and chunks[place - 1].text == "meets"
    return met or (led and turn is not None and chunks[turn].text != "and")


def _is_small(chunk: Chunk) -> bool:
    return chunk.kind == "word" and (chunk.text in ("and", "or", "please") or chunk.text.isdecimal())


def _is_liked(chunks: Sequence[Chunk], place: int) -> bool:
    near = [
        c for c in chunks[max(0, place - _NEAR) : place + _NEAR + 1] if c.sentence == chunks[place].sentence
    ]
    said = {word for chunk in near for word in chunk.text.casefold().split()}
    return bool(said & words("clauses", "liking")) and not said & words("clauses", "not liking")


def without_plain_titles(reading: ParsedRequest, utterance: Utterance) -> ParsedRequest:
    """Return a request without titles that are ordinary words among others: 'greedy bankers, WALL STREET'.

    A list of titles alone names them.
    """
    denied = {
        chunk.text
        for place, chunk in enumerate(utterance.chunks)
        if chunk.kind == "title" and is_negated(utterance.chunks, place)
    }
    others = sum(chunk.kind == "word" and chunk.text not in asking_words() for chunk in utterance.chunks)
    plain = [
        title
        for title in reading.mentioned
        if title not in reading.examples
        and title.text not in denied
        and title.text.islower()
        and all(is_everyday(word) for word in title.text.split())
    ]
    if not plain or others < len(plain) or SPEAKERS & set(utterance.spoken):
        return reading
    return replace(reading, mentioned=tuple(each for each in reading.mentioned if each not in plain))


def compares(utterance: Utterance) -> bool:
    """Tell whether items are asked for by a comparison, and nothing else is asked: 'no more than 20 €'."""
    compared = utterance.reading.comparisons or utterance.reading.sorts
    return bool(compared) and all(question.kind in _NO_FACT for question in utterance.questions)


def asks_what_to_take(utterance: Utterance) -> bool:
    """Tell whether items are wanted in the form of a question: 'what should I read on the train?'."""
    unknowable = any(question.kind == "unknowable" for question in utterance.questions)
    asks_where = unknowable and utterance.words[:1] in (("where",), ("how",), ("can",), ("could",))
    wanted = utterance.has(*tables("clauses")["what to take"])
    return wanted and not utterance.reading.mentioned and not asks_where
