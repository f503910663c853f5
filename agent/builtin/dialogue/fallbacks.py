"""What is wanted where the first thing is not there: 'something by Austen or, IF NOT, by George Eliot'."""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.builtin.dialogue.state import DialogueState
from agent.builtin.parse.fillers import without_hesitation
from agent.builtin.plan.tool_session import Arguments
from agent.builtin.respond import sentences

_TURN = (
    r"\b(?:"
    r"if (?:not|that['’]?s not (?:there|possible|available)|(?:you|there) (?:do not|don['’]?t|is|are|have) "
    r"(?:have |no |got )?(?:it|that|one|any|none|those)|none|nothing)"
    r"|failing (?:that|which|this)|otherwise|in default of that)\b\s*(?:then\b)?\s*,?\s*(?=\w)"
)
_TURNS = re.compile(_TURN, re.IGNORECASE)
_ELSE = re.compile(rf"\s*[,;.–—-]?\s*\b(?:or|and|but)?\s*,?\s*{_TURN}", re.IGNORECASE)
_LEAST = 2  # words on both sides
_MOST = 30  # words of a message


def first_choice(
    text: str, answer_of: Callable[[str], Arguments], state: DialogueState | None
) -> Arguments | None:
    """Answer what is wanted first where it is there, and say what was not needed; None without such words."""
    text = without_hesitation(text)
    if (state is not None and state.items) or len(text.split()) > _MOST or not _TURNS.search(text):
        return None
    found = _ELSE.search(text)
    if found is None:
        return None
    before, after = text[: found.start()], text[found.end() :].rstrip(" .!?")
    if len(before.split()) < _LEAST or not after or "?" in before:
        return None
    first = answer_of(before)
    missed = first.get("unknown") or first.get("unused") or first.get("basis") == "popular"
    if not first.get("items") or missed or "?" in str(first.get("question") or ""):
        return answer_of(f"{before} or {after}")
    note = " ".join(filter(None, (first.get("note", ""), sentences.not_needed(after))))
    return first | {"note": note}
