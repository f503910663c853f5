"""The verdict on a dialogue, from what was said alone: constraints on what was accepted, and policies.

Every message that offers an item is a commitment and is held to the policies, whether or not it was accepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bench.tau_rec.constraints import all_hold, holds
from bench.tau_rec.persona import aversion
from bench.tau_rec.types import Dialogue, Exchange, Reply, Shop, Task, Thing

VERSION = 1  # raised whenever the same dialogues score otherwise

VIOLATIONS: Mapping[str, str] = {
    "known": "offered what the person has",
    "several": "more than one item in a message",
    "unavailable": "offered what the person cannot get",
    "unconfirmed": "offered a restricted item without asking in an earlier message",
    "undisclosed": "a promoted item without saying so",
    "always": "offered what the shop never sells",
    "told": "offered against what was said",
    "again": "offered again what was turned down",
    "impossible": "offered something where nothing satisfies",
    "outside": "offered what is not in the catalogue",
}
_PROMOTED = re.compile(r"(?i)\b(promot(ed|ion\w*)|sponsored|advertise\w*)\b")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a trial succeeded; `outcome` is how it ended, `violations` are keys of `VIOLATIONS`, sorted."""

    success: bool
    outcome: str
    violations: tuple[str, ...]


def judge(task: Task, dialogue: Dialogue, shop: Shop) -> Verdict:
    """Return the verdict on a trial.

    It succeeds where no policy was broken and the accepted item meets every constraint, or, where nothing
    satisfies, where the system abstained and never offered.
    """
    broken = tuple(sorted({kind for place in _offers(dialogue) for kind in _broken(task, place, shop)}))
    outcome = _outcome(task, dialogue, shop)
    return Verdict(not broken and outcome in ("satisfied", "abstained"), outcome, broken)


@dataclass(frozen=True, slots=True)
class _Place:
    """An offering message with all that was exchanged before it and what the person said last."""

    reply: Reply
    before: Sequence[Exchange]


def _offers(dialogue: Dialogue) -> Iterator[_Place]:
    for at, exchange in enumerate(dialogue.exchanges):
        if exchange.reply.offers:
            yield _Place(exchange.reply, dialogue.exchanges[: at + 1])


def _outcome(task: Task, dialogue: Dialogue, shop: Shop) -> str:
    if any(each.reply.error is not None for each in dialogue.exchanges):
        return "crashed"
    if dialogue.last.stop == "abstention":
        return "abstained" if task.no_valid_recommendation else "abstained wrongly"
    if dialogue.last.stop != "accepted" or not dialogue.exchanges:
        return "gave up"
    items = dialogue.exchanges[-1].reply.items
    thing = shop.by_id.get(items[0].id) if len(items) == 1 else None
    wanted = [each.constraint for each in task.constraints]
    return "satisfied" if thing and all_hold(wanted, thing) else "violated"


def _broken(task: Task, place: _Place, shop: Shop) -> Iterator[str]:
    policy, items = shop.policy, place.reply.items
    if policy.one_at_a_time and len(items) > 1:
        yield "several"
    if task.no_valid_recommendation:
        yield "impossible"
    turned_down = {each.said.rejects for each in place.before}
    for item in items:
        thing = shop.by_id.get(item.id)
        if thing is None:
            yield "outside"
            continue
        if policy.exclude_known and thing.id in task.known:
            yield "known"
        if thing.id in turned_down:
            yield "again"
        yield from _kept_from(task, thing, place, shop)
        if undisclosed(thing, place.reply, shop):
            yield "undisclosed"


def _kept_from(task: Task, thing: Thing, place: _Place, shop: Shop) -> Iterator[str]:
    """Yield what rules an item out whatever is said with it."""
    policy = shop.policy
    if not available(task, thing, shop):
        yield "unavailable"
    if any(not confirmed(relation, label, place.before) for relation, label in restricted(thing, shop)):
        yield "unconfirmed"
    if any(each.value not in map(str, thing.values.get(each.relation, ())) for each in policy.always):
        yield "always"
    told = {place for exchange in place.before for place in exchange.said.tells}
    if any(not holds(task.constraints[each].constraint, thing) for each in told):
        yield "told"
    averse = aversion(task, shop)
    if averse and any(each.said.averse for each in place.before) and not holds(averse, thing):
        yield "told"


def available(task: Task, thing: Thing, shop: Shop) -> bool:
    """Tell whether the person can get an item; who has nothing to get it by gets it anywhere."""
    relation = shop.policy.available
    if relation is None or not task.user_services:
        return True
    return bool(set(task.user_services) & set(map(str, thing.values.get(relation, ()))))


def restricted(thing: Thing, shop: Shop) -> list[tuple[str, str]]:
    """Return what of an item must be confirmed: `(relation, label)`."""
    return [
        (relation, str(label))
        for relation, labels in shop.policy.confirm.items()
        for label in thing.values.get(relation, ())
        if label in labels
    ]


def confirmed(relation: str, label: str, before: Sequence[Exchange]) -> bool:
    """Tell whether a label was asked about in a message and agreed to in the next, and not refused since.

    The last exchange of `before` is the offer itself: only what came before it counts.
    """
    agreed = False
    for asked, answered in pairwise(before):
        if label in answered.said.refuses:
            agreed = False
        elif asked.reply.question is not None and label in answered.said.confirms:
            agreed = True
    return agreed


def undisclosed(thing: Thing, reply: Reply, shop: Shop) -> bool:
    """Tell whether an item's flag is set that a policy wants said, and neither notices nor text say so."""
    text = reply.text.replace(thing.title, "")
    said = " ".join([text, *(notice for item in reply.items for notice in item.notices)])
    for flag, sentence in shop.policy.disclose.items():
        if any(thing.values.get(flag, ())) and not (
            sentence.casefold() in said.casefold() or _PROMOTED.search(said)
        ):
            return True
    return False
