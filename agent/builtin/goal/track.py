"""From what a person says to the dialogue state: a pure function of both; see docs/decisions/0011."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.goal.consent import Consent, consent
from agent.builtin.goal.hints import constraints_of, hints, longest, says, words_of_phrases
from agent.builtin.goal.merge import merged, with_guesses, without_dropped
from agent.builtin.goal.remarks import without_remarks
from agent.builtin.goal.said import told
from agent.builtin.goal.state import KNOWN, PERSON, Change, Constraint, Goal, joined
from agent.builtin.goal.told import Frame, Told
from agent.builtin.interpret.message import Message
from agent.builtin.lexicon.load import tables
from agent.builtin.lexicon.load import words as section_words

_TURNING = ("make", "it", "actually", "instead")  # words that put a kind in the place of another
_NOES = (("no",), ("nope",), ("nah",))
_PAST = ("rejected", "told", "open", "confirmed", "refused")  # what was offered before is not taken
_ASKS = frozenset("who what when where which why how is does did was are do can could".split())


def track(goal: Goal, message: Message, words: Sequence[str], frame: Frame) -> Goal:
    """Return the state after a message of the person; `words` are its folded words."""
    text = " ".join(words)
    if goal.offered is not None and _asks_about_it(words):
        return replace(goal, change="nothing", used=())
    said = told(message, words, goal, frame)
    if goal.offered is not None:
        said = without_remarks(said, message, words, goal, frame)
    answer = consent(goal, said, message.reading, words, frame)
    known = _known(message, words, asked=KNOWN in goal.pending)
    turned = _turned_down(goal, said, message, words, frame) if not answer.given else None
    accepted = not turned and goal.offered is not None and _accepts(said, text, words)
    kinds = {each.relation for each in said.all_of} & {"genre"} if says(text, "instead") else set()
    state = merged(without_dropped(goal, {*said.dropped, *kinds}), said, frame)
    state = replace(state, domain=message.reading.domain or goal.domain)
    closed = [each for each in goal.pending if each != PERSON] if says(text, "open") else []
    state = replace(state, closed=joined(state.closed, [*closed, *said.dropped]), pending=())
    state = _with_answer(state, answer)
    if turned is not None:
        state = with_guesses(state, turned, frame)
    change: Change = (
        "accepted"
        if accepted
        else "rejected"
        if turned is not None
        else "refused"
        if answer.refused and not answer.given
        else "confirmed"
        if answer.given
        else "told"
        if said or known
        else "open"
        if closed
        else "nothing"
    )
    phrases = words_of_phrases(text, offered=goal.offered is not None)
    return replace(
        state,
        accepted=goal.offered if accepted else None,
        offered=None if turned is not None or said else goal.offered,
        gone=joined(goal.gone, [*known, *([goal.offered] if goal.offered and change in _PAST else [])]),
        confirming=() if any(answer) else goal.confirming,
        change=change,
        used=tuple(dict.fromkeys([*said.used, *phrases, *(_TURNING if kinds else ())])),
    )


def _with_answer(state: Goal, answer: Consent) -> Goal:
    refused = [each for each in (*state.refused, *answer.refused) if each not in answer.given]
    confirmed = [each for each in (*state.confirmed, *answer.given) if each not in answer.refused]
    return replace(state, confirmed=tuple(dict.fromkeys(confirmed)), refused=tuple(dict.fromkeys(refused)))


# What is known or turned down


def _known(message: Message, words: Sequence[str], *, asked: bool) -> list[str]:
    """Return the items that the person says they know: 'I have already seen Heat'."""
    named = [title.choices[0].id for title in message.reading.mentioned if title.choices]
    seen = section_words("acts", "seen") - {"have", "has", "had", "got"}
    return named if asked or seen & set(words) else []


def _turned_down(
    goal: Goal, said: Told, message: Message, words: Sequence[str], frame: Frame
) -> list[Constraint] | None:
    """Return what follows from the rejection of the item offered last; None if it is not turned down."""
    if goal.offered is None:
        return None
    text, reading = " ".join(words), message.reading
    other = _another(text, frame)
    if other and not said.relations & {each.relation for each in other}:
        return other
    found = hints(words, frame.measures, reading.shifts)
    rated = {each.name for each in frame.measures if "rating" in each.topics}
    told = said.relations | (rated if says(text, "better") else set())  # 'a comedy WOULD BE BETTER'
    found = [each for each in found if each.relation not in told]
    guesses = constraints_of(found, frame.facts, frame.measures)
    available = frame.policy.available
    if available is not None and says(text, "unavailable"):
        own = [each.value for each in said.none_of if each.relation == available]
        lost = own or list(frame.facts.get(available, ()))
        return [Constraint(available, "is", label, "inferred") for label in lost]
    if guesses or found:
        return guesses
    if says(text, "kind") and not said.none_of:
        wanted = {each.value for each in (*goal.all_of, *(c for g in goal.one_of for c in g))}
        extra = [label for label in frame.facts.get("genre", ()) if label not in wanted]
        return [Constraint("genre", "is", label, "inferred") for label in extra]
    named = [label for label in frame.facts.get("genre", ()) if f" {label.lower()} " in f" {text} "]
    if said.none_of or (named and says(text, "no")):
        return []
    acts = tables("acts")
    known = any(longest(text, acts[each]) for each in ("seen phrases", "rejection", "more"))
    return [] if known or says(text, "rejecting") or words[:1] in _NOES else None


def _another(text: str, frame: Frame) -> list[Constraint]:
    """Return what a wish for another value rules out: 'another age rating', 'a different grape'.

    Where the item has no value, one that has a value on the scale is wanted.
    """
    found = []
    scales = {each.name: each.scale for each in frame.measures if each.scale}
    for name in frame.labels:
        own = next((each.own.get("agent", ()) for each in frame.measures if each.name == name), ())
        names = (name.replace("_", " "), *own)
        said = [f"{word} {each}" for word in tables("goal")["another value"] for each in names]
        if not any(f" {each} " in f" {text} " for each in said):
            continue
        held = frame.facts.get(name, ())
        found += [Constraint(name, "is", label, "inferred") for label in held]
        if not held and name in scales:
            found.append(Constraint(name, ">=", scales[name][0], "inferred"))
    return found


def _asks_about_it(words: Sequence[str]) -> bool:
    """Tell whether a question is asked about what was offered: 'is it on Hulu?', 'who directed that?'."""
    return (
        bool(words)
        and words[0] in _ASKS
        and bool({"it", "that", "this", "its"} & set(words))
        and not ({"else", "another", "instead", "something"} & set(words))
    )


def _accepts(said: Told, text: str, words: Sequence[str]) -> bool:
    """Tell whether a message takes what was offered, and asks for nothing else."""
    asks = bool(words) and words[0] in _ASKS
    return (
        not said
        and not asks
        and (says(text, "accepting") or tuple(words) in (("yes",), ("yes", "please"), ("ok",), ("okay",)))
    )
