"""Python's collector of garbage in a process that opens a catalogue once and then answers again and again."""

from __future__ import annotations

import gc

_YOUNG, _MIDDLE, _OLD = 10_000, 20, 20  # a turn leaves some hundred objects


def keep_what_is_open() -> None:
    """Tell Python's collector that what is open by now stays, so that it need not look through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
