"""What stands around a question in its clause: words that only lead up to it, or trail after it."""

from __future__ import annotations

from dataclasses import replace

from agent.builtin.interpret.questions.clauses import Clause, is_head, openings
from agent.builtin.lexicon.load import words

_TELLING = 5  # words that tell who asks
_ADVERBS = words("questions", "adverbs of asking")
_WONDERING = words("questions", "verbs of wondering")
BEFORE_ASKING = frozenset("in from by on for at to under of since".split())
_LEADING = openings("telling", "more", "openers", "assuming", "lead-ins", "whether").union(
    BEFORE_ASKING, {"like"}
)


def without_lead(clause: Clause) -> Clause:
    """Leave out openers ('ok so'), and what only leads up to a question ('do you know')."""
    while len(clause):
        if clause.words[0] not in _LEADING and _WONDERING.isdisjoint(clause.words[1:_TELLING]):
            break
        if clause.at("telling") or 0 < clause.at("more") == len(clause):
            return replace(clause, led=True)
        asked = clause.at("what", 1) and clause.words[1] != "whats"
        if clause.words[0] in BEFORE_ASKING and (asked or clause.words[1:2] == ("when",)):
            clause = clause.since(1)  # 'in which year', 'from when'
            continue
        if clause.words[0] == "like" and clause.words[1:2] != () and is_head(clause.since(1)):
            clause = clause.since(1)  # 'so like when did it come out'
            continue
        if clause.words[:3] == ("and", "that", "") and clause.at("is", 3):
            clause = replace(clause.since(2), led=True)  # 'Is it true that …? AND THAT X was in Y?'
        elif skipped := clause.at("openers"):
            clause = clause.since(skipped)
        elif leading := _led_by(clause):
            clause = replace(clause.since(leading), led=True)
        elif clause.led and (skipped := clause.at("whether")):
            clause = clause.since(skipped)
        else:
            break
    return clause


def _led_by(clause: Clause) -> int:
    """Return how many words only lead up to a question; 0 for none."""
    if assuming := clause.at("assuming"):
        return assuming
    leading = clause.at("lead-ins")
    return leading if leading and _goes_on(clause.since(leading)) else _asked_by_others(clause)


def _asked_by_others(clause: Clause) -> int:
    """Return how many words only say that somebody asks: '*my flatmate asks* who starred in it'."""
    for place in range(1, min(_TELLING, len(clause) - 1)):
        if clause.words[place] not in _WONDERING:
            continue
        rest = clause.since(place + 1)
        if rest.at("who") or rest.at("what") or rest.at("whether") or rest.words[0] in _ADVERBS:
            return place + 1
    return 0


def fronted(clause: Clause) -> Clause:
    """Return a clause that asks at its end with the asking word first: 'Heat was directed by whom?'."""
    for place in range(max(1, len(clause) - 2), len(clause)):
        rest = clause.since(place)
        asking = rest.words[0] in words("questions", "adverbs of asking") and len(rest) == 1
        if asking or rest.at("who") == len(rest) or rest.at("what") == len(rest) or _is_noun_asked(rest):
            return replace(clause, pieces=rest.pieces + clause.pieces[:place], led=asking or clause.led)
    return clause


def _is_noun_asked(rest: Clause) -> bool:
    return (
        len(rest) > 1 and bool(rest.at("what")) and bool(rest.at("year words", 1) or rest.at("kind words", 1))
    )


def without_tail(clause: Clause) -> Clause:
    """Leave out what only trails after a question: '…, do you remember', 'or am I mixing that up'."""
    for place in range(1, len(clause)):
        trailing = clause.at("trailing", place)
        if trailing == len(clause) - place or _doubts(clause, place):
            return without_tail(clause.since(0, place))
    return clause


def _doubts(clause: Clause, place: int) -> bool:
    """Tell whether the rest of a clause only says that it may be otherwise: 'or not', 'or was it a dream'."""
    if clause.words[place] != "or":
        return False
    rest = clause.since(place + 1)
    if not len(rest) or not all(rest.words):
        return False
    return (0 < rest.at("opposites") == len(rest)) or bool(rest.at("doubts"))


def _goes_on(clause: Clause) -> bool:
    """Tell whether a question may follow what led up to it: 'do you know who', not 'do you know Heat'."""
    rest = without_lead(clause)
    heads = any(rest.at(section) for section in ("who", "what", "whether", "yes or no", "somebody who"))
    nouns = (i for i in range(min(2, len(rest))) if rest.words[i] and not rest.is_verb(i))
    role = bool(len(rest)) and bool(rest.words[0]) and any(rest.roles_at(i)[0] for i in nouns)
    return bool(
        rest.led
        or heads
        or role
        or (rest.words[:1] and rest.words[0] in words("questions", "adverbs of asking"))
    )
