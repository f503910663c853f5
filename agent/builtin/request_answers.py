"""Requests that stand by themselves, as they are answered: by names, kinds and what is left as a theme."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from agent.builtin.dialogue.acts import CompareShown, LikeBut
from agent.builtin.dialogue.added_themes import within
from agent.builtin.dialogue.intent import asks_apart, seen_only
from agent.builtin.dialogue.recognition import wants_others
from agent.builtin.dialogue.revisions import carry_out
from agent.builtin.dialogue.shifts import lesser_known
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.denied import whom_done_to
from agent.builtin.interpret.nth import place_in_series
from agent.builtin.interpret.passed_over import with_passed_over
from agent.builtin.interpret.plots import plot
from agent.builtin.interpret.request import ItemMention, ParsedRequest
from agent.builtin.interpret.spans import Span, Use
from agent.builtin.interpret.theme import Theme
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.other_makers import asks_for_others
from agent.builtin.plan.accounting import with_theme
from agent.builtin.plan.other_makers import by_same_makers, likeliest
from agent.builtin.plan.plots import nearest_to_plot, of_plot
from agent.builtin.plan.requests import answer_request
from agent.builtin.plan.same_title import are_dated, with_whole_series
from agent.builtin.plan.sequels import sequel_of, sequels
from agent.builtin.plan.together import of_all_kinds
from agent.builtin.plan.told_moods import with_told_moods
from agent.builtin.plan.tool_session import Arguments
from agent.builtin.plan.unwanted import barred_by, kinds_spoken_of_last, wanted_words
from agent.builtin.respond import sentences
from agent.builtin.themed_request import ThemedRequest, themed_request, without_aversion
from tools.theme_lines import asking_words


def request(utterance: Utterance, spans: Sequence[Span], *, asks: bool = False) -> Arguments | None:
    """Answer a request that stands by itself, as it surely does where it `asks`; None if it does not."""
    spans = with_told_moods(spans, utterance.session, utterance.chunks)
    if (found := _of_what_about(utterance, spans)) is not None:
        return found
    wish = themed_request(utterance, spans, asks=asks)
    if wish.theme and not utterance.names_something and (narrow := within(utterance, wish.theme)):
        return with_theme(narrow, spans, wish.theme.said, ())
    watched = seen_only(utterance.chunks, wish.reading) if wish.theme else ()
    wish = replace(wish, reading=replace(wish.reading, examples=())) if watched else wish
    wish, aversion = without_aversion(wish, utterance)
    denied = tuple(dict.fromkeys((*wish.theme.denied, *wish.averse)))
    barred = barred_by(denied, utterance.session, wanted_words(wish.reading, wish.theme))
    left_out, said_mixed = _left_out(wish, utterance, barred, watched)
    if (beyond := _like_but(utterance, wish.reading)) is not None:
        beyond["items"] = [item for item in beyond["items"] if item not in wish.whole_series]
        return _without_barred(beyond, barred, denied)
    place = place_in_series(utterance.chunks)
    if place is not None and (nth := _of_series(wish.reading, place, utterance)):
        return with_theme(nth, spans, wish.theme.said, ())
    wish, answer = _found(wish, utterance, spans, left_out)
    if answer is None:
        return None
    answer, told_plot = _with_notes(answer, wish, utterance, spans, said_mixed)
    if barred and answer["items"]:
        answer = _noted(answer, sentences.left_out(denied))
    answer = _with_unused(answer, wish, barred)
    lesser = wish.lesser if answer.get("conditions") else []
    if lesser and len(answer["items"]) > 1 and wish.reading.limit is None:
        answer = lesser_known(answer)
    left = (part for each in denied if barred for part in (each, *each.split()))
    averse = aversion if wish.averse else ()
    used = [*lesser, *told_plot, *left, *averse, *whom_done_to(utterance.chunks, denied)]
    return _accounted(answer, wish, utterance, spans, used)


def _left_out(
    wish: ThemedRequest, utterance: Utterance, barred: Collection[str], watched: Sequence[ItemMention]
) -> tuple[list[str], str]:
    """Return the items that are not asked for, and what is said of those of all kinds at once."""
    state, reading = utterance.state, wish.reading
    other = utterance.has("else", "other", "others", "another", "more")
    gone = (*state.named, state.focus) if other and not utterance.reading.examples else ()
    known = state.seen if wants_others(utterance) else ()
    done = (*reading.done_with, *(reading.examples if _wants_no_sequels(utterance) else ()))
    whole = [c for title in done for c in likeliest(title)]
    series = with_whole_series(whole, utterance.session) if whole else ()
    others = [c for title in reading.examples for c in likeliest(title)]
    theirs = by_same_makers(others, utterance.session) if asks_for_others(utterance.chunks) else []
    mixed, said_mixed = of_all_kinds(reading, utterance.session)
    named = (*watched, *(title for question in utterance.apart for title in question.subject.titles))
    asked_of = [c.id for title in named for c in likeliest(title)]
    every = (*gone, *known, *barred, *series, *wish.whole_series, *mixed, *asked_of, *theirs)
    return [item for item in every if item is not None], said_mixed


def _found(
    wish: ThemedRequest, utterance: Utterance, spans: Sequence[Span], left_out: Sequence[str]
) -> tuple[ThemedRequest, Arguments | None]:
    """Answer a request without what is left out; where no item has its theme, without that."""
    gift = utterance.has("for", "gift", "present") and any(span.use == Use.WHO_ASKS for span in spans)
    openly = wish.openly or (wish.fragment and gift and not utterance.state.items)
    openly = openly and not any(span.use == Use.UNKNOWN for span in spans)
    session = utterance.session
    answer = answer_request(wish.reading, session, theme=wish.theme, asks=openly, gone=left_out)
    if wish.theme and not (answer and answer["items"]) and asks_apart(utterance.chunks, spans):
        return replace(wish, theme=Theme()), answer_request(wish.reading, session, asks=True, gone=left_out)
    return wish, answer


def _with_notes(
    answer: Arguments, wish: ThemedRequest, utterance: Utterance, spans: Sequence[Span], said_mixed: str
) -> tuple[Arguments, Sequence[str]]:
    """Return an answer with what was told of a plot put first, and the words of that."""
    story_told = plot(spans, utterance.chunks) if wish.reading.wanted else ()
    answer, told_plot = nearest_to_plot(answer, story_told, utterance.session)
    if said_mixed and answer["items"]:
        answer = _noted(answer, said_mixed)
    return kinds_spoken_of_last(answer, wish.reading, utterance.session), told_plot


def _with_unused(answer: Arguments, wish: ThemedRequest, barred: Collection[str]) -> Arguments:
    """Return an answer that names what no description speaks of: 'like X but less GLOOMY'."""
    unsaid = (*wish.averse, *wish.varied.less) if not (barred and answer["items"]) else ()
    lost = (" ".join(wish.varied.lost),) if wish.varied.lost else ()
    unused = [*answer.get("unused", ()), *unsaid, *lost]
    return answer | {"unused": unused} if unsaid or lost else answer


def _noted(answer: Arguments, note: str) -> Arguments:
    return answer | {"note": " ".join(filter(None, (answer["note"], note)))}


def _accounted(
    answer: Arguments, wish: ThemedRequest, utterance: Utterance, spans: Sequence[Span], used: Sequence[str]
) -> Arguments:
    """Return an answer with the words of a request that it did not use, beside those it `used`."""
    reading, items = wish.reading, answer["items"]
    used = [*used, *wish.varied.said, *wish.core.words]
    used += words("themes", "what came after") if _wants_no_sequels(utterance) else ()
    if (wish.story or wish.theme) and items:
        used += [span.text for span in spans if span.use == Use.THEME and span.text in asking_words()]
    dated = reading.years != (None, None) or reading.not_years is not None
    first = not utterance.state.items
    uses = with_passed_over(spans, utterance.chunks, dated=dated) if first and items else spans
    answer = with_theme(answer, uses, wish.theme.said, used)
    lost = answer.get("unused") or answer.get("unknown")
    if reading.own and lost and answer["items"] and not answer.get("basis"):
        return answer | {"basis": "popular"}  # any word may say what items of one's own table have
    return answer


def _wants_no_sequels(utterance: Utterance) -> bool:
    return utterance.has(*tables("stories")["not what follows"])  # 'like X, but not the sequels'


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
    return _noted(answer | {"items": left}, sentences.left_out(denied))


def _of_series(reading: ParsedRequest, place: int, utterance: Utterance) -> Arguments | None:
    """Answer which item of a series is the one at a place, as their years tell."""
    in_order = replace(reading, order="earliest", limit=None)
    answer = answer_request(in_order, utterance.session, gone=())
    stated = answer["conditions"] if answer else ()
    named = any(each["relation"] == "series" for each in stated)
    if answer is None or not named or not are_dated(stated, utterance.session):
        return None
    if place >= len(answer["items"]):
        return _noted(answer, sentences.fewer_in_series(len(answer["items"])))
    note = sentences.nth_by_year(place + 1)
    return answer | {"items": answer["items"][place : place + 1], "note": note, "order": []}


def _of_what_about(utterance: Utterance, spans: Sequence[Span]) -> Arguments | None:
    """Answer what items should be about instead: 'what about TIME TRAVEL?'; None without such words."""
    if not utterance.state.items or utterance.names_something:
        return None
    if not utterance.text.startswith(("what about ", "how about ")):
        return None
    said = [span.text for span in spans if span.use == Use.THEME]
    theme = Theme(tuple((word,) for word in dict.fromkeys(said)), phrase=" ".join(said))
    answer = answer_request(utterance.reading, utterance.session, theme=theme) if said else None
    return answer and with_theme(answer, spans, theme.said, ())


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
