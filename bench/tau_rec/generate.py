"""Tasks of τ-Rec's form over any shop: constraints that one item at least meets, some hidden, all seeded.

A task begins with an item. Its category and bounds around its values become constraints; what a person says
and hides follows the published mix. One task in fifteen asks for what does not exist.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from statistics import pstdev

from bench.tau_rec.constraints import all_hold, holds
from bench.tau_rec.evaluator import available
from bench.tau_rec.types import (
    Constraint,
    FieldType,
    Reveal,
    Revealed,
    Shop,
    Task,
    Thing,
    UserHistory,
)
from kg.errors import UsageError
from kg.types import Kind

VERSION = 2  # raised whenever the same seed gives other tasks
_COMPLEXITY = (("simple", (1, 2)), ("medium", (3, 4)), ("complex", (5, 5)))
_REVEALS: Sequence[tuple[str, Sequence[Reveal]]] = (
    ("volunteer", ("volunteer",)),
    ("mixed", ("volunteer", "on_ask", "on_ask", "hidden")),
    ("hidden", ("hidden",)),
)
_IMPOSSIBLE = 15  # every so many tasks one that nothing satisfies
_SERVICES = (1, 4)
_LEAST = 5  # items of a label, for somebody to ask for it
_MANY = 60  # labels of a field; nobody names one of more without being asked
_ATTEMPTS = 200
_LOW_IS_GOOD = ("price", "cost")  # nobody asks for more of it
_USER = "user_1"


def generate(shop: Shop, count: int, seed: int = 0) -> list[Task]:
    """Return `count` tasks over a shop. Equal arguments, equal tasks.

    Raises:
        UsageError: the shop has too few typed facts.
    """
    return [_Writer(shop, number, random.Random(f"{seed}/{number}")).task() for number in range(1, count + 1)]  # noqa: S311


class _Writer:
    """Writes one task."""

    def __init__(self, shop: Shop, number: int, rng: random.Random):
        self.shop, self.number, self.rng = shop, number, rng
        self.complexity, (low, high) = _COMPLEXITY[number % len(_COMPLEXITY)]
        self.n_constraints = rng.randint(low, high)
        self.difficulty, self.reveals = _REVEALS[(number // len(_COMPLEXITY)) % len(_REVEALS)]

    def task(self) -> Task:
        if self.number % _IMPOSSIBLE == 0:
            return self._impossible()
        for _ in range(_ATTEMPTS):
            thing = self.rng.choice(self.shop.things)
            first = self._main_of(thing)
            if first is None:
                continue
            constraints = [first, *self._more(thing)][: self.n_constraints]
            if len(constraints) == min(self.n_constraints, 1 + len(self._makers())):
                return self._written(constraints, thing)
        raise UsageError("this catalogue has too few typed facts for dialogues: numbers, scales, categories.")

    def _written(self, constraints: Sequence[Constraint], thing: Thing) -> Task:
        task = Task(
            id=f"task_{self.number:03}",
            constraints=[
                Revealed(constraint=each, reveal=self._reveal(place, each))
                for place, each in enumerate(constraints)
            ],
            complexity=self.complexity,
            reveal_difficulty=self.difficulty,
            user_id=_USER,
            user_services=self._services(thing),
        )
        known = self._known(task, constraints, thing)
        return task.model_copy(update={"user_history": {_USER: UserHistory(watched=known)}})

    def _reveal(self, place: int, constraint: Constraint) -> Reveal:
        """Return when a constraint is said; labels that no scale orders can be told, but not hinted at."""
        if place == 0:
            return "on_ask" if self.difficulty == "mixed" and self.rng.random() < 1 / 5 else "volunteer"
        chosen = self.rng.choice(self.reveals)
        field = self.shop.fields[constraint.field]
        if chosen == "hidden" and field.kind is not Kind.NUMBER and not field.scale:
            return "on_ask"
        return chosen

    # What the person has

    def _services(self, thing: Thing) -> list[str]:
        name = self.shop.policy.available
        if name is None or not thing.values.get(name):
            return []
        every = sorted({str(label) for each in self.shop.things for label in each.values.get(name, ())})
        drawn = self.rng.sample(every, min(len(every), self.rng.randint(*_SERVICES)))
        return list(dict.fromkeys([*drawn, str(self.rng.choice(thing.values[name]))]))

    def _known(self, task: Task, constraints: Sequence[Constraint], thing: Thing) -> list[str]:
        """Return what the person has: up to two items that would be right, where one is left."""
        fit = [each for each in self.shop.things if all_hold(constraints, each)]
        fit = [each for each in fit if available(task, each, self.shop)]
        others = [each.id for each in fit if each is not thing]
        return others[: min(self.rng.choice((0, 0, 1, 2)), len(others))]

    # Constraints

    def _main_of(self, thing: Thing) -> Constraint | None:
        labels = [label for label in thing.values[self.shop.main] if self._carried(self.shop.main, label)]
        return self._contains(self.shop.main, self.rng.choice(labels)) if labels else None

    def _more(self, thing: Thing) -> list[Constraint]:
        makers = self._makers()
        self.rng.shuffle(makers)
        return [made for make in makers if (made := make(thing)) is not None]

    def _makers(self) -> list[Callable[[Thing], Constraint | None]]:
        """Return a maker of a constraint for every field that fits, numbers twice: from both sides."""
        makers: list[Callable[[Thing], Constraint | None]] = []
        idle = {self.shop.main, self.shop.policy.available, *self.shop.policy.disclose}
        for name, field in self.shop.fields.items():
            if name in idle:
                continue
            if field.kind is Kind.NUMBER:
                makers.append(self._bound(field, "<="))
                if name not in _LOW_IS_GOOD:
                    makers.append(self._bound(field, ">="))
            elif field.scale:
                makers.append(self._on_scale(field))
            elif field.kind is Kind.FLAG:
                makers.append(self._flagged(name))
            elif field.kind in (Kind.CATEGORY, Kind.PLACE, Kind.LANGUAGE) and self._few(name):
                makers.append(self._labelled(name))
        makers.append(self._without)
        return makers

    def _bound(self, field: FieldType, op: str) -> Callable[[Thing], Constraint | None]:
        step = _step([float(v) for each in self.shop.things for v in each.values[field.name]])

        def make(thing: Thing) -> Constraint | None:
            if not thing.values[field.name]:
                return None
            value, room = float(thing.values[field.name][0]), self.rng.randint(0, 2) * step
            if op == "<=":
                limit = _round(math.ceil(value / step) * step + room)
                bound = Constraint(field=field.name, op="<=", value=limit)
            else:
                limit = _round(math.floor(value / step) * step - room)
                bound = Constraint(field=field.name, op=">=", value=limit)
            # What every item meets is no wish.
            idle = all(holds(bound, each) for each in self.shop.things if each.values[field.name])
            return None if idle else bound

        return make

    def _on_scale(self, field: FieldType) -> Callable[[Thing], Constraint | None]:
        def make(thing: Thing) -> Constraint | None:
            held = [str(value) for value in thing.values[field.name] if value in field.scale]
            if not held:
                return None
            at = field.scale.index(held[0])
            near = [field.scale[place] for place in (at - 1, at + 1) if 0 <= place < len(field.scale)]
            both = sorted({held[0], self.rng.choice(near)}, key=field.scale.index)
            return Constraint(
                field=field.name, op="in", value=both if self.rng.random() < 2 / 3 else held[:1]
            )

        return make

    def _flagged(self, name: str) -> Callable[[Thing], Constraint | None]:
        def make(thing: Thing) -> Constraint | None:
            return Constraint(field=name, op="==", value=True) if True in thing.values[name] else None

        return make

    def _labelled(self, name: str) -> Callable[[Thing], Constraint | None]:
        def make(thing: Thing) -> Constraint | None:
            labels = [label for label in thing.values[name] if self._carried(name, label)]
            return self._contains(name, self.rng.choice(labels)) if labels else None

        return make

    def _without(self, thing: Thing) -> Constraint | None:
        """Return a label of the main field that an item has not."""
        name = self.shop.main
        every = sorted({str(label) for each in self.shop.things for label in each.values[name]})
        others = [label for label in every if label not in thing.values[name] and self._carried(name, label)]
        if not others or not any(len(each.values[name]) > 1 for each in self.shop.things):
            return None
        return Constraint(field=name, op="not_contains", value=self.rng.choice(others))

    def _contains(self, name: str, label: object) -> Constraint:
        return Constraint(field=name, op="contains", value=str(label))

    def _carried(self, name: str, label: object) -> bool:
        return sum(label in each.values[name] for each in self.shop.things) >= _LEAST

    def _few(self, name: str) -> bool:
        return len({label for each in self.shop.things for label in each.values[name]}) <= _MANY

    # What does not exist

    def _impossible(self) -> Task:
        """Return a task that nothing satisfies, all of it volunteered."""
        for _ in range(_ATTEMPTS):
            thing = self.rng.choice(self.shop.things)
            constraints = [made for made in (self._main_of(thing), *self._more(thing)) if made][:2]
            numbers = [f for f in self.shop.fields.values() if f.kind is Kind.NUMBER]
            if len(constraints) == 2 and numbers:
                field = self.rng.choice(numbers)
                lowest = min(float(v) for each in self.shop.things for v in each.values[field.name])
                step = _step([float(v) for each in self.shop.things for v in each.values[field.name]])
                bound = Constraint(
                    field=field.name, op="<=", value=_round(math.floor(lowest / step) * step - step)
                )
                if all(each.field != field.name for each in constraints) and float(str(bound.value)) > 0:
                    return self._nothing([*constraints, bound])
            other = self._main_of(self.rng.choice(self.shop.things))
            both = [constraints[0], other] if constraints and other else []
            if both and not any(all_hold(both, each) for each in self.shop.things):
                return self._nothing([each for each in both if each])
        raise UsageError("everything exists in this catalogue; no task can ask for what does not.")

    def _nothing(self, constraints: Sequence[Constraint]) -> Task:
        return Task(
            id=f"task_{self.number:03}",
            constraints=[Revealed(constraint=each, reveal="volunteer") for each in constraints],
            no_valid_recommendation=True,
            complexity=self.complexity,
            reveal_difficulty="volunteer",
            user_id=_USER,
        )


def _step(values: Sequence[float]) -> float:
    """Return the round number that bounds of a field are multiples of: some half of its spread."""
    spread = pstdev(values) / 2 if len(set(values)) > 1 else 1.0
    unit = 10.0 ** math.floor(math.log10(spread))
    step = max((unit * factor for factor in (1, 2, 5) if unit * factor <= spread), default=unit)
    return max(1.0, step) if all(float(value).is_integer() for value in values) else step


def _round(value: float) -> float:
    return float(f"{value:.6g}")
