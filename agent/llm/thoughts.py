"""What a model thought in front of its reply, apart from the reply."""

from __future__ import annotations

import re

_OPENING = re.compile(
    r"\s*(?:<(?P<tag>think|thinking|thought|reasoning)>|\[THINK\]|<\|channel\|>analysis<\|message\|>)", re.I
)
_CLOSING = re.compile(r"</(?:think|thinking|thought|reasoning)>|\[/THINK\]|<\|end\|>", re.I)
_LEFT = re.compile(r"<\|start\|>\w*|<\|channel\|>\w+|<\|message\|>|<\|(?:end|return|call)\|>")


def apart(content: str) -> tuple[str, str]:
    """Return the reply without its thoughts, and the thoughts.

    A template may have written the mark that opens them, so the model wrote the other one only. Thoughts that
    never end are all that there is.
    """
    opening, closing = _OPENING.match(content), _CLOSING.search(content)
    if closing is None:
        return ("", content[opening.end() :].strip()) if opening else (content, "")
    if opening is None and not closing[0].lower().startswith("</"):
        return content, ""
    start = opening.end() if opening else 0
    return _LEFT.sub("", content[closing.end() :]).strip(), content[start : closing.start()].strip()
