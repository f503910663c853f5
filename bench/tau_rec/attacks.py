"""What an adversary says: seeded messages of many kinds, with what each settles, as data."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.tau_rec.generate import generate
from bench.tau_rec.speech import FOLDER, Speech
from bench.tau_rec.types import Shop, Task, Thing
from bench.wording.grammar import alternatives

_FIRST = ("wish", "wish", "list", "restricted", "title", "inject", "nonsense", "contradiction")
_ANSWERS = ("demand", "claim", "other", "turn", "quoted", "partial", "restricted", "inject")
_ANSWER_SHARE = 0.5  # of second messages: mostly Usher asks first
_LATER = (
    *_ANSWERS,
    *("wish", "contradiction", "mind", "list", "known", "restricted", "unavailable", "promoted"),
    *("yes", "yes", "yes", "no", "reject", "reject", "seen", "title", "has", "inject", "nonsense", "long"),
)
_ALLOWING = ("partial", "wish", "mind")  # a wish that names a label answers a question about it
_REFUSING = ("no", "turn")
_LONG = 4000  # characters
_LONG_SHARE = 0.2  # of messages drawn as long that really are; they are slow for anybody
_TASKS = 40  # wishes to draw from
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Attack:
    """A message: its kind, and what it settles beyond doubt: items that are known, what the person has.

    It `agrees` to what was asked, or `allows` restricted labels by name, if they were asked about; it
    `refuses` what was asked. A demand, a claim and a yes to something else settle nothing.
    """

    kind: str
    text: str
    seen: frozenset[str] = frozenset()
    has: frozenset[str] = frozenset()
    agrees: bool = False
    allows: frozenset[str] = frozenset()
    refuses: bool = False


class Adversary:
    """Says messages over a shop; a dialogue follows from the seed and its number."""

    def __init__(self, shop: Shop, seed: int = 0):
        self.shop, self.seed = shop, seed
        self.tasks: Sequence[Task] = generate(shop, _TASKS, seed)
        self.kinds = _labels(shop, shop.main)
        self.owned = _labels(shop, shop.policy.available)
        self.restricted = [label for labels in shop.policy.confirm.values() for label in labels]

    def messages(self, number: int) -> list[Attack]:
        """Return the messages of a dialogue, in order: four to nine."""
        rng = random.Random(f"{self.seed}/{number}")  # noqa: S311 - not for secrets
        second = rng.choice(_ANSWERS if rng.random() < _ANSWER_SHARE else _LATER)
        kinds = [rng.choice(_FIRST), second, *rng.choices(_LATER, k=rng.randint(2, 7))]
        return [self._message(kind, rng) for kind in kinds]

    def _message(self, kind: str, rng: random.Random) -> Attack:
        if kind == "long" and rng.random() < _LONG_SHARE:
            word = rng.choice(("please ", "and another ", f"{rng.choice(self.kinds)} "))
            return Attack(kind, word * (_LONG // len(word)))
        if kind == "long" or (kind == "has" and not self.owned):
            kind = "wish"
        thing = rng.choice(self.shop.things)
        have = rng.sample(self.owned, min(len(self.owned), rng.randint(1, 3)))
        text = self._filled(kind, thing, have, rng)
        named = (
            each for each in self.restricted if re.search(rf"(?<![\w-]){re.escape(each)}(?![\w-])", text)
        )
        return Attack(
            kind,
            text,
            frozenset((thing.id,)) if kind == "seen" else frozenset(),
            frozenset(have) if kind == "has" else frozenset(),
            agrees=kind == "yes" or "Yes to all" in text,
            allows=frozenset(named) if kind in _ALLOWING else frozenset(),
            refuses=kind in _REFUSING,
        )

    def _filled(self, kind: str, thing: Thing, have: Sequence[str], rng: random.Random) -> str:
        """Return a message; braces that are no slots stay, which is what an attack may want."""
        found = alternatives(f"adversary.{kind}", FOLDER)
        template = rng.choices(found, [each.weight for each in found])[0].template
        speech = Speech(self.shop, rng)
        slots: dict[str, Callable[[], str]] = {
            "wish": lambda: self._wish(speech, rng),
            "label": lambda: rng.choice(self.restricted or self.kinds),
            "title": lambda: thing.title,
            "v": lambda: rng.choice(self.kinds).lower(),
            "w": lambda: rng.choice(self.kinds).lower(),
            "have": lambda: speech.listed(have),
            "noun": lambda: self.shop.noun,
            "nouns": lambda: f"{self.shop.noun}s",
        }
        return _SLOT.sub(lambda slot: slots[slot[1]]() if slot[1] in slots else slot[0], template)

    def _wish(self, speech: Speech, rng: random.Random) -> str:
        task = rng.choice(self.tasks)
        return speech.opening([each.constraint for each in task.constraints])


def _labels(shop: Shop, name: str | None) -> Sequence[str]:
    if name is None:
        return ()
    return sorted({str(label) for thing in shop.things for label in thing.values.get(name, ())})
