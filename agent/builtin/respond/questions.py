"""Questions about slots, and offers of one item, as sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agent.phrasing import listed
from agent.quantity_text import with_unit

OFFER = "How about"
_BY_TOPIC = {
    "duration": "about how long may it be",
    "price": "what may it cost",
    "rating": "how well rated should it be (a lowest score)",
    "certificate": "is there an age rating to keep to",
    "complexity": "how difficult may it be",
    "pages": "how many pages may it have",
    "released": "how recent should it be",
}
_YEAR = "how recent should it be"
_MORE = "Is there another {kind} it should have, or one to avoid?"
_KNOWN = "Is there one you have already {known} that I should leave out?"
_AVOID = "Anything to avoid?"


def slot(
    relation: str,
    topics: Sequence[str],
    agent: Sequence[str],
    choices: Sequence[str],
    *,
    counted: bool = False,
) -> str:
    """Return the question about a relation as a clause: 'about how long may it be'.

    It is `counted` where its values are numbers.
    """
    if relation == "year":
        return _YEAR
    known = next((_BY_TOPIC[topic] for topic in topics if topic in _BY_TOPIC), None)
    if known is not None:
        return known
    name = agent[0] if agent else relation.replace("_", " ")
    if counted:
        return f"what {name} should it have"
    told = f" ({', '.join(choices[:3])} …)" if choices else ""
    return f"which {name} would you like{told}"


def of_person(agent: Sequence[str], relation: str) -> str:
    """Return the question what the person has of a relation."""
    return f"which {agent[0] if agent else relation.replace('_', ' ')} do you have"


def asking(
    clauses: Sequence[str], *, kind: str = "", confirm: str = "", opened: bool = False, known: str = ""
) -> str:
    """Return one message that asks: the clauses as a sentence, what else, what must be confirmed.

    `kind` is what a kind of items is called, where one was said already; `opened` asks what to avoid, `known`
    which ones the person has seen, read or got already.
    """
    sentence = f"{listed(list(clauses))}?" if clauses else ""
    said = [sentence[:1].upper() + sentence[1:]] if sentence else []
    if kind:
        said.append(_MORE.format(kind=kind))
    elif opened:
        said.append(_AVOID)
    if known:
        said.append(_KNOWN.format(known=known))
    if confirm:
        said.append(f"And {confirm}" if said else confirm[:1].upper() + confirm[1:])
    return " ".join(said)


def confirming(labels: Sequence[str], name: str) -> str:
    """Return the question whether something restricted is all right."""
    told = f"it is rated {listed(list(labels), 'or')}"
    return (
        f"is it all right if {told}?" if "rating" in name else f"is {listed(list(labels), 'or')} all right?"
    )


def offer(title: str, about: Sequence[str]) -> str:
    """Return an offer with what is known of its item: 'How about Heat (1995): crime, 170 min?'."""
    return f"{OFFER} {title}: {', '.join(about)}?" if about else f"{OFFER} {title}?"


def facts(
    shown: Mapping[str, Sequence[str]], units: Mapping[str, str], names: Mapping[str, str]
) -> list[str]:
    """Return some facts of an item in a few words each: 'comedy and drama', '96 min', 'rating 7.2'.

    A value says what it is by its unit, else by the name of its relation; one without a name stands alone.
    """
    told = []
    for relation, values in shown.items():
        unit, name = units.get(relation, ""), names.get(relation, "")
        said = listed([with_unit(value, unit) for value in values])
        told.append(said if unit or not name else f"{name} {said}")
    return told


def guessed(bounds: str, barred: str) -> str:
    """Return what was guessed from what was turned down: what is wanted, and what is not."""
    told = " and ".join(filter(None, (bounds, f"nothing with {barred}" if barred else "")))
    return f"I took it that you want {told}; say so if not."


def nothing_left(said: str, barred: Sequence[str], relaxed: str, *, others: bool) -> str:
    """Return that nothing satisfies everything, what rules it out, and the nearest relaxation.

    `others`: items were turned down or are known, so that it is nothing else.
    """
    nothing = "Nothing else here" if others else "Nothing here"
    asked = " and ".join(filter(None, (said, f"not {listed(list(barred), 'or')}" if barred else "")))
    told = f"{nothing} satisfies all of that: {asked}." if asked else f"{nothing} fits."
    return f"{told} {relaxed}".strip()


def nearest(dropped: str, count: int) -> str:
    """Return how many there would be without one condition."""
    return f"Without {dropped} there would be {count}."
