"""An answer that names what of the message it did not use."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from agent.builtin.interpret.spans import Span, Use, runs
from agent.builtin.lexicon.load import tables
from agent.builtin.plan.tool_session import Arguments
from kg.text import fold


def with_theme(
    answer: Arguments, spans: Sequence[Span], said: Collection[str], used: Collection[str]
) -> Arguments:
    """Return an answer to which a theme was given, and that names what it did not use.

    `said` are the words of the theme; those of them that the answer calls unused are named as they were
    written together, the others were used, as were those `used`.
    """
    lost = [word for word in answer.get("unused", ()) if word in said]
    parts = {part for word in lost for part in (word, *word.split("-"))}
    kept = [word for word in answer.get("unused", ()) if word not in lost]
    told = accounted(answer | {"unused": kept}, spans, [*used, *(word for word in said if word not in parts)])
    named = {word for phrase in told.get("unused", ()) for word in fold(phrase).split()}
    left = [word for word in lost if not {word, *word.split("-")} & named]
    return told | {"unused": [*left, *told.get("unused", ())]} if left else told


def accounted(answer: Arguments, spans: Sequence[Span], used: Collection[str] = ()) -> Arguments:
    """Return an answer that names what of the message it did not use: unknown names, unused words.

    `used` are theme words that were: searched for in descriptions, or words of the act.
    """
    if answer.get("act") == "acknowledge":
        return answer
    used = {part for word in used for part in (word, *word.split())}
    unused = [*answer.get("unused", ()), *runs(spans, Use.THEME, without=used)]  # what is asked for first
    unused += runs(spans, Use.UNUSED, without=used)
    said: dict[str, Any] = {
        "unknown": list(dict.fromkeys([*answer.get("unknown", ()), *runs(spans, Use.UNKNOWN)])),
        "unused": list(dict.fromkeys(unused)),
    }
    answer = answer | {name: words for name, words in said.items() if words}
    if answer.get("items") and not answer.get("basis") and _narrows([*said["unknown"], *said["unused"]]):
        answer["basis"] = "popular"  # its conditions are proved, what was asked is not
    return answer


def naming_told(answer: Arguments, story: Sequence[Span]) -> Arguments:
    """Return an answer with items that says which names of a story around the request it did not use."""
    said = [*answer.get("unused", ()), *runs(story, Use.UNUSED)]
    if not (answer.get("items") and story):
        return answer
    return answer | {"unused": list(dict.fromkeys(said))}


def _narrows(unused: Collection[str]) -> bool:
    """Tell whether what decided nothing may have ruled items out: anything but a tone, which is no fact."""
    tones = (*tables("unknowable")["tone"], *tables("unknowable")["plot"])
    return any(word not in tones for said in unused for word in fold(said).split())
