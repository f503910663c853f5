"""How a text is written: capitals, quotes, sentence starts, common words; what looks like a name there."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.text import Token, fold, has_numbers, key

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
_SELVES = frozenset("i im ive id ill we were weve my our its theres".split())
# Words that stay small inside a title written in capitals.
_SMALL = JOINING | frozenset("with from at by or as is it be not over into vs".split())


@cache
def common_words() -> frozenset[str]:
    """Return frequent words of requests: a match made of these alone is weak evidence of a name."""
    return frozenset((Path(__file__).parent / "common_words.txt").read_text(encoding="utf-8").split())


def _is_shouted(word: Token) -> bool:
    return word.raw.isupper() and word.raw.isalpha()


class Shape:
    """A text with its words and what its writer does with capitals."""

    def __init__(self, text: str, words: list[Token]):
        self.text = text
        self.words = words
        self.norms = [word.norm for word in words]
        self.numbered = has_numbers(self.norms)
        self.starts_sentence = [self._starts_sentence(index) for index in range(len(words))]
        inner = [
            w for w, start in zip(words, self.starts_sentence, strict=True) if not start and w.raw != "I"
        ]
        self.careful = bool(words) and all(  # a writer who capitalises names everywhere
            w.raw[0].isupper() or not w.raw.isalpha()
            for w, start in zip(words, self.starts_sentence, strict=True)
            if start and self._opens_text(w)
        )
        self.cased = any(w.raw[0].isupper() and not _is_shouted(w) for w in inner) or not inner

    def _opens_text(self, word: Token) -> bool:
        """Tell whether a full stop or nothing stands before a word, where a careful writer has a capital."""
        before = self.text[: word.start].rstrip(" \"'“”‘’()")
        return before == "" or (before[-1] in ".!?" and before[-3:] != "...")

    def _starts_sentence(self, index: int) -> bool:
        if index == 0:
            return True
        between = self.text[self.words[index - 1].end : self.words[index].start]
        return any(mark in between for mark in ".!?:;\n…")

    def _is_initial(self, index: int) -> bool:
        return len(self.words[index].raw) == 1

    def _mostly_capital(self, i: int, j: int) -> bool:
        """Tell whether a span is written as a name.

        Its first word has a capital; every other one has too, or is small, or no word that is often said.
        """
        window = [w for w in self.words[i:j] if w.norm not in _SMALL and w.norm != "s"]
        first = any(c.isupper() for c in window[0].raw) or window[0].raw.isdigit() if window else True
        return first and all(
            any(c.isupper() for c in w.raw) or w.raw.isdigit() or len(w.raw) == 1 or not self._is_common(w)
            for w in window[1:]
        )

    def _has_other_name_beside(self, i: int, j: int) -> bool:
        """Tell whether a surname is part of a longer name: 'Scott' in 'Scott Ambrozy' is no Ridley Scott."""
        joined = {w.raw for w in self.words[max(0, i - 1) : i] + self.words[j : j + 1]}
        return self.cased and ("&" in joined or self._continues(i - 1, i) or self._continues(j - 1, j))

    def _continues(self, left: int, right: int) -> bool:
        if left < 0 or right >= len(self.words) or self._parted(left, right):
            return False
        return all(
            self.words[k].raw[0].isupper()
            and len(self.words[k].raw) > 1
            and not self._is_common(self.words[k])
            and self.words[k].norm != "s"
            for k in (left, right)
        )

    def _in_capitals(self, i: int, j: int) -> bool:
        content = [w for w in self.words[i:j] if w.norm not in _SMALL and w.norm != "s"] or self.words[i:j]
        return all(self._is_capital(w) for w in content)

    def _is_capital(self, word: Token) -> bool:
        """Tell whether a word is written as part of a name.

        What follows a hyphen belongs to what stands before it.
        """
        return not word.raw[0].islower() or self.text[word.start - 1 : word.start] == "-"

    def _is_greeted(self, i: int, j: int) -> bool:
        """Tell whether somebody is spoken to: 'Dear Usher, …'."""
        greeting = 0 < i <= len(_GREETING) and self.words[i - 1].norm in _GREETING
        return greeting and self.text[self.words[j - 1].end : self.words[j - 1].end + 1] in (",", "!")

    def _is_year(self, i: int) -> bool:
        """Tell whether a number of four digits stands as a year: 'since 2001', 'between 1984 and 2001'."""
        raw, before = self.words[i].raw, self.words[max(0, i - 2) : i]
        led = bool(before) and before[-1].norm in _DATING
        paired = len(before) > 1 and before[-1].norm in ("and", "to", "or") and before[0].raw.isdigit()
        return len(raw) == 4 and raw.isdigit() and (led or paired)

    def _is_age(self, j: int) -> bool:
        """Tell whether a number is an age: '12-year-old', '12 years old'."""
        after = [w.norm for w in self.words[j : j + 2]]
        return self.words[j - 1].raw.isdigit() and after[:1] in (["year"], ["years"]) and after[1:] == ["old"]

    def _is_time(self, i: int, j: int) -> bool:
        """Tell whether a sentence begins with when it is: 'Next Friday I am …', 'Saturday night we …'."""
        said = {w.norm for w in self.words[i:j]}
        after = self.words[j].norm if j < len(self.words) else ""
        return self.starts_sentence[i] and bool(said & CALENDAR) and said <= _TIMES and after in _SELVES

    def _ends_longer_name(self, i: int) -> bool:
        """Tell whether a word only ends a name in capitals: 'Life' in 'The Tree of Life'."""
        if not self.cased or i < 2 or self.words[i - 1].norm != "of" or self._parted(i - 2, i - 1):
            return False
        return self._is_capital(self.words[i - 2]) and not self.starts_sentence[i - 2]

    def _is_numbered(self, j: int) -> bool:
        """Tell whether a small number follows directly: a part of a series is meant."""
        after = self.words[j] if j < len(self.words) else None
        return (
            after is not None and after.raw.isdigit() and len(after.raw) == 1 and not self._parted(j - 1, j)
        )

    def _is_led_to(self, i: int) -> bool:
        """Tell whether a word before has a name after it: 'by', 'with', 'loved', 'directed'."""
        return i == 0 or self.words[i - 1].norm in _LEADING

    def _dated(self, j: int) -> bool:
        """Tell whether a year in brackets follows: 'the speed (1994) director'."""
        after = self.words[j] if j < len(self.words) else None
        year = after is not None and len(after.raw) == 4 and after.raw.isdigit()
        return year and after is not None and self.text[self.words[j - 1].end : after.start].strip() == "("

    def _quoted(self, i: int, j: int) -> bool:
        before = self.text[max(0, self.words[i].start - 1) : self.words[i].start]
        after = self.text[self.words[j - 1].end : self.words[j - 1].end + 1]
        return (
            before in "\"“'‘*_" and after in "\"”'’*_.,!?" and before != "" and after != "" and before != "'"
        )

    def _is_common(self, word: Token) -> bool:
        return fold(word.raw) in common_words() or word.norm in common_words()

    def _is_called_for(self, run: list[int]) -> bool:
        """Tell whether a single word stands where only a name can: 'films by Kubrick'."""
        before = self.words[run[0] - 1].norm if run[0] else ""
        return before in ("by", "starring", "featuring") and not self._is_common(self.words[run[0]])

    def _looks_named(self, index: int) -> bool:
        word = self.words[index]
        return (
            self.cased
            and word.raw[0].isupper()
            and word.raw not in ("I", "I'm")
            and not (_is_shouted(word) and any(_is_shouted(w) for w in self.words[index + 1 : index + 2]))
            and not (self.starts_sentence[index] and self._is_common(word))
        )

    def _parted(self, left: int, right: int) -> bool:
        return self.text[self.words[left].end : self.words[right].start].strip(" .-'’") != ""

    def _key(self, i: int, j: int) -> str:
        return key(self.norms[i:j]) if self.numbered else "".join(self.norms[i:j])
