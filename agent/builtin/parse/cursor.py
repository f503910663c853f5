"""The chunks of a request by position: what stands where, and lists of names or titles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import TriggerClass
from agent.builtin.parse.chunks import Chunk, ChunkKind

_LIST_GAP = 6  # chunks between two names of a list: "X (1997) and also Y"
LIST_JOINTS = words("arguments", "list joints")
_OWNING = words("arguments", "owning")
_COSTS: dict[ChunkKind, float] = {
    "word": 1.0,
    "mark": 2.0,
    "entity": 3.0,
    "trigger": 4.0,
    "title": 2.0,
    "category": 1.0,
}


@dataclass(frozen=True, slots=True)
class ChunkCursor:
    """The chunks of a request by position; positions outside of it are of no kind.

    `joints` are the words that join a list of names or titles.
    """

    chunks: list[Chunk]
    joints: frozenset[str] = LIST_JOINTS

    def __len__(self) -> int:
        return len(self.chunks)

    def kind(self, j: int) -> ChunkKind | None:
        """Return the kind of a chunk, None outside of the request."""
        return self.chunks[j].kind if 0 <= j < len(self.chunks) else None

    def is_word(self, j: int, words: Collection[str]) -> bool:
        """Tell whether a chunk is one of these words."""
        return 0 <= j < len(self.chunks) and self.chunks[j].kind == "word" and self.chunks[j].text in words

    def is_mark(self, j: int, marks: str) -> bool:
        """Tell whether a chunk is one of these marks."""
        return self.kind(j) == "mark" and self.chunks[j].text in marks

    def near(self, start: int, end: int, words: Collection[str]) -> bool:
        """Tell whether one of these words is among the chunks `start:end`."""
        return any(self.is_word(j, words) for j in range(start, end))

    def same_sentence(self, i: int, j: int) -> bool:
        """Tell whether two chunks stand in one sentence."""
        return self.chunks[i].sentence == self.chunks[j].sentence

    def before(self, i: int, most: int) -> list[Chunk]:
        """Return at most so many chunks before a position."""
        return self.chunks[max(0, i - most) : i]

    def leftward(self, i: int, most: int) -> range:
        """Return at most so many positions before `i`, the nearest first."""
        return range(i - 1, max(-1, i - 1 - most), -1)

    def rightward(self, i: int, most: int) -> range:
        """Return at most so many positions after `i`, the nearest first."""
        return range(i + 1, min(i + 1 + most, len(self.chunks)))

    def trigger_class(self, i: int) -> TriggerClass:
        """Return the class of a trigger: 'its star' is a noun where 'star' alone is a verb."""
        classes = [entry.kind for entry in self.chunks[i].entries]
        nouns: tuple[TriggerClass, ...] = ("work", "agent") if self.is_word(i - 1, _OWNING) else ()
        return next((noun for noun in nouns if noun in classes), classes[0])

    def list_right(self, j: int, kind: ChunkKind) -> tuple[int, ...]:
        """Return the list of names or titles that begins at `j`."""
        found = [j]
        k = j + 1
        while k < len(self.chunks) and k - found[-1] <= _LIST_GAP:
            if self.chunks[k].kind == kind:
                if kind == "entity" and self.chunks[k].differs_from(self.chunks[j]):
                    break
                found.append(k)
            elif not self._joins(k) or self._opens_place(k):
                break
            k += 1
        return tuple(found)

    def list_left(self, j: int, kind: ChunkKind) -> tuple[int, ...]:
        """Return the list of names or titles that ends at `j`."""
        found = [j]
        k = j - 1
        while k >= 0 and found[0] - k <= _LIST_GAP:
            if self.chunks[k].kind == kind:
                if kind == "entity" and self.chunks[k].differs_from(self.chunks[found[0]]):
                    break
                found.insert(0, k)
            elif not self._joins(k) or self._opens_place(k):
                break
            k -= 1
        return tuple(found)

    def list_at(self, j: int, kind: ChunkKind) -> tuple[int, ...]:
        """Return the list that begins at `j`; () if something else stands there."""
        return self.list_right(j, kind) if self.kind(j) == kind else ()

    def items_of(self, titles: Collection[int]) -> frozenset[str]:
        """Return the items that titles most likely mean: two mentions of one film are one."""
        return frozenset(self.chunks[i].best_id for i in titles if self.chunks[i].choices)

    def all_titles_before(self, place: int) -> tuple[int, ...]:
        """Return all titles named before a place."""
        return tuple(i for i in range(place) if self.chunks[i].kind == "title")

    def titles_before(self, place: int) -> tuple[int, ...]:
        """Return the titles last named before a place: all of their sentence."""
        named = self.all_titles_before(place)
        return tuple(i for i in named if self.same_sentence(i, named[-1]))

    def title_run(self, place: int) -> tuple[int, ...]:
        """Return the titles last named before a place; if there are none, those of the next sentence."""
        named = [i for i in range(place, len(self.chunks)) if self.chunks[i].kind == "title"]
        return self.titles_before(place) or tuple(i for i in named if self.same_sentence(i, named[0]))

    def next_word(self, i: int, word: str, within: int) -> int | None:
        """Return where a word stands among the next few, with nothing but words before it."""
        for j in self.rightward(i, within):
            if self.is_word(j, (word,)):
                return j
            if self.chunks[j].kind != "word":
                return None
        return None

    def cost(self, start: int, end: int) -> float:
        """Return the distance over the chunks `start:end`: a name is further than a word."""
        return sum(_COSTS[chunk.kind] for chunk in self.chunks[start:end])

    def _opens_place(self, k: int) -> bool:
        """Tell whether 'with' leads to a name of its own place: 'produced by X with Y in the cast'."""
        named = self.is_word(k, ("with",)) and self.kind(k + 1) == "entity"
        return named and self.kind(k + 2) == "trigger" and self.trigger_class(k + 2) == "place"

    def _joins(self, k: int) -> bool:
        chunk = self.chunks[k]
        if chunk.kind == "mark":
            return chunk.text in ",+/()"
        if chunk.text in ("in", "of"):
            return self.is_word(k - 1, ("and",)) or self.is_word(k + 1, ("and",))
        return chunk.kind == "word" and (chunk.text in self.joints or chunk.text.isdecimal())
