"""rank_for_user: the same items in the order that suits a person."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from kg.taste.types import FloatArray
from kg.types import ItemId
from tools import args
from tools.candidates import hits_in_order
from tools.errors import ToolError, nearest
from tools.groups import known_part, shares
from tools.knowledge import Asker, Knowledge
from tools.theme import relative
from tools.types import Order, Ranked, hit

_PROFILE = 0.5  # of what a group over-chooses beside what the person chose


def rank_for_user(
    knowledge: Knowledge,
    items: list[str],
    user_id: str | None = None,
    history: list[str] | None = None,
    gender: str | None = None,
    age: int | None = None,
    occupation: str | None = None,
    order: list[Order] | None = None,
) -> Ranked:
    """Put items in the order that suits a person, best first; none is added, none left out.

    The person who asks is meant.

    With `user_id`, somebody of the catalogue's log is, or with `history` whoever chose these item ids, oldest
    first. Gender, age and occupation only if the person said them. What the person knows comes last.
    Of equally suitable items, and if nothing is known, the given order stands. With `order`, items come by
    numbers, dates or years, those without a value last, and what suits the person decides between equal ones.
    """
    keys = list(dict.fromkeys(args.item_ids(knowledge.graph, items)))
    who = _person(knowledge, user_id, history, Asker(gender=gender, age=age, occupation=occupation))
    positions = knowledge.graph.positions(keys)
    scores, by = _scores(knowledge, positions, who)
    known = np.isin(positions, knowledge.graph.positions(who.history))
    graph, ranked = knowledge.graph, np.lexsort((np.arange(len(keys)), -scores, known))
    suited = [hit(graph.item(keys[place])) for place in ranked]
    best = hits_in_order(graph, suited, args.orders(graph, order or []))
    return Ranked(tuple(dict.fromkeys(each.id for each in (*best, *suited))), by)


def _person(knowledge: Knowledge, user_id: str | None, history: list[str] | None, said: Asker) -> Asker:
    graph, known = knowledge.graph, knowledge.asker
    chosen = known.history
    if history is not None:
        chosen = tuple(args.item_ids(graph, history))
    elif user_id is not None:
        chosen = history_of(knowledge, user_id)
    own = history is None and user_id is None
    who = said if said.has_profile or not own else known_part(knowledge, known)
    likes, dislikes = (known.likes, known.dislikes) if own else (frozenset[ItemId](), frozenset[ItemId]())
    return Asker(chosen, likes, dislikes, who.gender, who.age, who.occupation)


def history_of(knowledge: Knowledge, user_id: str) -> tuple[ItemId, ...]:
    """Return what a user of the catalogue chose, oldest first.

    Raises:
        ToolError: the catalogue knows no such user.
    """
    chosen = knowledge.graph.history(user_id)
    if chosen is None:
        ids = [user.id for user in knowledge.graph.catalogue.users[:1000]]
        raise ToolError(f"no user has the id {user_id[:80]!r}.{nearest(user_id, ids)}")
    return tuple(chosen)


def _scores(
    knowledge: Knowledge, positions: npt.NDArray[np.int32], who: Asker
) -> tuple[FloatArray, Literal["choices", "group", "nothing known"]]:
    """Return how well the items suit somebody, (n,) float32, and by what."""
    nothing = np.zeros(len(positions), dtype=np.float32)
    group = relative(shares(knowledge, who)[positions]) if who.has_profile else nothing
    if not who.history or not knowledge.taste:
        return group, "group" if who.has_profile else "nothing known"
    weights = np.array([-1.0 if item in who.dislikes else 1.0 for item in who.history])
    chosen = knowledge.taste.company.ranking(positions, knowledge.graph.positions(who.history), weights)
    return np.asarray(chosen + _PROFILE * group, dtype=np.float32), "choices"
