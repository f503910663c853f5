"""Answers with one number of many items, counted from what is stored of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import mean, median
from typing import Any

from agent.builtin.interpret.aggregates import Aggregate, Function, aggregate_in, counted_in
from agent.builtin.lexicon.load import tables
from agent.builtin.parse.own_spelling import slips_in, with_words_put_right
from agent.builtin.parse.topics import spoken
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.tool_session import Arguments, ToolSession
from agent.builtin.respond import quantities
from kg.text import fold

_BARE = " is a title."  # all that is known of an item by what was asked
_WHERE = (("where",), ("wheres",), ("whereabouts",))
_LEAST = "-999999999999"  # below any value that is stored: every item of which one is known
_FUNCTIONS: dict[Function, Callable[[Sequence[float]], float]] = {
    "mean": mean,
    "median": median,
    "sum": sum,
    "lowest": min,
    "highest": max,
}


def of_own_table(
    text: str, session: ToolSession, vocabulary: Vocabulary, answer_of: Callable[[str], Arguments]
) -> Arguments:
    """Answer a message to a person's own table: one number of many items, else what `answer_of` makes of it.

    What that leaves unread is looked at again, as a count or as the least or most of something.
    """
    if slips := slips_in(text, vocabulary):
        right = with_words_put_right(text, slips)
        answer = of_own_table(right, session, vocabulary, answer_of)
        return answer | {"note": " ".join(filter(None, (answer.get("note", ""), quantities.read_as(slips))))}
    if (told := aggregate_answer(text, session, vocabulary, answer_of)) is not None:
        return told
    answer = _without_bare_titles(answer_of(text), text, vocabulary, answer_of)
    if not is_unread(answer):
        return answer
    again = counted_again(text, session, vocabulary, answer_of)
    return again or aggregate_answer(text, session, vocabulary, answer_of, ends=True) or answer


def _without_bare_titles(
    answer: Arguments, text: str, vocabulary: Vocabulary, answer_of: Callable[[str], Arguments]
) -> Arguments:
    """Return an answer; of a question it only knows the title of, that nothing here tells what is asked.

    What a verb asks at its end is asked by the relation's name: 'what is X MADE OF?'.
    """
    said = str(answer.get("note", ""))
    bare = answer.get("act") == "inform" and said.endswith(_BARE)
    if not bare or answer.get("corrections") or answer.get("items"):
        return answer
    title = _title_in(said.removesuffix(_BARE), text)
    rest = spoken(fold(text).replace(fold(title), " "))
    words = tuple(word for word in rest if word.isalpha())
    entries = [entry for length in (3, 2) for entry in vocabulary.triggers.get(words[-length:], ())]
    named = [entry.roles[0] for entry in entries if entry.roles]
    for relation in (*named, *(_places(vocabulary) if words[:1] in _WHERE else ())):
        told = answer_of(f"what is the {relation.replace('_', ' ')} of {title}?")
        if told.get("facts") and not str(told.get("note", "")).endswith(_BARE):
            return told
    small = {word for part in tables("function").values() for word in part}
    lost = list(dict.fromkeys(word for word in words if word not in small))
    return proposal(act="decline", note=quantities.not_told(title), unused=lost)


def _title_in(said: str, text: str) -> str:
    """Return the title at the end of what is said, as it stands in the text: 'Emma' of 'Emma (1815)'."""
    ends = [said[i:] for i in range(len(said)) if i == 0 or said[i - 2 : i] == ". "]
    titles = (end.rpartition(" (")[0] if end.endswith(")") else end for end in ends)
    return next((each for each in titles if fold(each) in fold(text)), said)


def _places(vocabulary: Vocabulary) -> list[str]:
    """Return the relations of a person's own table that tell where an item is, the likeliest first."""
    called = {
        name: {*name.split("_"), *" ".join(vocabulary.agents.get(name, ())).split()}
        for name in vocabulary.relations
    }
    known = tables("questions")["names of places"]
    return [name for word in known for name, said in called.items() if word in said]


def aggregate_answer(
    text: str,
    session: ToolSession,
    vocabulary: Vocabulary,
    answer_of: Callable[[str], Arguments],
    *,
    ends: bool = False,
) -> Arguments | None:
    """Answer what a message asks of many items at once; None if it asks for no such number.

    `answer_of` answers the request that says which items are meant.
    """
    if not session.has("find_items"):
        return None
    asked = aggregate_in(text, vocabulary.measures, vocabulary.nouns, ends=ends)
    if asked is None:
        return None
    if len(asked.relations) > 1:
        return None if ends else _which(asked)
    among = answer_of(asked.rest) if asked.rest else proposal()
    if asked.rest and not _is_read(among):
        lost = [*among.get("unused", ()), *among.get("unknown", ())] or [asked.rest]
        return None if ends else proposal(act="decline", note=quantities.NO_AGGREGATE, unused=lost)
    return _counted(asked, among, session)


def counted_again(
    text: str, session: ToolSession, vocabulary: Vocabulary, answer_of: Callable[[str], Arguments]
) -> Arguments | None:
    """Count what a message asks for, where it was not understood as a question; None if it counts nothing."""
    rest = counted_in(text, vocabulary.nouns)
    if rest == "" and (every := session.call("find_items", conditions=[], limit=1)):
        return proposal(act="inform", note=quantities.counted(every["total"], {}))
    among = answer_of(rest) if rest else None
    if among is None or not _is_read(among):
        return None
    return proposal(act="inform", note=quantities.counted(len(among["items"]), among))


def is_unread(answer: Arguments) -> bool:
    """Tell whether an answer leaves something of what was asked unread."""
    left = any(answer.get(each) for each in ("unused", "unknown", "question"))
    return left or answer.get("act") in ("decline", "ask", "acknowledge") or answer.get("basis") == "popular"


def _which(asked: Aggregate) -> Arguments:
    text = quantities.which_measure(asked.relations)
    choices = [each.replace("_", " ") for each in asked.relations]
    return proposal(act="ask", note=text, question={"text": text, "slot": "", "choices": choices})


def _is_read(answer: Arguments) -> bool:
    """Tell whether an answer lists all that was asked for, every word of it read."""
    left = any(answer.get(each) for each in ("unused", "unknown", "order", "question"))
    stated = any(answer.get(each) for each in ("conditions", "any_of", "none_of"))
    return bool(answer.get("items") and stated and not left and not answer.get("basis"))


def _counted(asked: Aggregate, among: Arguments, session: ToolSession) -> Arguments:
    relation = asked.relations[0]
    stated = [each for each in among.get("conditions", ()) if each["relation"] != relation or each.get("op")]
    arguments: dict[str, Any] = {"conditions": [*stated, {"relation": relation, "op": ">=", "value": _LEAST}]}
    arguments |= {name: among[name] for name in ("any_of", "none_of") if among.get(name)}
    found = session.call("find_items", **arguments)
    held = _values(found, relation) if found else {}
    if not held:
        return proposal(act="decline", note=quantities.none_known(relation))
    values = list(held.values())
    value = _FUNCTIONS[asked.function](values)
    note = quantities.aggregate(
        asked.function, relation, value, asked.unit, len(values), found.get("unknown", 0), among
    )
    return proposal(act="inform", note=note)


def _values(found: dict[str, Any], relation: str) -> dict[str, float]:
    """Return the values that prove what was found, by item; the lowest of several."""
    held: dict[str, float] = {}
    for each in found["evidence"]:
        if each["relation"] == relation and each["label"].replace(".", "", 1).lstrip("-").isdecimal():
            held.setdefault(each["item"], float(each["label"]))
    return held
