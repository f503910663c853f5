"""What items are to be about, as it is looked for in their descriptions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from agent.builtin.interpret.core import Core
from agent.builtin.lexicon.load import tables
from tools.english import is_everyday
from tools.theme_lines import asking_words
from tools.theme_phrases import names_subject
from tools.theme_words import names_mood, subject_words

_SUBJECTS = 3  # that an item may be about together


class Theme(NamedTuple):
    """What items are about: groups of words of which one is enough, and words of what is not wanted.

    The `rest` says how items are or feel: it finds items and puts them in order, and rules none out. The
    `phrase` is all that is wanted, as it was said. The `subject` is of what is wanted what stands right at a
    noun for items: 'COURTROOM films', 'books about GRIEF'.
    """

    wanted: tuple[tuple[str, ...], ...] = ()
    denied: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    phrase: str = ""
    subject: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is wanted."""
        return bool(self.wanted or self.rest)

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words of what is wanted."""
        return (*(word for group in self.wanted for word in group), *self.rest)

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Return the groups of words that items are looked for by."""
        return (*self.wanted, *(tuple(word.split("-")) for word in self.rest))

    @property
    def said(self) -> tuple[str, ...]:
        """Return the words of what is wanted, each by itself."""
        return tuple(part for word in self.words for part in (word, *word.split("-")))

    @property
    def denied_words(self) -> tuple[str, ...]:
        """Return the words of what is not wanted, each by itself."""
        return tuple(part for each in self.denied for part in each.split())

    def joined(self, other: Theme) -> Theme:
        """Return the theme with what another wants."""
        wanted = tuple(dict.fromkeys((*self.wanted, *other.wanted)))
        known = Theme(wanted).words
        rest = (word for word in (*self.rest, *other.rest) if word not in known)
        both = other.phrase if self.phrase in other.phrase else f"{self.phrase} {other.phrase}"
        subject = self.subject or other.subject
        left = tuple(dict.fromkeys(rest))
        spoken = both.split()
        more = (word for word in (*known, *left) if word not in spoken and "-" not in word)
        phrase = " ".join((*spoken, *more))
        return self._replace(wanted=wanted, rest=left, phrase=phrase, subject=subject)

    def of_story(self) -> Theme:
        """Return what of a long message is surely said of items: its subjects and moods."""
        wanted = tuple(group for group in self.wanted if set(group) & set(self.subject))
        wanted += tuple((word,) for word in self.rest if word in self.subject)
        rest = tuple(word for word in self.rest if word not in self.subject and names_mood(word))
        said = (*(word for group in wanted for word in group), *rest)
        return self._replace(wanted=wanted, rest=rest, phrase=" ".join(said))

    def plain(self) -> Theme:
        """Return the theme without its rest."""
        return self._replace(rest=(), phrase=_spoken(self.wanted))

    def varied(
        self, more: Sequence[str], less: Sequence[str], said: Collection[str], phrase: str = ""
    ) -> Theme:
        """Return the theme with what there should be more and less of; `said` are the words that say so.

        The `phrase` is what there should be more of, as it was said.
        """
        if not said:
            return self
        plain = self.without([*less, *more, *said])
        wanted = (*plain.wanted, *((word,) for word in more))
        before = plain.phrase if plain else ""  # of what is gone small words would be left
        phrase = " ".join(filter(None, (before, *((phrase,) if phrase else more))))
        less = tuple(dict.fromkeys((*self.denied, *less)))
        return plain._replace(wanted=wanted, denied=less, phrase=phrase)

    def with_core(self, core: Core) -> Theme:
        """Return the theme of a message whose subjects are known by what happens in them.

        Of its other words those are left that name a subject or a mood.
        """
        if not (core.wanted or core.denied):
            return self
        other = self.without(core.words)
        denied = tuple(dict.fromkeys((*self.denied, *core.denied)))
        if not core.wanted:  # moods beside what is refused are all that is wanted
            felt = {word for mood in core.moods for word in mood.split()}
            return self.without(core.words - felt)._replace(denied=denied)
        named = tuple(
            group for group in other.wanted if set(group) & set(other.subject) or any(map(_names, group))
        )
        more = tuple(word for word in other.rest if _names(word) and word not in core.refused)
        moods = (*core.moods, *(word for word in other.rest if word not in more and names_mood(word)))
        groups = (*((each,) for each in core.wanted), *named, *((word,) for word in more))[:_SUBJECTS]
        phrase = " and ".join((*(" or ".join(group) for group in groups), *moods))
        return Theme(groups, denied, moods, phrase, tuple(word for group in groups for word in group))

    def with_known(self, phrases: Collection[str]) -> Theme:
        """Return what of a theme surely names something, where a phrase or a word for a subject is among it.

        What was named for a subject stays, and so do words of `phrases`.
        """
        clear = {*self.plain().words, *self.subject}
        known = {word for word in self.words if word in phrases or word in clear or is_known(word)}
        lost = [word for word in self.words if word not in known]
        sure = any(word in phrases or _names(word) for word in known)
        if not (lost and sure and all(map(is_everyday, lost))) or len(known) > _SUBJECTS:
            return self  # of many things that are known all are asked for, and so is a rare word
        spoken = " ".join(w for w in self.phrase.split() if w in known or w in phrases or w == "and")
        return self.without(lost)._replace(phrase=spoken)

    def with_phrases(self, said: Sequence[str]) -> Theme:
        """Return it with phrases whose ordinary words are also a title: 'apocalypse, ON THE ROAD'."""
        if not said or not self:
            return self
        small = asking_words() | {word for section in tables("function").values() for word in section}
        more = (word for text in said for word in text.split() if word not in small)
        rest = tuple(dict.fromkeys((*self.rest, *more)))
        return self._replace(rest=rest, phrase=" ".join((self.phrase, *said)))

    def without(self, words: Collection[str]) -> Theme:
        """Return the theme without the groups that have one of some words, or one of what is denied."""
        words = {*words, *(part for said in self.denied if said in words for part in said.split())}
        left = tuple(group for group in self.wanted if not set(group) & set(words))
        phrase = " ".join(word for word in self.phrase.split() if word not in words)
        rest = tuple(word for word in self.rest if word not in words)
        return self._replace(wanted=left, rest=rest, phrase=phrase)


def is_known(word: str) -> bool:
    """Tell whether a word names a subject or a mood."""
    return _names(word) or names_mood(word)


def _names(word: str) -> bool:
    return word in subject_words() or names_subject(word)


def _spoken(groups: Sequence[Sequence[str]]) -> str:
    return " ".join(" or ".join(group) for group in groups)
