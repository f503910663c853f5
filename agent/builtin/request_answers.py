"""Requests that stand by themselves, as they are answered: by names, kinds and what is left as a theme."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from agent.builtin.dialogue.acts import CompareShown, LikeBut
from agent.builtin.dialogue.added_themes import is_led, within
from agent.builtin.dialogue.fragments import stands_alone
from agent.builtin.dialogue.intent import (
    SPEAKERS,
    asks_apart,
    asks_for_items,
    asks_openly,
    is_fragment,
    liked_examples,
    seen_only,
    without_plain_titles,
)
from agent.builtin.dialogue.recognition import wants_others
from agent.builtin.dialogue.revisions import carry_out
from agent.builtin.dialogue.shifts import lesser_known
from agent.builtin.dialogue.small_talk import small_talk
from agent.builtin.dialogue.told_core import asks_for_some, told_core, with_told_core
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.dialogue.variations import wished_lesser_known
from agent.builtin.interpret.denied import whom_done_to
from agent.builtin.interpret.dislikes import disliked
from agent.builtin.interpret.likeness import Variation, variation
from agent.builtin.interpret.nth import place_in_series
from agent.builtin.interpret.passed_over import with_passed_over
from agent.builtin.interpret.plots import plot
from agent.builtin.interpret.premises import is_premise, with_premise
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.interpret.ruled_out_only import only_rules_out, told_beside
from agent.builtin.interpret.spans import Span, Use
from agent.builtin.interpret.subjects import is_of_named_pair, places_of_phrases
from agent.builtin.interpret.theme import Theme
from agent.builtin.interpret.themes_said import phrase_alone, subject_alone, theme_of
from agent.builtin.interpret.wordings import worded
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.other_makers import asks_for_others
from agent.builtin.plan.accounting import with_theme
from agent.builtin.plan.like_series import with_series_liked
from agent.builtin.plan.other_makers import by_same_makers, likeliest
from agent.builtin.plan.plots import nearest_to_plot, of_plot
from agent.builtin.plan.requests import answer_request
from agent.builtin.plan.same_title import are_dated, with_whole_series
from agent.builtin.plan.sequels import sequel_of, sequels
from agent.builtin.plan.together import of_all_kinds
from agent.builtin.plan.told_moods import with_told_moods
from agent.builtin.plan.tool_session import Arguments
from agent.builtin.plan.unwanted import barred_by, kinds_spoken_of_last, wanted_words
from agent.builtin.plan.varied import as_modern_version, with_more_of
from agent.builtin.respond import sentences
from tools.theme_lines import asking_words

_OPENS_QUESTION = frozenset((*tables("dialogue")["asks"], *tables("function")["auxiliaries"]))
_OPENS_QUESTION = _OPENS_QUESTION | frozenset("whats whos hows wheres whens".split())
_PUT_DOWN = re.compile(r"\b(i|we|you)( \w+){1,5} put( it)? down\b")


def request(utterance: Utterance, spans: Sequence[Span], *, asks: bool = False) -> Arguments | None:
    """Answer a request that stands by itself, as it surely does where it `asks`; None if it does not."""
    core, asks = told_core(utterance), asks or asks_for_some(utterance)
    spans = with_told_moods(spans, utterance.session, utterance.chunks)
    openly = asks_openly(utterance) if utterance.state.items else asks
    reading, whole_series = with_series_liked(utterance.reading, utterance.chunks, utterance.session)
    told_only = bool(core.wanted) and not asks_for_items(utterance.chunks)
    if told_only or not (asks or whole_series):
        reading = replace(reading, examples=liked_examples(utterance.chunks, reading))
    talk = bool(utterance.state.items) and bool(small_talk(utterance.spoken).kinds)
    named = reading.mentioned
    titled = (asks and not told_only) or utterance.state.items
    reading = reading if titled else without_plain_titles(reading, utterance)
    words_only = [title.text for title in named if title not in reading.mentioned]
    story = not asks and _is_told_first(utterance, reading) and is_premise(utterance.chunks)
    fragment = (is_fragment(utterance) and not talk) or story
    added = bool(utterance.state.items) and not utterance.questions and _may_be_added(utterance, spans)
    phrase = not asks and fragment and (story or added or _is_phrase(utterance))
    instead = bool(utterance.state.items) and utterance.text.startswith(("what about ", "how about "))
    own = reading.own and not utterance.state.items
    theme = theme_of(spans, utterance.chunks) if asks or fragment or own else Theme()
    untold = not reading.texts and (utterance.names_something or bool(reading.comparisons))
    theme = Theme() if own and (reading.sorts or untold) else theme  # an order alone orders
    theme = _whole(theme, spans) if own else theme if asks or phrase else theme._replace(rest=())
    theme = theme.with_phrases(words_only)
    lesser = wished_lesser_known(utterance.chunks)
    theme = theme.without(lesser)
    names = utterance.names_something and not only_rules_out(reading)
    told = theme.wanted or names or core.wanted
    if instead and not utterance.names_something and (found := _of_what_about(utterance, spans)) is not None:
        return found
    if (asks or fragment) and not told:
        alone = subject_alone(spans, utterance.chunks)
        theme = theme.joined(alone)
        if phrase and not (added and theme):
            theme = theme.joined(phrase_alone(spans, utterance.chunks))
        theme = theme.without([*theme.denied_words, *lesser, *_of_audience(utterance)])
    averse = disliked(spans, utterance.chunks)
    long = utterance.tells_story
    if (story or asks) and not (utterance.state.items or long):
        ruled_out = (*averse, *lesser)
        theme = with_premise(theme, spans, utterance.chunks, reading, asks=asks, averse=ruled_out)
    liked_names = {title.text for title in reading.examples} if asks or fragment else None
    varied = variation(spans, utterance.chunks, liked_names) if liked_names else Variation()
    theme = theme.of_story() if long and (names or reading.examples) else theme  # its words order nothing
    if long and utterance.names_something:
        theme = theme.plain() if names else told_beside(theme, spans)
    theme = with_told_core(theme, utterance, varied)
    reading, theme = as_modern_version(reading, theme, utterance.chunks, utterance.session)
    reading = reading if theme else with_more_of(reading, varied, utterance.chunks)
    if theme and not utterance.names_something and (narrow := within(utterance, theme)):
        return with_theme(narrow, spans, theme.said, ())
    watched = seen_only(utterance.chunks, reading) if theme else ()
    reading = replace(reading, examples=()) if watched else reading
    aversion = words("negation", "averse") - worded(utterance.chunks)
    theme = theme.without(aversion)
    averse = tuple(word for word in averse if word not in theme.said)
    denied = tuple(dict.fromkeys((*theme.denied, *averse)))
    barred = barred_by(denied, utterance.session, wanted_words(reading, theme))
    gift = utterance.has("for", "gift", "present") and any(span.use == Use.WHO_ASKS for span in spans)
    openly = openly or (fragment and gift and not utterance.state.items)
    unknown = any(span.use == Use.UNKNOWN for span in spans)
    state, other = utterance.state, utterance.has("else", "other", "others", "another", "more")
    gone = (*state.named, state.focus) if other and not utterance.reading.examples else ()
    known = utterance.state.seen if wants_others(utterance) else ()
    no_sequels = utterance.has(*tables("stories")["not what follows"])  # 'like X, but not the sequels'
    done = (*reading.done_with, *(reading.examples if no_sequels else ()))
    whole = [c for title in done for c in likeliest(title)]
    series = with_whole_series(whole, utterance.session) if whole else ()
    others = [c for title in reading.examples for c in likeliest(title)]
    theirs = by_same_makers(others, utterance.session) if asks_for_others(utterance.chunks) else []
    mixed, said_mixed = of_all_kinds(reading, utterance.session)
    named = (*watched, *(title for question in utterance.apart for title in question.subject.titles))
    asked_of = [c.id for title in named for c in likeliest(title)]
    every = (*gone, *known, *barred, *series, *whole_series, *mixed, *asked_of, *theirs)
    left_out = [item for item in every if item is not None]
    wants = openly and not unknown
    if (beyond := _like_but(utterance, reading)) is not None:
        beyond["items"] = [item for item in beyond["items"] if item not in whole_series]
        return _without_barred(beyond, barred, denied)
    if (place := place_in_series(utterance.chunks)) is not None and (
        nth := _of_series(reading, place, utterance)
    ):
        return with_theme(nth, spans, theme.said, ())
    answer = answer_request(reading, utterance.session, theme=theme, asks=wants, gone=left_out)
    if theme and not (answer and answer["items"]) and asks_apart(utterance.chunks, spans):
        theme, answer = Theme(), answer_request(reading, utterance.session, asks=True, gone=left_out)
    if answer is None:
        return None
    story_told = plot(spans, utterance.chunks) if reading.wanted else ()
    answer, told_plot = nearest_to_plot(answer, story_told, utterance.session)
    if said_mixed and answer["items"]:
        answer["note"] = " ".join(filter(None, (answer["note"], said_mixed)))
    answer = kinds_spoken_of_last(answer, reading, utterance.session)
    if barred and answer["items"]:
        answer["note"] = " ".join(filter(None, (answer["note"], sentences.left_out(denied))))
    elif averse or varied.less:  # of how things feel no description speaks: 'like X but less GLOOMY'
        answer["unused"] = [*answer.get("unused", ()), *averse, *varied.less]
    if varied.lost:
        answer["unused"] = [*answer.get("unused", ()), " ".join(varied.lost)]
    lesser = lesser if answer.get("conditions") else []
    if lesser and len(answer["items"]) > 1 and reading.limit is None:
        answer = lesser_known(answer)
    narrated = [span.text for span in spans if span.use == Use.THEME and span.text in asking_words()]
    used = [
        *(words("themes", "what came after") if no_sequels else ()),
        *lesser,
        *told_plot,
        *(part for each in denied if barred for part in (each, *each.split())),
        *(aversion if averse else ()),
        *whom_done_to(utterance.chunks, denied),
        *varied.said,
        *core.words,
    ]
    used += narrated if (story or theme) and answer["items"] else []
    first = not utterance.state.items
    dated = reading.years != (None, None) or reading.not_years is not None
    uses = with_passed_over(spans, utterance.chunks, dated=dated) if first and answer["items"] else spans
    answer = with_theme(answer, uses, theme.said, used)
    lost = answer.get("unused") or answer.get("unknown")
    if reading.own and lost and answer["items"] and not answer.get("basis"):
        return answer | {"basis": "popular"}  # any word may say what items of one's own table have
    return answer


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


def _like_but(utterance: Utterance, reading: ParsedRequest) -> Arguments | None:
    """Answer what is like a title and beyond it in a number: 'a film like Heat but SHORTER'."""
    titles = [title for title in reading.examples if title.choices]
    stated = reading.wanted or reading.categories or reading.none_of or reading.any_of or reading.comparisons
    if len(titles) != 1 or stated or not reading.shifts or not utterance.has("like", "similar to"):
        return None
    shift = reading.shifts[0]
    compared = CompareShown(shift.relation, shift.lower, tuple(shift.text.split()))
    answer = carry_out(LikeBut(titles[0].choices[0].id, None, compared), utterance)
    return answer if answer and answer["items"] else None


def _without_barred(answer: Arguments, barred: Collection[str], denied: Sequence[str]) -> Arguments:
    """Return an answer without the items that speak of what is not wanted; what none can tell is unused."""
    left = [item for item in answer["items"] if item not in barred]
    if not (barred and left):
        return answer | {"unused": [*answer.get("unused", ()), *denied]}
    note = " ".join(filter(None, (answer["note"], sentences.left_out(denied))))
    return answer | {"items": left, "note": note}


def _of_series(reading: ParsedRequest, place: int, utterance: Utterance) -> Arguments | None:
    """Answer which item of a series is the one at a place, as their years tell."""
    in_order = replace(reading, order="earliest", limit=None)
    answer = answer_request(in_order, utterance.session, gone=())
    stated = answer["conditions"] if answer else ()
    named = any(each["relation"] == "series" for each in stated)
    if answer is None or not named or not are_dated(stated, utterance.session):
        return None
    if place >= len(answer["items"]):
        note = sentences.fewer_in_series(len(answer["items"]))
        return answer | {"note": " ".join(filter(None, (answer["note"], note)))}
    note = sentences.nth_by_year(place + 1)
    return answer | {"items": answer["items"][place : place + 1], "note": note, "order": []}


def _of_what_about(utterance: Utterance, spans: Sequence[Span]) -> Arguments | None:
    """Answer what items should be about instead: 'what about TIME TRAVEL?'; None without such words."""
    said = [span.text for span in spans if span.use == Use.THEME]
    theme = Theme(tuple((word,) for word in dict.fromkeys(said)), phrase=" ".join(said))
    answer = answer_request(utterance.reading, utterance.session, theme=theme) if said else None
    return answer and with_theme(answer, spans, theme.said, ())


def _may_be_added(utterance: Utterance, spans: Sequence[Span]) -> bool:
    """Tell whether a text after a list only names what else items are about: 'volcanoes, or a flood'."""
    if is_led(utterance) or utterance.text.startswith(tables("acts")["may it be"]):
        return True
    uses = {span.use for span in spans}
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


def of_plot_told(utterance: Utterance, spans: Sequence[Span]) -> Arguments | None:
    """Answer what a film or book is called whose plot is told, unless facts of it are told too."""
    if utterance.reading.wanted or utterance.reading.references or utterance.reading.claims:
        return None
    return of_plot(plot(spans, utterance.chunks), utterance.reading, utterance.session)


def of_sequels(utterance: Utterance) -> Arguments | None:
    """Answer what came after an item under its title: 'a sequel to Toy Story'."""
    reading = utterance.reading
    if reading.wanted or reading.references or reading.claims or reading.categories:
        return None
    asked = sequel_of(utterance.chunks, reading.mentioned)
    return asked and sequels(asked[0], utterance.session, later=asked[1])
