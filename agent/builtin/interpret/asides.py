"""Words that are only said to be no obstacle, and what people do on items as what these are about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk

_MEASURING = frozenset("a any some bit of little touch dash lot the".split())
_HERO = 4  # chunks from what leads to a story to how somebody in it is
_BEING_SO = frozenset("is are s also too".split())  # behind what is only allowed
_ENDING = frozenset((".", ",", "!", "and", "but"))
_WONDERED = 4  # chunks from a question to what it asks
_AGES = words("audience", "ages said of heroes")
_HEROES = frozenset("he she they hes shes theyre".split())
_FEASTS = frozenset("christmas xmas halloween easter thanksgiving".split())
_WANTED = frozenset("film films movie movies something anything".split())
_LEADING = frozenset(
    "one made released published produced issued bottled built opened started founded launched".split()
)
_KILLING = frozenset("kill fill pass spare waste burn while".split())
_TIMES = frozenset("hour hours time minutes evening evenings afternoon night day weekend".split())
_TOLD = 7  # chunks from 'when' to the last that tells when
_FROM_TIMES = (["from", "back"], ["from", "around"], ["the", "time"], ["the", "days"], ["the", "era"])
_ROUTE = 6  # chunks from a journey to where it goes
_JOURNEYS = frozenset(
    "train flight plane bus drive journey trip ferry commute ride flying driving travelling".split()
)
_DONE_WELL = frozenset("writing written acted directed made shot photographed edited".split())
_KINDS_OF_MAKERS = words("uses", "kinds of makers")
_MAKERS = frozenset(
    "director directors writer writers author authors filmmaker filmmakers novelist novelists".split()
)


def is_allowed(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word is only said to be no obstacle: 'MELANCHOLY is fine', 'FOREIGN is okay'."""
    follows = chunks[place + 1].text if place + 1 < len(chunks) else "."
    if follows in _ENDING:
        return _may_be(chunks, place)
    if follows not in _BEING_SO:
        return False
    after = [chunk.text for chunk in chunks[place + 1 : place + 4]]
    allowed = not words("lists", "allowing").isdisjoint(after)
    start = place
    while start and chunks[start - 1].text in _MEASURING:
        start -= 1
    opens = start == 0 or chunks[start - 1].kind == "mark" or chunks[start - 1].text in ("but", "and")
    led = after[:1] in (["is"], ["are"], ["s"]) or (start < place and after[:1] in (["also"], ["too"]))
    return opens and allowed and led


def is_of_subtitles(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word is of the language of subtitles or sound: 'ENGLISH AUDIO', 'dubbed in GERMAN'."""
    after = chunks[place + 1].text if place + 1 < len(chunks) else ""
    before = [chunk.text for chunk in chunks[max(0, place - 2) : place]]
    instead = words("stories", "heard or read instead")
    dubbed = before[:1] != [] and before[0] in instead and before[1:] in (["in"], ["into"])
    led = before[-1:] != [] and before[-1] in words("places", "of countries")
    named = led and chunks[place].text in instead
    spoken = before == ["not", "in"] or (
        before[-1:] == ["in"] and before[:1] in (["arent"], ["isnt"], ["spoken"])
    )
    spoken = spoken and chunks[place].text in words("places", "of countries")
    return chunks[place].kind == "word" and (after in instead or dubbed or named or spoken)


def is_when_wanted(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word says on which journey, or for what time, something is wanted."""
    said = chunks[place].text
    clock = said[:-2].isdecimal() and said[-2:] in ("am", "pm")  # 'a film for 2AM'
    return clock or any(told(chunks, place) for told in (is_of_journey, _kills_time, _is_for_when))


def _is_for_when(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word says when something is wanted: 'a film FOR WHEN THE IN-LAWS COME OVER'."""
    for k in range(place, max(0, place - _TOLD), -1):
        if chunks[k].kind == "mark" or chunks[k].text in ("and", "but", "with"):
            return False
        if chunks[k].text == "when" and chunks[k - 1].text == "for":
            return True
    return False


def _kills_time(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word says that somebody has time: 'two hours to KILL', 'to FILL an evening'."""
    near = {chunk.text for chunk in chunks[max(0, place - 4) : place + 4]}
    led = place > 0 and chunks[place - 1].text == "to"
    return led and chunks[place].text in _KILLING and bool(near & _TIMES)


def of_vague_times(chunks: Sequence[Chunk]) -> frozenset[int]:
    """Return the places of words that say when items are from, and no year does: 'from WHEN I WAS YOUNG'."""
    found: set[int] = set()
    for start in [i for i, chunk in enumerate(chunks) if chunk.text == "when"]:
        before = [chunk.text for chunk in chunks[max(0, start - 2) : start]]
        if before[-1:] != ["from"] and before not in _FROM_TIMES:
            continue
        for place in range(start, min(start + _TOLD, len(chunks))):
            if chunks[place].kind == "mark" or chunks[place].text in ("and", "but", "with"):
                break
            found.add(place)
    return frozenset(found)


def _may_be(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether items may be so: 'something warm, CAN BE A BIT SILLY'; not 'can it be silly?'."""
    start = place
    while start and chunks[start - 1].text in _MEASURING:
        start -= 1
    may = [chunk.text for chunk in chunks[max(0, start - 2) : start]]
    return may in (["can", "be"], ["may", "be"], ["might", "be"])


def is_as_long_as(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word only leads to what must hold: 'AS LONG AS it is short'."""
    led = chunks[place].text == "long" and 0 < place < len(chunks) - 1
    return led and chunks[place - 1].text == "as" == chunks[place + 1].text


def is_measured_out(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a little of something is only allowed: 'a bit of ROMANCE is fine'."""
    return place > 0 and chunks[place - 1].text in ("of", "any", "some") and is_allowed(chunks, place)


def is_work_told_of(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether what people do on items is what these are about: 'a documentary about MUSIC'."""
    if place == 0 or chunks[place - 1].text != "about":
        return False
    works = any(entry.kind == "work" for entry in chunks[place].entries)
    return works and [chunk.text for chunk in chunks[place + 1 : place + 2]] not in (["of"], ["for"], ["by"])


def is_praised_work(chunks: Sequence[Chunk], place: int, reading: ParsedRequest) -> bool:
    """Tell whether work on items is only praised, and nobody is named who did it: 'a great SOUNDTRACK'."""
    named = reading.wanted or reading.references or reading.claims or reading.open_roles or reading.mentioned
    named = named or reading.none_of or reading.any_of
    before = chunks[place - 1].text if place else ""
    after = chunks[place + 1].text if place + 1 < len(chunks) else ""
    how = before == "well" or before in words("asking", "quality")
    if how and after not in ("by", "of", "for") and chunks[place].text in _DONE_WELL:
        return True
    works = any(entry.kind == "work" for entry in chunks[place].entries)
    return works and not ((named and not how) or after in ("by", "of") or is_work_told_of(chunks, place))


def is_said_of_hero(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word says how somebody in a story is: 'a western WHERE HE IS OLD'."""
    if chunks[place].text not in _AGES:
        return False
    before = [chunk.text for chunk in chunks[max(0, place - _HERO) : place]]
    return "where" in before and any(word in _HEROES for word in before)


def is_feast_of_films(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a feast is what films are about, and no day of gifts: 'a FILM FOR CHRISTMAS'."""
    before = chunks[max(0, place - 2) : place] if chunks[place].text in _FEASTS else ()
    if len(before) < len(("film", "for")) or before[-1].text != "for":
        return False
    return not _WANTED.isdisjoint(before[0].text.casefold().split())


def is_of_journey(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a place is one between which somebody travels: 'on the train FROM LONDON to Edinburgh'."""
    led = place > 0 and chunks[place - 1].text in ("from", "to")
    return led and any(chunk.text in _JOURNEYS for chunk in chunks[max(0, place - _ROUTE) : place])


def leads_to_date(chunks: Sequence[Chunk], place: int, timed: Collection[int]) -> bool:
    """Tell whether a word only leads to years: 'MADE after 1980'."""
    if not timed or chunks[place].text not in _LEADING:
        return False
    after = chunks[place + 1 : place + 3]
    led = after[:1] if not after or after[0].text not in ("between", "from", "in") else after[1:]
    return bool(led) and led[0].start in timed


def is_kind_of_maker(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word says what sort of person made items: 'directed by a WOMAN', 'FEMALE directors'."""
    if chunks[place].text not in _KINDS_OF_MAKERS:
        return False
    said = [chunk.text for chunk in chunks[max(0, place - 2) : place]]
    after = chunks[place + 1 : place + 2]
    return said[-1:] == ["by"] or said == ["by", "a"] or any(chunk.text in _MAKERS for chunk in after)


def is_refused_too(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word in a story is one more thing that is not wanted: 'please not TWILIGHT either'."""
    after = chunks[place + 1].text if place + 1 < len(chunks) else ""
    return after == "either" and chunks[max(0, place - 1)].text in ("not", "no", "nor")


def tells_of_liking(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word only leads to what somebody likes: 'for my uncle, who LOVES trains'."""
    led = place > 0 and chunks[place - 1].text == "who"
    return led and chunks[place].text in words("themes", "interests")


def is_aged(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word says how old people are, and is no theme: '15 year OLDS'."""
    return chunks[place].text == "olds" and place > 0 and chunks[place - 1].text in ("year", "years", "yr")


def is_wondered(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word says what is only asked of items: 'DOES THE DOG DIE', 'not IF THE DOG DIES'."""
    led = [chunk.text for chunk in chunks[max(0, place - _WONDERED) : place]]
    for before, after in pairwise(led):
        if before in ("if", "does", "do") and after in words("function", "articles"):
            return "," not in led
    return False


def is_told_of_whom(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word only says what befell whom it is for: 'for MY AUNT WHO FAILED her exams'."""
    here = [chunk.text for chunk in chunks[:place] if chunk.sentence == chunks[place].sentence]
    whos = [i for i, word in enumerate(here) if word == "who" and i > 2]
    if not whos or "," in here[whos[-1] :]:
        return False
    who = whos[-1] - (here[whos[-1] - 1] == ",")
    owned = [i for i in range(max(0, who - _WONDERED), who) if here[i] in words("audience", "owners")]
    led = any(i and here[i - 1] in ("for", "with") for i in owned)
    told = {*here[whos[-1] :], chunks[place].text}
    return led and any(word.endswith("ed") or word in words("clauses", "tells") for word in told - {"read"})
