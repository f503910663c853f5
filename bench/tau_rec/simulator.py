"""A rule-based person with a goal: what is volunteered, told when asked, and only hinted at by a rejection.

Everything a person says follows from the task, the trial, the seed and what was said so far: `reply` keeps
nothing between calls.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Protocol

from bench.tau_rec.asking import parts_of
from bench.tau_rec.constraints import all_hold, holds
from bench.tau_rec.evaluator import available
from bench.tau_rec.persona import aversion, introduction
from bench.tau_rec.speech import Speech, first_person
from bench.tau_rec.types import Constraint, Exchange, Question, Reply, Shop, Task, Thing, Utterance

PATIENCE = 12  # messages of a system after which a person gives up
_CHATTY = 0.25  # of all trials: who the person is and what they like comes with what they want
_WORDED = re.compile(r"\w")


class Person(Protocol):
    """Somebody who wants one item: rule-based, or a language model."""

    @property
    def manner(self) -> str:
        """How they talk, for tables."""
        ...

    def reply(self, history: Sequence[Exchange]) -> Utterance:
        """Return the next message, given all exchanges so far."""
        ...


class RuleBased:
    """The person of a task in one trial. Equal arguments, equal words."""

    def __init__(self, shop: Shop, task: Task, trial: int, seed: int = 0):
        self.shop, self.task = shop, task
        self.wanted: Sequence[Constraint] = [each.constraint for each in task.constraints]
        self.reveal = [each.reveal for each in task.constraints]
        self.averse = aversion(task, shop)
        self._key = f"{seed}/{task.id}/{trial}"
        talks = bool(introduction(task) or task.soft_preferences)
        chatty = talks and random.Random(self._key).random() < _CHATTY  # noqa: S311
        self.manner = "chatty" if chatty else "plain"

    def reply(self, history: Sequence[Exchange]) -> Utterance:
        """Return the next message; `stop` is set where it is the last."""
        rng = random.Random(f"{self._key}/{len(history)}")  # noqa: S311 - not for secrets
        speech = Speech(self.shop, rng)
        if not history:
            return self._opening(speech)
        return _Turn(self, speech, history).reply()

    def _opening(self, speech: Speech) -> Utterance:
        told = [place for place, reveal in enumerate(self.reveal) if reveal == "volunteer"]
        text = speech.opening([self.wanted[place] for place in told])
        if self.manner == "chatty":
            liked = [first_person(each) for each in self.task.soft_preferences[:1]]
            text = " ".join(filter(None, (introduction(self.task), text, *liked)))
        return Utterance(text=text, tells=told)


class _Turn:
    """One message of a person in the light of all before."""

    def __init__(self, person: RuleBased, speech: Speech, history: Sequence[Exchange]):
        self.person, self.speech, self.history = person, speech, history
        self.shop, self.task, self.wanted = person.shop, person.task, person.wanted
        self.last = history[-1].reply
        self.told = {place for each in history for place in each.said.tells}
        self.rejected = [each.said.rejects for each in history if each.said.rejects is not None]

    def reply(self) -> Utterance:
        if self.last.error is not None or len(self.history) >= PATIENCE:
            return Utterance(text=self.speech.say("gone"), stop="gave up")
        if self.last.offers:
            return self._consider()
        if self.last.question is not None and _WORDED.search(self.last.question.text):
            return self._answer(self.last.question)
        if self.last.act in ("decline", "recommend"):
            return self._abstained()
        return Utterance(text=self.speech.say("nudge"))

    # Offers

    def _consider(self) -> Utterance:
        if len(self.last.items) > 1 and self.shop.policy.one_at_a_time:
            return Utterance(text=self.speech.say("several"))
        thing = self.shop.by_id.get(self.last.items[0].id)
        if thing is None:
            return Utterance(text=self.speech.say("unheard"), rejects=self.last.items[0].id)
        return self._rejection(thing) or Utterance(text=self.speech.say("accept"), stop="accepted")

    def _rejection(self, thing: Thing) -> Utterance | None:
        """Return why an item is turned down; None if it is not."""
        if self.shop.policy.exclude_known and thing.id in self.task.known:
            return Utterance(text=self.speech.say("seen"), rejects=thing.id)
        if thing.id in self.rejected:
            return Utterance(text=self.speech.say("again"), rejects=thing.id)
        if not available(self.task, thing, self.shop):
            return Utterance(text=self._unavailable(), rejects=thing.id)
        broken = [place for place, wanted in enumerate(self.wanted) if not holds(wanted, thing)]
        if broken:
            return self._objection(self.speech.rng.choice(broken), thing)
        if self.person.averse is not None and self._dislikes(self.person.averse, thing):
            text = self.speech.say("averse", v=str(self.person.averse.value).lower())
            return Utterance(text=text, rejects=thing.id, averse=True)
        return None

    def _unavailable(self) -> str:
        field = self.shop.policy.available
        try:
            return self.speech.say(f"hint.{field}")
        except LookupError:
            return self.speech.say("unavailable")

    def _objection(self, place: int, thing: Thing) -> Utterance:
        wanted = self.wanted[place]
        if place in self.told:
            text = self.speech.say("restate", say=self.speech.sentence(wanted))
            return Utterance(text=text, rejects=thing.id, tells=[place])
        text = self.speech.hint(wanted, thing)
        # A hint that has to name the label has told it.
        named = all(_names(text, label) for label in wanted.labels)
        given_away = named and wanted.op not in ("<=", ">=", "<", ">")
        return Utterance(text=text, rejects=thing.id, hint=place, tells=[place] if given_away else [])

    def _dislikes(self, averse: Constraint, thing: Thing) -> bool:
        """Tell whether the dislike rules an item out, or comes out now because something else would do."""
        if not holds(averse, thing):
            return True
        if self.rejected:
            return False
        return any(
            all_hold([*self.wanted, averse], other)
            and available(self.task, other, self.shop)
            and other.id != thing.id
            and other.id not in self.task.known
            for other in self.shop.things
        )

    # Questions

    def _answer(self, question: Question) -> Utterance:
        """Answer every part of a question: what it asks about, then what it asks to agree to."""
        parts = parts_of(question, self.shop)
        if not parts.fields and not parts.consent:
            return self._open_question(question)
        told, said = list[int](), list[str]()
        for field in parts.fields:
            places = [
                place
                for place, wanted in enumerate(self.wanted)
                if wanted.field == field and (self.person.reveal[place] != "hidden" or place in self.told)
            ]
            said.append(self._about(field, places, alone=len(parts.fields) == 1))
            told += places
        confirms, refuses = self._implied(parts.fields, told), list[str]()
        if parts.consent is not None:
            field, labels = parts.consent
            agrees = self._allows(field, labels)
            said.append(self._consent(labels, agrees=agrees, alone=not parts.fields))
            confirms, refuses = (list(labels), []) if agrees else ([], list(labels))
        return Utterance(text=" ".join(said), tells=told, confirms=confirms, refuses=refuses)

    def _implied(self, fields: Sequence[str], told: Sequence[int]) -> list[str]:
        """Return the restricted labels that an answer allows by naming them."""
        return [
            label
            for field, labels in self.shop.policy.confirm.items()
            if field in fields and any(self.wanted[place].field == field for place in told)
            for label in labels
            if self._allows(field, [label])
        ]

    def _about(self, field: str, places: Sequence[int], *, alone: bool) -> str:
        said = [self.speech.sentence(self.wanted[place]) for place in places]
        if field == self.shop.policy.available:
            have = self.task.user_services
            has = self.speech.say("has", **{"and": self.speech.listed(have)}) if have else ""
            return " ".join(filter(None, (has, *said))) or self.speech.say("has.none")
        if said:
            return " ".join(said)
        if any(wanted.field == field for wanted in self.wanted):
            return self.speech.say("evasive")
        section = "indifferent" if alone else "indifferent.field"
        return self.speech.say(section, field=self.speech.noun(field))

    def _consent(self, labels: Sequence[str], *, agrees: bool, alone: bool) -> str:
        section = f"{'agree' if agrees else 'refuse'}{'' if alone else '.part'}"
        return self.speech.say(section, v=self.speech.listed(labels, "or"))

    def _allows(self, field: str, labels: Sequence[str]) -> bool:
        """Tell whether what the person wants leaves room for one of the labels."""
        mine = [wanted for wanted in self.wanted if wanted.field == field]
        return any(
            all(holds(wanted, Thing("", "", {field: (label,)})) for wanted in mine) for label in labels
        )

    def _open_question(self, question: Question) -> Utterance:
        if question.choices:
            return Utterance(text=self.speech.say("choose", v=question.choices[0]))
        if question.slot:
            return Utterance(text=self.speech.say("indifferent"))
        for place, wanted in enumerate(self.wanted):
            if self.person.reveal[place] == "on_ask" and place not in self.told:
                return Utterance(text=self.speech.sentence(wanted), tells=[place])
        soft = self.task.soft_preferences
        return Utterance(text=first_person(soft[0]) if soft else self.speech.say("nothing.else"))

    # Abstention

    def _abstained(self) -> Utterance:
        if self.task.no_valid_recommendation:
            return Utterance(text=self.speech.say("abstention"), stop="abstention")
        if any(_declined(each.reply) for each in self.history[:-1]):
            return Utterance(text=self.speech.say("gone"), stop="abstention")
        told = sorted(self.told)
        request = self.speech.opening([self.wanted[place] for place in told])
        return Utterance(text=self.speech.say("insist", request=request), tells=told)


def _names(text: str, label: str) -> bool:
    """Tell whether a text names a label; one of a letter is in most words."""
    return re.search(rf"(?i)(?<!\w){re.escape(label)}(?!\w)", text) is not None


def _declined(reply: Reply) -> bool:
    return not reply.offers and reply.question is None and reply.act in ("decline", "recommend")
