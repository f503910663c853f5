"""A title by one of its words, where no other item has it: 'the 1920s, but not GATSBY'."""

from __future__ import annotations

import re
from typing import Any

from agent.builtin.plan.tool_session import ToolSession
from kg.text import fold, tokens

_LONG = 5  # letters of a word that may stand for a title
_FEW = 8  # items that have such a word anywhere in their texts, at most
_RULING_OUT = re.compile(
    r"(?:\bnot|\bexcept|\bbesides|\bbut no|\bwithout|\bapart from|\bother than)\s+(?:the )?$", re.I
)


def with_whole_title(text: str, links: dict[str, Any], session: ToolSession) -> str:
    """Return a text in which a word that rules out the one title that has it is that title."""
    if not session.has("search_items"):
        return text
    for run in links["unlinked"]:
        said = run["text"]
        if len(said) < _LONG or not said.isalpha() or not _RULING_OUT.search(text[: run["start"]]):
            continue
        found = session.call("search_items", text="", words=[fold(said)], k=_FEW)
        titles = {str(hit["title"]) for hit in (found["items"] if found else ()) if _has(hit["title"], said)}
        if len(titles) == 1:
            return f"{text[: run['start']]}{titles.pop()}{text[run['end'] :]}"
    return text


def _has(title: str, said: str) -> bool:
    return fold(said) in {fold(token.raw) for token in tokens(title)}
