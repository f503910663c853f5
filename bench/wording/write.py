"""The built-in query writer: a plan becomes a request."""

from __future__ import annotations

import random
from collections.abc import Callable

from bench.plans.types import Plan
from bench.wording.check import kept, stated
from bench.wording.claims import Claims
from bench.wording.phrases import Said, listed
from bench.wording.polish import Names, finish, stop
from bench.wording.profiles import Profiles
from bench.wording.requests import Root
from kg.errors import UsageError

VERSION = 1
_DRAWS = 60
_TELEGRAMS = ("terse", "tags")

Titles = Callable[[str], str]


def write(plan: Plan, titles: Titles, rng: random.Random) -> str:
    """Return a request for a plan. `titles` gives the title of an item id; all chance comes from `rng`.

    Everything the plan names stands in it letter by letter (`kept`), but for capitals in careless requests.

    Raises:
        UsageError: the plan has nothing to say, or its type is unknown.
    """
    return compose(plan, titles, rng)[0]


def compose(plan: Plan, titles: Titles, rng: random.Random) -> tuple[str, tuple[str, ...]]:
    """Return a request and the choices that made it, the construction first."""
    text = ""
    trace: tuple[str, ...] = ()
    for _ in range(_DRAWS):
        words = _Writer(plan, titles, rng)
        text, good = words.text()
        trace = tuple(words.trace)
        if good and not kept(plan, text, titles):
            break
    return text, trace


class _Writer(Claims, Profiles):
    """One attempt at a request."""

    def __init__(self, plan: Plan, titles: Titles, rng: random.Random):
        super().__init__(plan.domain, rng)
        self.plan, self.titles, self.names = plan, titles, Names()
        self._quote = rng.choices(("", '"', "'", "“"), (16, 3, 1, 1))[0]

    def text(self) -> tuple[str, bool]:
        """Return the finished text, and whether it reads well."""
        roots = self._roots()
        situational = self.plan.style == "situational"
        if situational:
            roots = [root for root in roots if not root[1].endswith(_TELEGRAMS)] or roots
        _, name, build = self.rng.choices(roots, [weight for weight, _, _ in roots])[0]
        self.trace.insert(0, name)
        core = build()
        telegram = name.endswith(_TELEGRAMS)
        core = core if telegram else stop(core)
        framed = self._situation(core) if situational else self._framed(core, bare=telegram)
        careless = not situational and self.rng.random() < (0.45 if telegram else 0.08)
        typo = self.plan.claim is not None and self.plan.claim.anchor == "typo"
        small = self.rng.random() < 0.6 and not typo
        good = not self.names.awkward(framed)
        return finish(framed, self.names, careless=careless, lower_names=small), good

    def _roots(self) -> list[Root]:
        plan = self.plan
        conditions = [Said(c.relation, self.value(c.relation, c.value), label=c.value) for c in stated(plan)]
        if plan.type == "interest" and plan.seeds:
            return self.interest(conditions, [self._title(item) for item in plan.seeds])
        if plan.type == "demographic":
            return self.demographic(conditions, plan.profile)
        if plan.type == "misinformed" and plan.claim is not None:
            return self.misinformed(conditions, plan.claim, self._items(plan.claim.items))
        if plan.type == "implicit" and plan.references:
            hinted = [
                Said(r.relation, "", label=r.value, items=self._items(r.items), n_items=len(r.items))
                for r in plan.references
            ]
            return self.implicit(conditions, hinted)
        if plan.type in ("explicit", "implicit", "misinformed") and conditions:
            return self.explicit(conditions)
        raise UsageError(f"the plan {plan.id!r} of type {plan.type!r} has nothing that a request could say.")

    def _items(self, items: list[str]) -> str:
        return listed([self._title(item) for item in items]) if items else ""

    def _title(self, item: str) -> str:
        close = {"“": "”"}.get(self._quote, self._quote)
        return self.names.mark(f"{self._quote}{self.titles(item)}{close}")

    def _framed(self, core: str, *, bare: bool) -> str:
        if bare:
            return core
        plain = self.plan.type in ("interest", "demographic")
        before = self.say("ask.opener") + " " if self.rng.random() < 0.12 + 0.1 * plain else ""
        after = " " + self.say("ask.closing") if self.rng.random() < 0.15 + 0.1 * plain else ""
        if before.endswith(", ") and not core.startswith(("I ", "I'")):
            core = core[:1].lower() + core[1:]
        return f"{before}{core}{after}"

    def _situation(self, core: str) -> str:
        scene = self.say("scenes.scene")
        bridge = self.say("scenes.bridge") if self.rng.random() < 0.2 else ""
        after = ""
        if self.rng.random() < 0.4:
            after = " " + self.say(
                self.rng.choice(("scenes.after_scene", "scenes.after_scene", "ask.closing"))
            )
        if self.rng.random() < 0.12:
            return f"{core} {scene}{after}"
        return f"{scene} {bridge}{core}{after}"
