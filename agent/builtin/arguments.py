"""What a cue can bind: who did it, and which titles it was done to, each by its own pattern of words."""

from __future__ import annotations

from collections.abc import Collection

from agent.builtin.lexicon import ANONYMOUS, ITEM_NOUNS, PERSON_NOUNS, PRONOUNS, SAME
from agent.builtin.row import Row, title_run

_MAX_COST = 14.0
_TO_TITLE = frozenset(
    "of on for from in behind to the both film movie book as with who whos that s is was turns up too a were "
    "are also on appears films movies books novel has which appeared picture ones we one i saw shares did "
    "common should be find see get".split()
)
_SAID_OF_TITLE = frozenset(
    "was is were are also which that really so beautifully brilliantly wonderfully apparently been by "
    "originally first of course all".split()
)
_COPULA = frozenset(
    "is was were the a an as s named namely being called like my i mean believe think who whom are did does also one our same "
    "very its".split()
)
_OF_TITLE = frozenset("is was has had where whose with".split())
_SHARES = frozenset(
    "share shares shared belongs belong part have has had started starts began begins opened opens in".split()
)
_WAS = frozenset("is was were s are".split())


class Arguments(Row):
    """Finds names and titles from the place of a cue; methods return positions, () if there are none."""

    def _subject(self, i: int) -> int | None:
        """Return the subject of an active verb: a name, a pronoun, or a word for somebody unnamed."""
        for j in range(i - 1, max(-1, i - 14), -1):
            atom = self.atoms[j]
            if atom.sentence != self.atoms[i].sentence:
                return None
            if atom.kind == "entity":
                return j
            if atom.kind == "word" and atom.text in PRONOUNS:
                return j
            if atom.kind == "word" and atom.text in ANONYMOUS:
                if self._kind(j - 1) == "mark" and self._kind(j - 2) == "entity":
                    return j - 2
                return self._equated(j) if self._kind(j - 1) != "entity" else j - 1
            if atom.kind == "word" and atom.text in PERSON_NOUNS and i - j <= 4:
                return j
            if atom.kind == "cue" and atom.entries[0].kind == "agent" and i - j <= 3:
                return None
            if (
                atom.kind == "cue"
                and atom.entries[0].kind == "verb"
                and self._kind(i - 1) != "title"  # "the guy who wrote X direct"
                and not self._is(j + 1, "word", frozenset(("and", "as", "or")))
            ):
                joined = any(self._is(k, "word", frozenset(("and", "or", "also"))) for k in range(j, i))
                if not joined:
                    return None
        return None

    def _equated(self, j: int) -> int:
        """Return who 'she is the one who' is said of, or `j`, the 'who' itself."""
        k = j - 1
        while self._is(k, "word", PERSON_NOUNS | {"the", "same", "very"}):
            k -= 1
        if (
            k < j - 1
            and self._is(k, "word", _WAS)
            and (self._is(k - 1, "word", PRONOUNS) or self._kind(k - 1) == "entity")
        ):
            return k - 1
        return j

    def _people(self, j: int, roles: Collection[str] = ()) -> tuple[int, ...]:
        """Return the names at `j`.

        Of a pronoun, the person last named, or the last one who has one of `roles`; of a name, also those it
        is listed with.
        """
        if self.atoms[j].kind == "word":
            return self._antecedent(j, roles) if self.atoms[j].text in PRONOUNS else ()
        return self._list_left(j, "entity")

    def _antecedent(self, j: int, roles: Collection[str] = ()) -> tuple[int, ...]:
        """Return the person last named before `j`, if possible one who has one of `roles` somewhere."""
        named = [k for k in range(j) if self.atoms[k].kind == "entity"]
        held = {k: {role for choice in self.atoms[k].choices for role in choice.roles} for k in named}
        people = [k for k in named if held[k] - {"publisher", "distributor", "series"}]
        fitting = [k for k in people if held[k] & set(roles)]
        return tuple((fitting or people or named)[-1:])

    def _of_role(self, i: int) -> tuple[int, ...]:
        """Return the name last mentioned that stands in the cue's role."""
        roles = set(self.atoms[i].roles)
        named = [j for j in range(i) if any(roles & set(c.roles) for c in self.atoms[j].choices)]
        return tuple(j for j in named[-1:] if self.atoms[j].kind == "entity")

    def _apposed(self, i: int, titles: tuple[int, ...]) -> tuple[tuple[int, ...], bool]:
        """Return names in apposition to an agent noun, and whether they only explain it.

        'director X', 'X, the director' name somebody; 'the director of T, who is X' asks for the director of
        T and explains who that is believed to be.
        """
        last = max(titles) if titles else i
        for j in range(last + 1, min(last + (18 if titles else 8), len(self.atoms))):
            if self.atoms[j].sentence != self.atoms[i].sentence:
                break
            if self.atoms[j].kind == "entity":
                between = [a.text for a in self.atoms[last + 1 : j]]
                if not titles:
                    return self._list_right(j, "entity"), False
                said = bool(between) and between[-1] in ("is", "was", ":", "(", "s")
                beside = between == [","] and (not self.atoms[j].choices or self._may_be(j, i))
                return (self._list_right(j, "entity"), True) if said or beside else self._apposed_before(i)
            if not titles and not self._is(j, "word", _COPULA) and not self._is(j, "mark", frozenset(",:(")):
                break
        return self._apposed_before(i)

    def _apposed_before(self, i: int) -> tuple[tuple[int, ...], bool]:
        """Return names that an agent noun follows: 'X, the director', 'she was the director'."""
        for j in range(i - 1, max(-1, i - 7), -1):
            if self.atoms[j].kind == "entity":
                return self._list_left(j, "entity"), False
            if self._is(j, "word", PRONOUNS):
                return self._antecedent(j), False
            if not self._is(j, "word", _COPULA) and not self._is(j, "mark", frozenset(",")):
                break
        return (), False

    def _may_be(self, j: int, i: int) -> bool:
        """Tell whether a name can stand in the role of a cue, going by the roles it has anywhere."""
        return any(set(self.atoms[i].roles) & set(choice.roles) for choice in self.atoms[j].choices)

    def _owner(self, i: int) -> tuple[int, ...]:
        """Return who owns a work: 'X's score', 'a John Williams score', 'his music'."""
        j = i - 1
        while j >= 0 and i - j <= 4 and self.atoms[j].kind == "word" and self.atoms[j].text not in PRONOUNS:
            if self.atoms[j].text in ("of", "and", "the", "with", "a"):
                break
            j -= 1
        if j >= 0 and self.atoms[j].kind == "entity":
            return self._list_left(j, "entity")
        if j >= 0 and self.atoms[j].kind == "word" and self.atoms[j].text in ("his", "her", "hers"):
            return self._antecedent(j)
        return ()

    def _nearest(self, i: int, *, after: bool) -> tuple[int, ...]:
        """Return the names nearest to a cue in its sentence, at a bearable cost."""
        costs = []
        for j, atom in enumerate(self.atoms):
            person = atom.kind == "entity" or (atom.kind == "word" and atom.text in PRONOUNS and j < i)
            if person and atom.sentence == self.atoms[i].sentence:
                cost = self._cost(min(i, j) + 1, max(i, j)) + (1.5 if j > i else 0)
                fits = atom.kind != "entity" or any(
                    set(self.atoms[i].roles) & set(c.roles) for c in atom.choices
                )
                costs.append((cost + (0 if fits else 6), j))
        if not costs or min(costs)[0] > _MAX_COST:
            return ()
        j = min(costs)[1]
        return self._people(j) if j < i else self._list_right(j, "entity")

    def _names_right(self, i: int) -> tuple[int, ...]:
        """Return the names right after a small word, past at most three plain words ('by the great X')."""
        for j in range(i + 1, min(i + 5, len(self.atoms))):
            atom = self.atoms[j]
            if atom.kind == "entity":
                return self._list_right(j, "entity")
            if atom.kind == "word" and atom.text in ("him", "her") and j == i + 1:
                return self._antecedent(j)
            if atom.kind != "word" or atom.text in ANONYMOUS | SAME | PERSON_NOUNS or atom.text in ITEM_NOUNS:
                return ()
        return ()

    def _names_after_colon(self, i: int) -> tuple[int, ...]:
        if self._kind(i + 1) == "mark" and self.atoms[i + 1].text in ":-" and self._kind(i + 2) == "entity":
            return self._list_right(i + 2, "entity")
        return ()

    # Which titles

    def _titles_right(self, i: int) -> tuple[int, ...]:
        """Return the titles right after a cue: 'director of X and Y', 'score for X', 'directed X'."""
        for j in range(i + 1, min(i + 9, len(self.atoms))):
            atom = self.atoms[j]
            if atom.kind == "title":
                return self._list_right(j, "title")
            if atom.kind == "mark" and atom.text in ":(":
                continue
            if atom.kind == "cue" and atom.roles == self.atoms[i].roles:
                continue  # 'the composer who scored X'
            if atom.kind == "word" and (atom.text in _TO_TITLE or atom.text in PERSON_NOUNS):
                continue
            if self._is_praise(j):
                continue
            return ()
        return ()

    def _is_praise(self, j: int) -> bool:
        """Tell whether a word only describes the title after it: 'gave us the exquisite X'."""
        return (
            self._kind(j) == "word"
            and self._is(j - 1, "word", ("the", "that", "his", "her", "this", "my", "our"))
            and self._kind(j + 1) == "title"
        )

    def _titles_after(self, i: int) -> tuple[int, ...]:
        for j in range(i + 1, min(i + 4, len(self.atoms))):
            if self.atoms[j].kind == "title":
                return self._list_right(j, "title")
            if not self._is(j, "word", frozenset(("both", "the", "film", "movie"))):
                return ()
        return ()

    def _titles_left(self, i: int, subject: int) -> tuple[int, ...]:
        """Return titles before 'which X shot', 'another one she directed', 'is the best thing X directed'.

        Or those that an object word points to: 'whoever directed it', 'X directed that one too'.
        """
        before = [a.text for a in self.atoms[max(0, subject - 3) : subject] if a.kind == "word"]
        after = [a.text for a in self.atoms[i + 1 : i + 7] if a.sentence == self.atoms[i].sentence]
        relative = before[-1:] == ["which"] or "another" in before or before[-2:] == ["that", "one"]
        pointing = (
            bool({"it", "both"} & set(after[:2]))
            or ("them" in after[:2] and self._several_before(subject))
            or after[2:5] == ["out", "of", "it"]
            or after[:2] == ["that", "one"]
            or after[:1] == ["that"]
        )
        for j in range(subject - 1, -1, -1):
            if self.atoms[j].sentence < self.atoms[i].sentence - 1:
                break
            if self.atoms[j].kind == "title":
                between = self.atoms[j + 1 : subject]
                said = any(a.text in _OF_TITLE for a in between[:2]) and any(
                    a.text in ITEM_NOUNS for a in between
                )
                said = said and all(a.kind == "word" for a in between)
                same_sentence = self.atoms[j].sentence == self.atoms[i].sentence
                return self._list_left(j, "title") if pointing or relative or (said and same_sentence) else ()
            if self.atoms[j].kind in ("entity", "category") and not pointing:
                break
        return ()

    def _several_before(self, j: int) -> bool:
        """Tell whether 'them' means titles: several were named, and nothing else stands for several items."""
        here = [a for a in self.atoms[:j] if a.sentence == self.atoms[j].sentence]
        wanted = any(a.text in ("books", "films", "movies", "novels", "others") for a in here)
        return not wanted and len(title_run(self.atoms, j)) > 1

    def _titles_left_close(self, i: int) -> tuple[int, ...]:
        for j in range(i - 1, max(-1, i - 8), -1):
            if self.atoms[j].kind == "title":
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
            or (self._kind(k) == "word" and self.atoms[k].text.isdigit())
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

        'further books by the author of X, published by' and 'those works … of X which were published by' speak
        of the books.
        """
        j = i - 1
        while j >= 0 and (
            self._is(j, "word", _SAID_OF_TITLE) or (self._kind(j) == "mark" and self.atoms[j].text in ",(")
        ):
            j -= 1
        if self._kind(j) != "title":
            return ()
        said = [a.text for a in self.atoms[j + 1 : i] if a.kind == "word"]
        run = self._list_left(j, "title")
        many = len(run) == 1 and ("were" in said or "are" in said)
        return () if many or (not said and self._is_asked_of(run[0])) else run

    def _is_asked_of(self, j: int) -> bool:
        """Tell whether a title only says whose items are wanted: 'novels by the writer of X'."""
        wanted = ITEM_NOUNS | {"more", "else", "anything", "something", "others"}
        before = self.atoms[max(0, j - 9) : j]
        cue = any(a.kind == "cue" and a.entries[0].kind == "agent" for a in before[-4:])
        noun = any((a.text in wanted or a.kind == "category") for a in before[:-1])
        return cue and noun and all(a.sentence == self.atoms[j].sentence for a in before[-4:])

    def _praised(self, i: int) -> tuple[int, ...]:
        """Return the titles of statements like 'T is such a lovely script by X'.

        Also 'T has gorgeous X photography', 'T, where X's score'.
        """
        for j in range(i - 1, max(-1, i - 10), -1):
            if self._kind(j) == "title":
                verb = any(self._is(k, "word", _OF_TITLE) for k in range(j + 1, j + 4))
                return self._list_left(j, "title") if verb else ()
            if self._kind(j) in ("entity", "cue") or self.atoms[j].sentence != self.atoms[i].sentence:
                return ()
        return ()

    def _sharing(self, i: int) -> tuple[int, ...]:
        """Return the titles of 'X and Y share an actor', 'X belongs to a series'."""
        for j in range(i - 1, max(-1, i - 5), -1):
            if self._is(j, "word", _SHARES):
                return self._title_before(j)
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
                self._kind(j) == "mark" and self.atoms[j].text not in ","
            ):
                return ()
        return ()
