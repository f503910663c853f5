"""What the guard asks of an answer beside its items: are its facts true, are its words the person's own?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np

from agent.answer import Told
from agent.builtin.parse.dates import years_of
from agent.only_known import is_only_known
from kg.forms import Form
from kg.graph import KnowledgeGraph
from kg.text import fold, name_key, tokens
from kg.types import YEAR, Condition, ItemId, Op, RelationName
from kg.values import interval
from tools.proposal import Fact
from tools.types import Order

DESCRIPTION = "description"
_KEPT = 64  # texts: each word of an answer is looked for in the same message
_ENDS = '.!?…"”’)'
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_COMPARED = re.compile(r"(?P<op>>=|<=|>|<)?\s*(?P<value>\S+?)(?P<decade>(?<=\d0)'?s)?")


class Stands(NamedTuple):
    """What stands of a list of proposed things, and why the others do not."""

    kept: tuple[str, ...]
    problems: tuple[str, ...]


# Facts


def told(graph: KnowledgeGraph, fact: Fact) -> Told:
    """Return a fact with the title of its item.

    Raises:
        ValueError: the graph does not hold it; the message says what is wrong.
    """
    key = ItemId(fact.item)
    if key not in graph:
        raise ValueError(f"a fact of {fact.item!r}, which is not in the catalogue")
    name = graph.item(key).name
    if fact.relation == DESCRIPTION:
        _check_description(graph, key, fact)
    elif graph.literals(fact.relation) is None and not graph.has_relation(fact.relation):
        raise ValueError(f"a fact of {name}: no relation is called {fact.relation!r}")
    else:
        _check_values(graph, key, fact)
    return Told(fact, graph.item(key).title)


def _check_description(graph: KnowledgeGraph, key: ItemId, fact: Fact) -> None:
    text = graph.catalogue.texts.get(key, "")
    wrong = [value for value in fact.values if not _is_part(value, text)]
    if wrong or fact.verdict or (text and not fact.values):
        said = f"{wrong[0][:40]!r} is not" if wrong else "this is not"
        raise ValueError(f"a fact of {graph.item(key).name}: {said} what it is about")


def _is_part(value: str, text: str) -> bool:
    """Tell whether a text is another, or whole sentences of it."""
    value, text = " ".join(value.split()), " ".join(text.split())
    start = text.find(value) if value else -1
    before, after = text[: max(start, 0)].rstrip(), text[start + len(value) :]
    return start >= 0 and (not before or before[-1] in _ENDS) and (not after or value[-1] in _ENDS)


def _check_values(graph: KnowledgeGraph, key: ItemId, fact: Fact) -> None:
    name, relation, held = graph.item(key).name, fact.relation, graph.labels(key, fact.relation)
    if wrong := [value for value in fact.values if value not in held]:
        raise ValueError(f"a fact of {name}: {relation} is not {wrong[0]!r}")
    if held and not fact.values:
        raise ValueError(f"a fact of {name}: {relation} is known, it is {', '.join(held[:3])}")
    right = _verdict(graph, key, fact) if held else None
    if fact.verdict != right:
        raise ValueError(f"a fact of {name}: {relation} {fact.asked!r} is {right or 'not known'}")


def _verdict(graph: KnowledgeGraph, key: ItemId, fact: Fact) -> Literal["yes", "no"] | None:
    """Return what the graph says to a question for yes or no; None where none that can be read was asked."""
    if not fact.asked.strip():
        return None
    if graph.literals(fact.relation) is not None:
        proved = _compared(graph, key, RelationName(fact.relation), fact.asked.strip())
        return None if proved is None else "yes" if proved else "no"
    held, wanted = graph.values(key, fact.relation), name_key(fact.asked)
    spellings = {name_key(name) for entity in held for name in (entity.label, *entity.aliases)}
    same = {entity.id for entity in graph.entities_named(fact.asked)} & {entity.id for entity in held}
    return "yes" if wanted in spellings or same else "no"


def holds(graph: KnowledgeGraph, key: ItemId, relation: str, asked: str) -> bool:
    """Tell whether a comparison is proved of an item: '1984', '1980s', 'the eighties', '>= 1980', '< 120'."""
    return bool(_compared(graph, key, RelationName(relation), asked.strip()))


def _compared(graph: KnowledgeGraph, key: ItemId, relation: RelationName, asked: str) -> bool | None:
    """Tell whether a comparison is proved of an item; None where the words of one cannot be read."""
    if relation == YEAR and (years := years_of(_ARTICLE.sub("", asked))):
        ends = (Condition(YEAR, str(years[0]), ">="), Condition(YEAR, str(years[1]), "<="))
        first, last = (set(graph.proved(key, end)) for end in ends)
        return bool(first & last)
    said, literals = _COMPARED.fullmatch(asked), graph.literals(relation)
    if said is None or literals is None:
        return None
    if said["decade"]:
        decades = {label[:-1] for label in graph.labels(key, relation)}
        return None if said["op"] else said["value"][:-1] in decades
    if interval(literals.kind, said["value"]) is None:
        return None
    op: Op = said["op"] or "is"  # type: ignore[assignment]
    return bool(graph.proved(key, Condition(relation, said["value"], op)))


# Words


def unknown_words(graph: KnowledgeGraph, given: Sequence[str], message: str | None) -> Stands:
    """Return those words that are in the message and name nothing here, or what is only known."""
    kept, problems = said_words(given, message)
    named = [each for each in kept if names_something(graph, each) and not is_only_known(graph, each)]
    told = tuple(f"{each!r} is said to name nothing here, and does" for each in named)
    return Stands(tuple(each for each in kept if each not in named), (*problems, *told))


def said_words(given: Sequence[str], message: str | None) -> Stands:
    """Return those words that are in the message, each once; without a message, all."""
    words = dict.fromkeys(each.strip() for each in given if each.strip())
    absent = [each for each in words if message is not None and not _occurs(each, message)]
    problems = tuple(f"{each[:80]!r} is not in the message" for each in absent)
    return Stands(tuple(each for each in words if each not in absent), problems)


def _occurs(words: str, message: str) -> bool:
    wanted, said = _folded(words), _folded(message)
    if not wanted.strip():
        return words.casefold() in message.casefold()
    return wanted in said


@lru_cache(maxsize=_KEPT)
def _folded(text: str) -> str:
    return f" {' '.join(fold(token.raw) for token in tokens(text))} ".replace("  ", " ")


def names_something(graph: KnowledgeGraph, words: str) -> bool:
    """Tell whether something here is called exactly so: an item or an entity, by a name or another name."""
    refs = graph.names.lookup([name_key(words)])[0]
    return any(ref.form <= Form.ALIAS for ref in refs)


# Order


def in_order(graph: KnowledgeGraph, items: Sequence[ItemId], order: Order) -> str | None:
    """Return why items do not come in an order; None if they do. Items without a value come last."""
    if graph.literals(order.relation) is None and not graph.relation(order.relation).scale:
        return f"an order by {order.relation[:40]!r}, which nothing proves"
    at = graph.positions(items)
    given = np.arange(len(graph.catalogue.items), dtype=np.int32)
    given[at] = np.arange(len(at))
    right = graph.ordered(np.sort(at), order.relation, descending=order.descending, ranks=given)
    if at[: len(right)].tolist() == right.tolist():
        return None
    return f"an order by {order.relation} in which the items do not come"
