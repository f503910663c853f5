"""Which titles a cue binds: right after it, before it, or those that an object word points to."""

from __future__ import annotations

from agent.builtin.lexicon.triggers import ITEM_NOUNS, PERSON_NOUNS
from agent.builtin.parse.cursor import ChunkCursor, title_run

_TO_TITLE = frozenset(
    "of on for from in behind to the both film movie book as with who whos that s is was turns up too a were "
    "are also on appears films movies books novel has which appeared picture ones we one i saw shares did "
    "common should be did seen links link connects joins unites find see get".split()
)
_SAID_OF_TITLE = frozenset(
    "was is were are also which that really so beautifully brilliantly wonderfully apparently been by "
    "originally first of course all".split()
)
_OF_TITLE = frozenset("is was has had where whose with".split())
_OPENS = frozenset("first second third last latest opener start beginning".split())
_INSTALMENT = frozenset("volume part book entry instalment installment novel first second third".split())
_SHARES = frozenset(
    "share shares shared belongs belong part have has had started starts began begins opened opens in".split()
)


class Titles(ChunkCursor):
    """Finds titles from the place of a cue; methods return positions, () if there are none."""

    def _titles_right(self, i: int) -> tuple[int, ...]:
        """Return the titles right after a cue: 'director of X and Y', 'score for X', 'directed X'."""
        for j in range(i + 1, min(i + 9, len(self.chunks))):
            chunk = self.chunks[j]
            if chunk.kind == "title":
                return self._list_right(j, "title")
            if chunk.kind == "mark" and chunk.text in ":(":
                continue
            if chunk.kind == "cue" and chunk.roles == self.chunks[i].roles:
                continue  # 'the composer who scored X'
            if chunk.kind == "word" and (chunk.text in _TO_TITLE or chunk.text in PERSON_NOUNS):
                continue
            if self._is_praise(j) or self._is_owner_of_title(j):
                continue
            return ()
        return ()

    def _is_owner_of_title(self, j: int) -> bool:
        """Tell whether a name or its 's' only says whose title follows: "who did Morrison's Beloved"."""
        s = j + (self._kind(j) == "entity")
        return self._is(s, "word", ("s",)) and self._kind(s + 1) == "title"

    def _is_praise(self, j: int) -> bool:
        """Tell whether a word only describes the title after it: 'gave us the exquisite X'."""
        return (
            self._kind(j) == "word"
            and self._is(j - 1, "word", ("the", "that", "his", "her", "this", "my", "our"))
            and self._kind(j + 1) == "title"
        )

    def _titles_after(self, i: int) -> tuple[int, ...]:
        for j in range(i + 1, min(i + 4, len(self.chunks))):
            if self.chunks[j].kind == "title":
                return self._list_right(j, "title")
            if not self._is(j, "word", frozenset(("both", "the", "film", "movie"))):
                return ()
        return ()

    def _titles_left(self, i: int, subject: int) -> tuple[int, ...]:
        """Return titles before 'which X shot', 'another one she directed', 'is the best thing X directed'.

        Or those that an object word points to: 'whoever directed it', 'X directed that one too'.
        """
        before = [a.text for a in self.chunks[max(0, subject - 3) : subject] if a.kind == "word"]
        after = [a.text for a in self.chunks[i + 1 : i + 7] if a.sentence == self.chunks[i].sentence]
        led = self._kind(subject - 1) == "title" and self._is(
            subject - 2, "word", ("in", "on", "for", "with")
        )
        relative = led or before[-1:] == ["which"] or "another" in before or before[-2:] == ["that", "one"]
        pointing = (
            bool({"it", "both"} & set(after[:2]))
            or ("them" in after[:2] and self._several_before(subject))
            or after[2:5] == ["out", "of", "it"]
            or after[:2] == ["that", "one"]
            or after[:1] == ["that"]
        )
        for j in range(subject - 1, -1, -1):
            if self.chunks[j].sentence < self.chunks[i].sentence - 1:
                break
            if self.chunks[j].kind == "title":
                between = self.chunks[j + 1 : subject]
                said = any(a.text in _OF_TITLE for a in between[:2]) and any(
                    a.text in ITEM_NOUNS for a in between
                )
                said = said and all(a.kind == "word" for a in between)
                same_sentence = self.chunks[j].sentence == self.chunks[i].sentence
                relative = relative and (same_sentence or "another" in before)
                return self._list_left(j, "title") if pointing or relative or (said and same_sentence) else ()
            if self.chunks[j].kind in ("entity", "category") and not pointing:
                break
        return ()

    def _several_before(self, j: int) -> bool:
        """Tell whether 'them' means titles: several were named, and nothing else stands for several items."""
        here = [a for a in self.chunks[:j] if a.sentence == self.chunks[j].sentence]
        wanted = any(a.text in ("books", "films", "movies", "novels", "others") for a in here)
        return not wanted and len(title_run(self.chunks, j)) > 1

    def _titles_left_close(self, i: int) -> tuple[int, ...]:
        for j in range(i - 1, max(-1, i - 8), -1):
            if self.chunks[j].kind == "title":
                return self._list_left(j, "title")
        return ()

    def _title_before(self, j: int) -> tuple[int, ...]:
        """Return the titles that end right before `j`, past a year in brackets."""
        k = j - 1
        while (
            self._is(k, "mark", "(),")
            or self._is(
                k, "word", ("is", "was", "both", "a", "one", "the", "first", "second", "third", "book")
            )
            or (self._kind(k) == "word" and self.chunks[k].text.isdigit())
        ):
            k -= 1
        return self._list_left(k, "title") if self._kind(k) == "title" else ()

    def _owned_by_title(self, i: int) -> tuple[int, ...]:
        """Return the titles right before a cue: "X's cinematographer", 'the X music'."""
        if self._is(i - 1, "word", ("s",)) or self._is(i - 1, "mark", ")"):
            return self._title_before(i - 1 + self._is(i - 1, "mark", ")"))
        return self._list_left(i - 1, "title") if self._kind(i - 1) == "title" else ()

    def _said_of(self, i: int) -> tuple[int, ...]:
        """Return the titles before a passive verb: 'X was directed by', 'X (directed by'.

        'further books by the author of X, published by', 'works of X which were published by' speak of the
        books.
        """
        j = i - 1
        while j >= 0 and (
            self._is(j, "word", _SAID_OF_TITLE) or (self._kind(j) == "mark" and self.chunks[j].text in ",(")
        ):
            j -= 1
        if self._kind(j) != "title":
            return ()
        said = [a.text for a in self.chunks[j + 1 : i] if a.kind == "word"]
        run = self._list_left(j, "title")
        many = len(run) == 1 and ("were" in said or "are" in said)
        return () if many or (not said and self._is_asked_of(run[0])) else run

    def _is_asked_of(self, j: int) -> bool:
        """Tell whether a title only says whose items are wanted: 'novels by the writer of X'."""
        wanted = ITEM_NOUNS | {"more", "else", "anything", "something", "others"}
        before = self.chunks[max(0, j - 9) : j]
        cue = any(a.kind == "cue" and a.entries[0].kind == "agent" for a in before[-4:])
        noun = any((a.text in wanted or a.kind == "category") for a in before[:-1])
        return cue and noun and all(a.sentence == self.chunks[j].sentence for a in before[-4:])

    def _praised(self, i: int) -> tuple[int, ...]:
        """Return the titles of statements like 'T is such a lovely script by X'.

        Also 'T has gorgeous X photography', 'T, where X's score'.
        """
        for j in range(i - 1, max(-1, i - 10), -1):
            if self._kind(j) == "title":
                verb = any(self._is(k, "word", _OF_TITLE) for k in range(j + 1, j + 4))
                return self._list_left(j, "title") if verb else ()
            if self._kind(j) in ("entity", "cue") or self.chunks[j].sentence != self.chunks[i].sentence:
                return ()
        return ()

    def _sharing(self, i: int) -> tuple[int, ...]:
        """Return the titles of 'X and Y share an actor', 'X belongs to a series'."""
        for j in range(i - 1, max(-1, i - 5), -1):
            if self._is(j, "word", _SHARES) or (
                self._is(j, "word", _OPENS) and self._is(j + 1, "word", ("of",))
            ):
                return self._title_before(j)
        return ()

    def _is_part(self, i: int) -> bool:
        """Tell whether a cue says what the last title belongs to: 'It is part of a series'."""
        before = [a.text for a in self.chunks[max(0, i - 6) : i] if a.sentence == self.chunks[i].sentence]
        return "it" in before and bool({"part", "belongs", "starts", "opens"} & set(before))

    def _instalment(self, i: int) -> tuple[int, ...]:
        """Return the title that 'T, a volume of the' speaks of; `i` is where the name follows."""
        words = [a.text for a in self.chunks[max(0, i - 6) : i] if a.kind == "word"]
        for j in range(i - 1, max(-1, i - 9), -1):
            if self._kind(j) == "title":
                return (j,) if _INSTALMENT & set(words) and {"of", "in", "from"} & set(words[-3:]) else ()
            if self._kind(j) in ("entity", "cue") or self.chunks[j].text == ".":
                return ()
        return ()

    def _named_before_by(self, i: int) -> tuple[int, ...]:
        """Return the titles that 'X by NAME' speaks of; 'more films by NAME' speaks of none."""
        if self._kind(i - 1) == "title":
            return self._list_left(i - 1, "title")
        if self._is(i - 1, "word", ("but", "only", "just")):
            return ()  # "like Dune, only by X"
        if self._is(i - 1, "word", ITEM_NOUNS | {"more", "else", "anything", "something", "one"}):
            return ()
        for j in range(i - 1, max(-1, i - 8), -1):
            if self._kind(j) == "title":
                return self._list_left(j, "title")
            if self._kind(j) in ("entity", "cue") or (
                self._kind(j) == "mark" and self.chunks[j].text not in ","
            ):
                return ()
        return ()
