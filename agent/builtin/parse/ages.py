"""How old items should be, without a date: 'recent comedies', 'old films', 'the last ten years'."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.calendar import today
from agent.builtin.parse.catalogue_years import CatalogueYears
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.phrases import Phrases, said_after, said_before
from kg.text import NUMBER_WORDS

_SECTIONS = ("recent", "new", "old", "classic", "classics")
_AGES: Mapping[str, Phrases] = {name: Phrases(tables("years")[name]) for name in _SECTIONS}
_ELSEWHERE = words("years", "elsewhere")
_AGED = words("years", "aged")
_SOMETHING = words("years", "something")
_DEGREE = words("years", "degree")
_MODAL = words("years", "modal")
_HOLLOW = words("years", "hollow")
_DENIED = words("years", "denied")
_AVERSE = Phrases(tables("negation")["averse"])
_SEEN = frozenset("saw watched read seen rewatched reread tried".split())
_THEN_I = tuple([when, who] for when in ("then", "when", "whenever", "if", "and") for who in ("i", "we"))
_SAYING = frozenset("says said thinks thought reckons claims finds".split())
_FINE = frozenset("welcome fine ok okay alright allowed good".split())
_PERMITTING = frozenset("can may might could".split())
_BEFORE_YEAR = frozenset("the in just only earlier sometime".split())
_DATING = frozenset("from of out released made published since".split())
_LAST = frozenset("last past latest".split())
_VAGUE = {"few": 5, "several": 5, "couple": 2, "recent": 10}
_NOUNS = ITEM_NOUNS | {"releases", "one"}
_OPENING = _LAST.union(("this", "recent"), *(phrases.begun for phrases in _AGES.values()))
_SPANNING = _LAST | {"this", "recent"}
_SHORT = 4


class Age(NamedTuple):
    """Bounds that words without a date set, and the positions of the chunks that say so."""

    first: int | None
    last: int | None
    used: tuple[int, ...]


def ages(chunks: Sequence[Chunk], known: CatalogueYears, taken: Collection[int] = ()) -> Iterator[Age]:
    """Yield the bounds that words of age and spans back from the newest items set, past places `taken`."""
    i = 0
    while i < len(chunks):
        if chunks[i].text not in _OPENING:
            i += 1
            continue
        readings = (_of_calendar(chunks, i), _last_years(chunks, i, known), _age(chunks, i, known))
        found = None if i in taken else next((each for each in readings if each is not None), None)
        if found is not None:
            yield _denied_span(chunks, i, found)
        i = max(found.used) + 1 if found is not None and found.used else i + 1


def comparative(chunks: Sequence[Chunk]) -> Literal["newer", "older", ""]:
    """Tell whether newer or older items than those shown are asked for: 'older please', 'too old'."""
    for name in ("newer", "older"):
        phrases = Phrases(tables("years")[name])
        if any(said_after(chunks, i, phrases) for i in range(len(chunks))):
            return name
    return ""


def _of_calendar(chunks: Sequence[Chunk], i: int) -> Age | None:
    """Read 'from this year', 'that came out last year'; not 'I saw it last year'."""
    said = [chunk.text for chunk in chunks[i : i + 2]]
    if said == ["this", "decade"] and i and chunks[i - 1].text in _DATING | _BEFORE_YEAR:
        return Age(today().year // 10 * 10, None, (i, i + 1))
    if said not in (["this", "year"], ["last", "year"]):
        return None
    told = i > 0 and chunks[i - 1].text in ("was", "were")  # 'that WAS last year's compromise'
    told = told or {chunk.text for chunk in chunks[i + 3 : i + 4]} <= words("years", "own of a year")
    if [chunk.text for chunk in chunks[i + 2 : i + 3]] == ["s"] and i + 3 < len(chunks) and not told:
        year = today().year - (said[0] == "last")
        return Age(year, year, (i, i + 1, i + 2))  # "this YEAR'S models"
    j = i - 1
    while j >= 0 and chunks[j].text in _BEFORE_YEAR:
        j -= 1
    if j < 0 or chunks[j].text not in _DATING or _is_experience(chunks, i):
        return None
    year = today().year - (said[0] == "last")
    return Age(year, None if said[0] == "this" or i - 1 != j else year, (i, i + 1))


def _denied_span(chunks: Sequence[Chunk], i: int, age: Age) -> Age:
    """Return a span up to now as what came before it, where it is denied: 'NONE FROM this decade'."""
    j = i - 1
    while j >= 0 and chunks[j].text in _BEFORE_YEAR | _DATING | {"that", "came"}:
        j -= 1
    spans_back = chunks[i].text in _SPANNING and age.first is not None and age.last is None
    led = j < i - 1 or chunks[i - 1].text in _DENIED
    if not (spans_back and led and _is_turned(chunks, j + 1)):
        return age
    return Age(None, (age.first or 0) - 1, tuple(range(j, max(age.used) + 1)))


def _last_years(chunks: Sequence[Chunk], i: int, known: CatalogueYears) -> Age | None:
    """Read 'the last ten years', 'the past decade', 'in recent years'."""
    texts = [chunk.text for chunk in chunks[i : i + 5]]
    if texts[:1] == ["recent"] and texts[1:2] in (["years"], ["decades"]):
        return Age(known.recent, None, (i, i + 1))
    if not texts or texts[0] not in _LAST:
        return None
    unit = next((k for k in range(1, len(texts)) if texts[k] in ("years", "yrs", "decade", "decades")), 0)
    amount = 1 if unit == 1 and texts[1] == "decade" else _amount(texts[1:unit])
    if not unit or amount is None or _is_experience(chunks, i):
        return None
    span = amount * (1 if texts[unit] in ("years", "yrs") else 10)
    return Age(known.now - span, None, tuple(range(i, i + unit + 1)))


def _amount(said: Sequence[str]) -> int | None:
    plain = [word for word in said if word not in ("of", "or", "so", "a")]
    if not plain:
        return _VAGUE["recent"]
    number = NUMBER_WORDS.get(plain[0], plain[0])
    return int(number) if number.isdecimal() else _VAGUE.get(plain[0])


def _age(chunks: Sequence[Chunk], i: int, known: CatalogueYears) -> Age | None:
    if chunks[i].kind != "word":
        return None
    name, length = next(((n, k) for n, p in _AGES.items() if (k := said_after(chunks, i, p))), ("", 0))
    end = i + length
    if not name or _is_elsewhere(chunks, i, end) or _is_experience(chunks, i):
        return None
    if " ".join(chunk.text for chunk in chunks[i : i + 2]) in words("places", "regions"):
        return None  # "new york movies"
    if _is_either(chunks, i, end) or _is_welcome(chunks, end) or _may_be(chunks, i):
        return Age(None, None, tuple(range(i, end)))
    if not (_describes_next(chunks, end, name) or _is_predicate(chunks, i, end, name)):
        return None
    used = tuple(range(i, end))
    old = name in ("old", "classic", "classics")
    if _is_turned(chunks, i):
        return Age(known.old + 1, None, used) if old else Age(None, known.recent - 1, used)
    return Age(None, known.old, used) if old else Age(known.recent, None, used)


def _is_elsewhere(chunks: Sequence[Chunk], i: int, end: int) -> bool:
    """Tell whether the word says something else: 'a modern classic', 'an old friend', 'MY old ones'."""
    before = chunks[i - 1].text if i else ""
    return before in _ELSEWHERE | {"how", "the same"} or any(a.text in _AGED for a in chunks[end : end + 1])


def _is_either(chunks: Sequence[Chunk], i: int, end: int) -> bool:
    """Tell whether both ages will do: 'old or new, I do not mind'."""

    def is_age(j: int) -> bool:
        return any(said_after(chunks, j, phrases) for phrases in _AGES.values())

    joined = end + 1 < len(chunks) and chunks[end].text in ("or", "and") and is_age(end + 1)
    return joined or (i > 1 and chunks[i - 1].text in ("or", "and") and is_age(i - 2))


def _is_welcome(chunks: Sequence[Chunk], end: int) -> bool:
    """Tell whether an age is only allowed: 'OLDER ONES ARE WELCOME too', 'old is fine'."""
    end += end < len(chunks) and chunks[end].text in _NOUNS | {"ones"}
    said = [chunk.text for chunk in chunks[end : end + 2]]
    return said[:1] in (["is"], ["are"], ["s"]) and said[-1] in _FINE


def _may_be(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether an age is only no obstacle: 'CAN BE OLD, can be new'."""
    may = [chunk.text for chunk in chunks[max(0, i - 2) : i]]
    return may[-1:] == ["be"] and may[0] in _PERMITTING


def _describes_next(chunks: Sequence[Chunk], end: int, name: str) -> bool:
    """Tell whether an item noun follows, past other adjectives: 'old French films', 'new comedies'."""
    if name == "classics":
        return True
    for chunk in chunks[end : end + _SHORT]:
        if chunk.kind == "category" or (chunk.kind == "word" and chunk.text in _NOUNS):
            return name != "new" or chunk.text.casefold().endswith(("s", "stuff"))
        if chunk.kind not in ("word", "entity") or chunk.text in _HOLLOW:
            return False
    return False


def _is_predicate(chunks: Sequence[Chunk], i: int, end: int, name: str) -> bool:
    """Tell whether the word ends 'something recent', 'it should be old', 'a western, preferably old'."""
    if (name == "new" and not _is_turned(chunks, i)) or (
        name == "classic" and i and chunks[i - 1].text not in _SOMETHING | {"a"}
    ):
        return False
    closed = (
        end >= len(chunks) or chunks[end].kind == "mark" or chunks[end].text in _HOLLOW | {"please", "or"}
    )
    j = i - 1
    while j >= 0 and chunks[j].kind == "word" and chunks[j].text in _DEGREE:
        j -= 1
    led = chunks[j].text if j >= 0 else ""
    closed = closed or (
        led in _SOMETHING and chunks[end].text in ("and", "but")
    )  # 'something OLD AND french'
    if name == "classic" and j < i - 1 and chunks[i - 1].text == "a":
        return closed and led not in ("is", "was", "s", "its")
    turned = led in _DENIED and j < i - 1  # "that ISN'T TOO old"
    return closed and (turned or led in _SOMETHING | _MODAL | {"not"} or (j < 0 and end >= len(chunks)))


def _is_turned(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether the age is ruled out: 'nothing too old', 'no old films', 'not recent'."""
    j = i - 1
    while j >= 0 and chunks[j].kind == "word" and chunks[j].text in _DEGREE:
        j -= 1
    if j > 1 and [a.text for a in chunks[j - 2 : j + 1]] == ["none", "of", "the"]:
        j -= 2  # "none of the newer ones"
    averse = j >= 0 and bool(said_before(chunks, j + 1, _AVERSE))
    return j >= 0 and (
        averse or chunks[j].text in _DENIED or (chunks[j + 1 : i] == [] and chunks[j].text == "too")
    )


def _is_habit(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether somebody tells what they do: 'THEN I WATCH something recent and feel nothing'."""
    return (
        chunks[j].text in ("watch", "read", "see") and [a.text for a in chunks[max(0, j - 2) : j]] in _THEN_I
    )


def _is_experience(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether the age is of what somebody saw: 'I just saw an old western'."""
    for j in range(i - 1, max(-1, i - 6), -1):
        if chunks[j].kind not in ("word", "trigger") or chunks[j].text in ITEM_NOUNS:
            return False
        if chunks[j].text in _SEEN | _SAYING or _is_habit(chunks, j):
            return True
    return False
