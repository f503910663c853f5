"""link_entities: which items and entities does a text name?

Exact names are looked up for every span of words at once; what then still looks like a name is looked up by
near spelling. Spans that overlap compete, and the reading of the whole text with the greatest evidence wins.
Which of several bearers of a name is meant is not decided here: the graph decides, with the rest of the
request.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.forms import Form
from kg.graph import KnowledgeGraph
from kg.names import MAX_WORDS, Ref
from kg.text import Token, tokens
from kg.types import EntityId, ItemId, Kind
from tools.errors import ToolError
from tools.shape import CALENDAR, JOINING, Shape
from tools.spans import LONG, SHORT, Span, allowed, is_written, select, weight
from tools.types import Candidate, Knowledge, Links, Mention, Unlinked

MAX_CHARS = 20_000
MAX_CANDIDATES = 24
_SCORES = {
    Form.FULL: 1.0,
    Form.ALIAS: 0.95,
    Form.INITIALS: 0.9,
    Form.SHORT: 0.75,
    Form.PREFIX: 0.6,
    Form.SURNAME: 0.55,
}
_PART = 0.45  # a word of a longer name that is a title too
_NO_NAME = 0.1
_WEAK = 0.3  # ordinary words that happen to be a name
_MIN_SCORE = 0.25
_NEAR_WORDS = 6
_FAR = 5  # edits within which an unknown name is offered another
_MAX_NEAREST = 3


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
    mentions = tuple(scan.mention(span) for span in chosen)
    return Links(mentions, tuple(scan.unlinked(chosen)))


class _Scan(Shape):
    """One text against the names of one graph."""

    def __init__(self, graph: KnowledgeGraph, text: str, words: list[Token]):
        super().__init__(text, words)
        self.graph = graph
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
        return [span for span in spans if span is not None]

    def near(self, exact: Sequence[Span]) -> list[Span]:
        """Return spans that are nearly a name, where no exact name of two words or more lies."""
        taken = {
            i
            for span in exact
            if span.score >= 0.9 and span.end - span.first > 1
            for i in range(span.first, span.end)
        }
        return [span for i, j in self._windows(taken) if (span := self._near_span(i, j)) is not None]

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
                odd = [w for w in window if not self._is_common(w) and not w.norm.isdigit()]
                if odd and ends_fit and i not in taken and (not self.careful or self._mostly_capital(i, j)):
                    yield i, j

    def _near_span(self, i: int, j: int) -> Span | None:
        if j - i == 1 and self._has_other_name_beside(i, j):
            return None  # 'Victoria' of 'Victoria Holt' is not nearly 'Victorian'
        wanted = self._key(i, j)
        telling = not self._is_common(self.words[i])
        nearest = self.graph.names.near(wanted, allowed(len(wanted), telling and j - i > 1))
        surely = len(wanted) >= LONG and telling
        nearest = [
            near
            for near in nearest
            if near.distance == nearest[0].distance and (near.key[0] == wanted[0] or surely)
        ] or [near for near in nearest[:1] if near.distance == 1 and len(wanted) > SHORT]
        refs = tuple(
            ref
            for near, named in zip(nearest, self.graph.names.lookup([n.key for n in nearest]), strict=True)
            for ref in named
            if ref.form <= Form.SHORT
            or (ref.form == Form.SURNAME and near.distance == 1 and len(wanted) >= 7)
        )
        if not refs:
            return None
        score = _SCORES[refs[0].form] * (1 - 1.5 * nearest[0].distance / len(wanted))
        if j - i == 1 and refs[0].is_item and not self._in_capitals(i, j):
            score *= 0.5
        if score < _MIN_SCORE:
            return None
        if nearest[0].distance > 1 and not self._in_capitals(i, j) and not self._is_led_to(i):
            return None  # "the evil hunter" in small letters is nobody's name
        match = "spelling" if nearest[0].distance else refs[0].form.name.lower()
        return Span(i, j, refs, score, match, 0.9 * weight(score, self.words[i:j]))

    def _span(self, i: int, j: int, refs: tuple[Ref, ...]) -> Span | None:
        words = self.words[i:j]
        form = refs[0].form
        score = _SCORES[form] * self._plausibility(i, j, refs)
        if score < _MIN_SCORE and not (refs[0].is_item and form <= Form.ALIAS):
            return None
        letters = all(len(w.norm) < 2 and not w.norm.isdigit() for w in words)
        if letters and not (refs[0].is_item and self._is_letters(i, j)):
            return None
        telling = any(not self._is_common(w) for w in words)
        if form == Form.PREFIX and not (telling and self._in_capitals(i, j)):
            return None
        if form == Form.SURNAME and self._has_other_name_beside(i, j):
            return None
        if refs[0].is_item and j - i == 1 and self._has_other_name_beside(i, j):
            score *= _PART  # 'Alice' of 'Alice Munro', unless nobody is called so
        if refs[0].is_item and j - i == 1 and not telling and self._ends_longer_name(i):
            score *= _PART  # 'Life' of 'The Tree of Life', where nothing is called so
        if refs[0].is_item and self._is_numbered(j):
            score *= _PART  # 'The Terminator' of 'the Terminator 2 cast'
        if not refs[0].is_item and j - i > 1 and self.cased and self._continues(i - 1, i):
            score *= _PART  # 'Cook books' of 'Glen Cook books'
        return Span(i, j, refs, score, form.name.lower(), weight(max(score, 0.02), words))

    def _is_letters(self, i: int, j: int) -> bool:
        """Tell whether single letters are written as a name: 'E.T.', 'M'; not 'I', 'a', 'plan B'."""
        raw = [w.raw for w in self.words[i:j]]
        return all(r.isupper() for r in raw) and (len(raw) > 1 or raw[0] not in "IAO")

    def _plausibility(self, i: int, j: int, refs: tuple[Ref, ...]) -> float:
        """Return how much a span looks like a name rather than like words of the sentence, 0 to 1."""
        words = self.words[i:j]
        telling = [w for w in words if not self._is_common(w) and w.norm != "s"]
        if self._quoted(i, j) or self._dated(j):
            return 1.0
        if len(words) == 1 and words[0].norm in CALENDAR:
            return _WEAK  # "by Friday"
        if (len(words) == 1 and self._is_year(i)) or self._is_greeted(i, j):
            return _NO_NAME
        if self._is_age(j):
            return _NO_NAME  # "my 12-year-old"
        if self._is_time(i, j):
            return _WEAK  # "Next Friday I'm off"
        roles = [self.graph.roles(self._entity(ref)) for ref in refs[:3] if not ref.is_item]
        if any(self.named_kinds & held.keys() for held in roles):
            return 1.0
        if not self.cased:
            if telling:
                return 1.0 if len(words) > 1 or not refs[0].is_item else 0.7
            return 0.8 if len(words) >= 3 and refs[0].form <= Form.ALIAS else _WEAK
        capital = self._in_capitals(i, j)
        if not capital:
            return 0.6 if len(telling) >= 2 else 0.15
        if refs[0].form == Form.SURNAME and not telling:
            return _WEAK  # "since March", "I hope"
        only_start = self.starts_sentence[i] and not any(w.raw[0].isupper() for w in words[1:])
        if only_start and not telling:
            return _WEAK
        if only_start and len(words) == 1 and refs[0].is_item and refs[0].form != Form.FULL:
            return _WEAK  # "Fog outside" is not The Fog
        return 1.0 if telling or len(words) > 1 or not only_start else _WEAK

    def _entity(self, ref: Ref) -> EntityId:
        return self.graph.catalogue.entities[-1 - ref.code].id

    def mention(self, span: Span) -> Mention:
        """Return a span as a mention.

        Its candidates are ordered: better form first, then more popular, ties by id.
        """
        start, end = self.words[span.first].start, self.words[span.end - 1].end
        best = span.refs[0].form
        candidates = [self._candidate(ref, span, best) for ref in span.refs]
        chosen = self.graph.popularity
        popularity = {
            self.graph.catalogue.items[r.code].id: int(chosen[r.code]) for r in span.refs if r.is_item
        }
        said = self.text[start:end]
        candidates.sort(
            key=lambda c: (
                -c.score,
                c.kind == "entity" and not is_written(c.label, said),
                -sum(c.roles.values()),
                -popularity.get(ItemId(c.id), 0),
                c.id,
            )
        )
        return Mention(start, end, said, tuple(candidates[:MAX_CANDIDATES]))

    def _candidate(self, ref: Ref, span: Span, best: Form) -> Candidate:
        score = round(span.score * _SCORES[ref.form] / _SCORES[best], 4)
        match = span.match if span.match == "spelling" else ref.form.name.lower()
        if ref.is_item:
            item = self.graph.catalogue.items[ref.code]
            return Candidate(item.id, item.title, "item", match, score, item.year)
        entity = self.graph.catalogue.entities[-1 - ref.code]
        roles = {str(name): count for name, count in self.graph.roles(entity.id).items()}
        return Candidate(entity.id, entity.label, "entity", match, score, None, roles)

    def unlinked(self, chosen: Sequence[Span]) -> Iterator[Unlinked]:
        """Yield runs of capitalised, uncommon words where nothing was linked; single ones only after 'by'."""
        taken = {i for span in chosen if span.score >= 0.5 for i in range(span.first, span.end)}
        run: list[int] = []
        for i in range(len(self.words) + 1):
            fits = i < len(self.words) and i not in taken and (self._looks_named(i) or self._is_owner(run, i))
            if run and (not fits or self._parted(run[-1], i)):
                several = len(run) > 1 and not all(self._is_common(self.words[k]) for k in run)
                if several or self._is_called_for(run):
                    yield self._unlinked(run)
                run = []
            if fits:
                run.append(i)

    def _is_owner(self, run: list[int], i: int) -> bool:
        """Tell whether a word is the possessive inside a name: "Gribnak's Lament"."""
        inside = bool(run) and self.words[i].raw in ("s", "S", "&", "'s", "’s") and i + 1 < len(self.words)
        return inside and not self._parted(i, i + 1) and self._looks_named(i + 1)

    def _unlinked(self, run: list[int]) -> Unlinked:
        start, end = self.words[run[0]].start, self.words[run[-1]].end
        said = self._key(run[0], run[-1] + 1)
        near = [n.key for n in self.graph.names.near(said, min(_FAR, len(said) // 3))]
        labels = dict.fromkeys(
            label
            for refs in self.graph.names.lookup(near)
            for ref in refs
            if ref.form <= Form.ALIAS
            for label in [self._label(ref)]
        )
        return Unlinked(start, end, self.text[start:end], tuple(labels)[:_MAX_NEAREST])

    def _label(self, ref: Ref) -> str:
        catalogue = self.graph.catalogue
        return catalogue.items[ref.code].title if ref.is_item else catalogue.entities[-1 - ref.code].label
