"""From a message to a proposal: small talk, a question of fact, an act on the last answer, or a request.

Facts come only from tools. Where a name or role is ambiguous, all readings are tried in one turn and the
likeliest that finds something wins. What the message said and the answer did not use is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.dialogue.acts import Accept, More, MoreLike, Refine, Reject, Substitute, Vary
from agent.builtin.dialogue.added_themes import (
    barring,
    instead,
    of_pointed,
    with_themes_of_kinds,
    without_denied,
    without_theme_dropped,
    without_theme_given_up,
)
from agent.builtin.dialogue.aggregate_answers import of_own_table
from agent.builtin.dialogue.another_person import with_fresh_wish
from agent.builtin.dialogue.as_meant import as_meant
from agent.builtin.dialogue.choosing import chosen_of_named, form_named, undecided
from agent.builtin.dialogue.comparing import measured_as_shown
from agent.builtin.dialogue.extremes import with_ends_counted
from agent.builtin.dialogue.fallbacks import first_choice
from agent.builtin.dialogue.fragments import without_dropped, without_somebody
from agent.builtin.dialogue.going_back import NOTHING_BEFORE, beside_going_back, returns_to
from agent.builtin.dialogue.in_context import in_context
from agent.builtin.dialogue.intent import (
    SPEAKERS,
    all_asked,
    asks_all_the_same,
    asks_for_items,
    asks_what_to_take,
    compares,
)
from agent.builtin.dialogue.later_sentences import (
    after_refusal,
    after_taking,
    after_talk,
    answer_taken,
    says_something,
    title_taken,
)
from agent.builtin.dialogue.lost import of_the_lost
from agent.builtin.dialogue.measured_answers import measured_answer, wrong_claims
from agent.builtin.dialogue.once_more import once_more
from agent.builtin.dialogue.questions import fact_question, why, with_facts_beside, with_other_facts
from agent.builtin.dialogue.recognition import recognise, words_used
from agent.builtin.dialogue.refinement import said_apart, without_all_dropped
from agent.builtin.dialogue.remarks import remark, talk_back, with_who
from agent.builtin.dialogue.renewed_search import once_shown
from agent.builtin.dialogue.revisions import carry_out
from agent.builtin.dialogue.ruled_out_too import with_ruled_out_too
from agent.builtin.dialogue.small_talk import beside_talk, closes, is_to_usher, small_talk, spoken
from agent.builtin.dialogue.state import DialogueState
from agent.builtin.dialogue.thresholds import with_thresholds
from agent.builtin.dialogue.told_core import tells_subject
from agent.builtin.dialogue.unanswered import nothing_yet, of_nobody, wish
from agent.builtin.dialogue.utterance import Utterance, places_of
from agent.builtin.dialogue.whose import wish_of_one
from agent.builtin.goal.decide import next_act
from agent.builtin.goal.finding import Desk
from agent.builtin.goal.state import Goal
from agent.builtin.interpret.message import understood
from agent.builtin.interpret.own_words import lost_of_own
from agent.builtin.interpret.plots import asks_for_title, plot
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.interpret.spans import Span, Use, asked_for, runs
from agent.builtin.interpret.wishes_apart import wishes_apart
from agent.builtin.interpret.works_asked import asks_for_works
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.fillers import without_hesitation
from agent.builtin.parse.verdict_clauses import only_judges
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.plan.accounting import accounted, naming_told, with_theme
from agent.builtin.plan.proposal import by_similarity, proposal
from agent.builtin.plan.requests import answer_request
from agent.builtin.plan.several import joined, some_of_each
from agent.builtin.plan.title_series import of_title_series
from agent.builtin.plan.tool_session import Arguments, ToolSession
from agent.builtin.request_answers import of_plot_told, of_sequels, request
from agent.builtin.respond import sentences
from agent.builtin.same_domain import afresh, in_domain_before
from kg.policy import Policy


def decide(
    text: str,
    session: ToolSession,
    vocabulary: Vocabulary,
    state: DialogueState | None = None,
    goal: Goal | None = None,
    policy: Policy = Policy(),
) -> Arguments:
    """Return the arguments of `recommend` for a message; `state` is what it may follow up on.

    With a `goal` it is about one item to decide on, under a policy.

    Raises:
        NeedsTools: tools must answer first.
    """

    def answer_of(said: str) -> Arguments:
        return _decided(said, session, vocabulary, state, goal, policy)

    if goal is not None or not vocabulary.measures.own or (state is not None and state.items):
        return (None if goal is not None else first_choice(text, answer_of, state)) or answer_of(text)
    return of_own_table(text, session, vocabulary, answer_of)


def _decided(
    text: str,
    session: ToolSession,
    vocabulary: Vocabulary,
    state: DialogueState | None,
    goal: Goal | None,
    policy: Policy,
) -> Arguments:
    if len(text) > sentences.MAX_REQUEST:
        return proposal(act="decline", note=sentences.TOO_LONG)
    text = with_ends_counted(without_hesitation(text), state, session, vocabulary)
    words = spoken(text)
    talk = small_talk(words)
    desk = Desk(session, vocabulary, policy) if goal is not None and session.has("narrow_down") else None
    changed = goal is not None and goal.change != "nothing"
    tells = desk is not None and (changed or bool(ITEM_NOUNS & set(words)))
    takes = state is not None and state.focus is not None and words[-2:] == ("that", "one")
    if talk.kinds and not (tells or takes) and is_to_usher(talk, words, text):
        if not (rest := beside_talk(text) if talk.kinds[0] == "about" else ""):
            return talk_back(talk.kinds[0])
        beside = decide(rest, session, vocabulary, state, goal, policy)
        return with_who(beside) if beside.get("items") else talk_back(talk.kinds[0])
    if "start over" in talk.kinds:
        state = None
    if goal is None and returns_to(text, state):
        rest = beside_going_back(text)
        return _gone_back(rest or text, session, vocabulary, state, asks=bool(rest))
    if goal is None and state is not None and (own := wish_of_one(words, state.texts)):
        return decide(own, session, vocabulary)
    listed = state is not None and bool(state.items) and goal is None
    if listed and "?" not in text and closes(talk, words):
        taken = title_taken(words, state)
        return proposal(act="acknowledge", note=sentences.enjoy(taken)) if taken else talk_back(talk.kinds[0])
    if listed and (later := after_talk(text)):
        answer = decide(later, session, vocabulary, state)
        talks = not says_something(answer) and answer.get("act") == "acknowledge"
        return talk_back(talk.kinds[0]) if talks and talk.kinds and "?" not in later else answer
    if not session.has("link_entities"):
        if desk and goal and changed:
            return next_act(goal, desk)
        return by_similarity(text, session, ParsedRequest(text), "")
    links = session.call("link_entities", text=text)
    if links is None:
        return proposal(act="decline", note=sentences.TOO_LONG)
    text, links = as_meant(text, links, session, vocabulary)
    said = understood(text, links, vocabulary)
    pieces = wishes_apart(said.chunks) if not (desk or listed) and len(said.parts) < 2 else []
    several = [decide(text[a.start : a.stop], session, vocabulary) for a in pieces]
    if (both := some_of_each(several)) is not None:
        return both
    text = said.reading.text
    if desk and goal and changed:
        return _of_goal(goal, desk, said.spans)
    if state is not None:
        if (shown := measured_as_shown(said.reading, state, session, vocabulary)) is not None:
            vocabulary, said = shown, understood(text, links, shown)
        said = in_context(text, said, state, session, vocabulary)
    chunks, reading, questions, spans, parts, apart, story = said
    known = state or DialogueState()
    utterance = Utterance(chunks, reading, known, talk.core, session, words, questions, apart.questions)
    if (gone := of_the_lost(utterance)) is not None:
        return gone
    if (told := measured_answer(utterance)) is not None:
        return accounted(with_other_facts(told, utterance), spans)
    utterance, notes = with_thresholds(utterance)
    corrections = wrong_claims(utterance)
    if not utterance.state.items and (best := chosen_of_named(utterance)) is not None:
        return accounted(best, spans)
    if (both := undecided(utterance) or form_named(utterance)) is not None:
        return accounted(both, spans)
    for_items = asks_what_to_take(utterance) or compares(utterance)
    for_items = for_items or asks_for_works(reading, utterance.words) or tells_subject(utterance)
    for_items = for_items or (not utterance.state.items and asks_for_title(chunks))
    if not for_items and (told := fact_question(utterance)) is not None:
        unknown = dict.fromkeys([*told.get("unknown", ()), *runs(spans, Use.UNKNOWN)])
        return told | {"unknown": list(unknown)} if unknown else told
    if desk and goal and (for_items or asks_for_items(chunks)):
        return _of_goal(goal, desk, spans)
    answer = _answer(utterance, state, spans, parts, vocabulary)
    answer = naming_told(with_facts_beside(answer, utterance), story)
    if desk and goal and answer.get("items") and answer.get("act", "recommend") == "recommend":
        return _of_goal(goal, desk, spans)  # never a list beside a goal
    if corrections:
        answer = answer | {"corrections": [*answer.get("corrections", ()), *corrections]}
        answer |= {} if answer.get("act") != "acknowledge" else {"note": "", "act": "inform"}
    return answer | {"note": " ".join(filter(None, (*notes, answer.get("note", ""))))} if notes else answer


def _gone_back(
    text: str, session: ToolSession, vocabulary: Vocabulary, state: DialogueState | None, *, asks: bool
) -> Arguments:
    """Return an earlier list again, or the answer to what is asked of it."""
    if state is None or not state.items:
        return proposal(act="decline", note=NOTHING_BEFORE)
    if asks:
        return decide(text, session, vocabulary, state)
    again = once_more(text, session, vocabulary, state)
    return again | {"items": list(state.items)} if again.get("items") else again


def _of_goal(goal: Goal, desk: Desk, spans: Sequence[Span]) -> Arguments:
    """Go on with a dialogue that looks for one item; what only it reads is neither unused nor unknown."""
    said = accounted(next_act(goal, desk), spans, goal.used)
    read = set(goal.used)
    named = [each for each in said.get("unknown", ()) if not set(spoken(each)) <= read]
    unused = [each for each in said.get("unused", ()) if not set(spoken(each)) <= read]
    return said | {name: held for name, held in (("unknown", named), ("unused", unused)) if name in said}


def _answer(
    utterance: Utterance,
    state: DialogueState | None,
    spans: Sequence[Span],
    requests: Sequence[ParsedRequest],
    vocabulary: Vocabulary,
) -> Arguments:
    utterance = with_fresh_wish(without_theme_given_up(utterance))
    if len(requests) > 1:
        several = [answer_request(each, utterance.session) or proposal(act="decline") for each in requests]
        return accounted(joined(several), spans)
    if state is not None and (followed := _follow_up(utterance, spans, vocabulary)) is not None:
        return afresh(followed, utterance, spans) or followed
    spans, utterance = without_dropped(utterance, spans)
    if only_judges(utterance.chunks):
        return accounted(proposal(act="acknowledge", note=sentences.OPINION), spans)
    chunks, reading = utterance.chunks, utterance.reading
    answer = (nothing_yet(utterance) if state is None else None) or of_sequels(utterance)
    answer = answer or of_title_series(chunks, reading, utterance.session) or of_plot_told(utterance, spans)
    if answer is not None:
        used = (*plot(spans, utterance.chunks), *words("themes", "what came after"), *"23456789")
        return accounted(answer, spans, (*used, *words("themes", "what came before")))
    if (answer := in_domain_before(utterance, spans)) is not None:
        return proposal(act="ask", question=sentences.WHOM) if of_nobody(utterance, answer) else answer
    if state is None and asks_all_the_same(utterance):
        whole = all_asked(utterance, spans)
        if (answer := request(utterance, whole, asks=True)) is not None:
            return proposal(act="ask", question=sentences.WHOM) if of_nobody(utterance, answer) else answer
    told = wish(utterance, spans) or remark(utterance, spans)
    mute = told.get("act") == "acknowledge" and not utterance.state.items
    if mute and (lost := lost_of_own(utterance.reading, utterance.words, spans)):
        return proposal(act="decline", unused=lost)
    return accounted(told, spans)


def _follow_up(utterance: Utterance, spans: Sequence[Span], vocabulary: Vocabulary) -> Arguments | None:
    if (reason := why(utterance)) is not None:
        return accounted(reason, spans)
    if utterance.says("how many shown") and utterance.is_short:
        counted = once_shown(utterance)
        return counted and accounted(counted, spans, utterance.words)
    if utterance.says("an older list"):
        return accounted(proposal(act="decline", note=sentences.ONLY_THE_LAST), spans)
    if (dropped := without_theme_dropped(utterance, spans) or instead(utterance, spans)) is not None:
        return dropped
    utterance = after_refusal(with_ruled_out_too(without_somebody(utterance)))
    act = recognise(utterance)
    general = isinstance(act, (Vary, More, Reject)) and not (
        places_of(utterance) or utterance.reading.mentioned
    )
    barred = barring(utterance, spans) if act is None or general else None
    if act is None or barred is not None:
        return barred
    text = utterance.reading.text
    if isinstance(act, Accept) and act.item and (later := after_taking(text, utterance.state)):
        focused = replace(utterance.state, focus=act.item)
        return answer_taken(act, utterance, decide(later, utterance.session, vocabulary, focused))
    if isinstance(act, (Vary, More)) and utterance.is_short and not SPEAKERS & set(utterance.words):
        spans = asked_for(spans)
    utterance, denied = without_denied(utterance, spans)
    themed = replace(act, theme=of_pointed(utterance, spans)) if isinstance(act, MoreLike) else None
    answer = carry_out(themed or act, utterance)
    if answer is None and isinstance(act, Refine):
        spans, utterance = without_all_dropped(act, utterance, spans)
        return said_apart(act, utterance, request(utterance, spans))
    if answer and denied:
        answer |= {"note": " ".join(filter(None, (answer["note"], sentences.left_out(denied))))}
    used = words_used(act, utterance) | {part for each in denied for part in (each, *each.split())}
    if answer and themed and (themed.theme or themed.theme.denied):
        said = (*themed.theme.said, *themed.theme.denied)
        return with_theme(answer, spans, said, {*used, *tables("themes")["less of it"]})
    if answer and isinstance(act, (Refine, Substitute)):
        drops = isinstance(act, Refine) and bool(act.dropped)
        answer, said = with_themes_of_kinds(answer, utterance, spans, dropped=drops)
        return with_theme(answer, spans, said, used)
    return answer and accounted(answer, spans, used)
