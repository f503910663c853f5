"""What a first message is about: subjects that it tells, where words of a story would hide them."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.dialogue.intent import asks_for_anything, asks_for_items
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.core import Core, core_of
from agent.builtin.interpret.likeness import Variation
from agent.builtin.interpret.plots import asks_for_title
from agent.builtin.interpret.subjects import is_mood, places_of_phrases
from agent.builtin.interpret.theme import Theme, is_known
from agent.builtin.interpret.wordings import places_of_wordings
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import clauses, tells
from agent.builtin.parse.negation import is_negated
from kg.stems import stem
from kg.text import fold
from tools.theme_lines import asking_words

_NAMING = frozenset(("a", "an", "something", "anything"))
_TELLING = 3  # words that tell, of what is surely a subject


def told_core(utterance: Utterance) -> Core:
    """Return the subjects that a first message tells by what happens in them; of one's own table none."""
    beside_likes = utterance.is_long and len(utterance.reading.examples) > 1  # their story orders nothing
    if not _is_first(utterance) or beside_likes or asks_for_title(utterance.chunks):
        return Core()  # of a plot every word tells
    core = core_of(utterance.chunks)
    tells_of_self = utterance.reading.profile and len(core.words) < _TELLING
    return Core() if tells_of_self else core


def tells_subject(utterance: Utterance) -> bool:
    """Tell whether a first message tells a subject, and asks for no fact of a title or somebody."""
    subjects = [question.subject for question in utterance.questions]
    named = any(each.titles or each.people for each in subjects) or utterance.reading.mentioned
    of_a_fact = any(each.kind in ("value", "yes_no") and each.roles for each in utterance.questions)
    return not (named or of_a_fact) and bool(told_core(utterance).wanted)


def asks_for_some(utterance: Utterance) -> bool:
    """Tell whether items are asked for in any way: by a word, a subject that is told, or for anything."""
    core = told_core(utterance)
    told = core.wanted or (core.moods and utterance.words[0] in _NAMING)  # 'A SLOW BURN you can't look away'
    asks = asks_for_items(utterance.chunks) or asks_for_anything(utterance)
    return bool(told) or asks or (_is_first(utterance) and _opens_with_refusal(utterance.chunks))


def _opens_with_refusal(chunks: Sequence[Chunk]) -> bool:
    """Tell whether a message opens with a kind or mood and what not to have: 'SCARY BUT NO GORE. I …'."""
    if not chunks or not (chunks[0].kind == "category" or is_mood(chunks[0].text)):
        return False
    first = clauses(chunks)[0]
    refused = any(chunks[p].kind == "word" and is_negated(chunks, p) for p in first)
    return refused and not tells(chunks[: first.stop])


def with_told_core(theme: Theme, utterance: Utterance, varied: Variation) -> Theme:
    """Return a theme with the subjects that a message tells, where its words hide them, and varied."""
    core = told_core(utterance)
    core = core._replace(wanted=tuple(each for each in core.wanted if each not in theme.denied))
    hidden = _is_hidden(theme, core, utterance)
    if not (core.wanted and hidden):
        theme = theme.with_core(core) if hidden else theme
        if hidden and _is_first(utterance) and not utterance.reading.profile:
            theme = theme.with_known(_of_phrases(utterance))
        return theme.varied(varied.more, varied.less, varied.said, varied.phrase)
    known = {*core.words, *(word for each in core.wanted for word in each.split())}
    more = tuple(word for word in varied.more if word not in known)
    said = tuple(word for word in varied.said if word not in known) if more or varied.less else ()
    phrase = varied.phrase if more == varied.more else " ".join(more)
    return theme.with_core(core).varied(more, varied.less, said, phrase)


def _is_hidden(theme: Theme, core: Core, utterance: Utterance) -> bool:
    """Tell whether words of a story, or some that name no subject, hide what a message is about."""
    chunks = utterance.chunks
    named = any(chunk.kind == "category" or chunk.text in ITEM_NOUNS for chunk in chunks)
    if not theme or utterance.is_long or not (named or utterance.is_short):
        return True
    said = {stem(word) for word in theme.words}
    plain = core.wanted and {stem(fold(word)) for each in core.wanted for word in each.split()} <= said
    if utterance.is_short and (named or plain or places_of_wordings(chunks, _TELLING)):
        return False
    phrases = _of_phrases(utterance)
    read = {*theme.said, *phrases, *theme.denied_words, *asking_words()}
    return bool(core.words - read) or any(not (w in phrases or is_known(w)) for w in theme.words)


def _of_phrases(utterance: Utterance) -> set[str]:
    chunks = utterance.chunks
    return {word for place in places_of_phrases(chunks) for word in chunks[place].text.split()}


def _is_first(utterance: Utterance) -> bool:
    """Tell whether a message follows no list, and descriptions may tell what it asks for."""
    return utterance.reading.texts and not (utterance.reading.own or utterance.state.items)
