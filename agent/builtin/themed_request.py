"""A request with what is left of it as a theme: which of its words say what items are about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.builtin.dialogue.added_themes import is_led
from agent.builtin.dialogue.fragments import stands_alone
from agent.builtin.dialogue.intent import (
    SPEAKERS,
    asks_for_items,
    asks_openly,
    is_fragment,
    liked_examples,
    without_plain_titles,
)
from agent.builtin.dialogue.small_talk import small_talk
from agent.builtin.dialogue.told_core import asks_for_some, told_core, with_told_core
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.dialogue.variations import asks_for_mood, wished_lesser_known
from agent.builtin.interpret.core import Core
from agent.builtin.interpret.dislikes import disliked
from agent.builtin.interpret.likeness import Variation, variation
from agent.builtin.interpret.premises import is_premise, with_premise
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.interpret.ruled_out_only import only_rules_out, told_beside
from agent.builtin.interpret.spans import Span, Use
from agent.builtin.interpret.subjects import is_of_named_pair, places_of_phrases
from agent.builtin.interpret.theme import Theme
from agent.builtin.interpret.themes_said import phrase_alone, subject_alone, theme_of
from agent.builtin.interpret.wordings import worded
from agent.builtin.lexicon.load import tables, words
from agent.builtin.plan.like_series import with_series_liked
from agent.builtin.plan.varied import as_modern_version, with_more_of

_OPENS_QUESTION = frozenset((*tables("dialogue")["asks"], *tables("function")["auxiliaries"]))
_OPENS_QUESTION = _OPENS_QUESTION | frozenset("whats whos hows wheres whens".split())
_PUT_DOWN = re.compile(r"\b(i|we|you)( \w+){1,5} put( it)? down\b")

_NOT_VARIED = Variation()


@dataclass(frozen=True, slots=True)
class ThemedRequest:
    """A request by its names and kinds, and what is left of it.

    It surely is one where it `asks`; `openly` where anything will do. A `fragment` is a text that may be
    one, a `story` one that begins a conversation by what happens. `words_only` were titles by chance.
    """

    reading: ParsedRequest
    theme: Theme
    core: Core
    asks: bool
    openly: bool
    fragment: bool
    story: bool
    words_only: Sequence[str]
    whole_series: Sequence[str]
    lesser: Sequence[str]
    averse: Sequence[str] = ()
    varied: Variation = _NOT_VARIED


def themed_request(utterance: Utterance, spans: Sequence[Span], *, asks: bool) -> ThemedRequest:
    """Return a request with its theme; its words are told from those of a story and of who speaks."""
    wish = _read(utterance, asks)
    wish = replace(wish, theme=_said(wish, utterance, spans))
    averse = disliked(spans, utterance.chunks)
    theme = wish.theme
    if (wish.story or wish.asks) and not (utterance.state.items or utterance.tells_story):
        unwanted, chunks = (*averse, *wish.lesser), utterance.chunks
        theme = with_premise(theme, spans, chunks, wish.reading, asks=wish.asks, averse=unwanted)
    liked = {title.text for title in wish.reading.examples} if wish.asks or wish.fragment else None
    varied = variation(spans, utterance.chunks, liked) if liked else _NOT_VARIED
    theme = with_told_core(_beside_story(theme, wish, utterance, spans), utterance, varied)
    reading, theme = as_modern_version(wish.reading, theme, utterance.chunks, utterance.session)
    reading = reading if theme else with_more_of(reading, varied, utterance.chunks)
    return replace(wish, reading=reading, theme=theme, averse=averse, varied=varied)


def without_aversion(wish: ThemedRequest, utterance: Utterance) -> tuple[ThemedRequest, frozenset[str]]:
    """Return a request whose theme has none of the words of not liking, and these."""
    aversion = words("negation", "averse") - worded(utterance.chunks)
    theme = wish.theme.without(aversion)
    averse = tuple(word for word in wish.averse if word not in theme.said)
    return replace(wish, theme=theme, averse=averse), aversion


def _read(utterance: Utterance, asks: bool) -> ThemedRequest:
    """Return a request before its theme is read: which titles it names, and whether it is one."""
    core, asks = told_core(utterance), asks or asks_for_some(utterance)
    listed = bool(utterance.state.items)
    openly = asks_openly(utterance) if listed else asks
    reading, whole_series = with_series_liked(utterance.reading, utterance.chunks, utterance.session)
    told_only = bool(core.wanted) and not asks_for_items(utterance.chunks)
    if told_only or not (asks or whole_series):
        reading = replace(reading, examples=liked_examples(utterance.chunks, reading))
    named = reading.mentioned
    titled = (asks and not told_only) or listed
    reading = reading if titled else without_plain_titles(reading, utterance)
    words_only = [title.text for title in named if title not in reading.mentioned]
    talk = listed and bool(small_talk(utterance.spoken).kinds)
    story = not asks and _is_told_first(utterance, reading) and is_premise(utterance.chunks)
    fragment = (is_fragment(utterance) and not talk) or story
    lesser = wished_lesser_known(utterance.chunks)
    none = Theme()
    return ThemedRequest(reading, none, core, asks, openly, fragment, story, words_only, whole_series, lesser)


def _said(wish: ThemedRequest, utterance: Utterance, spans: Sequence[Span]) -> Theme:
    """Return what is left of a request as it is said."""
    chunks, listed, reading = utterance.chunks, bool(utterance.state.items), wish.reading
    added = listed and not utterance.questions and _may_be_added(utterance, spans)
    phrase = not wish.asks and wish.fragment and (wish.story or added or _is_phrase(utterance))
    own = reading.own and not listed
    theme = theme_of(spans, chunks) if wish.asks or wish.fragment or own else Theme()
    untold = not reading.texts and (utterance.names_something or bool(reading.comparisons))
    theme = Theme() if own and (reading.sorts or untold) else theme  # an order alone orders
    theme = _whole(theme, spans) if own else theme if wish.asks or phrase else theme._replace(rest=())
    theme = theme.with_phrases(wish.words_only).without(wish.lesser)
    told = theme.wanted or _names(wish, utterance) or wish.core.wanted
    if (wish.asks or wish.fragment) and not told:
        theme = theme.joined(subject_alone(spans, chunks))
        if phrase and not (added and theme):
            theme = theme.joined(phrase_alone(spans, chunks))
        theme = theme.without([*theme.denied_words, *wish.lesser, *_of_audience(utterance)])
    return theme


def _beside_story(theme: Theme, wish: ThemedRequest, utterance: Utterance, spans: Sequence[Span]) -> Theme:
    """Return a theme without the words of a long story around a wish."""
    if not utterance.tells_story:
        return theme
    names = _names(wish, utterance)
    theme = theme.of_story() if names or wish.reading.examples else theme  # its words order nothing
    if utterance.names_something:
        return theme.plain() if names else told_beside(theme, spans)
    return theme


def _names(wish: ThemedRequest, utterance: Utterance) -> bool:
    """Tell whether something that is wanted is named."""
    return utterance.names_something and not only_rules_out(wish.reading)


def _whole(theme: Theme, spans: Sequence[Span]) -> Theme:
    """Return a theme with all that is left of a request: for 'a LEFT-HANDED player' no 'player' will do."""
    known = {*theme.said, *theme.words, *theme.denied}
    rest = (span.text for span in spans if span.use == Use.THEME and span.text not in known)
    return theme._replace(rest=tuple(dict.fromkeys((*theme.rest, *rest)))) if theme else theme


def _of_audience(utterance: Utterance) -> list[str]:
    """Return the words that say for whom it is."""
    whom = utterance.reading.audience
    told = {p for p, chunk in enumerate(utterance.chunks) if whom and chunk.start in whom.starts}
    told -= places_of_phrases(utterance.chunks)  # 'for a FIRST DATE'
    return [utterance.chunks[p].text for p in told if not is_of_named_pair(utterance.chunks, p)]


def _may_be_added(utterance: Utterance, spans: Sequence[Span]) -> bool:
    """Tell whether a text after a list only names what else items are about: 'volcanoes, or a flood'."""
    if is_led(utterance) or utterance.text.startswith(tables("acts")["may it be"]):
        return True
    uses = {span.use for span in spans}
    if asks_for_mood(utterance):
        return Use.THEME in uses  # 'could be a bit SADDER'
    said = set(utterance.words) & (SPEAKERS | words("occasion", "remarks"))
    if "?" in utterance.reading.text or (utterance.words[:1] and utterance.words[0] in _OPENS_QUESTION):
        return False
    return Use.THEME in uses and uses <= {Use.THEME, Use.FUNCTION, Use.ASKING} and not said


def _is_told_first(utterance: Utterance, reading: ParsedRequest) -> bool:
    """Tell whether a message begins a conversation, and nobody of it speaks of themselves or asks."""
    if utterance.questions or utterance.state.items or reading.examples:
        return False
    spoken = utterance.spoken
    asked = "?" in utterance.reading.text or (spoken[:1] and spoken[0] in _OPENS_QUESTION)
    text = _PUT_DOWN.sub("", " ".join(spoken))  # 'true crime I CAN'T PUT DOWN'
    speaks = bool(SPEAKERS & set(text.split()))
    return bool(spoken) and not asked and not speaks and not set(spoken) & words("occasion", "remarks")


def _is_phrase(utterance: Utterance) -> bool:
    """Tell whether a message may be a noun phrase for what is wanted: nobody asks, tells or answers."""
    talk = small_talk(utterance.spoken)
    anew = utterance.names_something and stands_alone(utterance)  # 'an UPLIFTING comedy' after dramas
    if utterance.questions or set(talk.kinds) - {"reaction", "doubt"} or not talk.rest:
        return False
    if utterance.state.items and not anew:
        return False
    told = {utterance.chunks[place].text for place in places_of_phrases(utterance.chunks)}
    said = set(utterance.words)
    opens = utterance.words[0] if utterance.words else ""
    asked = "?" in utterance.reading.text or opens in _OPENS_QUESTION - told  # 'COMING of age'
    return bool(said) and not asked and not (said - told) & (SPEAKERS | words("occasion", "remarks"))
