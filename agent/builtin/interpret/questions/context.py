"""What a question takes from beside it: a topic named before it, what it presupposes, or another question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.interpret.questions.clauses import Clause
from agent.builtin.interpret.questions.subject import ITEM_NOUNS, MANY_NOUNS, left_over, mention, subject_of
from agent.builtin.interpret.questions.types import FactQuestion, Presupposition, Subject
from agent.builtin.lexicon.load import words

_ADVERBS = words("questions", "adverbs of asking")
_SPEAKERS = words("questions", "speakers and usher")
_JOINING = words("questions", "joining titles")
_TOPIC = 9  # words of a topic
_DOERS = frozenset("director author writer actor composer cinematographer editor producer".split())
_ASSERTING = frozenset(("yes_no", "compare", "shared", "count", "person"))


def is_topic(clause: Clause) -> bool:
    """Tell whether a clause only names what is asked of then: 'A or B: …', 'the music in Jaws, …'."""
    if not clause.names("title"):
        return False
    joined = bool(_JOINING & set(clause.words) or _names_work(clause))
    verbs = any(clause.is_verb(i) for i in range(len(clause)) if clause.words[i])
    return joined and not verbs and len(clause) <= _TOPIC and not clause.has("speakers")


def _names_work(clause: Clause) -> bool:
    """Tell whether a clause is what somebody did for a title: 'the music in Jaws'."""
    return clause.words[:1] == ("the",) and bool(clause.roles()) and not clause.names("entity")


def on_topic(clause: Clause, topic: Clause) -> Clause:
    """Return a question with the titles named before it, if it names none itself."""
    if clause.names("title") or not len(clause):
        return clause
    return replace(clause, pieces=clause.pieces + topic.pieces)


def of_those(question: FactQuestion, clause: Clause, before: Sequence[FactQuestion]) -> FactQuestion:
    """Return a question of the titles that were just asked of together: 'A or B? Who made THEM?'."""
    last = before[-1].subject if before else Subject()
    back = question.subject in (Subject(points=True), Subject(slot=last.slot, points=True))
    several = len(last.titles) + bool(last.slot) > 1 and words("questions", "several") & set(clause.words)
    return replace(question, subject=last) if back and several else question


_WISHES = (("is", "there"), ("are", "there"))


def asks_for_answer(clause: Clause) -> bool:
    """Tell whether a clause only asks for the answer to a question that was told of: 'who was it then?'."""
    return 0 < clause.at("asking for an answer") == len(clause)


def asks_for_name(clause: Clause) -> bool:
    """Tell whether a clause asks for the name of whom another question asks for: 'and what was his name'."""
    return bool(clause.at("what") or clause.at("who")) and clause.words[-1:] in (("name",), ("called",))


def may_ask_for_items(clause: Clause) -> bool:
    """Tell whether a question that is not understood may ask for items."""
    wishes = clause.has("lists", "likeness") or clause.names("category") or MANY_NOUNS & set(clause.words)
    offers = "what is there" in " ".join(clause.words[:4])  # 'what is there in that vein?'
    return bool(wishes or offers or (clause.words[:2] in _WISHES and ITEM_NOUNS & set(clause.words)))


def not_understood(clause: Clause, *, alone: bool) -> FactQuestion | None:
    """Return what a question that is not understood is about; None if it says nothing of an item.

    If it stands `alone`, only where it names a title: what is known of that is told.
    """
    left, subject = left_over(clause), subject_of(clause)
    if not left or (_SPEAKERS & set(clause.words) and (alone or clause.has("consuming"))):
        return None
    after = clause.at("what")
    headed = clause.at("who") or _asks_how(clause) or clause.at("yes or no", after)
    headed = headed or (after and clause.words[after : after + 1] == ("made",))
    of_title = subject.titles and not ITEM_NOUNS & set(clause.words[:2])
    if alone and not (headed and of_title and (clause.first or clause.asked)):
        return None
    return presupposed(FactQuestion("unread", subject, unused=(left,)), clause)


def _asks_how(clause: Clause) -> bool:
    """Tell whether a clause asks when, where, why or how something was: not 'why Heat?'."""
    return clause.words[0] in _ADVERBS and (bool(clause.at("yes or no", 1)) or clause.words[1:2] == ("come",))


def presupposed(question: FactQuestion, clause: Clause) -> FactQuestion:
    """Return a question with what it takes for granted: 'why did *Tarantino* leave the music out of …'."""
    if question.kind in _ASSERTING or not question.subject.titles:
        return question
    for place in range(1, len(clause) - 1):
        chunk = clause.pieces[place].chunk
        doing = clause.words[place - 1] in words("questions", "before a doer")
        held = {role for choice in chunk.choices for role in choice.roles} & _DOERS
        if doing and not clause.words[place] and chunk.kind == "entity" and held:
            rest = clause.since(place + 1)
            if rest.at("verbs of opinion") or not rest.names("title"):
                return question
            asked = {role for roles in question.roles for role in roles}
            roles = tuple(role for roles in rest.roles()[:1] for role in roles if role not in asked)
            return replace(question, presupposition=Presupposition(mention(chunk), roles))
    return question
