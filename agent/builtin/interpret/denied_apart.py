"""Denials that stand apart from what they may turn round: 'NOTHING that my van would find lower THAN 2 m'."""

from __future__ import annotations

from agent.builtin.interpret.compared import Draft
from agent.builtin.lexicon.load import words
from agent.builtin.parse.averse import averse_before
from agent.builtin.parse.bounds import Quantity, denied

_DENYING = frozenset(
    "nothing no not none never without dont doesnt isnt arent wont cant cannot nor neither".split()
)
_PARTING = frozenset((",", ":", "-", "and", "or", "but", "with", "for", "so", "then"))
_NEGATORS = words("comparators", "negators")
_LIKING = frozenset("like likes love enjoy read watch stand bear do".split())  # 'I do not LIKE long books'
_DENIED = 5  # lexemes from a denial to an end that it turns round
_FAR = 8  # lexemes from a denial to a comparison that it may turn round


def is_denied_apart(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether a comparison may be denied by a word before it that nothing else has a use for."""
    if draft.measures.own and _is_refused(draft, quantity):
        return True
    if not draft.measures.own or quantity.denied or quantity.op not in ("<", "<=", ">", ">="):
        return False
    named = {
        i
        for each in draft.phrases
        for i in range(each.first, each.end)
        if each.measures("name", "low", "high")
    }
    for i in range(quantity.first - 1, max(-1, quantity.first - 1 - _FAR), -1):
        said = draft.said[i]
        if (
            said.ends_clause
            or said.text in _PARTING
            or said.named
            or i in draft.taken | named
            or said.is_number
        ):
            return False
        if said.text in _DENYING:
            return draft.words(i + 1, i + 2) not in (["more"], ["less"], ["only"])
    return False


def denies_value(draft: Draft, op: str, first: int) -> bool:
    """Tell whether a single value is denied that is named from a lexeme on: "AREN'T rated 18"."""
    return draft.measures.own and op == "is" and denied(draft.said, first) is not None


def _is_refused(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether exactly so much is what items should not have, which no condition states: 'NOT 32 amp'."""
    before = draft.words(quantity.first - 1, quantity.first)
    plain = quantity.op in ("", "~", "is") and quantity.unit is None and not quantity.denied
    counted = quantity.low.value > 1 or before == ["not"]
    return plain and counted and before in (["not"], ["no"], ["non"])


def denial_before(draft: Draft, first: int) -> int | None:
    """Return where a word stands that turns what follows round: 'NOT too long', 'NOTHING expensive'."""
    for i in range(first - 1, max(-1, first - 1 - _DENIED), -1):
        word = draft.said[i].text
        if (length := averse_before([each.text for each in draft.said[: i + 1]])) is not None:
            return i + 1 - length if length else None
        if word in _NEGATORS or word == "less":
            return i
        if word not in words("comparators", "before an end") | _LIKING:
            return None
    return None


def is_averse(draft: Draft, denial: int) -> bool:
    """Tell whether somebody is averse to what follows: 'he CAN'T STAND anything too long'."""
    said = draft.words(denial, denial + 2)
    return said[0] not in _NEGATORS or said[1:] in (["stand"], ["bear"])
