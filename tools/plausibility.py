"""How much a span of a text looks like a name, rather than like words of the sentence."""

from __future__ import annotations

from functools import lru_cache

from kg.forms import Form
from kg.graph import KnowledgeGraph
from kg.names import Near, Ref
from kg.text import ENGLISH_ARTICLES, Token, fold
from kg.text import words as name_words
from kg.types import EntityId, Kind
from tools.english import is_everyday, lead, slip_of
from tools.places import is_led_to_title, is_praised
from tools.shape import CALENDAR, Shape
from tools.spans import LONG

GRAPHS = 8  # of which the kinds of what they name are remembered
_PART = 0.45  # a word of a longer name that is a title too
_WEAK = 0.3  # ordinary words that happen to be a name
_NO_NAME = 0.1
_SEVERAL = 3  # with so many items somebody is meant by the surname alone
_JUDGED = frozenset("thought found think find felt said".split())
_VERDICTS = frozenset("sucked sucks rocked rocks ruled rules was is dragged bored flopped".split())


@lru_cache(maxsize=GRAPHS)
def _named_kinds(graph: KnowledgeGraph) -> frozenset[str]:
    """Return the relations whose entities are named in small letters as well: genres, countries."""
    kinds = (Kind.CATEGORY, Kind.PLACE, Kind.LANGUAGE)
    named = (str(each.name) for each in graph.relations if each.kind in kinds)
    return frozenset(named) - {"media_type"}


class Plausibility(Shape):
    """How one text is written, and what its spans may be to one graph."""

    def __init__(self, graph: KnowledgeGraph, text: str, words: list[Token]):
        super().__init__(text, words)
        self.graph = graph

    def _plausibility(self, i: int, j: int, refs: tuple[Ref, ...]) -> float:
        """Return how much a span looks like a name rather than like words of the sentence, 0 to 1."""
        words = self.words[i:j]
        telling = [k for k in range(i, j) if not self.common[k] and self.norms[k] != "s"]
        if self._quoted(i, j) or self.dated(j):
            return 1.0
        if len(words) == 1 and words[0].norm in CALENDAR:
            return _WEAK  # "by Friday"
        if len(words) == 1 and i and self.dated(i):
            return _NO_NAME  # "something like Zorg (2010)"
        if (len(words) == 1 and self._is_year(i)) or self.is_greeted(i, j):
            return _NO_NAME
        if self._is_age(j):
            return _NO_NAME  # "my 12-year-old"
        if self._is_time(i, j):
            return _WEAK  # "Next Friday I'm off"
        if self._is_run_together(i, j, refs[0]):
            return _NO_NAME
        if len(words) == 1 and self._is_everyday_use(i, refs):
            return _NO_NAME
        roles = [self.graph.roles(self._entity(ref)) for ref in refs[:3] if not ref.is_item]
        if any(_named_kinds(self.graph) & held.keys() for held in roles):
            return 1.0
        if self.after(j) in lead("series") and not refs[0].is_item and self._is_of_kind(refs[0], Kind.SERIES):
            return 1.0
        if not self.cased:
            content = [w for w in words if w.norm not in ENGLISH_ARTICLES] or words
            if len(content) == 1 and refs[0].is_item and is_everyday(fold(content[0].raw)):
                if telling and self._is_meant(i, j):
                    return 0.7
                return _WEAK if self._may_be_meant(j) else _NO_NAME
            if telling:
                return 1.0 if len(words) > 1 or not refs[0].is_item else 0.7
            long = len(words) >= 3 and refs[0].form <= Form.ALIAS
            return 0.8 if long or self._is_told_of(i, j, refs) else _WEAK
        capital = self._in_capitals(i, j)
        if not capital and not self._is_as_stored(i, j, refs):
            return 0.15 if len(telling) < 2 else _WEAK if self.are_everyday(i, j) else 0.6
        if refs[0].form == Form.SURNAME and not telling:
            return _WEAK  # "since March", "I hope"
        if self._is_other_title(i, j, refs[0]):
            return _WEAK  # "the Wall"
        only_start = self.starts_sentence[i] and not any(w.raw[0].isupper() for w in words[1:])
        if only_start and (not telling or (len(words) == 1 and self.opens_phrase(i, refs[0].is_item))):
            return _WEAK
        if self._opens_plainly(i, j) and self.after(j) not in lead("copula") | lead("telling"):
            return _WEAK  # "Three wishes for my next film"
        if only_start and len(words) == 1 and refs[0].is_item and refs[0].form != Form.FULL:
            return _WEAK  # "Fog outside" is not The Fog
        return 1.0 if telling or len(words) > 1 or not only_start else _WEAK

    def _is_run_together(self, i: int, j: int, ref: Ref) -> bool:
        """Tell whether small words only spell a surname when no space is read: 'PG-13 OR R' is not Orr."""
        if ref.is_item or j - i == 1 or not any(self.common[k] and self._is_small(k) for k in range(i, j)):
            return False
        label = self.graph.catalogue.entities[-1 - ref.code].label
        return "".join(self.norms[i:j]) in name_words(label)

    def _is_small(self, k: int) -> bool:
        return self.words[k].raw.islower()

    def _is_other_title(self, i: int, j: int, ref: Ref) -> bool:
        """Tell whether an ordinary word with a small article is only another title of an item: Deewaar's."""
        small = [k for k in (i, i - 1) if k >= 0 and self.norms[k] in ENGLISH_ARTICLES]
        if not ref.is_item or j - i - (self.norms[i] in ENGLISH_ARTICLES) != 1 or not small:
            return False
        if not is_everyday(self.folded(j - 1)):
            return False
        title = name_words(self.graph.catalogue.items[ref.code].title)
        led = is_led_to_title(self, small[-1])
        return self.words[small[-1]].raw.islower() and self.norms[j - 1] not in title and not led

    def _is_as_stored(self, i: int, j: int, refs: tuple[Ref, ...]) -> bool:
        """Tell whether a title is written letter for letter as the catalogue writes it: "The 'burbs"."""
        said = self.text[self.words[i].start : self.words[j - 1].end]
        return not said.islower() and any(
            ref.is_item and self.graph.catalogue.items[ref.code].title == said for ref in refs
        )

    def _opens_plainly(self, i: int, j: int) -> bool:
        """Tell whether ordinary words have a capital only because a sentence begins: 'Search for'."""
        later = any(word.raw[0].isupper() for word in self.words[i + 1 : j])
        everyday = all(is_everyday(self.folded(k)) for k in range(i, j))
        return j - i > 1 and self.starts_sentence[i] and not later and everyday

    def _is_plain(self, i: int, j: int) -> bool:
        """Tell whether a span is of ordinary words, a small one may begin a sentence: 'If possible'."""
        small = self.common[i] and self.norms[i] not in ENGLISH_ARTICLES
        return self.are_everyday(i, j) or (small and self._opens_plainly(i, j))

    def _is_everyday_use(self, i: int, refs: tuple[Ref, ...]) -> bool:
        """Tell whether a word is no name here: a common noun in small letters, 'fantastic!', 'see ya'."""
        word, form = self.words[i], refs[0].form
        if form == Form.SURNAME and self.starts_sentence[i] and self.opens_phrase(i, is_item=False):
            return True
        if form == Form.SURNAME and word.raw.islower() and is_everyday(self.folded(i)):
            led = i > 0 and self.norms[i - 1] in ("by", "starring", "featuring")
            return not (led and self._is_several(refs))
        if form == Form.SURNAME and self.follows_content(i):
            return not (self._is_several(refs) and is_everyday(self.folded(i - 1)))
        if any(ref.is_item for ref in refs[:1]) or not word.raw.islower():
            return False
        if (
            form == Form.SHORT
            and is_everyday(self.folded(i))
            and self._is_of_kind(refs[0], Kind.ORGANISATION)
        ):
            return i == 0 or self.norms[i - 1] not in ("by", "from")  # 'mysterious' is no publisher
        short = len(word.raw) < 3 and form in (Form.ALIAS, Form.SHORT) and is_everyday(self.folded(i))
        return self.is_exclaimed(i) or (short and not self.has_kind_after(i + 1))

    def _is_meant(self, i: int, j: int) -> bool:
        """Tell whether an everyday word in small letters is a title where it stands."""
        if self.owns_role(j) or self.is_in_id(i) or (i == 0 and j == len(self.words)):
            return True
        if not self._may_be_meant(j):
            return False
        if self.starts_sentence[i] and self.after(j) in lead("copula") | lead("telling"):
            return True
        if i > 0 and self.folded(i - 1) in _JUDGED and self.after(j) in _VERDICTS:
            return True
        return is_praised(self, j) or (is_led_to_title(self, i) and (j - i > 1 or not self.likes(i)))

    def _is_told_of(self, i: int, j: int, refs: tuple[Ref, ...]) -> bool:
        """Tell whether common words are a title that is led to and ends: 'if i LIKED get out WHAT …'."""
        if not refs[0].is_item or refs[0].form != Form.FULL or not is_led_to_title(self, i):
            return False
        content = [k for k in range(i, j) if self.norms[k] not in ENGLISH_ARTICLES]
        return len(content) > 1 and (self.after(j) == "" or self.after(j) in lead("after a title"))

    def _may_be_meant(self, j: int) -> bool:
        return self.after(j) in lead("doing") or not self.goes_on_plainly(j)

    def _share(self, i: int, j: int, refs: tuple[Ref, ...]) -> float:
        """Return less than 1 for a span that may be only a part of a longer name."""
        telling = not all(self.common[i:j])
        if refs[0].is_item and j - i == 1 and self._has_other_name_beside(i, j):
            return _PART  # 'Alice' of 'Alice Munro', unless nobody is called so
        if refs[0].is_item and j - i == 1 and not telling and self._ends_longer_name(i):
            return _PART  # 'Life' of 'The Tree of Life', where nothing is called so
        if refs[0].is_item and self._is_numbered(j):
            return _PART  # 'The Terminator' of 'the Terminator 2 cast'
        small = self.words[j - 1].raw[0].islower()
        if not refs[0].is_item and j - i > 1 and small and self.cased and self._goes_on(i):
            return _PART  # 'Cook books' of 'Glen Cook books'
        return 1.0

    def _is_letters(self, i: int, j: int) -> bool:
        """Tell whether single letters are written as a name: 'E.T.', 'M'; not 'I', 'a', 'plan B'."""
        raw = [w.raw for w in self.words[i:j]]
        return all(r.isupper() for r in raw) and (len(raw) > 1 or raw[0] not in "IAO")

    def _is_slip(self, word: Token, i: int) -> bool:
        """Tell whether a word in small letters misspells an ordinary one: 'freindly' is not Friendly."""
        if not word.raw.islower() or self._is_led_to(i) or not (meant := slip_of(fold(word.raw))):
            return False
        called = self.graph.names.lookup([meant])[0]
        return not any(ref.form == Form.FULL and not ref.is_item for ref in called)  # a kind here: 'thriler'

    def _is_other_name(self, i: int, j: int, ref: Ref, near: Near) -> bool:
        """Tell whether what is nearly a name is none: 'Oscar' for O. S. Card, 'Zoe Wayne' for Zoe Payne."""
        if j - i > 1:
            small = self.words[j - 1].raw.islower() and self.words[i].raw[0].isupper()
            ends = near.key.endswith(self.norms[j - 1])
            far = near.distance > 1 and not self._sounds_like(j - 1, ref)  # 'James CLEAR' for James Clark
            far = far or self._begins_otherwise(j - 1, ref)
            plain = is_everyday(self.folded(j - 1)) and (small or far)
            return not ends and (plain or self._is_known_surname(j - 1))
        if ref.is_item or ref.form == Form.SURNAME or not self._is_of_kind(ref, Kind.PERSON):
            return False
        label = self.graph.catalogue.entities[-1 - ref.code].label
        if ref.form == Form.FULL and len(name_words(label)) > 1:
            return True  # 'Frankreich' is no slip for Frank Reicher
        return len(self.norms[i]) < LONG and any(len(word) == 1 for word in name_words(label))

    def _sounds_like(self, k: int, ref: Ref) -> bool:
        """Tell whether a word has the consonants of the last of somebody's name: 'Meryl STRIP'."""
        if ref.is_item:
            return False
        last = name_words(self.graph.catalogue.entities[-1 - ref.code].label)[-1:]
        return bool(last) and _consonants(last[0]) == _consonants(self.norms[k])

    def _begins_otherwise(self, k: int, ref: Ref) -> bool:
        """Tell whether a word has another first letter than the last of somebody's name."""
        if ref.is_item:
            return False
        last = name_words(self.graph.catalogue.entities[-1 - ref.code].label)[-1:]
        return bool(last) and not last[0].startswith(self.norms[k][:1])

    def _is_known_surname(self, k: int) -> bool:
        """Tell whether a word is the surname of somebody else, well known: no slip in 'Bruce WAYNE'."""
        called = self.graph.names.lookup([self.norms[k]])[0]
        return self._is_several(tuple(ref for ref in called if ref.form == Form.SURNAME))

    def _is_several(self, refs: tuple[Ref, ...]) -> bool:
        held = (self.graph.roles(self._entity(ref)).values() for ref in refs if not ref.is_item)
        return any(sum(counts) >= _SEVERAL for counts in held)

    def _is_of_kind(self, ref: Ref, kind: Kind) -> bool:
        return any(self.graph.relation(role).kind == kind for role in self.graph.roles(self._entity(ref)))

    def _entity(self, ref: Ref) -> EntityId:
        return self.graph.catalogue.entities[-1 - ref.code].id


def _consonants(word: str) -> str:
    """Return the consonants of a word, doubled ones once."""
    kept = [letter for letter in word if letter not in "aeiouy"]
    return "".join(letter for i, letter in enumerate(kept) if i == 0 or letter != kept[i - 1])
