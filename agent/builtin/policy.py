"""From a message to a proposal: small talk, a question of fact, an act on the last answer, or a request.

Facts come only from tools. Where a name or role is ambiguous, all readings are tried in one turn and the
likeliest that finds something wins. What the message said and the answer did not use is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.dialogue.acts import Vary
from agent.builtin.dialogue.choosing import chosen_of_named
from agent.builtin.dialogue.comparing import measured_as_shown
from agent.builtin.dialogue.conversation_names import with_names_of_conversation
from agent.builtin.dialogue.fragments import stands_alone
from agent.builtin.dialogue.intent import asks_for_items, asks_openly, is_fragment, liked_examples, wishes
from agent.builtin.dialogue.measured_answers import measured_answer, wrong_claims
from agent.builtin.dialogue.questions import fact_question, why
from agent.builtin.dialogue.recognition import changes_an_answer, recognise, wants_others, words_of_act
from agent.builtin.dialogue.remarks import remark, talk_back
from agent.builtin.dialogue.renewed_search import find_again, without_theme
from agent.builtin.dialogue.revisions import carry_out
from agent.builtin.dialogue.same_time import with_same_time
from agent.builtin.dialogue.shifts import lesser_known
from agent.builtin.dialogue.small_talk import is_to_usher, small_talk, spoken
from agent.builtin.dialogue.state import DialogueState
from agent.builtin.dialogue.thresholds import with_thresholds
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.dialogue.variations import wished_lesser_known
from agent.builtin.dialogue.verdicts import accepts
from agent.builtin.goal.decide import next_act
from agent.builtin.goal.finding import Desk
from agent.builtin.goal.state import Goal
from agent.builtin.interpret.fact_questions import fact_questions
from agent.builtin.interpret.interpret import interpret
from agent.builtin.interpret.message import understood
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.interpret.spans import Span, Use, runs
from agent.builtin.interpret.themes import Theme, denied_occasions, plot, subject_alone, theme_of
from agent.builtin.interpret.uses import account
from agent.builtin.lexicon.load import tables
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.clauses import only_judges
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.plan.accounting import accounted
from agent.builtin.plan.proposal import by_similarity, proposal
from agent.builtin.plan.requests import answer_request, joined
from agent.builtin.plan.themes import barred_by, is_by_theme, narrowed, of_plot
from agent.builtin.plan.tool_session import Arguments, ToolSession
from agent.builtin.respond import sentences
from kg.policy import Policy

_NO_FACT = ("unknowable", "unread", "missing")  # questions that no stored fact answers


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
    words = spoken(text)
    talk = small_talk(words)
    desk = Desk(session, vocabulary, policy) if goal is not None and session.has("narrow_down") else None
    changed = goal is not None and goal.change != "nothing"
    tells = desk is not None and (changed or bool(ITEM_NOUNS & set(words)))
    if talk.kinds and not tells and is_to_usher(talk, words):
        return talk_back(talk.kinds[0])
    if "start over" in talk.kinds:
        state = None
    if not session.has("link_entities"):
        if desk and goal and changed:
            return next_act(goal, desk)
        return by_similarity(text, session, ParsedRequest(text), "")
    links = session.call("link_entities", text=text)
    if links is None:
        return proposal(act="decline", note=sentences.TOO_LONG)
    chunks, reading, questions, spans, parts = understood(text, links, vocabulary)
    if desk and goal and changed:
        return _of_goal(goal, desk, spans)
    if state is not None and (shown := measured_as_shown(reading, state, session, vocabulary)) is not None:
        vocabulary = shown
        chunks, reading, questions, spans, parts = understood(text, links, vocabulary)
    if state is not None and state.items:
        if named := with_names_of_conversation(chunks, spans, state, session):
            chunks, reading = named, interpret(text, named, vocabulary)
            questions = fact_questions(chunks, reading)
        reading = replace(reading, wanted=(*reading.wanted, *reading.places))
        spans = account(chunks, reading) if named or reading.places else spans
    if state is not None:
        dated = with_same_time(chunks, reading, state, session)
        reading, spans = (dated, account(chunks, dated)) if dated is not reading else (reading, spans)
    utterance = Utterance(chunks, reading, state or DialogueState(), talk.core, session, words, questions)
    if (told := measured_answer(utterance)) is not None:
        return accounted(told, spans)
    utterance, notes = with_thresholds(utterance)
    corrections = wrong_claims(utterance)
    if not utterance.state.items and (best := chosen_of_named(utterance)) is not None:
        return accounted(best, spans)
    for_items = _asks_what_to_take(utterance) or _compares(utterance)
    if not for_items and (told := fact_question(utterance)) is not None:
        unknown = dict.fromkeys([*told.get("unknown", ()), *runs(spans, Use.UNKNOWN)])
        return told | {"unknown": list(unknown)} if unknown else told
    if desk and goal and (for_items or asks_for_items(chunks)):
        return _of_goal(goal, desk, spans)
    answer = _answer(utterance, state, spans, parts)
    if desk and goal and answer.get("items") and answer.get("act", "recommend") == "recommend":
        return _of_goal(goal, desk, spans)  # never a list beside a goal
    if corrections:
        answer = answer | {"corrections": [*answer.get("corrections", ()), *corrections]}
        answer |= {} if answer.get("act") != "acknowledge" else {"note": "", "act": "inform"}
    return answer | {"note": " ".join(filter(None, (*notes, answer.get("note", ""))))} if notes else answer


def once_more(text: str, session: ToolSession, vocabulary: Vocabulary, state: DialogueState) -> Arguments:
    """Return the last answer again, after a message that only says what is not wanted over requests.

    Raises:
        NeedsTools: tools must answer first.
    """
    links = session.call("link_entities", text=text) if session.has("link_entities") else None
    if links is None:
        return proposal(act="acknowledge")
    chunks, _, questions, _, _ = understood(text, links, vocabulary)
    words = tuple(spoken(text))
    utterance = Utterance(chunks, ParsedRequest(text), state, words, session, words, questions)
    found = find_again(utterance, state.conditions, state.filters)
    return found if found and found["items"] else proposal(act="acknowledge")


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
) -> Arguments:
    if len(requests) > 1:
        several = [answer_request(each, utterance.session) or proposal(act="decline") for each in requests]
        return accounted(joined(several), spans)
    if state is not None and (followed := _follow_up(utterance, spans)) is not None:
        return followed
    if only_judges(utterance.chunks):
        return accounted(proposal(act="acknowledge", note=sentences.OPINION), spans)
    answer = _nothing_yet(utterance) if state is None else None
    answer = answer or _of_plot(utterance, spans)
    if answer is not None:
        return accounted(answer, spans, plot(spans, utterance.chunks))
    if (answer := _request(utterance, spans)) is not None:
        return answer
    return accounted(_wish(utterance, spans) or remark(utterance, spans), spans)


def _compares(utterance: Utterance) -> bool:
    """Tell whether items are asked for by a comparison, and nothing else is asked: 'no more than 20 €'."""
    compared = utterance.reading.comparisons or utterance.reading.sorts
    return bool(compared) and all(question.kind in _NO_FACT for question in utterance.questions)


def _asks_what_to_take(utterance: Utterance) -> bool:
    """Tell whether items are wanted in the form of a question: 'what should I read on the train?'."""
    unknowable = any(question.kind == "unknowable" for question in utterance.questions)
    asks_where = unknowable and utterance.words[:1] in (("where",), ("how",), ("can",), ("could",))
    wanted = utterance.has(*tables("clauses")["what to take"])
    return wanted and not utterance.reading.mentioned and not asks_where


def _follow_up(utterance: Utterance, spans: Sequence[Span]) -> Arguments | None:
    if (reason := why(utterance)) is not None:
        return accounted(reason, spans)
    act = recognise(utterance)
    if (act is None or isinstance(act, Vary)) and (barring := _barring(utterance, spans)) is not None:
        return barring
    answer = carry_out(act, utterance) if act is not None else None
    return accounted(answer, spans, words_of_act(act, utterance)) if act and answer else None


def _barring(utterance: Utterance, spans: Sequence[Span]) -> Arguments | None:
    """Answer what those shown should not be about: 'no prison ones', 'nothing with horses please'."""
    if not utterance.state.items or utterance.names_something or utterance.is_long:
        return None
    others = denied_occasions(spans, utterance.chunks)
    denied = (*theme_of(spans, utterance.chunks).denied, *others)
    answer = without_theme(utterance, denied) if denied else None
    if answer is not None:
        return accounted(answer, spans, denied)
    answer = carry_out(Vary(), utterance) if others else None
    return answer and accounted(answer | {"unused": [*answer.get("unused", ()), *others]}, spans)


def _nothing_yet(utterance: Utterance) -> Arguments | None:
    """Answer what would change an answer, where there was none: 'not the second one'."""
    if utterance.names_something or utterance.reading.mentioned:
        return None
    if accepts(utterance):
        return proposal(act="acknowledge", note=sentences.GLAD)
    return proposal(act="decline", note=sentences.NOTHING_YET) if changes_an_answer(utterance) else None


def _request(utterance: Utterance, spans: Sequence[Span]) -> Arguments | None:
    """Answer a request that stands by itself; None if nothing is asked for."""
    asks = asks_for_items(utterance.chunks)
    openly = asks_openly(utterance) if utterance.state.items else asks
    reading = utterance.reading
    liked = liked_examples(utterance.chunks, reading)
    if not asks:
        reading = replace(reading, examples=liked)
    talk = bool(utterance.state.items) and bool(small_talk(utterance.spoken).kinds)
    fragment = is_fragment(utterance) and not talk
    theme = theme_of(spans, utterance.chunks) if asks or fragment else Theme()
    lesser = wished_lesser_known(utterance.chunks)
    theme = theme.without(lesser)
    told = theme.wanted or utterance.names_something or reading.examples
    if (asks or fragment) and not told:
        alone = subject_alone(spans, utterance.chunks).wanted
        theme = theme._replace(wanted=alone).without([*theme.denied, *lesser])
    if theme.wanted and not utterance.names_something and (within := _of_theme_within(utterance, theme)):
        return accounted(within, spans, theme.words if is_by_theme(within) else ())
    barred = barred_by(theme.denied, utterance.session)
    gift = utterance.has("for", "gift", "present") and any(span.use == Use.WHO_ASKS for span in spans)
    openly = openly or (fragment and gift and not utterance.state.items)
    unknown = any(span.use == Use.UNKNOWN for span in spans)
    state, other = utterance.state, utterance.has("else", "other", "others", "another", "more")
    gone = (*state.named, state.focus) if other and not utterance.reading.examples else ()
    known = utterance.state.items if wants_others(utterance) else ()
    left_out = [item for item in (*gone, *known, *barred) if item is not None]
    wants = openly and not unknown
    answer = answer_request(reading, utterance.session, theme=theme.wanted, asks=wants, gone=left_out)
    if answer is None:
        return None
    if barred and answer["items"]:
        answer["note"] = " ".join(filter(None, (answer["note"], sentences.left_out(theme.denied))))
    lesser = lesser if answer.get("conditions") else []
    if lesser and len(answer["items"]) > 1 and reading.limit is None:
        answer = lesser_known(answer)
    used = [*lesser, *(theme.denied if barred else ()), *(theme.words if is_by_theme(answer) else ())]
    return accounted(answer, spans, used)


def _of_theme_within(utterance: Utterance, theme: Theme) -> Arguments | None:
    """Answer what a fragment should be about, among what satisfies the last request: 'set in Paris'."""
    state = utterance.state
    if not state.conditions or utterance.says("new") or stands_alone(utterance):
        return None
    answer = find_again(utterance, state.conditions, state.filters)
    narrow = narrowed(answer, theme.wanted, utterance.session) if answer and answer["items"] else None
    return narrow or carry_out(Vary(), utterance)


def _of_plot(utterance: Utterance, spans: Sequence[Span]) -> Arguments | None:
    """Answer what a film or book is called whose plot is told, unless facts of it are told too."""
    if utterance.reading.wanted or utterance.reading.references or utterance.reading.claims:
        return None
    return of_plot(plot(spans, utterance.chunks), utterance.reading, utterance.session)


def _wish(utterance: Utterance, spans: Sequence[Span]) -> Arguments | None:
    """Answer a wish that no fact tells, after an answer: the same again, and what decided nothing is said."""
    if not utterance.state.items or not wishes(utterance):
        return None
    unused = [*runs(spans, Use.THEME), *runs(spans, Use.REMARK), *runs(spans, Use.UNUSED)]
    answer = carry_out(Vary(), utterance) if unused else None
    return answer and answer | {"unused": [*answer.get("unused", ()), *unused]}
