"""link_entities: which items and entities does a text name?

Exact names are looked up for every span of words at once; what then still looks like a name is looked up by
near spelling. Spans that overlap compete, and the reading of the whole text with the greatest evidence wins.
Which of several bearers of a name is meant is not decided here: the graph decides, with the rest of the
request.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.forms import Form
from kg.graph import KnowledgeGraph, kind_of
from kg.names import MAX_WORDS, Near, Ref
from kg.text import ENGLISH_ARTICLES, Token, fold, tokens
from kg.types import Entity, EntityId, Kind
from tools.english import is_everyday, lead
from tools.errors import ToolError
from tools.mentions import SCORES, mention_of
from tools.nearest import nearest_names
from tools.places import Run, is_led_to_title, is_praised
from tools.runs import unknown_runs
from tools.shape import CALENDAR, JOINING, Shape
from tools.spans import (
    LONG,
    SHORT,
    Span,
    allowed,
    is_near_by_word,
    select,
    weight,
)
from tools.types import Knowledge, Links, Unlinked

MAX_CHARS = 20_000
_PART = 0.45  # a word of a longer name that is a title too
_NO_NAME = 0.1
_JUDGED = frozenset("thought found think find felt said".split())
_VERDICTS = frozenset("sucked sucks rocked rocks ruled rules was is dragged bored flopped".split())
_WEAK = 0.3  # ordinary words that happen to be a name
_MIN_SCORE = 0.25
_SURE = 0.5
_NEAR_WORDS = 6
SEVERAL = 3  # with so many items somebody is meant by the surname alone


def link_entities(knowledge: Knowledge, text: str) -> Links:
    """Find every title, person, genre, series, publisher and place that a text names.

    Survives typos, missing years, articles in other places, surnames alone and lower case. Each mention has
    its span and its candidates, best first, with scores from 0 to 1 (below 0.5: perhaps just words).
    `unlinked` are parts that look like names but name nothing in the catalogue.
    """
    if len(text) > MAX_CHARS:
        raise ToolError(f"the text has {len(text):,} characters, expected at most {MAX_CHARS:,}; shorten it.")
    words = tokens(text)
    scan = _Scan(knowledge.graph, text, words)
    spans = scan.exact()
    spans += scan.near(select(spans))
    chosen = select(spans)
    found = [(run, scan.whole(run)) for run in unknown_runs(scan, chosen)]
    known = [span for span in chosen if not _touches(span, [run for run, _ in found])]
    known = sorted([*known, *(span for _, span in found if span)], key=lambda span: span.first)
    runs = [run for run, span in found if span is None]
    return Links(
        tuple(mention_of(knowledge.graph, text, words, span) for span in known),
        tuple(map(scan.unlinked, runs)),
    )


def _digits(key: str) -> str:
    return "".join(letter for letter in key if letter.isdigit())


def _other_number(wanted: str, near: Near) -> bool:
    """Tell whether a name is another only by an 's' at its end: another title rather than a slip."""
    return near.distance == 1 and near.key.removesuffix("s") == wanted.removesuffix("s")


def _touches(span: Span, runs: Sequence[Run]) -> bool:
    return any(span.first < run.end and run.first < span.end for run in runs)


class _Scan(Shape):
    """One text against the names of one graph."""

    def __init__(self, graph: KnowledgeGraph, text: str, words: list[Token]):
        super().__init__(text, words)
        self.graph = graph
        self.beside: list[tuple[int, int, tuple[Ref, ...]]] = []  # surnames right beside another name
        self.named_kinds = {
            str(each.name)
            for each in graph.relations
            if each.kind in (Kind.CATEGORY, Kind.PLACE) and each.name != "media_type"
        }

    def exact(self) -> list[Span]:
        """Return every span whose words are, letter for letter, one of the names."""
        places = [
            (i, j)
            for i in range(len(self.words))
            for j in range(i + 1, min(i + MAX_WORDS, len(self.words)) + 1)
        ]
        found = self.graph.names.lookup([self._key(i, j) for i, j in places])
        spans = (self._span(i, j, refs) for (i, j), refs in zip(places, found, strict=True) if refs)
        return self._with_makers([span for span in spans if span is not None])

    def _with_makers(self, spans: list[Span]) -> list[Span]:
        """Return the spans, and surnames beside a title of theirs: 'Jaws Spielberg', 'Spielberg Jaws'."""
        for i, j, refs in self.beside:
            for title in [s for s in spans if s.refs[0].is_item and (s.end == i or s.first == j)]:
                made = {e.id for ref in title.refs if ref.is_item for e in self._facts(ref)}
                if theirs := tuple(ref for ref in refs if self._entity(ref) in made):
                    score = SCORES[title.refs[0].form]
                    sure = weight(score, self.words[title.first : title.end])
                    spans.append(replace(title, score=score, weight=sure))
                    spans.append(self._made_span(i, j, theirs))
        return spans

    def _facts(self, ref: Ref) -> Iterator[Entity]:
        facts = self.graph.facts(self.graph.catalogue.items[ref.code].id)
        return (entity for entities in facts.values() for entity in entities)

    def _made_span(self, i: int, j: int, refs: tuple[Ref, ...]) -> Span:
        score = SCORES[Form.SURNAME]
        return Span(i, j, refs, score, "surname", weight(score, self.words[i:j]), self._is_several(refs))

    def near(self, exact: Sequence[Span]) -> list[Span]:
        """Return spans that are nearly a name, where no exact name of two words or more lies."""
        taken = {
            i
            for span in exact
            if span.score >= 0.9 and span.end - span.first > 1
            if not (self.cased and self._goes_on(span.first))
            for i in range(span.first, span.end)
        }
        return [span for i, j in self._windows(taken) if (span := self._near_span(i, j)) is not None]

    def whole(self, run: Run) -> Span | None:
        """Return what a whole run is nearly, however long it is."""
        end = run.end - self.dated(run.end - 1)
        span = self._near_span(run.first, end) if end - run.first > 1 else None
        return span if span is not None and span.score >= _SURE else None

    def _windows(self, taken: set[int]) -> Iterator[tuple[int, int]]:
        for i in range(len(self.words)):
            for j in range(i + 1, min(i + _NEAR_WORDS, len(self.words)) + 1):
                if j - 1 in taken or (
                    self.starts_sentence[j - 1] and j - 1 > i and not self._is_initial(j - 2)
                ):
                    break
                window = self.words[i:j]
                ends_fit = all(w.norm not in JOINING and w.norm != "s" for w in (window[0], window[-1]))
                ends_fit = ends_fit and not (window[0].raw == "I" and window[-1].raw[0].islower())
                odd = [w for w in window if not self.is_common(w) and not w.norm.isdigit()]
                if odd and ends_fit and i not in taken and (not self.careful or self._mostly_capital(i, j)):
                    yield i, j

    def _near_span(self, i: int, j: int) -> Span | None:
        if j - i == 1 and self._has_other_name_beside(i, j):
            return None  # 'Victoria' of 'Victoria Holt' is not nearly 'Victorian'
        odd = [word for word in self.words[i:j] if not self.is_common(word) and not word.norm.isdigit()]
        single = j - i - (j - i > 1 and self.norms[i] in ENGLISH_ARTICLES) == 1
        everyday = single and is_everyday(fold(odd[0].raw)) if odd else True
        if self._is_cut(i, j):
            return None
        wanted = self._key(i, j)
        telling = not self.is_common(self.words[i])
        nearest = self.graph.names.near(wanted, allowed(len(wanted), telling and j - i > 1))
        if everyday:  # 'Flood' is no misspelt 'Food'
            nearest = [near for near in nearest if near.distance == 0]
            if odd and odd[0].raw.islower() and not (self._is_led_to(i) and (i or j == len(self.words))):
                return None
        elif self.are_everyday(i, j) and not (i and self._is_led_to(i)):
            nearest = [near for near in nearest if near.distance == 0]
        surely = len(wanted) >= LONG and telling
        nearest = [near for near in nearest if _digits(near.key) == _digits(wanted)]
        nearest = [
            near
            for near in nearest
            if near.distance == nearest[0].distance
            and (near.key[0] == wanted[0] or surely)
            and self._is_near_by_word(i, j, near)
        ] or [near for near in nearest[:1] if near.distance == 1 and len(wanted) > SHORT]
        refs = tuple(
            ref
            for near, named in zip(nearest, self.graph.names.lookup([n.key for n in nearest]), strict=True)
            for ref in named
            if (ref.form <= Form.SHORT and not (ref.is_item and single and _other_number(wanted, near)))
            or (ref.form == Form.SURNAME and near.distance == 1 and len(wanted) >= 7)
        )
        refs = self._dated_refs(tuple(sorted(refs, key=lambda ref: ref.form)), j)
        if not refs:
            return None
        score = SCORES[refs[0].form] * (1 - 1.5 * nearest[0].distance / len(wanted))
        if j - i == 1 and refs[0].is_item and not self._in_capitals(i, j):
            score *= 0.5
        score *= self._share(i, j, refs)
        if score < _MIN_SCORE:
            return None
        if nearest[0].distance > 1 and not self._in_capitals(i, j) and not self._is_led_to(i):
            return None  # "the evil hunter" in small letters is nobody's name
        match = "spelling" if nearest[0].distance else refs[0].form.name.lower()
        return Span(i, j, refs, score, match, 0.9 * weight(score, self.words[i:j]))

    def _is_near_by_word(self, i: int, j: int, near: Near) -> bool:
        """Tell whether every word is near to its part of a name: 'Wick' is not nearly 'Beck'."""
        if near.distance < 2:
            return True
        typed = [word.norm for word in self.words[i:j]]
        counted = "".join(typed) != self._key(i, j)  # numbers of several words
        return counted or is_near_by_word(typed, near.key)

    def _span(self, i: int, j: int, refs: tuple[Ref, ...]) -> Span | None:
        words = self.words[i:j]
        refs = self._series_refs(self._dated_refs(refs, j), j)
        if not refs or self._is_cut(i, j):
            return None
        form = refs[0].form
        score = SCORES[form] * self._plausibility(i, j, refs)
        if score < _MIN_SCORE and not (refs[0].is_item and form <= Form.ALIAS):
            return None
        letters = all(len(w.norm) < 2 and not w.norm.isdigit() for w in words)
        if letters and not (refs[0].is_item and self._is_letters(i, j)):
            return None
        telling = any(not self.is_common(w) for w in words)
        if form == Form.SHORT and refs[0].is_item and len(words) == 1 and not telling:
            return None  # 'Movie' is no title
        if form == Form.PREFIX and not (telling and self._in_capitals(i, j)):
            return None
        if form == Form.SURNAME and self._has_other_name_beside(i, j):
            self.beside.append((i, j, refs))
            return None
        score *= self._share(i, j, refs)
        return Span(
            i, j, refs, score, form.name.lower(), weight(max(score, 0.02), words), self._is_several(refs)
        )

    def _share(self, i: int, j: int, refs: tuple[Ref, ...]) -> float:
        """Return less than 1 for a span that may be only a part of a longer name."""
        telling = any(not self.is_common(w) for w in self.words[i:j])
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

    def _dated_refs(self, refs: tuple[Ref, ...], j: int) -> tuple[Ref, ...]:
        """Return what is of the year in brackets, if one follows."""
        if not self.dated(j):
            return refs
        return tuple(ref for ref in refs if not ref.is_item or self._is_of_year(ref, j))

    def _series_refs(self, refs: tuple[Ref, ...], j: int) -> tuple[Ref, ...]:
        """Return the series alone where one is called so: 'the dune series'."""
        if self.after(j) not in lead("series"):
            return refs
        return tuple(ref for ref in refs if not ref.is_item and self._is_of_kind(ref, Kind.SERIES)) or refs

    def _is_of_kind(self, ref: Ref, kind: Kind) -> bool:
        return any(kind_of(self.graph, role) == kind for role in self.graph.roles(self._entity(ref)))

    def _is_of_year(self, ref: Ref, j: int) -> bool:
        """Tell whether an item is of the year in brackets; sources are sometimes one year apart."""
        year = self.graph.catalogue.items[ref.code].year
        return year is None or abs(year - int(self.words[j].raw)) <= 1

    def _is_several(self, refs: tuple[Ref, ...]) -> bool:
        held = (self.graph.roles(self._entity(ref)).values() for ref in refs if not ref.is_item)
        return any(sum(counts) >= SEVERAL for counts in held)

    def _is_letters(self, i: int, j: int) -> bool:
        """Tell whether single letters are written as a name: 'E.T.', 'M'; not 'I', 'a', 'plan B'."""
        raw = [w.raw for w in self.words[i:j]]
        return all(r.isupper() for r in raw) and (len(raw) > 1 or raw[0] not in "IAO")

    def _plausibility(self, i: int, j: int, refs: tuple[Ref, ...]) -> float:
        """Return how much a span looks like a name rather than like words of the sentence, 0 to 1."""
        words = self.words[i:j]
        telling = [w for w in words if not self.is_common(w) and w.norm != "s"]
        if self._quoted(i, j) or self.dated(j):
            return 1.0
        if len(words) == 1 and words[0].norm in CALENDAR:
            return _WEAK  # "by Friday"
        if (len(words) == 1 and self._is_year(i)) or self.is_greeted(i, j):
            return _NO_NAME
        if self._is_age(j):
            return _NO_NAME  # "my 12-year-old"
        if self._is_time(i, j):
            return _WEAK  # "Next Friday I'm off"
        if len(words) == 1 and self._is_everyday_use(i, refs):
            return _NO_NAME
        roles = [self.graph.roles(self._entity(ref)) for ref in refs[:3] if not ref.is_item]
        if any(self.named_kinds & held.keys() for held in roles):
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
            return 0.8 if len(words) >= 3 and refs[0].form <= Form.ALIAS else _WEAK
        capital = self._in_capitals(i, j)
        if not capital:
            return 0.6 if len(telling) >= 2 else 0.15
        if refs[0].form == Form.SURNAME and not telling:
            return _WEAK  # "since March", "I hope"
        only_start = self.starts_sentence[i] and not any(w.raw[0].isupper() for w in words[1:])
        if only_start and (not telling or (len(words) == 1 and self.opens_phrase(i, refs[0].is_item))):
            return _WEAK
        if only_start and len(words) == 1 and refs[0].is_item and refs[0].form != Form.FULL:
            return _WEAK  # "Fog outside" is not The Fog
        return 1.0 if telling or len(words) > 1 or not only_start else _WEAK

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

    def _may_be_meant(self, j: int) -> bool:
        return self.after(j) in lead("doing") or not self.goes_on_plainly(j)

    def _entity(self, ref: Ref) -> EntityId:
        return self.graph.catalogue.entities[-1 - ref.code].id

    def unlinked(self, run: Run) -> Unlinked:
        """Return a run that names nothing as it is written, with what is called nearly so."""
        start, end = self.words[run.first].start, self.words[run.end - 1].end
        end += self.text[end : end + 1] == ")" and "(" in self.text[start:end]
        return Unlinked(start, end, self.text[start:end], nearest_names(self.graph, self, run))
