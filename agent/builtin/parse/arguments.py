"""What a cue can bind: who did it, and which titles it was done to, each by its own pattern of words."""

from __future__ import annotations

from collections.abc import Collection

from agent.builtin.lexicon.triggers import ANONYMOUS, ITEM_NOUNS, PERSON_NOUNS, PRONOUNS, SAME
from agent.builtin.parse.titles import Titles

_MAX_COST = 14.0
_BY = frozenset("by from of with".split())
_DID = frozenset("did does".split())  # "films shot by X: did the composer of Y …" asks of another
_APPOSED = 4  # words between a name and the 'who' of 'X, the great man who'
_COPULA = frozenset(
    "is was were the a an as s named namely being called like my i mean believe think who whom are did "
    "does also one our same very its".split()
)
_WAS = frozenset("is was were s are".split())


class Arguments(Titles):
    """Finds names, and titles, from the place of a cue; methods return positions, () if there are none."""

    def _subject(self, i: int) -> int | None:
        """Return the subject of an active verb: a name, a pronoun, or a word for somebody unnamed."""
        for j in range(i - 1, max(-1, i - 14), -1):
            chunk = self.chunks[j]
            if chunk.sentence != self.chunks[i].sentence:
                return None
            if chunk.kind == "entity":
                return j
            if chunk.kind == "word" and chunk.text in PRONOUNS:
                return j
            if chunk.kind == "word" and chunk.text in ANONYMOUS:
                if self._kind(j - 1) == "mark" and self._kind(j - 2) == "entity":
                    return j - 2
                return self._equated(j) if self._kind(j - 1) != "entity" else j - 1
            if chunk.kind == "word" and chunk.text in PERSON_NOUNS and i - j <= 4:
                return j
            if chunk.kind == "cue" and chunk.entries[0].kind == "agent" and i - j <= 3:
                return None
            if (
                chunk.kind == "cue"
                and chunk.entries[0].kind == "verb"
                and self._kind(i - 1) != "title"  # "the guy who wrote X direct"
                and not self._is(j + 1, "word", frozenset(("and", "as", "or")))
            ):
                joined = any(self._is(k, "word", frozenset(("and", "or", "also"))) for k in range(j, i))
                if not joined:
                    return None
        return None

    def _equated(self, j: int) -> int:
        """Return who 'she is the one who', 'X, the genius who' are said of, or `j`, the 'who' itself."""
        k = j - 1
        while self._kind(k) == "word" and j - k <= _APPOSED and self.chunks[k].text not in _WAS | _BY:
            k -= 1
        if k == j - 1:
            return j
        was = self._is(k, "word", _WAS) and (
            self._is(k - 1, "word", PRONOUNS) or self._kind(k - 1) == "entity"
        )
        beside = self._is(k, "mark", ",") and self._kind(k - 1) == "entity"
        return k - 1 if was or beside else j

    def _people(self, j: int, roles: Collection[str] = ()) -> tuple[int, ...]:
        """Return the names at `j`.

        Of a pronoun, the person last named, or the last one who has one of `roles`; of a name, also those it
        is listed with.
        """
        if self.chunks[j].kind == "word":
            return self._antecedent(j, roles) if self.chunks[j].text in PRONOUNS else ()
        return self._list_left(j, "entity")

    def _antecedent(self, j: int, roles: Collection[str] = ()) -> tuple[int, ...]:
        """Return the person last named before `j`, if possible one who has one of `roles` somewhere."""
        named = [k for k in range(j) if self.chunks[k].kind == "entity"]
        held = {k: {role for choice in self.chunks[k].choices for role in choice.roles} for k in named}
        people = [k for k in named if held[k] - {"publisher", "distributor", "series"}]
        fitting = [k for k in people if held[k] & set(roles)]
        return tuple((fitting or people or named)[-1:])

    def _of_role(self, i: int) -> tuple[int, ...]:
        """Return the name last mentioned that stands in the cue's role."""
        roles = set(self.chunks[i].roles)
        named = [j for j in range(i) if any(roles & set(c.roles) for c in self.chunks[j].choices)]
        return tuple(j for j in named[-1:] if self.chunks[j].kind == "entity")

    def _apposed(self, i: int, titles: tuple[int, ...]) -> tuple[tuple[int, ...], bool]:
        """Return names in apposition to an agent noun, and whether they only explain it.

        'director X', 'X, the director' name somebody; 'the director of T, who is X' asks for the director of
        T and explains who that is believed to be.
        """
        last = max(titles) if titles else i
        for j in range(last + 1, min(last + (18 if titles else 8), len(self.chunks))):
            if self.chunks[j].sentence != self.chunks[i].sentence:
                break
            if self.chunks[j].kind == "entity":
                between = [a.text for a in self.chunks[last + 1 : j]]
                if not titles and self.chunks[j].choices and not self._may_be(j, i):
                    break  # "that novel's author, the Pan Macmillan editions"
                if not titles:
                    return self._list_right(j, "entity"), False
                said = bool(between) and between[-1] in ("is", "was", ":", "(", "s")
                beside = between == [","] and (not self.chunks[j].choices or self._may_be(j, i))
                return (self._list_right(j, "entity"), True) if said or beside else self._apposed_before(i)
            if not titles and not self._is(j, "word", _COPULA) and not self._is(j, "mark", frozenset(",:(")):
                break
        return self._apposed_before(i)

    def _apposed_before(self, i: int) -> tuple[tuple[int, ...], bool]:
        """Return names that an agent noun follows: 'X, the director', 'she was the director'."""
        for j in range(i - 1, max(-1, i - 7), -1):
            if self.chunks[j].kind == "entity":
                return self._list_left(j, "entity"), False
            if self._is(j, "word", PRONOUNS):
                return self._antecedent(j), False
            asks = self._is(j, "word", _DID) and not self._is(j + 1, "word", ("as",))
            if asks or (not self._is(j, "word", _COPULA) and not self._is(j, "mark", frozenset(","))):
                break
        return (), False

    def _may_be(self, j: int, i: int) -> bool:
        """Tell whether a name can stand in the role of a cue, going by the roles it has anywhere."""
        return any(set(self.chunks[i].roles) & set(choice.roles) for choice in self.chunks[j].choices)

    def _owner(self, i: int) -> tuple[int, ...]:
        """Return who owns a work: 'X's score', 'a John Williams score', 'his music'."""
        j = i - 1
        while j >= 0 and i - j <= 4 and self.chunks[j].kind == "word" and self.chunks[j].text not in PRONOUNS:
            if self.chunks[j].text in ("of", "and", "the", "with", "a"):
                break
            j -= 1
        if j >= 0 and self.chunks[j].kind == "entity":
            return self._list_left(j, "entity")
        if j >= 0 and self.chunks[j].kind == "word" and self.chunks[j].text in ("his", "her", "hers"):
            return self._antecedent(j)
        return ()

    def _nearest(self, i: int, *, after: bool) -> tuple[int, ...]:
        """Return the names nearest to a cue in its sentence, at a bearable cost."""
        costs = []
        for j, chunk in enumerate(self.chunks):
            person = chunk.kind == "entity" or (chunk.kind == "word" and chunk.text in PRONOUNS and j < i)
            if person and chunk.sentence == self.chunks[i].sentence:
                cost = self._cost(min(i, j) + 1, max(i, j)) + (1.5 if j > i else 0)
                fits = chunk.kind != "entity" or any(
                    set(self.chunks[i].roles) & set(c.roles) for c in chunk.choices
                )
                costs.append((cost + (0 if fits else 6), j))
        if not costs or min(costs)[0] > _MAX_COST:
            return ()
        j = min(costs)[1]
        return self._people(j) if j < i else self._list_right(j, "entity")

    def _names_right(self, i: int) -> tuple[int, ...]:
        """Return the names right after a small word, past at most three plain words ('by the great X')."""
        for j in range(i + 1, min(i + 5, len(self.chunks))):
            chunk = self.chunks[j]
            if chunk.kind == "entity":
                return self._list_right(j, "entity")
            if chunk.kind == "word" and chunk.text in ("him", "her") and j == i + 1:
                return self._antecedent(j)
            if (
                chunk.kind != "word"
                or chunk.text in ANONYMOUS | SAME | PERSON_NOUNS
                or chunk.text in ITEM_NOUNS
            ):
                return ()
        return ()

    def _names_after_colon(self, i: int) -> tuple[int, ...]:
        if self._kind(i + 1) == "mark" and self.chunks[i + 1].text in ":-" and self._kind(i + 2) == "entity":
            return self._list_right(i + 2, "entity")
        return ()
