"""The words of the simulated person: sections of text files, expanded at random with the shop's own nouns."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from bench.tau_rec.types import Constraint, FieldType, Shop, Thing
from bench.wording.grammar import Expander, alternatives
from kg.types import Kind

FOLDER = Path(__file__).parent / "wording"
_GENERAL = "general"
_HALVES = {30: "half an hour", 90: "an hour and a half", 150: "two and a half hours"}
_HOURS = {1: "an hour", 2: "two hours", 3: "three hours"}
_UNITS = {"min": "minutes"}
_LITERALS = {Kind.NUMBER: "number", Kind.FLAG: "flag", Kind.DATE: "number"}


class Speech:
    """Says constraints and everything else a person says, in a shop's words, with one source of chance."""

    def __init__(self, shop: Shop, rng: random.Random):
        self.shop, self.rng = shop, rng
        self._words = Expander("", rng, folder=FOLDER)

    def say(self, section: str, **slots: str) -> str:
        """Return an alternative of a section, the shop's own before the general one."""
        return self._said((section,), **slots)

    def tail(self, constraint: Constraint) -> str:
        """Return a constraint as it follows a noun."""
        return self._constraint("tail", constraint)

    def sentence(self, constraint: Constraint) -> str:
        """Return a constraint as a sentence."""
        return self._constraint("say", constraint)

    def opening(self, constraints: Sequence[Constraint]) -> str:
        """Return the first request, with these constraints and no others."""
        kinds = [each for each in constraints if each.op == "contains" and each.field == self.shop.main]
        rest = [each for each in constraints if each not in kinds[:2]]
        head = self._head(kinds[:2])
        if not constraints:
            return self.say("open.vague", head=head)
        if rest and self.rng.random() < 1 / 3:
            return self.say("open.apart", head=head, says=" ".join(map(self.sentence, rest)))
        return self.say("open", head=head, tails=_joined([self.tail(each) for each in rest]))

    def hint(self, constraint: Constraint, thing: Thing) -> str:
        """Return a rejection of an item that breaks a constraint."""
        kind = self.shop.fields[constraint.field]
        held = ", ".join(map(str, thing.values.get(constraint.field, ())))
        if kind.scale:
            way = _way(kind, constraint, thing)
            names = (f"hint.{constraint.field}.{way}", f"hint.scale.{way}")
            return self._said(names, **self._slots(constraint), held=held.lower())
        if self._has(name := f"hint.{constraint.field}"):
            return self.say(name)
        return self._constraint("hint", constraint, held=held)

    def listed(self, labels: Sequence[str], word: str = "and") -> str:
        """Return labels in a row: "A, B and C"."""
        return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} {word} {labels[-1]}"

    def noun(self, field: str) -> str:
        """Return what a field is called in speech."""
        kind = self.shop.fields[field]
        named = bool(kind.nouns) and kind.kind is not Kind.FLAG  # a flag is a property: "that is organic"
        return kind.nouns[0] if named else field.replace("_", " ")

    def _head(self, kinds: Sequence[Constraint]) -> str:
        names = [str(each.value).lower() for each in kinds]
        if not names:
            return _article(self.say("head.none", noun=self.shop.noun))
        if len(names) == 2:
            return self.say("head.two", v=names[0], w=names[1], noun=self.shop.noun)
        return _article(self.say("head", v=names[0], noun=self.shop.noun))

    def _constraint(self, form: str, constraint: Constraint, **slots: str) -> str:
        kind = _LITERALS.get(self.shop.fields[constraint.field].kind, "category")
        names = (f"{form}.{constraint.field}.{constraint.op}", f"{form}.{kind}.{constraint.op}")
        text = self._said(names, **self._slots(constraint), **slots)
        return _article(text) if form == "tail" else _article(text[:1].upper() + text[1:])

    def _slots(self, constraint: Constraint) -> dict[str, str]:
        field = self.shop.fields[constraint.field]
        labels = [_value(field, each) for each in constraint.labels]
        unit = f" {_UNITS.get(field.unit, field.unit)}" if field.unit else ""
        shown = labels[0] if self._has_own(constraint) or not unit else labels[0] + unit
        return {
            "v": shown,
            "or": self.listed(labels, "or"),
            "hm": _minutes(constraint.value),
            "field": self.noun(constraint.field),
            "noun": self.shop.noun,
        }

    def _said(self, names: Sequence[str], **slots: str) -> str:
        for stem in (self.shop.wording, _GENERAL):
            for name in names:
                if alternatives(f"{stem}.{name}", FOLDER):
                    return self._words.say(f"{stem}.{name}", **slots)
        raise LookupError(f"no words for {', '.join(names)}")

    def _has(self, section: str) -> bool:
        return any(alternatives(f"{stem}.{section}", FOLDER) for stem in (self.shop.wording, _GENERAL))

    def _has_own(self, constraint: Constraint) -> bool:
        name = f"{self.shop.wording}.tail.{constraint.field}.{constraint.op}"
        return self.shop.wording != _GENERAL and bool(alternatives(name, FOLDER))


@cache
def asks(wording: str, field: FieldType) -> tuple[re.Pattern[str], ...]:
    """Return the patterns that tell that a question is about a field."""
    own = [
        re.compile(f"(?i){each.template}") for each in alternatives(f"{wording}.asks.{field.name}", FOLDER)
    ]
    if own:
        return tuple(own)
    names = {field.name.replace("_", " "), *field.nouns}
    return tuple(re.compile(rf"(?i)\b{re.escape(name)}s?\b") for name in sorted(names))


def first_person(preference: str) -> str:
    """Return a soft preference ("likes slow burn") as the person says it."""
    verb, _, rest = preference.partition(" ")
    if verb.endswith(("ed", "ing")):
        return f"I'm {verb} {rest}."
    return f"I {verb.removesuffix('s')} {rest}."


def _way(field: FieldType, constraint: Constraint, thing: Thing) -> str:
    """Return on which side of what is wanted an item lies on a scale: above, below or off."""
    at = {label.casefold(): place for place, label in enumerate(field.scale)}
    held = [at[str(v).casefold()] for v in thing.values.get(field.name, ()) if str(v).casefold() in at]
    wanted = [at[label.casefold()] for label in constraint.labels if label.casefold() in at]
    if not held or not wanted:
        return "off"
    return "above" if min(held) > max(wanted) else "below" if max(held) < min(wanted) else "off"


def _value(field: FieldType, label: str) -> str:
    return label.lower() if field.name in ("genres", "genre") else label


def _minutes(value: object) -> str:
    """Return minutes as people say them: 130 -> "2 hours 10 minutes"."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return ""
    hours, rest = divmod(int(value), 60)
    if rest == 0 and hours in _HOURS:
        return _HOURS[hours]
    if int(value) in _HALVES:
        return _HALVES[int(value)]
    return f"{hours} hour{'s' * (hours != 1)} {rest} minutes" if hours else f"{rest} minutes"


def _article(text: str) -> str:
    return re.sub(r"\b([Aa]) (?=[aeiouAEIOU])", r"\1n ", text)


def _joined(tails: Sequence[str]) -> str:
    """Return tails behind a noun: the first after a space, others after commas."""
    if not tails:
        return ""
    return " " + (tails[0] if len(tails) == 1 else f"{', '.join(tails[:-1])} and {tails[-1]}")
