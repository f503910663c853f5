"""Questions of what can be compared: 'how long is X?', 'is X under 2 hours?', 'which is cheaper, X or Y?'."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from agent.builtin.interpret.asked_counts import asked_clock, asked_count, asked_hours, prices_of
from agent.builtin.interpret.asked_values import (
    named_after,
    named_at,
    of_item,
    of_price,
    titles_of,
    value_asked,
)
from agent.builtin.interpret.compared import Asked, Draft
from agent.builtin.interpret.dated_deeds import dated_by
from agent.builtin.interpret.judged_sizes import beside, judged
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.measures import Measure
from kg.types import Kind

_WHEN = tuple(["what", time] for time in ("year", "month", "day", "date"))
_AUX = frozenset("is are was were does do did has have can will s isnt arent wasnt werent".split())
_ON_ITEM = frozenset("on in at of with for aboard by from".split())
_NOUNS = frozenset("film movie book wine car game bottle the one".split())
_POINTING = words("comparators", "pointing") - _NOUNS | words("comparators", "each of them")
_ASKED_LAST = frozenset(("is", "its", "s", "was", "runs", "lasts"))  # 'the second one IS how long?'
_MOST_POLITE = 5  # words before a question
_NAMED_KINDS = frozenset(("category", "entity"))
_PARTING = frozenset((",", ".", ";", "!", "?", ":", "–", "—", "..."))
_ASKING = frozenset("how what whats when where who which is are was does do did can will has".split())
_JOINING = frozenset(("and", "also", "plus", "?"))
_CLOSING = frozenset("? . ! please then exactly again anyway though of for the a in it this that".split())


def read_questions(draft: Draft) -> None:
    """Note what is asked about items; what is asked is no condition."""
    start = _start(draft)
    readers: tuple[Callable[[Draft, int], Asked | None], ...] = (
        _which,
        _how,
        _what,
        _whether,
        _is_there,
        of_item,
        of_price,
    )
    asked = next((found for read in readers if (found := read(draft, start)) is not None), None)
    asked = asked or _how_later(draft) or _whether_later(draft)
    if asked is not None and not _is_of_scores(draft, asked):
        further = _further(draft, asked, start)
        also = next((found for read in readers[1:] if further and (found := read(draft, further[0]))), None)
        again = also is not None and also.relation == asked.relation  # then the first is what was not read
        draft.asked = replace(asked, also=(also,)) if also is not None and not again else asked
        unread = range(start, further[0]) if again else further if also is None else range(0)
        unread = beside(draft, asked.third) if asked.third else unread
        draft.comparisons, draft.sorts = [], []
        draft.lost = {i for i in unread if not draft.said[i].named}
        draft.take(i for i in range(len(draft.said)) if not (draft.said[i].named or i in draft.lost))


def _further(draft: Draft, asked: Asked, start: int) -> range:
    """Return the lexemes of a further question of the same item: 'how much is X AND HOW TALL IS IT?'."""
    if not draft.measures.own or asked.kind == "compare":
        return range(0)
    opens = (i for i in range(start + 1, len(draft.said)) if draft.said[i].text in _ASKING)
    further = (i for i in opens if draft.said[i - 1].text in _JOINING and not draft.said[i].named)
    return range(next(further, len(draft.said)), len(draft.said))


def _is_of_scores(draft: Draft, asked: Asked) -> bool:
    """Tell whether a score is asked for that no item here has: "what's the IMDb RATING", not 'age rating'."""
    topics = {topic for each in draft.measures.every for topic in each.topics}
    measure = next((each for each in draft.measures.every if each.name == asked.relation), None)
    if measure is None or "certificate" not in measure.topics or "rating" in topics or draft.measures.own:
        return False
    said = {each.text for each in draft.said}
    plain = {"rating", "ratings"} & said and not words("measures", "topic certificate") & said
    return bool(plain or words("comparators", "of scores") & said)


def _start(draft: Draft) -> int:
    i = 0
    while i < len(draft.said) and draft.said[i].text in words("comparators", "before a question"):
        i += 1
    return i


def _how(draft: Draft, start: int) -> Asked | None:
    """'how long is X', 'how many pages does X have', 'how much does it cost', 'how much is X'."""
    if draft.words(start, start + 1) != ["how"]:
        return None
    following = draft.words(start + 1, start + 2)
    if following == ["many"] and (found := named_at(draft, start + 2, "name", "verb")):
        counts = found[0].kind == Kind.NUMBER or not draft.measures.own
        return value_asked(draft, found[0]) if counts else None
    count = asked_count(draft, start + 2) if following == ["many"] else None
    if count is not None:
        return value_asked(draft, count)
    if following == ["much"]:
        found = named_after(draft, start + 2, "verb", "name")
        prices = prices_of(draft)
        charged = {"charge", "charges", "cost", "costs"} & {each.text for each in draft.said[start + 2 :]}
        is_price = charged or draft.words(start + 2, start + 3) in (["is"], ["are"], ["for"], ["s"])
        if draft.measures.own and is_price and len(prices) == 1:
            return value_asked(draft, prices[0])  # 'how much is A BALL of it'
        return (
            value_asked(draft, found[0])
            if found
            else value_asked(draft, prices[0])
            if prices and is_price
            else None
        )
    if draft.measures.own and (of := _of_part(draft, start + 2)) is not None:
        return value_asked(draft, of)
    found = named_at(draft, start + 1, "low", "high", "name", "label")
    if draft.measures.own and found is not None and (done := _done(draft, start + 2, found[0])) is not None:
        return value_asked(draft, done)
    if draft.measures.own and found is None and following == ["long"]:
        been = next((e for e in draft.phrases if e.first > start + 1 and e.measures("name", "verb")), None)
        lasting = [e for e in been.measures("name", "verb") if e.kind == Kind.NUMBER] if been else []
        return value_asked(draft, lasting[0]) if lasting else None  # 'how long has X BEEN IN BUSINESS'
    return value_asked(draft, found[0]) if found else None


def _done(draft: Draft, start: int, asked: Measure) -> Measure | None:
    """Return another measure whose very name tells what an item does: 'how fast does X SPIN?'."""
    for phrase in draft.phrases:
        last = phrase.end == len(draft.said) or not draft.said[phrase.end].text.isalpha()
        own = [each for each in phrase.measures("name", "verb") if each.kind == Kind.NUMBER]
        if phrase.first >= start and last and own and asked not in own:
            return own[0]
    return None


def _of_part(draft: Draft, start: int) -> Measure | None:
    """Return the measure that is named behind what is asked: 'how long is THE GUARANTEE on X'."""
    led = draft.words(start, start + 2)
    if len(led) < 2 or led[0] not in _AUX or led[1] not in ("the", "its", "their"):
        return None
    found = named_at(draft, start + 2, "name")
    return found[0] if found is not None and found[0].kind in (Kind.NUMBER, Kind.DATE) else None


def _how_later(draft: Draft) -> Asked | None:
    """Return what is asked behind a mark, where nothing is compared: 'the first then, HOW LONG IS IT?'.

    Behind 'and' too, where no kind and nobody is named: 'who wrote Emma and HOW MANY PAGES DOES IT HAVE?'.
    """
    if draft.comparisons or draft.sorts:
        return None
    plain = all(chunk.kind not in _NAMED_KINDS for chunk in draft.chunks)
    parting = _PARTING | {"and"} if plain else _PARTING
    parting |= _ASKED_LAST if draft.text(0, len(draft.said)).endswith("?") else set()
    starts = (i for i in range(1, len(draft.said)) if draft.said[i - 1].text in parting)
    begun = [start + _courtesy(draft, start) for start in starts]
    readers = (_how, _of_pointed)
    return next((f for start in begun for read in readers if (f := read(draft, start)) is not None), None)


def _courtesy(draft: Draft, start: int) -> int:
    """Return how many lexemes lead politely to a question: 'and WHILE YOU'RE AT IT how long is it?'."""
    said = draft.words(start, start + _MOST_POLITE)
    found = [each.split() for each in tables("questions")["behind a joint"]]
    return max((len(each) for each in found if each == said[: len(each)]), default=0)


def _of_pointed(draft: Draft, start: int) -> Asked | None:
    """Return what alone is asked of what was pointed at before: 'the second one. RATED?'."""
    found = named_at(draft, start, "name", "verb")
    if found is None or titles_of(draft) or draft.words(len(draft.said) - 1, len(draft.said)) != ["?"]:
        return None
    rest = draft.said[found[1].end :]
    return value_asked(draft, found[0]) if all(each.text in _CLOSING for each in rest) else None


def _whether_later(draft: Draft) -> Asked | None:
    """Return what is asked of what an earlier sentence named: 'I have Heat here. IS IT OVER THREE HOURS?'."""
    for start in (i for i in range(1, len(draft.said)) if draft.said[i - 1].text in _PARTING - {","}):
        behind = draft.text(start, len(draft.said))
        told = all(each.text in behind for each in draft.comparisons)
        if told and (found := _whether(draft, start)) is not None:
            return found
    return None


def _what(draft: Draft, start: int) -> Asked | None:
    """'what's the price of X', 'what does X cost', 'what is X rated', 'when was X tasted'."""
    first = draft.words(start, start + 1)
    of_one = first == ["when"] and len(titles_of(draft)) == 1  # 'WHEN did I LAST paint X'
    if first not in (["what"], ["whats"], ["when"]) or (draft.sorts and not of_one):
        return None
    found = named_after(draft, start + 1, "verb", "name")
    if first != ["when"] and (hours := asked_hours(draft, start + 1)):
        opens, closes = (value_asked(draft, each) for each in hours)
        return replace(opens, also=(closes,)) if opens is not None and closes is not None else None
    timed = first == ["when"] or draft.words(start + 1, start + 2) == ["time"]
    if timed and draft.measures.own and (clock := asked_clock(draft, start + 1)) is not None:
        return value_asked(draft, clock)
    asks_time = first == ["when"] or draft.words(start, start + 2) in _WHEN
    if asks_time and (found is None or found[0].kind != Kind.DATE):
        dated = next(dated_by(draft, range(start + 1, len(draft.said))), None)
        return None if dated is None else value_asked(draft, dated[0])
    return None if found is None else value_asked(draft, found[0])


def _whether(draft: Draft, start: int) -> Asked | None:
    """'is X longer than two hours', 'does it cost less than 20 euros', 'is X longer than Y'."""
    opens = bool(draft.words(start, start + 1)) and draft.said[start].text in _AUX - {"s", "can"}
    if (opens or "can" in draft.words(0, start)) and (flag := _flag_of_item(draft, start)) is not None:
        return flag
    if not opens:
        return None
    subject = start + 1
    while draft.words(subject, subject + 1) in (["the"], ["a"]) and draft.said[subject + 1 :]:
        subject += 1
    named = subject < len(draft.said) and draft.said[subject].named
    titled = named and draft.chunks[draft.said[subject].place].kind == "title"
    points = subject < len(draft.said) and draft.said[subject].text in _POINTING
    if not (titled or points):
        return None
    before = tuple(draft.chunks[e.place].text for e in draft.said[:start] if e.named)
    titles = titles_of(draft) if titled else tuple(each for each in titles_of(draft) if each in before)
    if (sized := judged(draft, subject, titles)) is not None:
        return sized
    compared = [each for each in draft.comparisons if each.by != "third"]
    if len(compared) == 1 and not draft.sorts:
        said = compared[0]
        return Asked("yes_no", said.relation, titles[:1], said.op, said.value, said.title)
    return None


def _is_there(draft: Draft, start: int) -> Asked | None:
    """'is there a joining fee at X', 'and are there any lockers?'."""
    if not draft.measures.own or draft.words(start, start + 2) not in (["is", "there"], ["are", "there"]):
        return None
    found = named_after(draft, start + 2, "name")
    return value_asked(draft, found[0]) if found is not None and found[0].kind == Kind.NUMBER else None


def _flag_of_item(draft: Draft, start: int) -> Asked | None:
    """Return a flag that is asked of the title behind it: 'is WIFI INCLUDED on the Iris'."""
    titles, told = titles_of(draft), draft.comparisons
    if not (draft.measures.own and len(titles) == 1 and len(told) == 1 and told[0].value in ("yes", "no")):
        return None
    place = next((i for i, each in enumerate(draft.said) if each.named), 0)
    led = [each.text for each in draft.said[max(start, place - 2) : place]]
    able = draft.text(place - len(told[0].text.split()), place) == told[0].text  # 'CAN I PLAY Firepower?'
    if not (able or _ON_ITEM & set(led)) or draft.sorts or draft.quantities:
        return None
    return Asked("yes_no", told[0].relation, titles, "is", told[0].value)


def _which(draft: Draft, start: int) -> Asked | None:
    """'which is cheaper, A or B?', 'what's longer: A or B?', 'A or B: which is shorter?'."""
    titles = titles_of(draft)
    asks = {"which", "what", "whats", "whichs"} & {each.text for each in draft.said}
    if len(titles) < 2 or not asks:
        return None
    found = named_after(draft, 0, "lower", "higher", "lowest", "highest")
    if found is None or draft.words(found[1].first - 3, found[1].first)[::2] == ["the", "the"]:
        return None  # 'the more the better'
    form = "higher" if found[1].measures("higher", "highest") else "lower"
    return Asked("compare", found[0].name, titles, ">" if form == "higher" else "<")
