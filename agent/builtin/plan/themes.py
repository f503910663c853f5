"""Items by what descriptions say: found by it, put in order, narrowed to it, or left out for it.

Nothing here is proved. Where one description covers too little of what was asked, at most three items are
shown and what no description speaks of is said; none where no word is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.interpret.theme import Theme
from agent.builtin.lexicon.themes import related
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.search import is_named
from agent.builtin.plan.tool_session import Arguments, Call, ToolSession
from agent.builtin.respond import described, sentences
from kg.text import fold
from tools.english import slip_of
from tools.theme import SURELY
from tools.theme_phrases import fillers, names_subject, qualities, spoken_ways, subject_phrases
from tools.theme_wordings import worded_at
from tools.theme_words import names_mood, subject_words, taken_apart

COVERED = 0.62  # share of a theme's idf mass that one description covers; chosen in docs/reading.md
FEW = 3  # items that are shown where less is covered
_AT_LEAST = 0.5  # of that share must be covered of a theme of however many words
_ALL = 0.99  # share of a theme that tags tell, from which on no word is lost
_SEVERAL = 3  # words of a theme from which on less of it is covered
_SHOWN = 20
_USUAL = 10  # items that are shown where no number is asked for
_BESIDE = 8  # items that speak of a subject, before those that are like a title
_MOST = 200  # items that such a tool may return
_PHRASE = 5  # words of a theme that is named as it was said


class Spoken(NamedTuple):
    """Items by a theme, best first: those `near` to it, those `having` its words; and what none of them has.

    `share` is how much of the theme one description covers, 0 to 1; `about` how much the tags of one do. If
    that is no little, nothing else is `near`. Of several `things` so many of these items are about all as
    `together` says; if these are few, the rest is about one.
    """

    near: list[str]
    having: list[str]
    share: float
    lost: list[str]
    unheard: list[str]
    about: float | None = None
    things: tuple[str, ...] = ()
    together: int = 0

    @property
    def is_sure(self) -> bool:
        """Tell whether tags say which items are about the theme."""
        return bool(self.things) or (self.about or 0) >= SURELY

    @property
    def apart(self) -> str:
        """Return what is said where so few items are about all of several things that others follow."""
        few = self.things and self.together < FEW and self.near
        return described.few_together(self.things, self.together) if few else ""

    def is_mentioned(self, theme: Theme) -> bool:
        """Tell whether descriptions only mention what no item is about, of items that have tags."""
        mentioned = self.about is not None and self.about < SURELY and not self.things
        return mentioned and not names_mood(_spelt(theme))

    def is_covered(self, theme: Theme) -> bool:
        """Tell whether something here speaks of the theme: of a long one less can be covered by one text."""
        if self.unheard and 2 * len({*self.unheard, *self.lost}) >= max(len(theme.words), 2):
            return False  # 'the man who invented the ZIP FASTENER'
        if self.is_sure:
            return True
        if self.is_mentioned(theme):
            return False
        wanted = taken_apart(_spelt(theme))
        told = [group for group in wanted.groups if not group.together]
        if wanted.moods and (not told or any(not mood.kinds for mood in wanted.moods)):
            return True  # said in words that need not be those of a description
        apart = theme.wanted and theme.rest  # then the share is that of the clear subject
        count = len(theme.wanted) if apart else max(len(theme.wanted or theme.groups), len(told))
        return self.share >= COVERED * min(1, max(_SEVERAL / max(count, 1), _AT_LEAST))

    @property
    def with_words(self) -> list[str]:
        """Return the items whose texts have most of the words of a theme, those that suit it best first."""
        having = set(self.having)
        return (
            list(dict.fromkeys([*(item for item in self.near if item in having), *self.having])) or self.near
        )

    def ranked(self, theme: Theme) -> list[str]:
        """Return the items that suit a theme, best first: of one subject those alone that speak of it.

        A mood is no subject: its own word stands in few descriptions of what has it.
        """
        if self.is_sure:
            return self.near
        several = len(theme.wanted or theme.groups) > 1 or names_mood(_spelt(theme))
        if several or not (theme.wanted and self.having):
            return self.near or self.having
        speaking = set(self.having)
        return list(dict.fromkeys([*(item for item in self.near if item in speaking), *self.having]))


def speaking_of(
    theme: Theme, reading: ParsedRequest, session: ToolSession, gone: Sequence[str] = ()
) -> Arguments | None:
    """Return the items that suit a theme best, without those that are `gone`; None if none speaks of it."""
    if not (theme and session.has("search_items")):
        return None
    said = _spoken(theme, session, frame_of(reading, gone))
    if gone and not said.is_sure and _spoken(theme, session, frame_of(reading)).is_sure:
        every = sentences.all_left_out(_as_said(theme, ()))
        return proposal(act="decline", note=every, unused=list(theme.words))
    told = said.having or (said.near and reading.texts and (said.is_sure or names_mood(_spelt(theme))))
    if not told or {*theme.words} - (qualities() if said.unheard else set()) <= {*said.unheard}:
        return None  # without descriptions, titles alone tell too little
    used = _as_said(theme, said.lost)
    covered = said.is_covered(theme)
    ranked = said.with_words if reading.own else said.ranked(theme) if covered else said.near or said.having
    items = ranked[: _SHOWN if covered else FEW]
    lost = said.lost if covered else said.lost or list(theme.words)
    few = (said.is_sure or (reading.own and covered)) and len(items) < (reading.limit or _USUAL)
    named = said.things or used
    found = described.few_found_by(named, len(items)) if few else sentences.found_by(named)
    found = said.apart or found
    if not covered:
        only = said.is_mentioned(theme) and not (said.unheard or said.lost)
        found = (
            described.only_mentioned(_as_said(theme, ()))
            if only
            else sentences.not_spoken_of(lost, said.unheard)
        )
    return proposal(items[: reading.limit], note=found, basis="text", unused=lost)


def by_theme(
    answer: Arguments,
    theme: Theme,
    session: ToolSession,
    *,
    kinds_only: bool,
    few: bool = True,
    plain: bool = True,
    domain: str | None = None,
) -> Arguments:
    """Return an answer in the order of a theme; what only kinds prove is narrowed to those that speak of it.

    Of that only a `few` are left where none speaks of the theme. Where it is not `plain`, what is no clear
    subject and no mood narrows as well.
    """
    if not (theme and answer["items"] and session.has("search_items")):
        return answer
    within = {"domain": domain} if domain else {}
    said = _spoken(theme, session, {"conditions": answer["conditions"], **within})
    covered = said.is_covered(theme)
    clear = bool(theme.wanted) if plain else not (said.lost or names_mood(_spelt(theme)))
    about = set(said.having) if kinds_only and clear and covered else set[str]()
    named = clear or names_subject(_spelt(theme)) or not subject_words().isdisjoint(theme.words)
    if kinds_only and named and said.is_sure:
        about = set(said.near)
    proved = set(answer["items"])
    first = [item for item in said.near if item in proved] if covered else []
    items = list(dict.fromkeys([*first, *answer["items"]]))
    used = _as_said(theme, said.lost)
    if narrow := [item for item in items if item in about]:
        few_speak = described.few_found_by(used, len(narrow)) if len(narrow) < FEW else ""
        noted = said.apart or few_speak or sentences.speaking_of(used)
        return _noted(answer | {"items": narrow}, noted, said.lost)
    if theme.wanted and kinds_only and few:
        lost = [word for word in theme.words if word in (*theme.plain().words, *said.lost)]
        left = [item for item in said.near if item in proved] or answer["items"]
        note = sentences.not_spoken_of(lost, said.unheard) if not covered else ""
        return _noted(answer | {"items": left[:FEW]}, note, lost)
    if not covered or not used:
        return _noted(answer, "", list(theme.words))
    return _noted(answer | {"items": items}, sentences.nearest_first(used), said.lost)


def untold(answer: Arguments, theme: Theme) -> Arguments:
    """Return an answer to which a theme was given where no item has a description: all of it is unused."""
    return _noted(answer, "", list(theme.words))


def lost_words(theme: Theme, session: ToolSession) -> list[str]:
    """Return the words of a theme that no description has, or too few of it; all where nothing can tell."""
    if not (theme and session.has("search_items")):
        return list(theme.words)
    queries = {query_of(group): group for group in theme.wanted or theme.groups}
    texts = (_spelt(theme), "") if theme.wanted and theme.rest else (_spelt(theme),)
    calls = [Call("search_items", {"text": text, "words": list(queries), "k": 1}) for text in texts]
    told = session.call_all(calls)
    if None in told:
        return list(theme.words)
    said = _told(theme, queries, told[0], told[-1], {fold(word) for word in told[0]["unheard"]})
    return said.lost if said.is_covered(theme) else list(theme.words)


def speaking_first(subject: Sequence[tuple[str, ...]], session: ToolSession, limits: Arguments) -> list[str]:
    """Return the items that speak of a subject, those nearest to it first; few of them."""
    if not (subject and session.has("search_items")):
        return []
    theme = Theme(tuple(subject), phrase=" ".join(word for group in subject for word in group))
    said = _spoken(theme, session, limits)
    return said.ranked(theme)[:_BESIDE] if said.having else []


def _spoken(theme: Theme, session: ToolSession, frame: Arguments) -> Spoken:
    """Look for a theme as a whole, and by the words of its subjects, each or one of its like."""
    queries = {query_of(group): group for group in theme.wanted or theme.groups}
    near, having = session.call_all(
        [
            Call("search_items", {"text": _spelt(theme), "k": _MOST, **frame}),
            Call("search_items", {"text": "", "words": list(queries), "k": _MOST, **frame}),
        ]
    )
    if near is None or having is None:
        return Spoken([], [], 0.0, list(theme.words), [])
    return _told(theme, queries, near, having, {fold(word) for word in near["missing"]})


def _told(
    theme: Theme, queries: Mapping[str, Sequence[str]], near: Any, having: Any, missing: set[str]
) -> Spoken:
    """Return what was found of a theme as a whole, and by the words of its subjects; some are `missing`."""
    clear = having if theme.wanted and theme.rest else near
    missing = missing | {word for word in theme.words if slip_of(word) in missing}
    lost = [word for query in having["missing"] for word in queries[query] if word in missing]
    lost += [word for word in theme.rest if theme.wanted and word in missing]
    if set(theme.words) - (idle := fillers()):
        lost = [word for word in lost if word not in idle]
    unheard = {*map(fold, near["unheard"])}
    unknown = [word for word in theme.plain().words or theme.words if word in unheard and word not in idle]
    suited = [hit["id"] for hit in near["items"] if (hit.get("score") or 0) > 0]
    share = clear["coverage"] or 0.0
    if near["things"] or (near["about"] or 0) > _ALL:
        lost = []  # said in other words
    lost = list(dict.fromkeys([*lost, *unknown]))
    things = tuple(near["things"])
    return Spoken(suited, _ids(having), share, lost, unknown, near["about"], things, near["together"])


def _as_said(theme: Theme, lost: Sequence[str]) -> list[str]:
    """Return a short theme as it was said, if none of it is lost, else the words that are not."""
    spoken = theme.phrase.split()
    worded = worded_at(spoken, 0)[0] == len(spoken) if spoken else False
    short = len(spoken) <= _PHRASE or worded or theme.phrase.casefold() in subject_phrases()
    if not lost and short and " " in theme.phrase:
        return [theme.phrase]
    return [word for word in theme.words if word not in lost]


def _spelt(theme: Theme) -> str:
    """Return a theme as it was said, slips of ordinary words put right."""
    said = theme.phrase or " ".join(theme.words)
    return " ".join(slip_of(word) or word for word in said.split())


def _ids(found: Any) -> list[str]:
    return [hit["id"] for hit in found["items"]]


def _noted(answer: Arguments, note: str, lost: Sequence[str]) -> Arguments:
    said = " ".join(part for part in (answer["note"], note) if part)
    return answer | {"note": said, "unused": [*answer.get("unused", ()), *lost]}


def query_of(group: Sequence[str]) -> str:
    """Return words of which one is enough, as `search_items` takes them: 'train|trains|railway'."""
    said = [spelt for word in group for spelt in (word, slip_of(word)) if spelt]
    forms = (form for word in said for form in (*related(word), *spoken_ways(word)))
    return "|".join(dict.fromkeys(forms))


def frame_of(reading: ParsedRequest, gone: Sequence[str] = ()) -> Arguments:
    """Return what of a request bounds a search by a theme: its domain and years, without what it names."""
    titles = [(title, choice) for title in reading.mentioned for choice in title.choices]
    named = list(dict.fromkeys([*(c.id for title, c in titles if is_named(title, c)), *gone]))
    domain = {"domain": reading.domain} if reading.domain else {}
    first, last = reading.years
    years = {name: year for name, year in (("year_from", first), ("year_to", last)) if year is not None}
    return domain | years | ({"exclude_items": named} if named else {})
