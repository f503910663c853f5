"""link_entities: which items and entities does a text name?

Exact names are looked up for every span of words at once; what then still looks like a name is looked up by
near spelling. Spans that overlap compete, and the reading of the whole text with the greatest evidence wins.
Which of several bearers of a name is meant is not decided here: the graph decides, with the rest of the
request.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.forms import Form
from kg.graph import KnowledgeGraph
from kg.names import Near, Ref
from kg.text import ENGLISH_ARTICLES, Token, fold, tokens
from kg.types import Entity, Kind
from tools.english import is_everyday, lead
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.mentions import SCORES, mention_of, only_known
from tools.nearest import nearest_names
from tools.places import Run, is_led_to_person, said_before
from tools.plausibility import GRAPHS, Plausibility
from tools.runs import unknown_runs
from tools.shape import JOINING
from tools.spans import (
    LONG,
    SHORT,
    Span,
    allowed,
    digits,
    is_doubled,
    is_near_by_word,
    is_other_number,
    select,
    weight,
)
from tools.title_parts import part_of, titles_of
from tools.types import Links, Unlinked
from tools.windows import windows_of_names

MAX_CHARS = 20_000
_KEPT = 256  # texts: a turn asks for the same one several times, and follow-ups are much alike
_MIN_SCORE = 0.25
_SURE = 0.5
_NEAR_WORDS = 6


def link_entities(knowledge: Knowledge, text: str) -> Links:
    """Find every title, person, genre, series, publisher and place that a text names.

    Each mention has its candidates, best first, with scores from 0 to 1 (below 0.5: perhaps just words).

    Survives typos, missing years, articles in other places, surnames alone and lower case. `unlinked` are
    parts that look like names but name nothing here. Items that are `only_known` can be checked and
    referred to, and are never recommended.
    """
    if len(text) > MAX_CHARS:
        raise ToolError(f"the text has {len(text):,} characters, expected at most {MAX_CHARS:,}; shorten it.")
    return _linked(knowledge.graph, text)


@lru_cache(maxsize=_KEPT)
def _linked(graph: KnowledgeGraph, text: str) -> Links:
    words = tokens(text)
    scan = _Scan(graph, text, words)
    spans = scan.exact()
    spans += scan.near(select(spans))
    chosen = select(spans)
    found = [(run, scan.whole(run)) for run in unknown_runs(scan, chosen) if not scan.describes(run, chosen)]
    known = [span for span in chosen if not _touches(span, [run for run, _ in found])]
    known = sorted([*known, *(span for _, span in found if span)], key=lambda span: span.first)
    runs = [run for run, span in found if span is None]
    mentions = tuple(mention_of(graph, text, words, span) for span in known)
    return Links(mentions, tuple(map(scan.unlinked, runs)), only_known=only_known(graph, mentions))


@lru_cache(maxsize=GRAPHS)
def _flag_words(graph: KnowledgeGraph) -> frozenset[str]:
    """Return the words of the names of flags: 'an organic Merlot' is a Merlot."""
    names = (str(each.name) for each in graph.relations if each.kind == Kind.FLAG)
    return frozenset(word for name in names for word in name.split("_"))


def _touches(span: Span, runs: Sequence[Run]) -> bool:
    return any(span.first < run.end and run.first < span.end for run in runs)


class _Scan(Plausibility):
    """The spans of one text that are names of one graph, or nearly so."""

    def __init__(self, graph: KnowledgeGraph, text: str, words: list[Token]):
        super().__init__(graph, text, words)
        if own := _flag_words(graph):
            self.common = [known or norm in own for known, norm in zip(self.common, self.norms, strict=True)]
        self.beside: list[tuple[int, int, tuple[Ref, ...]]] = []  # surnames right beside another name

    def exact(self) -> list[Span]:
        """Return every span whose words are, letter for letter, one of the names."""
        windows = windows_of_names(self, self.graph.names)
        places = [place for place, _ in windows]
        found = self.graph.names.lookup([key for _, key in windows])
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
                    spans.append(title._replace(score=score, weight=sure))
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

    def describes(self, run: Run, chosen: Sequence[Span]) -> bool:
        """Tell whether a run says what sort of items is wanted, where these are no works: 'used Hondas'."""
        titles = titles_of(self.graph)
        said = self.words[run.first : run.end]
        if titles is None:
            return False
        small = all(word.raw.islower() for word in said) and any(_touches(span, [run]) for span in chosen)
        return small or any(part_of(word.raw, titles) is not None for word in said)

    def _windows(self, taken: set[int]) -> Iterator[tuple[int, int]]:
        odd = [self._is_odd(k) for k in range(len(self.words))]
        for i in range(len(self.words)):
            if True not in odd[i : i + _NEAR_WORDS] or not self._may_begin(i):
                continue
            for last in range(i, min(i + _NEAR_WORDS, len(self.words))):
                if last in taken or (
                    self.starts_sentence[last] and last > i and not self._is_initial(last - 1)
                ):
                    break
                fits = self._may_end(last) and not (
                    self.words[i].raw == "I" and self.words[last].raw[0].islower()
                )
                fits = fits and True in odd[i : last + 1]
                if fits and (not self.careful or self._mostly_capital(i, last + 1)):
                    yield i, last + 1

    def _may_end(self, index: int) -> bool:
        """Tell whether a name may begin or end with a word."""
        return self.norms[index] not in JOINING and self.norms[index] != "s"

    def _may_begin(self, index: int) -> bool:
        return self._may_end(index) and (not self.careful or self._mostly_capital(index, index + 1))

    def _is_odd(self, index: int) -> bool:
        return not self.common[index] and not self.norms[index].isdigit()

    def _near_span(self, i: int, j: int) -> Span | None:
        if j - i == 1 and self._has_other_name_beside(i, j):
            return None  # 'Victoria' of 'Victoria Holt' is not nearly 'Victorian'
        odd = [self.words[k] for k in range(i, j) if self._is_odd(k)]
        single = j - i - (j - i > 1 and self.norms[i] in ENGLISH_ARTICLES) == 1
        everyday = single and (is_everyday(fold(odd[0].raw)) or self._is_slip(odd[0], i)) if odd else True
        if self._is_cut(i, j) or self.is_greeted(i, j):
            return None
        wanted = self.key(i, j)
        telling = not self.common[i]
        nearest = self.graph.names.near(wanted, allowed(len(wanted), telling and j - i > 1))
        doubled = [near for near in nearest if j - i == 1 and is_doubled(wanted, near.key)]
        nearest = doubled if everyday and doubled else nearest  # 'programing'
        if everyday and not doubled:  # 'Flood' is no misspelt 'Food'
            nearest = [near for near in nearest if near.distance == 0]
            if odd and odd[0].raw.islower() and not (self._is_led_to(i) and (i or j == len(self.words))):
                return None
        elif not doubled and self._is_plain(i, j) and not (i and self._is_led_to(i)):
            nearest = [near for near in nearest if near.distance == 0]
        surely = len(wanted) >= LONG and telling
        nearest = [near for near in nearest if digits(near.key) == digits(wanted)]
        if j - i > 1 and self._is_led_to(i + 1):
            # 'by Roe' is no slip for 'B. J. Roe'
            nearest = [near for near in nearest if near.key.startswith(self.norms[i])]
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
            if not (near.distance and self._is_other_name(i, j, ref, near))
            if (ref.form <= Form.SHORT and not (ref.is_item and single and is_other_number(wanted, near.key)))
            or (
                ref.form == Form.SURNAME
                and near.distance == 1
                and len(wanted) >= 7
                and (not is_other_number(wanted, near.key) or self._is_several((ref,)))
            )
        )
        if nearest and nearest[0].distance and is_led_to_person(said_before(self, i), j - i):
            refs = tuple(ref for ref in refs if not ref.is_item)  # "starring Anna Karina" is no Anna Karenina
        refs = self._dated_refs(tuple(sorted(refs, key=lambda ref: ref.form)), j)
        if not refs or self._is_other_title(i, j, refs[0]):
            return None
        score = SCORES[refs[0].form] * (1 - 1.5 * nearest[0].distance / len(wanted))
        if j - i == 1 and refs[0].is_item and not self._in_capitals(i, j):
            score *= 0.5
        score *= self._share(i, j, refs)
        loose = nearest[0].distance > 1 and not self._in_capitals(i, j) and not self._is_led_to(i)
        if score < _MIN_SCORE or loose:
            return None  # "the evil hunter" in small letters is nobody's name
        match = "spelling" if nearest[0].distance else refs[0].form.name.lower()
        return Span(i, j, refs, score, match, 0.9 * weight(score, self.words[i:j]))

    def _is_near_by_word(self, i: int, j: int, near: Near) -> bool:
        """Tell whether every word is near to its part of a name: 'Wick' is not nearly 'Beck'."""
        if near.distance < 2:
            return True
        typed = [word.norm for word in self.words[i:j]]
        counted = "".join(typed) != self.key(i, j)  # numbers of several words
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
        telling = not all(self.common[i:j])
        if form == Form.SHORT and refs[0].is_item and len(words) == 1 and not telling:
            return None  # 'Movie' is no title
        if form == Form.PREFIX and all(self.common[k] or self.norms[k].isdigit() for k in range(i, j)):
            return None  # '6, 9 and 13' names no '9 and a Half Weeks'
        if form == Form.PREFIX and (not (telling and self._in_capitals(i, j)) or self._opens_plainly(i, j)):
            return None
        if form == Form.SURNAME and self._has_other_name_beside(i, j):
            self.beside.append((i, j, refs))
            return None
        score *= self._share(i, j, refs)
        return Span(
            i, j, refs, score, form.name.lower(), weight(max(score, 0.02), words), self._is_several(refs)
        )

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

    def _is_of_year(self, ref: Ref, j: int) -> bool:
        """Tell whether an item is of the year in brackets; sources are sometimes one year apart."""
        year = self.graph.catalogue.items[ref.code].year
        return year is None or abs(year - int(self.words[j].raw)) <= 1

    def unlinked(self, run: Run) -> Unlinked:
        """Return a run that names nothing as it is written, with what is called nearly so."""
        start, end = self.words[run.first].start, self.words[run.end - 1].end
        end += self.text[end : end + 1] == ")" and "(" in self.text[start:end]
        return Unlinked(start, end, self.text[start:end], nearest_names(self.graph, self, run))
