"""Keys out of texts: what is printed or kept of an error holds none."""

from __future__ import annotations

import re

HIDDEN = "[key]"
_SHORTEST = 6  # characters; a shorter "key", such as `none`, is a word like others
_LOOKS = re.compile(
    r"(?<![\w-])(?:sk|pk|rk|gsk|hf|xai|key)[-_][\w-]{8,}"  # keys as services make them
    r"|(?<=Bearer )[!-~]{6,}|(?<=bearer )[!-~]{6,}"
    r"|(?<=://)[^\s/@]+(?=@)"  # user and password in a URL
    r"|(?<=api_key=)[^\s&'\"]+|(?<=api-key: )[!-~]{6,}"
)
_KNOWN: set[str] = set()


def remember(key: str) -> None:
    """Note a key that was given, so that it is known wherever it turns up."""
    if len(key) >= _SHORTEST:
        _KNOWN.add(key)


def masked(text: str) -> str:
    """Return a text without keys: those that were given, and what looks like one."""
    for key in sorted(_KNOWN, key=lambda each: (-len(each), each)):
        text = text.replace(key, HIDDEN)
    return _LOOKS.sub(HIDDEN, text)
