"""States of conversations in memory, by what was said: the last used are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from agent.state import State

MAX_STATES = 512
MAX_CHARACTERS = 64 * 2**20  # of messages


class StateCache:
    """A bounded map from what was said to the state after it, for many threads; nobody changes a state."""

    def __init__(self, states: int = MAX_STATES, characters: int = MAX_CHARACTERS):
        self._most = states, characters
        self._kept: OrderedDict[Hashable, tuple[State, int]] = OrderedDict()
        self._characters = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def clear(self) -> None:
        """Forget every state."""
        with self._lock:
            self._kept.clear()
            self._characters = 0

    def get(self, said: Hashable) -> State | None:
        """Return the state after something was said; None if it is not kept."""
        with self._lock:
            if said not in self._kept:
                return None
            self._kept.move_to_end(said)
            return self._kept[said][0]

    def put(self, said: Hashable, state: State) -> None:
        """Keep a state; those that were not used for the longest time go."""
        size = sum(len(str(message.content)) for message in state.get("messages", ()))
        with self._lock:
            self._characters += size - self._kept.pop(said, (state, 0))[1]
            self._kept[said] = state, size
            while len(self._kept) > self._most[0] or self._characters > self._most[1]:
                _, (_, gone) = self._kept.popitem(last=False)
                self._characters -= gone
