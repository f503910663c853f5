"""Wishes that stand over the requests of a conversation, kept by code for any model.

What holds for good is remembered with the person (`agent.person`) where somebody keeps that; the rest is
plain data of the conversation's state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from agent.state import Context, State
from tools.wishes import Wish

KEPT = 100  # wishes of a conversation


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a conversation knows of standing wishes.

    `held` stand in it; `gone` are remembered ones that it withdrew; `asked` those that a request overrode
    since; `latest` were said last. Of the last message: what it `added`, `withdrew` and overrode (`lifted`),
    words that are no facts here (`unread`), and its `request`, the words that are no wish; None where all are
    the request.
    """

    held: tuple[Wish, ...] = ()
    gone: tuple[Wish, ...] = ()
    asked: tuple[Wish, ...] = ()
    latest: tuple[Wish, ...] = ()
    added: tuple[Wish, ...] = ()
    withdrew: tuple[Wish, ...] = ()
    lifted: tuple[Wish, ...] = ()
    unread: tuple[str, ...] = ()
    request: str | None = None

    def standing(self, remembered: Sequence[Wish]) -> tuple[Wish, ...]:
        """Return what holds, with what is remembered of the person; the last word on a wish counts."""
        gone, asked = keys_of(self.gone), keys_of(self.asked)
        own = [each for each in remembered if each.key not in gone]
        every = {each.key: each for each in (*own, *self.held, *self.added)}
        return tuple(replace(each, asked=each.key in asked) for each in every.values())

    def as_data(self) -> dict[str, Any]:
        """Return plain data; what is empty is left out."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        data = {name: value for name, value in told.items() if value not in ((), None)}
        wishes = {name: [w.as_data() for w in each] for name, each in data.items() if name in _OF_WISHES}
        return data | wishes | ({"unread": list(self.unread)} if self.unread else {})

    @staticmethod
    def of_data(data: Mapping[str, Any] | None) -> Wishes:
        """Return what plain data tell."""
        if not data:
            return Wishes()
        given = dict(data)
        for name in _OF_WISHES:
            given[name] = tuple(Wish.of_data(each) for each in given.get(name, ()))
        return Wishes(**given | {"unread": tuple(given.get("unread", ()))})


_OF_WISHES = ("held", "gone", "asked", "latest", "added", "withdrew", "lifted")


FRESH: Mapping[str, Any] = {"added": (), "withdrew": (), "lifted": (), "unread": (), "request": None}


def settled(wishes: Mapping[str, Any] | None, *, keeps: bool) -> dict[str, Any] | None:
    """Return what stands once the turn is over; where one `keeps` what is for good, it stands elsewhere."""
    now = Wishes.of_data(wishes)
    here = [each for each in now.added if not (each.always and keeps)]
    held = (without(now.held, here) + tuple(here))[-KEPT:]
    data = replace(now, held=held, **FRESH).as_data()
    return data or None


def active(wishes: Mapping[str, Any] | None, remembered: Sequence[Wish]) -> tuple[Wish, ...]:
    """Return the wishes that the answer to the last message keeps to."""
    now = Wishes.of_data(wishes)
    return without(now.standing(remembered), now.lifted)


def under(context: Context, state: State) -> Context:
    """Return a context whose tools keep to what stands."""
    knowledge = context.knowledge
    if knowledge is None or not (state.get("wishes") or knowledge.asker.wishes):
        return context
    asker = replace(knowledge.asker, wishes=active(state.get("wishes"), knowledge.asker.wishes))
    return context.knowing(knowledge.asked_by(asker))


def keys_of(wishes: Iterable[Wish]) -> set[Any]:
    """Return what wishes wish, however long."""
    return {each.key for each in wishes}


def without(wishes: Iterable[Wish], others: Iterable[Wish]) -> tuple[Wish, ...]:
    """Return wishes without those that wish the same as others."""
    gone = keys_of(others)
    return tuple(each for each in wishes if each.key not in gone)
