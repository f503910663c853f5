"""What is said of tastes and limits in a clause that is no wish, and that the reading passes over.

'he likes it when CLEVER MEN have a plan', 'the SUBTITLES version', 'dead parents make her CRY': such words
decide nothing, and so are said to be unused. What only happened to somebody is no wish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, takewhile

from agent.builtin.interpret.spans import Span, Use
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import asking
from agent.builtin.parse.phrases import Phrases, said_after

_TASTES = Phrases(tables("tastes")["tastes"])
_OTHERS_TASTES = Phrases(tables("tastes")["tastes of others"])
_DECADE = re.compile(r"(?:19|20)?\d0s")
_VERBS = words("clauses", "tells") | frozenset(tables("function")["auxiliaries"])
_SOMEBODY = words("clauses", "subject") - {"the", "its", "my", "our", "his", "her", "their"}
_OTHERS = words("tastes", "somebody") | words("occasion", "company")
_IDLE = (Use.FUNCTION, Use.ASKING, Use.SMALL_TALK)
_SPEAKERS = frozenset("i we you me us my our your".split())
_FEW = 3  # words that tell of nothing
_RELATIVE = frozenset("that where which who about with".split())


def with_passed_over(spans: Sequence[Span], chunks: Sequence[Chunk], *, dated: bool) -> list[Span]:
    """Return the uses of words with what is passed over of tastes and limits as unused.

    So is a decade that is named where no years are asked for: nothing is `dated`.
    """
    lost = {chunks[place].start for place in _passed_over(chunks) if chunks[place].text not in _leads()}
    story = {chunks[place].start for place in _of_no_use(spans, chunks)}
    return [
        span._replace(use=Use.UNUSED)
        if (span.use == Use.REMARK and span.start in lost)
        or span.start in story
        or (not dated and _is_idle_decade(span))
        else span
        for span in spans
    ]


def _of_no_use(spans: Sequence[Span], chunks: Sequence[Chunk]) -> Iterator[int]:
    """Yield the places of what items tell of all of whose words are small: 'WHERE NOBODY IS WHO THEY ARE'."""
    uses = {span.start: span.use for span in spans}
    for place, (noun, lead) in enumerate(pairwise(chunks)):
        if noun.text not in ITEM_NOUNS or lead.text != "where":
            continue
        told = list(takewhile(lambda p: chunks[p].kind != "mark", range(place + 1, len(chunks))))
        small = all(uses.get(chunks[p].start) in _IDLE for p in told)
        if small and len(told) > _FEW and _SPEAKERS.isdisjoint(chunks[p].text for p in told):
            yield from told


@cache
def _leads() -> frozenset[str]:
    said = (phrase for section in tables("tastes").values() for phrase in section)
    return frozenset(word for phrase in said for word in phrase.split())


def _is_idle_decade(span: Span) -> bool:
    """Tell whether a decade bounds nothing, no date of a person's own table either."""
    decade = span.text.endswith("0s") and _DECADE.fullmatch(span.text) is not None
    return decade and span.use != Use.CONSTRAINT


def _passed_over(chunks: Sequence[Chunk]) -> Iterator[int]:
    asked = False
    for clause, wishes in asking(chunks):
        said = chunks[clause.start : clause.stop]
        joined = clause.start > 0 and chunks[clause.start - 1].text in ("but", "and")
        if asked and joined and said[0].text in ("it", "its", "theyre", "they"):
            yield from clause  # 'where there is a message but it is also CREEPY'
        elif asked := wishes:
            continue
        else:
            yield from range(_first(chunks, clause), _last(chunks, clause))


def _first(chunks: Sequence[Chunk], clause: range) -> int:
    """Return from where on a clause tells of a taste or limit; its end if it does not."""
    said = [chunks[i].text for i in clause if chunks[i].kind in ("word", "trigger")]
    articled = chunks[clause.start].text in words("function", "articles")
    if articled and _VERBS.isdisjoint(said) and _SOMEBODY.isdisjoint(said):
        return clause.start
    if said[0] in words("tastes", "somebody"):
        return clause.start
    of_others = False  # 'SHE handles', 'my mother now loves'
    for i in clause:
        if said_after(chunks, i, _TASTES) or (of_others and said_after(chunks, i, _OTHERS_TASTES)):
            return i
        of_others = of_others or chunks[i].text in _OTHERS
        after = chunks[i + 1].text if i + 1 < clause.stop else ""
        if chunks[i].text in ITEM_NOUNS and after in _RELATIVE:
            return i
    return clause.stop


def _last(chunks: Sequence[Chunk], clause: range) -> int:
    """Return where a clause goes on to tell what somebody did: 'he sails, HAS READ all of X'."""
    if chunks[clause.start].text not in words("tastes", "somebody"):
        return clause.stop
    past = words("tastes", "past")
    return next((i for i in clause if chunks[i].text in past), clause.stop)
