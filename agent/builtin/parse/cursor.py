"""A request's atoms as a row to walk along: small tests, and lists of names or titles."""

from __future__ import annotations

from collections.abc import Collection

from agent.builtin.parse.chunks import Chunk

_LIST_GAP = 6  # atoms between two names of a list: "X (1997) and also Y"
_LIST_JOINTS = frozenset(
    ", and + / plus or both either with as well alongside together seen heard also then later".split()
)


def title_run(chunks: list[Chunk], place: int) -> tuple[int, ...]:
    """Return the titles last named before `place`: all of their sentence.

    If there are none, the next ones after.
    """
    before = [i for i in range(place) if chunks[i].kind == "title"]
    if before:
        sentence = chunks[before[-1]].sentence
        return tuple(i for i in before if chunks[i].sentence == sentence)
    after = [i for i in range(place, len(chunks)) if chunks[i].kind == "title"]
    return tuple(i for i in after if chunks[i].sentence == chunks[after[0]].sentence)


class ChunkCursor:
    """The atoms of a request by position; positions outside of it are of no kind."""

    def __init__(self, chunks: list[Chunk]):
        self.chunks = chunks

    def _kind(self, j: int) -> str:
        return self.chunks[j].kind if 0 <= j < len(self.chunks) else ""

    def _is(self, j: int, kind: str, texts: Collection[str]) -> bool:
        return 0 <= j < len(self.chunks) and self.chunks[j].kind == kind and self.chunks[j].text in texts

    def _class(self, i: int) -> str:
        """Return the class of a cue: 'the editing' is a work where 'editing' alone is a verb."""
        kinds = [entry.kind for entry in self.chunks[i].entries]
        owned = self._is(i - 1, "word", ("the", "his", "her", "s", "whose", "that", "this", "such"))
        return "work" if owned and "work" in kinds else kinds[0]

    def _list_right(self, j: int, kind: str) -> tuple[int, ...]:
        found = [j]
        k = j + 1
        while k < len(self.chunks) and k - found[-1] <= _LIST_GAP:
            if self.chunks[k].kind == kind:
                found.append(k)
            elif not self._joins(k):
                break
            k += 1
        return tuple(found)

    def _list_left(self, j: int, kind: str) -> tuple[int, ...]:
        found = [j]
        k = j - 1
        while k >= 0 and found[0] - k <= _LIST_GAP:
            if self.chunks[k].kind == kind:
                found.insert(0, k)
            elif not self._joins(k):
                break
            k -= 1
        return tuple(found)

    def _run(self, j: int, kind: str) -> tuple[int, ...]:
        return self._list_right(j, kind) if self._kind(j) == kind else ()

    def _joins(self, k: int) -> bool:
        chunk = self.chunks[k]
        if chunk.kind == "mark":
            return chunk.text in ",+/()"
        if chunk.text in ("in", "of"):
            return self._is(k - 1, "word", ("and",)) or self._is(k + 1, "word", ("and",))
        return chunk.kind == "word" and (chunk.text in _LIST_JOINTS or chunk.text.isdigit())

    def _next_word(self, i: int, word: str, within: int) -> int | None:
        for j in range(i + 1, min(i + 1 + within, len(self.chunks))):
            if self._is(j, "word", frozenset((word,))):
                return j
            if self.chunks[j].kind != "word":
                return None
        return None

    def _cost(self, start: int, end: int) -> float:
        prices = {"word": 1.0, "mark": 2.0, "entity": 3.0, "cue": 4.0, "title": 2.0, "category": 1.0}
        return sum(prices[chunk.kind] for chunk in self.chunks[start:end])
