"""A value that is equal to itself only, for caches: what is large or mutable is compared by identity."""

from __future__ import annotations

from typing import Any


class Same:
    """A value that is equal to itself only; it is kept alive with the cache entry."""

    __slots__ = ("value",)

    def __init__(self, value: Any):
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value
