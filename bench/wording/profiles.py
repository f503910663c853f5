"""Requests without conditions: what somebody liked, and who somebody is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bench.types import Profile
from bench.wording.grammar import alternatives
from bench.wording.phrases import Said, listed
from bench.wording.polish import stop
from bench.wording.requests import Requests, Root

_BANDS = {
    1: "under 18",
    18: "18 to 24",
    25: "25 to 34",
    35: "35 to 44",
    45: "45 to 49",
    50: "50 to 55",
    56: "over 55",
}
_RANGE = re.compile(r"^(\d+)\s*[-–]\s*(\d+)$")
_NO_JOB = ("other", "other or not specified", "none", "not specified", "")
_NO_NOUN = {"m": "man", "male": "man", "man": "man", "f": "woman", "female": "woman", "woman": "woman"}


class Profiles(Requests):
    """Says interests and demographics."""

    def interest(self, said: Sequence[Said], titles: Sequence[str]) -> list[Root]:
        """Return the constructions for liked items, with any conditions after them."""
        slots = {"S": listed(titles), "them": "them" if len(titles) > 1 else "it"}
        slots |= {"was": "were" if len(titles) > 1 else "was", "feel": "feel"}
        slots |= {"is_q": "think of" if len(titles) > 1 else "take"}
        if len(titles) > 1:
            slots |= {"firsts": listed(titles[:-1]), "last": titles[-1]}

        def two(section: str) -> str:
            loved, then = self.say(section, **slots), self.say("interest.next", **slots)
            return f"{stop(loved)}{self._maybe('interest.why', 0.5)} {stop(then)}"

        def one() -> str:
            return stop(self.say("interest.one", **slots)) + self._maybe("interest.why", 0.7)

        roots: list[Root] = [
            (5, "interest:loved-next", lambda: two("interest.loved") + self._flavour(said)),
            (5, "interest:one", lambda: one() + self._flavour(said)),
            (1, "interest:terse", lambda: self.say("interest.terse", **slots) + self._flavour(said)),
        ]
        if len(titles) > 1:
            roots.append((3, "interest:loved2-next", lambda: two("interest.loved2") + self._flavour(said)))
        return roots

    def demographic(self, said: Sequence[Said], profile: Profile | None) -> list[Root]:
        """Return the constructions for who somebody is, or for somebody who does not say."""

        def silent() -> str:
            text = stop(self.say("demographic.unsaid"))
            before = self.rng.random() < 0.5
            more = self._maybe("demographic.more", 0.8)
            return (f"{more[1:]} {text}" if before and more else text + more) + self._flavour(said)

        who = Person(self, profile) if profile else None
        if who is None or not who.known:
            return [(1, "demographic:unsaid", silent)]
        slots = {"who": who.phrase, "plain": who.plain}

        def two() -> str:
            own = who.job and self.rng.random() < 0.4 and not who.gender and not who.age
            clause = who.clause() if own else ""
            start = (
                self.say("demographic.self.job", clause=clause)
                if own
                else self.say("demographic.self", **slots)
            )
            more = self._maybe("demographic.more", 0.25)
            return f"{stop(start)}{more} {self.say('demographic.ask')}{self._flavour(said)}"

        return [
            (5, "demographic:self-ask", two),
            (5, "demographic:one", lambda: self.say("demographic.one", **slots) + self._flavour(said)),
            (1, "demographic:terse", lambda: self.say("demographic.terse", **slots) + self._flavour(said)),
            (2, "demographic:unsaid", silent),
        ]

    def _maybe(self, section: str, chance: float) -> str:
        return f" {stop(self.say(section))}" if self.rng.random() < chance else ""

    def _flavour(self, said: Sequence[Said]) -> str:
        if not said:
            return ""
        musts = self.musts(said, singular=True, embedded=True)
        return " " + self.say("interest.flavour", must=musts, musts=musts)


class Person:
    """Somebody as a noun phrase, from a profile."""

    def __init__(self, words: Requests, profile: Profile):
        self._words = words
        self.gender = _NO_NOUN.get((profile.gender or "").strip().lower(), "")
        self.age = profile.age
        job = (profile.occupation or "").strip()
        self.job = "" if job.lower() in _NO_JOB else job
        self.known = bool(self.gender or self.age is not None or self.job)

    def phrase(self) -> str:
        """Return the person with an article: "a teacher in her late forties", "a man aged 25 to 34"."""
        say, poss = self._words, {"man": "his", "woman": "her"}.get(self.gender, "their")
        age = f" {self._age(poss)}" if self.age is not None else ""
        if not self.job:
            noun = self.gender or "person"
            return f"a~ {noun}{age}" if self.gender or say.rng.random() < 0.3 else f"someone{age}"
        noun, clause = self._job()
        if not self.gender:
            return f"a~ {noun}{age}"
        if say.rng.random() < 0.5 and self.job.lower() not in ("tradesman/craftsman",):
            sex = {"man": "male", "woman": "female"}[self.gender]
            return f"a~ {sex} {noun}{age}"
        return f"a~ {self.gender}{age} who {_third(clause)}"

    def plain(self) -> str:
        """Return the facts as a list: "woman, 25 to 34, teacher"."""
        facts = [self.gender] if self.gender else []
        facts += [_BANDS.get(self.age, str(self.age)) if isinstance(self.age, int) else str(self.age)] * (
            self.age is not None
        )
        facts += [self._job()[0]] if self.job else []
        return ", ".join(self._words.rng.sample(facts, len(facts)))

    def clause(self) -> str:
        """Return what the person does after "I"."""
        return self._job()[1]

    def _job(self) -> tuple[str, str]:
        name = f"demographic.job.{self.job.lower()}"
        names = [name if alternatives(name) else "demographic.job.any"]
        noun, clause = (self._words.choose(names) or "").split(" | ")
        return self._words.fill(noun, job=self.job), self._words.fill(clause, job=self.job)

    def _age(self, poss: str) -> str:
        span = _RANGE.match(str(self.age))
        if isinstance(self.age, int) and self.age in _BANDS:
            return self._words.say(f"demographic.age.{self.age}", poss=poss)
        if span and int(span[1]) in _BANDS:
            return self._words.say(f"demographic.age.{int(span[1])}", poss=poss)
        if span:
            return self._words.say("demographic.age.range", a=span[1], b=span[2])
        if str(self.age).isdigit():
            return self._words.say("demographic.age.number", n=str(self.age))
        return f"({self.age})"


def _third(clause: str) -> str:
    """Return a clause in the third person: "work in law" -> "works in law"."""
    verb, _, rest = clause.partition(" ")
    third = {
        "am": "is",
        "have": "has",
        "do": "does",
        "go": "goes",
        "practise": "practises",
        "teach": "teaches",
    }
    return f"{third.get(verb, verb + 's')} {rest}".replace(" my ", " a ").replace(
        "for myself", "independently"
    )
