"""From what a person says to the dialogue state: a pure function of both; see docs/decisions/0011."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.dialogue.small_talk import spoken
from agent.builtin.goal.hints import Hint, constraints_of, hints, says
from agent.builtin.goal.said import told
from agent.builtin.goal.state import KNOWN, PERSON, Change, Constraint, Goal, joined
from agent.builtin.goal.told import Frame, Told
from agent.builtin.interpret.message import Message
from agent.builtin.lexicon.load import words as section_words
from kg.types import YEAR

_ABOVE, _BELOW = (">", ">="), ("<", "<=")
_TURNING = ("make", "it", "actually", "instead")  # words that put a kind in the place of another
_PAST = ("rejected", "told", "open", "confirmed", "refused")  # what was offered before is not taken
_CLAUSES = frozenset("if whether where when who what which how".split())
_RATED = frozenset(("rated", "rating"))
_QUESTIONS = tuple((word,) for word in "who what when where which why how is does did".split())
_ASKS = frozenset("who what when where which why how is does did was are do can could".split())


def track(goal: Goal, message: Message, words: Sequence[str], frame: Frame) -> Goal:
    """Return the state after a message of the person; `words` are its folded words."""
    text = " ".join(words)
    if goal.offered is not None and _asks_about_it(words):
        return replace(goal, change="nothing", used=())
    said = told(message, words, goal, frame)
    if goal.offered is not None:
        said = _without_remarks(said, message, words, goal, frame)
    answered = None if _names_another(goal, text, frame) else _confirmed(goal, said, text, words)
    known = _known(message, words, asked=KNOWN in goal.pending)
    turned = _turned_down(goal, said, message, words, frame) if not answered else None
    accepted = not turned and goal.offered is not None and _accepts(said, text, words)
    kinds = {each.relation for each in said.all_of} & {"genre"} if says(text, "instead") else set()
    state = _with(_without_dropped(goal, {*said.dropped, *kinds}), said, frame)
    state = replace(state, domain=message.reading.domain or goal.domain)
    closed = [each for each in goal.pending if each != PERSON] if says(text, "open") else []
    state = replace(state, closed=joined(state.closed, [*closed, *said.dropped]), pending=())
    if answered is not None:
        state = _with_answer(state, answered)
    if turned is not None:
        state = _with_guesses(state, turned)
    change: Change = (
        "accepted"
        if accepted
        else "rejected"
        if turned is not None
        else "refused"
        if answered is False
        else "confirmed"
        if answered
        else "told"
        if said or known
        else "open"
        if closed
        else "nothing"
    )
    return replace(
        state,
        accepted=goal.offered if accepted else None,
        offered=None if turned is not None or said else goal.offered,
        gone=joined(goal.gone, [*known, *([goal.offered] if goal.offered and change in _PAST else [])]),
        confirming=() if answered is not None else goal.confirming,
        change=change,
        used=(*said.used, *(_TURNING if kinds else ())) if change == "told" else (),
    )


# Confirmation


def _confirmed(goal: Goal, said: Told, text: str, words: Sequence[str]) -> bool | None:
    """Return the answer to the question whether something restricted is all right; None if none was given."""
    if not goal.confirming or words[:1] in _QUESTIONS:
        return None
    if set(said.barred) & set(goal.confirming):
        return False
    if set(said.permitted) & set(goal.confirming):
        return True
    limits = {label for _, label in goal.confirming}
    stated = [*said.all_of, *(each for group in said.one_of for each in group)]
    relations = {relation for relation, _ in goal.confirming}
    if any(each.relation in relations and each.value not in limits for each in stated):
        return False  # what is wanted is something else
    alone = not goal.pending or set(goal.pending) <= relations
    if says(text, "no") and (alone or words[:1] in (("no",), ("nope",), ("nah",))) and not says(text, "open"):
        return False
    return True if says(text, "yes") or (alone and _minds_nothing(text, words)) else None


def _names_another(goal: Goal, text: str, frame: Frame) -> bool:
    """Tell whether a message is about another restricted label than the one that was asked about."""
    every = [(str(name), label) for name, labels in frame.policy.confirm.items() for label in labels]
    named = {each for each in every if f" {' '.join(spoken(each[1]))} " in f" {text} "}
    return bool(named) and named.isdisjoint(goal.confirming)


def _minds_nothing(text: str, words: Sequence[str]) -> bool:
    """Tell whether who was asked about something restricted does not mind it: 'I don't care'.

    To leave the choice ('surprise me') or not to mind something else ('if I've seen it') is no consent.
    """
    about = set(words) & _CLAUSES and not set(words) & _RATED
    return says(text, "open") and not says(text, "leaving the choice") and not about


def _with_answer(state: Goal, answer: bool) -> Goal:
    if answer:
        return replace(state, confirmed=tuple(dict.fromkeys([*state.confirmed, *state.confirming])))
    refused = tuple(dict.fromkeys([*state.refused, *state.confirming]))
    return replace(state, refused=refused, confirmed=tuple(c for c in state.confirmed if c not in refused))


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
    found = hints(words, frame.measures, reading.shifts)
    found = [each for each in found if each.relation not in said.relations]
    guesses = constraints_of(found, frame.facts, frame.measures)
    available = frame.policy.available
    if available is not None and says(text, "unavailable"):
        own = [each.value for each in said.none_of if each.relation == available]
        lost = own or list(frame.facts.get(available, ()))
        return [Constraint(available, "is", label, "inferred") for label in lost]
    if guesses or found:
        return guesses
    other = _another(text, frame)
    if other and not said.relations & {each.relation for each in other}:
        return other
    if says(text, "kind") and not said.none_of:
        wanted = {each.value for each in (*goal.all_of, *(c for g in goal.one_of for c in g))}
        extra = [label for label in frame.facts.get("genre", ()) if label not in wanted]
        return [Constraint("genre", "is", label, "inferred") for label in extra]
    named = [label for label in frame.facts.get("genre", ()) if f" {label.lower()} " in f" {text} "]
    if said.none_of or (named and says(text, "no")):
        return []
    seen = any(f" {each} " in f" {text} " for each in section_phrases("acts", "seen phrases"))
    refused = any(f" {each} " in f" {text} " for each in section_phrases("acts", "rejection"))
    others = any(f" {each} " in f" {text} " for each in section_phrases("acts", "more"))
    refused = refused or says(text, "rejecting")
    return [] if seen or refused or others or words[:1] in (("no",), ("nope",), ("nah",)) else None


def _another(text: str, frame: Frame) -> list[Constraint]:
    """Return what a wish for another value rules out: 'another age rating', 'a different grape'."""
    found = []
    for name, labels in frame.facts.items():
        said = [
            f"{word} {name.replace('_', ' ')}"
            for word in ("another", "a different", "different", "some other")
        ]
        if any(f" {each} " in f" {text} " for each in said) and name in frame.labels:
            found += [Constraint(name, "is", label, "inferred") for label in labels]
    return found


def section_phrases(name: str, section: str) -> frozenset[str]:
    """Return the phrases of a section of a word file."""
    return section_words(name, section)


def _asks_about_it(words: Sequence[str]) -> bool:
    """Tell whether a question is asked about what was offered: 'is it on Hulu?', 'who directed that?'."""
    return (
        bool(words)
        and words[0] in _ASKS
        and bool({"it", "that", "this", "its"} & set(words))
        and not ({"else", "another", "instead", "something"} & set(words))
    )


def _without_remarks(said: Told, message: Message, words: Sequence[str], goal: Goal, frame: Frame) -> Told:
    """Leave out what is a remark about what was offered and no bound: 'it is rather short'."""
    loose = {each.relation for each in message.reading.comparisons if each.by != "said"}
    loose |= {YEAR} if not any(letter.isdigit() for letter in message.reading.text) else set()
    found = hints(words, frame.measures, message.reading.shifts)
    remarked = {each.relation for each in found} & loose
    kept = replace(said, all_of=tuple(e for e in said.all_of if e.relation not in remarked))
    text = " ".join(words)
    return kept if says(text, "wishing") else _without_kinds(kept, goal, text, found, frame)


def _without_kinds(said: Told, goal: Goal, text: str, found: Sequence[Hint], frame: Frame) -> Told:
    """Read kinds that are said of the offer and not wished for: 'that's ACTION, isn't it?'."""
    suited = {each.name for each in frame.measures if "certificate" in each.topics}
    if suited & {each.relation for each in found}:
        one_of = tuple(group for group in said.one_of if group[0].relation != "genre")
        return replace(said, all_of=tuple(e for e in said.all_of if e.relation != "genre"), one_of=one_of)
    asked = {each.value for each in goal.all_of}
    held = [
        each
        for each in said.all_of
        if each.relation == "genre" and each.value in frame.facts.get("genre", ()) and each.value not in asked
    ]
    missed = [each for each in said.none_of if _is_missed(each, text, frame)]
    all_of = tuple(each for each in said.all_of if each not in held)
    none_of = tuple(each for each in said.none_of if each not in missed)
    return replace(said, all_of=(*all_of, *missed), none_of=(*none_of, *held))


def _is_missed(barred: Constraint, text: str, frame: Frame) -> bool:
    """Tell whether an offer is said not to be of a kind, and is not: 'that's not COMEDY'."""
    lacks = barred.relation == "genre" and barred.value not in frame.facts.get("genre", ())
    return lacks and any(
        f" {each} " in f" {text} " for each in ("thats not", "that is not", "its not", "isnt")
    )


def _accepts(said: Told, text: str, words: Sequence[str]) -> bool:
    """Tell whether a message takes what was offered, and asks for nothing else."""
    asks = bool(words) and words[0] in _ASKS
    return (
        not said
        and not asks
        and (says(text, "accepting") or tuple(words) in (("yes",), ("yes", "please"), ("ok",), ("okay",)))
    )


# Merging


def _without_dropped(goal: Goal, gone: set[str]) -> Goal:
    if not gone:
        return goal
    return replace(
        goal,
        all_of=tuple(each for each in goal.all_of if each.relation not in gone),
        one_of=tuple(group for group in goal.one_of if group[0].relation not in gone),
        none_of=tuple(each for each in goal.none_of if each.relation not in gone),
    )


def _with(goal: Goal, said: Told, frame: Frame) -> Goal:
    """Merge what was said: a bound replaces one on its side, a group a group, what is said a guess."""
    single = {measure.name for measure in frame.measures}
    all_of = [each for each in goal.all_of if not any(_replaces(new, each, single) for new in said.all_of)]
    fresh = [each for each in said.all_of if each not in all_of]
    spoken = {each.relation for group in said.one_of for each in group}
    one_of = [group for group in goal.one_of if group[0].relation not in spoken]
    wanted = {(each.relation, each.value) for each in (*fresh, *(c for g in said.one_of for c in g))}
    barred = {(each.relation, each.value) for each in said.none_of}
    all_of = [each for each in all_of if (each.relation, each.value) not in barred or each.op != "is"]
    all_of = [each for each in all_of if each.relation not in spoken or each.relation not in single]
    none_of = [each for each in goal.none_of if (each.relation, each.value) not in wanted]
    none_of += [each for each in said.none_of if each not in none_of]
    has = goal.has
    if said.has is not None and frame.policy.available is not None:
        has = (
            *(each for each in has if each[0] != frame.policy.available),
            (frame.policy.available, said.has),
        )
    allowed = [each for each in said.permitted if each not in goal.confirmed and each in goal.confirming]
    return replace(
        goal,
        all_of=(*all_of, *fresh),
        one_of=(*one_of, *said.one_of),
        none_of=tuple(none_of),
        preferred=(*goal.preferred, *(each for each in said.preferred if each not in goal.preferred)),
        has=has,
        closed=joined(goal.closed, [PERSON] if said.has is not None else []),
        confirmed=(*goal.confirmed, *allowed),
        refused=tuple(each for each in goal.refused if each not in said.permitted),
    )


def _replaces(new: Constraint, old: Constraint, single: set[str]) -> bool:
    """Tell whether a constraint takes the place of an old one: a bound on its side, another label."""
    if new.relation != old.relation or new.relation not in single:
        return False
    if "is" in (new.op, old.op):
        return True
    same_side = (new.op in _ABOVE and old.op in _ABOVE) or (new.op in _BELOW and old.op in _BELOW)
    return same_side or old.source == "inferred"


def _with_guesses(state: Goal, guesses: Sequence[Constraint]) -> Goal:
    """Add what follows from a rejection; a closer bound takes the place of a wider one."""
    barring = [each for each in guesses if each.op == "is"]
    bounds = [each for each in guesses if each.op != "is"]
    kept = [
        each
        for each in state.all_of
        if not (
            each.source == "inferred" and any(each.relation == b.relation and each.op == b.op for b in bounds)
        )
    ]
    return replace(
        state,
        all_of=(*kept, *bounds),
        none_of=(*state.none_of, *(each for each in barring if each not in state.none_of)),
    )
