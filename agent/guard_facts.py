"""What the guard asks of an answer beside its items: are its facts true, are its words the person's own?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from agent.answer import Told
from kg.forms import Form
from kg.graph import KnowledgeGraph
from kg.text import fold, name_key, tokens
from kg.types import YEAR, Condition, ItemId, Op, RelationName
from tools.proposal import Fact, Order

DESCRIPTION = "description"
_ENDS = '.!?…"”’)'
_YEAR = re.compile(r"(?P<op>>=|<=|>|<)?\s*(?P<year>\d{1,4})(?P<decade>'?s)?")


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
    elif fact.relation != YEAR and not graph.has_relation(fact.relation):
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
    item, relation = graph.item(key), fact.relation
    of_year = relation == YEAR and not graph.has_relation(YEAR)
    held = [str(item.year)] * (item.year is not None) if of_year else labels(graph, key, relation)
    if wrong := [value for value in fact.values if value not in held]:
        raise ValueError(f"a fact of {item.name}: {relation} is not {wrong[0]!r}")
    if held and not fact.values:
        raise ValueError(f"a fact of {item.name}: {relation} is known, it is {', '.join(held[:3])}")
    right = _verdict(graph, key, fact, of_year=of_year, known=bool(held))
    if fact.verdict != right:
        raise ValueError(f"a fact of {item.name}: {relation} {fact.asked!r} is {right or 'not known'}")


def labels(graph: KnowledgeGraph, key: ItemId, relation: str) -> list[str]:
    """Return the labels of an item's values on a relation."""
    return [entity.label for entity in graph.values(key, relation)]


def _verdict(
    graph: KnowledgeGraph, key: ItemId, fact: Fact, *, of_year: bool, known: bool
) -> Literal["yes", "no"] | None:
    """Return what the graph says to a question for yes or no; None where nothing was asked, or is known."""
    if not known or not fact.asked.strip():
        return None
    if of_year:
        return "yes" if _is_of_year(graph, key, fact.asked) else "no"
    held, wanted = graph.values(key, fact.relation), name_key(fact.asked)
    spellings = {name_key(name) for entity in held for name in (entity.label, *entity.aliases)}
    same = {entity.id for entity in graph.entities_named(fact.asked)} & {entity.id for entity in held}
    return "yes" if wanted in spellings or same else "no"


def _is_of_year(graph: KnowledgeGraph, key: ItemId, asked: str) -> bool:
    """Tell whether an item is of a year as asked: '1984', '1980s', '>= 1980'."""
    said = _YEAR.fullmatch(asked.strip())
    if said is None:
        return False
    if said["decade"]:
        return str(graph.item(key).year)[:-1] == said["year"][:-1] and not said["op"]
    op: Op = said["op"] or "is"  # type: ignore[assignment]
    return bool(graph.proved(key, Condition(RelationName(YEAR), said["year"], op)))


# Words


def unknown_words(graph: KnowledgeGraph, given: Sequence[str], message: str | None) -> Stands:
    """Return those words that are in the message and name nothing here."""
    kept, problems = said_words(given, message)
    named = [each for each in kept if names_something(graph, each)]
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


def _folded(text: str) -> str:
    return f" {' '.join(fold(token.raw) for token in tokens(text))} ".replace("  ", " ")


def names_something(graph: KnowledgeGraph, words: str) -> bool:
    """Tell whether something here is called exactly so: an item or an entity, by a name or another name."""
    refs = graph.names.lookup([name_key(words)])[0]
    return any(ref.form <= Form.ALIAS for ref in refs)


# Order


def in_order(graph: KnowledgeGraph, items: Sequence[ItemId], order: Order) -> str | None:
    """Return why items do not come in an order; None if they do. Items of unknown year come last."""
    if order.relation != YEAR:
        return f"an order by {order.relation[:40]!r}, which nothing proves"
    sign = -1 if order.descending else 1
    years = [graph.item(key).year for key in items]
    keys = [(year is None, sign * (year or 0)) for year in years]
    return None if keys == sorted(keys) else "an order by year in which the items do not come"
