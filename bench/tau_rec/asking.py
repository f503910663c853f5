"""What a question of a system is about: fields of the shop, or consent to a restricted label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bench.tau_rec.speech import asks
from bench.tau_rec.types import Question, Shop

_WHICH = re.compile(r"(?i)^\W*(and |so )?(which|what)\b")
_SENTENCE = re.compile(r"(?<=[?!.])\s+")
_YES = frozenset(("yes", "no", "ok", "okay", "sure", "fine"))
_AGREEING = re.compile(
    r"(?i)\b(ok(ay)?|fine|all ?right|comfortable|mind|confirm\w*|acceptable|suit\w*|happy|go ahead|want)\b"
)
_OPPOSITE = re.compile(
    r"(?i)\b(leave out|left out|rule out|avoid|skip|exclude|hide|remove|without|instead of|stay away"
    r"|not (rated|have|show|offer|suggest))\b"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a question asks about, in the shop's order, and the field and labels it asks to agree to."""

    fields: Sequence[str]
    consent: tuple[str, Sequence[str]] | None


def parts_of(question: Question, shop: Shop) -> Parts:
    """Return what a question asks, sentence by sentence; its slot says of what, where no sentence does."""
    open_, consent = list[str](), None
    for sentence in _SENTENCE.split(question.text):
        found = confirmation(question.model_copy(update={"text": sentence}), shop)
        if found is None:
            open_.append(sentence)
        consent = consent or found
    if consent is None and (consent := confirmation(question, shop)) is not None:
        open_ = []  # "It is rated R. Is that all right?"
    left = [slot for slot in _slots(question) if consent is None or slot != _plain(consent[0])]
    rest = question.model_copy(update={"text": " ".join(open_), "slot": " ".join(left)})
    return Parts(asked_about(rest, shop), consent)


def asked_about(question: Question, shop: Shop) -> list[str]:
    """Return the fields that a question asks about, in the shop's order: by its slot, then by its words."""
    slots = set(_slots(question))
    return [
        name
        for name, field in shop.fields.items()
        if slots & {_plain(name), *_nouns(name, shop)}
        or any(pattern.search(question.text) for pattern in asks(shop.wording, field))
    ]


def _slots(question: Question) -> list[str]:
    return [_plain(each) for each in re.split(r"[,\s/]+", question.slot) if each]


def confirmation(question: Question, shop: Shop) -> tuple[str, Sequence[str]] | None:
    """Return the field and the restricted labels that a yes-or-no question asks to agree to; else None.

    Whoever agrees to leave something out has not agreed to have it.
    """
    if _OPPOSITE.search(question.text):
        return None
    choices = {choice.casefold().split()[0] for choice in question.choices if choice.strip()}
    open_choices = choices - _YES
    if _WHICH.search(question.text) and (open_choices or not choices):
        return None
    for field, labels in shop.policy.confirm.items():
        named = [
            label for label in labels if re.search(rf"(?<![\w-]){re.escape(label)}(?![\w-])", question.text)
        ]
        if named and not open_choices and (_AGREEING.search(question.text) or question.choices):
            return field, named
    return None


def _nouns(name: str, shop: Shop) -> set[str]:
    return {_plain(noun) for noun in shop.fields[name].nouns}


def _plain(name: str) -> str:
    """Return a name in the form it is compared in: "streaming services", "Streaming_Service" are one."""
    return re.sub(r"[\W_]+", "", name.casefold()).removesuffix("s")
