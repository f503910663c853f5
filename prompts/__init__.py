"""Words: prompt texts as files, and one strict loader. A leaf: it imports nothing of Usher."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

_HERE = Path(__file__).parent
_SLOT = re.compile(r"\{\{(\w+)\}\}")


def load(name: str, **values: str) -> str:
    """Return the prompt `name` ('agent/system') with its {{slots}} filled.

    Raises:
        KeyError: there is no such prompt, a slot has no value, or a value has no slot.
    """
    text = _read(name)
    slots = set(_SLOT.findall(text))
    if slots != set(values):
        raise KeyError(f"prompt {name!r} has the slots {sorted(slots)}, got {sorted(values)}")
    return _SLOT.sub(lambda match: values[match[1]], text)


def hashes() -> dict[str, str]:
    """Return the hash of every prompt, by name: a run is stamped with them."""
    names = sorted(path.relative_to(_HERE).with_suffix("").as_posix() for path in _HERE.rglob("*.md"))
    return {name: sha256(_read(name).encode()).hexdigest()[:12] for name in names}


@cache
def _read(name: str) -> str:
    path = _HERE / f"{name}.md"
    if not path.is_file():
        raise KeyError(f"no prompt is called {name!r}")
    return path.read_text(encoding="utf-8").strip()
