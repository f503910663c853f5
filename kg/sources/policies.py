"""`[policy]` of a mapping: what it may say, and whether the catalogue has what it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.errors import UsageError
from kg.policy import MAX_QUESTIONS, Policy
from kg.sources.entries import as_count, as_flag, as_table, as_word, as_words, near, relation_name
from kg.types import YEAR, Condition, Kind, Op, Relation, RelationName

_KEYS = (
    "exclude_known",
    "available",
    "ask",
    "max_questions",
    "disclose",
    "confirm",
    "one_at_a_time",
    "always",
)
_OPS: tuple[Op, ...] = ("is", ">=", "<=", ">", "<")
_VALUES = (Kind.NUMBER, Kind.DATE, Kind.FLAG, Kind.TEXT)
_OWN = "person"  # whose labels an item must share: only those of the person are known


def as_policy(value: object) -> Policy:
    """Return the policy that a TOML table says.

    Raises:
        UsageError: an unknown key, or a value of another type than expected; the key is named.
    """
    told = as_table(value, "policy", _KEYS)
    return Policy(
        as_flag(told.get("exclude_known", False), "policy.exclude_known"),
        _available(told["available"]) if "available" in told else None,
        tuple(_relation(each, "policy.ask") for each in as_words(told.get("ask", []), "policy.ask")),
        as_count(told.get("max_questions", MAX_QUESTIONS), "policy.max_questions"),
        {
            _relation(name, "policy.disclose"): as_word(said, f"policy.disclose.{name}")
            for name, said in as_table(told.get("disclose", {}), "policy.disclose", None).items()
        },
        {
            _relation(name, "policy.confirm"): as_words(labels, f"policy.confirm.{name}")
            for name, labels in as_table(told.get("confirm", {}), "policy.confirm", None).items()
        },
        as_flag(told.get("one_at_a_time", False), "policy.one_at_a_time"),
        tuple(_conditions(told.get("always", []))),
    )


def _available(value: object) -> RelationName:
    key = "policy.available"
    told = as_table(value, key, ("relation", "of"))
    if (of := told.get("of", _OWN)) != _OWN:
        raise UsageError(
            f"{key}.of is {of!r}, expected {_OWN!r}: an item has a label that the person has too."
        )
    return _relation(told.get("relation"), f"{key}.relation")


def _conditions(value: object) -> Iterator[Condition]:
    key = "policy.always"
    if not isinstance(value, list):
        raise UsageError(f'{key} is {value!r}, expected a list: [{{ relation = "…", value = "…" }}].')
    for place, each in enumerate(value):
        at = f"{key}[{place}]"
        told = as_table(each, at, ("relation", "value", "op"))
        if (op := told.get("op", "is")) not in _OPS:
            raise UsageError(f"{at}.op is {op!r}, expected one of {', '.join(_OPS)}.")
        yield Condition(_relation(told.get("relation"), f"{at}.relation"), _value(told.get("value"), at), op)


def _value(value: object, key: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return as_word(str(value) if isinstance(value, int | float) else value, f"{key}.value")


def _relation(value: object, key: str) -> RelationName:
    if not (name := relation_name(as_word(value, key))):
        raise UsageError(f"{key} is {value!r}, expected a relation's name, of letters or digits.")
    return RelationName(name)


def check(policy: Policy, relations: Mapping[str, Relation], *, years: bool) -> None:
    """Refuse a policy that speaks of what a catalogue does not have.

    Args:
        policy: what is asked for. Labels to confirm need not occur.
        relations: those of the catalogue.
        years: whether its items have years.

    Raises:
        UsageError: no relation of that name, or one of another kind than expected.
    """
    spoken_of = {
        "available.relation": [policy.available] if policy.available else [],
        "ask": policy.ask,
        "disclose": policy.disclose,
        "confirm": policy.confirm,
        "always": [each.relation for each in policy.always],
    }
    dated: Mapping[str, Relation] = {YEAR: Relation(YEAR, Kind.NUMBER)} if years else {}
    known = {**relations, **dated}
    for key, names in spoken_of.items():
        _check_names(f"policy.{key}", names, known)
    for name in policy.disclose:
        _check_kind("policy.disclose", known[name], (Kind.FLAG,), "a flag")
    entities = tuple(kind for kind in Kind if kind not in _VALUES)
    if policy.available:
        _check_kind("policy.available.relation", known[policy.available], entities, "names, such as shops")
    for condition in policy.always:
        held = known[condition.relation]
        if condition.op != "is" and held.kind not in (Kind.NUMBER, Kind.DATE) and not held.scale:
            expected = "a number, a date or a scale to compare"
            raise UsageError(
                f"policy.always: {held.name!r} is of kind {held.kind.value}, expected {expected}."
            )


def _check_names(key: str, names: Iterable[str], known: Mapping[str, Any]) -> None:
    for name in names:
        if name not in known:
            raise UsageError(
                f"{key}: the catalogue has no relation {name!r}{near(name, known)}"
                f"\n  Known: {', '.join(sorted(known))}."
            )


def _check_kind(key: str, held: Relation, kinds: Iterable[Kind], expected: str) -> None:
    if held.kind not in kinds:
        raise _unfit(key, held, expected)


def _unfit(key: str, held: Relation, expected: str) -> UsageError:
    return UsageError(f"{key}: {held.name!r} is of kind {held.kind.value}, expected {expected}.")
