"""How a text is written: capitals, quotes, sentence starts, common words; what looks like a name there."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise

from kg.text import Token, fold, has_numbers, key
from tools.english import common_words, is_everyday, lead

JOINING = frozenset("of the and a an de di la le van von der del du in on to for".split())
_GREETING = frozenset("dear hello hi hey greetings".split())
_DATING = frozenset("since in before after from until till between during by early late around".split())
_LEADING = frozenset(
    "by with w starring featuring of from like loved liked saw watched and directed read more in than".split()
)
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december christmas easter halloween thanksgiving".split()
)
_TIMES = CALENDAR | frozenset("next last this every on night morning afternoon evening the".split())
_ABBREVIATED = 4  # letters of a word whose point may not end a sentence: 'Prof.'
_PARTS = frozenset("part volume episode chapter".split())
_SELVES = frozenset("i im ive id ill we were weve my our its theres".split())
# Words that stay small inside a title written in capitals.
_SMALL = JOINING | frozenset("with from at by or as is it be not over into vs".split())
_STOPS = frozenset(".!?:;\n…")


def _is_shouted(word: Token) -> bool:
    return word.raw.isupper() and word.raw.isalpha()


class Shape:
    """A text with its words and what its writer does with capitals.

    `common` tells of every word whether it is often said in requests, `gaps` what stands right before it;
    `folds` are the words in small letters, without accents and apostrophes.
    """

    def __init__(self, text: str, words: list[Token]):
        self.text = text
        self.words = words
        self.norms = [word.norm for word in words]
        self.folds = [fold(word.raw) for word in words]
        known = common_words()
        self.common = [
            said in known or norm in known for said, norm in zip(self.folds, self.norms, strict=True)
        ]
        self.numbered = has_numbers(self.norms)
        self.gaps = ["", *(text[a.end : b.start] for a, b in pairwise(words))][: len(words)]
        self.starts_sentence = [not i or not _STOPS.isdisjoint(gap) for i, gap in enumerate(self.gaps)]
        inner = [
            w for w, start in zip(words, self.starts_sentence, strict=True) if not start and w.raw != "I"
        ]
        self.careful = bool(words) and all(  # a writer who capitalises names everywhere
            w.raw[0].isupper() or not w.raw.isalpha()
            for w, start in zip(words, self.starts_sentence, strict=True)
            if start and self._opens_text(w)
        )
        shown = inner or words
        self.cased = any(w.raw[0].isupper() and not (inner and _is_shouted(w)) for w in shown) or not words

    def _opens_text(self, word: Token) -> bool:
        """Tell whether a full stop or nothing stands before a word, where a careful writer has a capital."""
        before = self.text[: word.start].rstrip(" \"'“”‘’()")
        return before == "" or (before[-1] in ".!?" and before[-3:] != "...")

    def _is_initial(self, index: int) -> bool:
        return len(self.words[index].raw) == 1

    def _mostly_capital(self, i: int, j: int) -> bool:
        """Tell whether a span is written as a name.

        Its first word has a capital; every other one has too, or is small, or no word that is often said.
        """
        first = True
        for k in range(i, j):
            if self.norms[k] in _SMALL or self.norms[k] == "s":
                continue
            fits = not first and (len(self.words[k].raw) == 1 or not self.common[k])
            if not fits and not self._is_raised(k):
                return False
            first = False
        return True

    def _is_raised(self, index: int) -> bool:
        """Tell whether a capital is somewhere in a word, or whether it is a number."""
        raw = self.words[index].raw
        return not raw.islower() and (raw[0].isupper() or raw.isdigit() or any(c.isupper() for c in raw))

    def _has_other_name_beside(self, i: int, j: int) -> bool:
        """Tell whether a surname is part of a longer name: 'Scott' in 'Scott Ambrozy' is no Ridley Scott."""
        return self.cased and (self._continues(i - 1, i) or self._continues(j - 1, j))

    def _continues(self, left: int, right: int) -> bool:
        if left < 0 or right >= len(self.words) or self.parted(right):
            return False
        if self.starts_sentence[right] and len(self.words[left].raw) > _ABBREVIATED:
            return False  # "by Tolstoy. Preferably short", not "Dr. Zorg"
        return all(
            self.words[k].raw[0].isupper()
            and len(self.words[k].raw) > 1
            and not self.common[k]
            and self.words[k].norm != "s"
            for k in (left, right)
        )

    def _goes_on(self, i: int) -> bool:
        """Tell whether a capital follows an uncommon word in capitals: 'Cook' in 'Glen Cook books'."""
        if i == 0 or self.starts_sentence[i] or self.parted(i) or self.common[i - 1]:
            return False
        return self.words[i - 1].raw[0].isupper() and self.words[i].raw[0].isupper()

    def _in_capitals(self, i: int, j: int) -> bool:
        words = self.words[i:j]
        if self.numbering:
            words = [self.words[k] for k in range(i, j) if k not in self.numbering or k == i]
        content = [w for w in words if w.norm not in _SMALL and w.norm != "s"] or words
        return all(self._is_capital(w) for w in content)

    @cached_property
    def numbering(self) -> frozenset[int]:
        """Places of small words that number a part of what stands before: 'Jaws PART TWO'."""
        places = (place for k in self.parts if not self.starts_sentence[k] for place in (k, k + 1))
        return frozenset(place for place in places if not self.words[place].raw[0].isupper())

    @cached_property
    def parts(self) -> tuple[int, ...]:
        """Places of words for a part that their number follows: 'Jaws PART 2', 'Zorg VOLUME three'."""
        if _PARTS.isdisjoint(self.norms):
            return ()
        return tuple(k for k in range(1, len(self.norms) - 1) if self._numbers_part(k))

    def _numbers_part(self, k: int) -> bool:
        number = self.norms[k + 1]
        return self.norms[k] in _PARTS and len(number) == 1 and number.isdigit() and not self.parted(k + 1)

    def _is_capital(self, word: Token) -> bool:
        """Tell whether a word is written as part of a name.

        What follows a hyphen belongs to what stands before it.
        """
        return not word.raw[0].islower() or self.text[word.start - 1 : word.start] == "-"

    def is_greeted(self, i: int, j: int) -> bool:
        """Tell whether somebody is spoken to: 'Dear Usher, …'."""
        greeting = 0 < i <= len(_GREETING) and self.words[i - 1].norm in _GREETING
        return greeting and self.text[self.words[j - 1].end : self.words[j - 1].end + 1] in (",", "!")

    def _is_year(self, i: int) -> bool:
        """Tell whether a number of four digits stands as a year: 'since 2001', 'between 1984 and 2001'."""
        raw = self.words[i].raw
        if len(raw) != 4 or not raw.isdigit():
            return False
        before = self.words[max(0, i - 2) : i]
        led = bool(before) and before[-1].norm in _DATING
        paired = len(before) > 1 and before[-1].norm in ("and", "to", "or") and before[0].raw.isdigit()
        return led or paired

    def _is_age(self, j: int) -> bool:
        """Tell whether a number is an age: '12-year-old', '12 years old'."""
        aged = self.words[j - 1].raw.isdigit() and self.norms[j + 1 : j + 2] == ["old"]
        return aged and self.norms[j] in ("year", "years")

    def after(self, j: int) -> str:
        """Return the folded word at `j` if it follows without a mark, else ''."""
        follows = j < len(self.words) and not self.starts_sentence[j] and not self.parted(j)
        return self.folds[j] if follows else ""

    def are_everyday(self, i: int, j: int) -> bool:
        """Tell whether all words of a span are of everyday English, in small letters."""
        return all(w.raw.islower() and is_everyday(fold(w.raw)) for w in self.words[i:j])

    def has_kind_after(self, j: int) -> bool:
        """Tell whether a noun for items follows, perhaps one word later: 'ya fantasy novels'."""
        kinds = lead("kind") | lead("plural kind")
        return self.after(j) in kinds or (self.after(j) != "" and self.after(j + 1) in kinds)

    def owns_role(self, j: int) -> bool:
        """Tell whether a director, a score … of what stands before follows: 'the heat soundtrack'."""
        return self.norms[j : j + 1] == ["s"] or self.after(j) in lead("role")

    def opens_phrase(self, i: int, is_item: bool) -> bool:
        """Tell whether an everyday word only opens a sentence: 'Dear assistant', 'Ghost stories, please'."""
        after = self.after(i + 1)
        if not is_everyday(self.folded(i)) or after == "s":
            return False
        if is_item:
            return self.goes_on_plainly(i + 1) and after not in lead("doing")
        return after not in lead("doing") | lead("kind") | lead("plural kind") | {"and", "or", "with"}

    def likes(self, i: int) -> bool:
        """Tell whether somebody likes what follows, rather than wants what is like it: 'I like ghosts'."""
        before = self.norms[max(0, i - 2) : i]
        return before[-1:] == ["like"] and bool(lead("liking") & set(before[:-1]))

    def follows_content(self, i: int) -> bool:
        """Tell whether a telling word in small letters stands right before: 'betty smith'."""
        if i == 0 or self.starts_sentence[i] or self.parted(i) or not self.words[i].raw.islower():
            return False
        before = self.words[i - 1]
        return before.raw.islower() and not self.common[i - 1] and before.norm not in lead("honorific")

    def goes_on_plainly(self, j: int) -> bool:
        """Tell whether a noun follows that makes a phrase: 'ghost stories', 'rock music'."""
        after = self.after(j)
        kinds = lead("kind") | lead("plural kind")
        return after in kinds or (after != "" and is_everyday(after) and after not in common_words())

    def is_exclaimed(self, i: int) -> bool:
        """Tell whether a word of praise stands alone or ends its sentence: 'fantastic, that one'."""
        if self.folded(i) not in lead("exclaimed") or self.after(i + 1):
            return False
        return self.starts_sentence[i] or self.folded(i - 1) in lead("before exclaimed")

    def _is_time(self, i: int, j: int) -> bool:
        """Tell whether a sentence begins with when it is: 'Next Friday I am …', 'Saturday night we …'."""
        if not self.starts_sentence[i] or j == len(self.words) or self.norms[j] not in _SELVES:
            return False
        said = set(self.norms[i:j])
        return bool(said & CALENDAR) and said <= _TIMES

    def _ends_longer_name(self, i: int) -> bool:
        """Tell whether a word only ends a name in capitals: 'Life' in 'The Tree of Life'."""
        if not self.cased or i < 2 or self.words[i - 1].norm != "of" or self.parted(i - 1):
            return False
        return self._is_capital(self.words[i - 2]) and not self.starts_sentence[i - 2]

    def _is_numbered(self, j: int) -> bool:
        """Tell whether a small number follows directly: a part of a series is meant."""
        after = self.words[j] if j < len(self.words) else None
        if after is None or self.parted(j):
            return False
        return (after.raw.isdigit() and len(after.raw) == 1) or j in self.numbering

    def _is_led_to(self, i: int) -> bool:
        """Tell whether a word before has a name after it: 'by', 'with', 'loved', 'directed'."""
        return self.is_in_id(i) or i == 0 or self.words[i - 1].norm in _LEADING

    def is_in_id(self, i: int) -> bool:
        """Tell whether a word begins what an id says: 'movie/jaws-1975'."""
        return self.words[i].start > 0 and self.text[self.words[i].start - 1] == "/"

    def dated(self, j: int) -> bool:
        """Tell whether a year in brackets follows: 'the speed (1994) director'."""
        if j >= len(self.words) or "(" not in self.gaps[j]:
            return False
        after = self.words[j].raw
        return len(after) == 4 and after.isdigit() and self.gaps[j].strip() == "("

    def _is_cut(self, i: int, j: int) -> bool:
        """Tell whether a span is a piece of a hyphenated word: 'up' of 'back-up'; 'Bergman-led' is cut."""
        first, last = self.words[i].start, self.words[j - 1].end
        before, after = self.text[max(0, first - 2) : first], self.text[last : last + 2]
        led = before[-1:] == "-" and before[:1].isalnum()
        goes_on = after[:1] == "-" and after[1:].isalpha()
        return led or (goes_on and (after[1].isupper() or self.text[first].islower()))

    def _quoted(self, i: int, j: int) -> bool:
        before = self.text[max(0, self.words[i].start - 1) : self.words[i].start]
        after = self.text[self.words[j - 1].end : self.words[j - 1].end + 1]
        return (
            before in "\"“'‘*_" and after in "\"”'’*_.,!?" and before != "" and after != "" and before != "'"
        )

    def is_shouted(self, index: int) -> bool:
        """Tell whether a word is there and all in capitals."""
        return index < len(self.words) and _is_shouted(self.words[index])

    def folded(self, index: int) -> str:
        """Return a word in small letters, without accents and apostrophes."""
        return self.folds[index]

    def after_initial(self, index: int) -> bool:
        """Tell whether an initial stands before a word: 'M. Night'."""
        return index > 0 and len(self.words[index - 1].raw) == 1 and self.words[index - 1].raw.isupper()

    @cached_property
    def title_case(self) -> bool:
        """Whether ordinary words have capitals as well, so that capitals say little."""
        inner = [
            w
            for w, start, common in zip(self.words, self.starts_sentence, self.common, strict=True)
            if not start and w.raw.isalpha() and common and w.norm not in _SMALL and w.raw != "I"
        ]
        return sum(w.raw[0].isupper() for w in inner) > len(inner) / 2 and len(inner) > 3

    def parted(self, index: int) -> bool:
        """Tell whether a mark other than a point or a hyphen stands between a word and the one before."""
        gap = self.gaps[index]
        return gap != " " and gap.strip(" .-'’") != ""

    def key(self, i: int, j: int) -> str:
        """Return the key that the words from `i` to before `j` are looked up by."""
        return key(self.norms[i:j]) if self.numbered else "".join(self.norms[i:j])
