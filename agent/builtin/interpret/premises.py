"""What a first message tells of a story beside its clear theme: 'a GUY whose WHOLE WORLD is FAKE'.

Its words are looked for as they were said, so that phrases for moods and manners are seen, and people and
places of the story are no company and no occasion. What somebody lacks in it is not ruled out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from agent.builtin.interpret.denied import is_belittled, is_done_by_nobody, is_done_to
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.interpret.spans import Span, Use
from agent.builtin.interpret.subjects import is_of_named_pair, places_of_phrases
from agent.builtin.interpret.theme import Theme
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.negation import is_negated
from agent.builtin.parse.origins import is_place
from agent.builtin.parse.phrases import Phrases, said_before
from tools.moods import mood_phrases
from tools.theme_lines import asking_words

_LETTERS = 3  # of a word that says something
_ENOUGH = 2  # words that tell of a story
_FOR = frozenset("for my our your me us tonight this at after before while during until by when".split())
_OF_USE = _FOR | frozenset(", watch read see enjoy".split())
_OPENS = frozenset("a an the someone somebody where who whose when with about and or".split())
_DENYING = frozenset("not no never without less too isnt arent nothing".split())
_LEFT = frozenset("around left".split())
_LACKING = Phrases(("with no", "has no", "have no", "without any", "with zero"))
_EXPERIENCED = words("parts", "experience") | {"rewatching", "rereading", "tried"}
_TELLING = (Use.THEME, Use.WHO_ASKS, Use.SMALL_TALK, Use.OPINION, Use.REMARK)
_PLAIN = ("word", "category", "trigger")


def is_premise(chunks: Sequence[Chunk]) -> bool:
    """Tell whether a message that asks for nothing may be the premise of a story: 'HIT MAN who wants out'."""
    if chunks and chunks[0].text in _EXPERIENCED:
        return False  # 'WATCHED something on the plane and laughed'
    said = {chunk.text for chunk in chunks}
    if "for" in said and said & {"gift", "gifts", "present"}:
        return False  # 'birthday present for a retired teacher'
    if any(chunk.kind == "entity" and not chunk.choices for chunk in chunks) and _is_shown(chunks):
        return False  # 'they showed Zorg 2 ON THE TELLY'
    phrased = places_of_phrases(chunks)
    told = [p for p, chunk in enumerate(chunks) if p in phrased or _tells(chunk)]
    led = any(chunk.text in _OPENS for chunk in chunks)
    return len(told) >= _ENOUGH and (led or len(told) > _ENOUGH or any(p in phrased for p in told))


def _is_shown(chunks: Sequence[Chunk]) -> bool:
    """Tell whether it is told where something is shown: 'on the telly', 'ZORG IS playing downtown'."""
    told = chunks[0].kind == "entity" and [a.text for a in chunks[1:2]] in (["is"], ["was"])
    return told or any(chunk.text in words("stories", "screens") for chunk in chunks)


def with_premise(
    theme: Theme,
    spans: Sequence[Span],
    chunks: Sequence[Chunk],
    reading: ParsedRequest,
    *,
    asks: bool,
    averse: Collection[str] = (),
) -> Theme:
    """Return a theme with what else is told of the story, and all of it as it was said."""
    values = any(each.roles != ("genre",) for each in (*reading.any_of, *reading.none_of))
    named = reading.wanted or reading.references or reading.claims
    if named or values or reading.comparisons or reading.sorts:
        return theme  # what is said beside names and numbers tells no story
    uses = {span.start: span.use for span in spans}
    titles = {title.text for title in reading.mentioned}
    loose = {p for p, chunk in enumerate(chunks) if chunk.kind == "title" and chunk.text not in titles}
    named_too = reading.categories or reading.any_of or reading.none_of or reading.years != (None, None)
    known_phrases = places_of_phrases(chunks)
    phrased = {
        p
        for p in known_phrases
        if uses.get(chunks[p].start) != Use.UNUSED
        or not (is_negated(chunks, p) or (named_too and not _is_of_manner(chunks, p)))
    }
    phrased = {  # not 'for MY FATHER AND SON'
        p for p in phrased if uses.get(chunks[p].start) != Use.WHO_ASKS or _goes_on(chunks, p, uses)
    }
    pairs = {chunk.start for p, chunk in enumerate(chunks) if is_of_named_pair(chunks, p)}
    whom = reading.audience.starts - pairs if reading.audience else frozenset[int]()
    lacked = {p for p in range(len(chunks)) if _is_lacked(chunks, p, asks=asks)}
    ruled_out = {part for said in (*theme.denied, *averse) for part in (said, *said.split())}
    known = {*theme.said, *ruled_out}
    refused = {p for p, chunk in enumerate(chunks) if chunk.text in ruled_out}
    told = [
        p
        for p, chunk in enumerate(chunks)
        if (p in lacked or chunk.text not in ruled_out)
        and chunk.start not in whom | reading.timed
        and not is_belittled(chunks, p)
        and not is_done_to(chunks, p, refused)
        and not is_done_by_nobody(chunks, p, known_phrases)
        and (p in phrased or p in lacked or p in loose or _is_told(chunks, p, uses, asks=asks))
    ]
    if not told:
        return theme
    more = [p for p in told if p in lacked or chunks[p].text.casefold() not in known]
    more = [p for p in more if p in loose or (_tells(chunks[p]) and uses[chunks[p].start] != Use.ASKING)]
    words_told = [word for p in more for word in chunks[p].text.casefold().split()]
    denied = tuple(word for word in theme.denied if word not in {chunks[p].text for p in lacked})
    rest = tuple(dict.fromkeys((*theme.rest, *words_told)))
    phrase = _phrase(chunks, told, uses)
    left = (word for word in theme.rest if "-" not in word and word not in phrase.split())
    return theme._replace(rest=rest, denied=denied, phrase=" ".join((phrase, *left)))


def _phrase(chunks: Sequence[Chunk], told: Collection[int], uses: dict[int, Use]) -> str:
    """Return what is told with the small words between, as it was said."""
    span = range(min(told), max(told) + 1)
    said = [
        chunks[p].text
        for p in span
        if p in told or chunks[p].kind == "mark" or uses.get(chunks[p].start) == Use.FUNCTION
    ]
    return " ".join(word for word in said if word not in "·")


def _is_told(chunks: Sequence[Chunk], place: int, uses: dict[int, Use], *, asks: bool) -> bool:
    """Tell whether a word is part of a story: no word of asking, and nobody for whom it is."""
    chunk = chunks[place]
    use = uses.get(chunk.start)
    if use == Use.UNUSED and (is_place(chunk) or chunk.kind == "category"):
        return _DENYING.isdisjoint(each.text for each in chunks[max(0, place - 3) : place])
    if use == Use.THEME and chunk.kind == "entity":
        return True  # 'the SPANISH civil war'
    if chunk.kind not in _PLAIN or use not in _TELLING or not _tells(chunk):
        return False
    if use == Use.THEME:
        return True
    if not asks:
        return use != Use.WHO_ASKS or not _is_for(chunks, place)
    return use == Use.WHO_ASKS and _is_in_story(chunks, place, uses)


def _is_in_story(chunks: Sequence[Chunk], place: int, uses: dict[int, Use]) -> bool:
    """Tell whether a subject stands before somebody or some place of it: 'suspects in a fancy HOUSE'."""
    here = [p for p in range(place) if chunks[p].sentence == chunks[place].sentence]
    start = next((p for p in here if uses.get(chunks[p].start) == Use.THEME), None)
    return start is not None and not {"on", ",", *_FOR} & {chunk.text for chunk in chunks[start:place]}


def _is_of_manner(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word is half of a phrase for a mood: 'a FAST PACED thriller'."""
    pairs = (chunks[max(0, place - 1) : place + 1], chunks[place : place + 2])
    said = [" ".join(chunk.text for chunk in pair) for pair in pairs]
    return not _mood_phrases().isdisjoint(said)


def _goes_on(chunks: Sequence[Chunk], place: int, uses: dict[int, Use]) -> bool:
    """Tell whether a phrase says where a story goes: 'a dad and his son on a ROAD TRIP'."""
    here = [p for p in range(place) if chunks[p].sentence == chunks[place].sentence]
    start = next((p for p in here if uses.get(chunks[p].start) == Use.THEME), None)
    return start is not None and not _OF_USE & {chunk.text for chunk in chunks[start:place]}


def _is_for(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether it is for somebody: 'for MY DAD', not 'an old PERSON'."""
    here = [chunk.text for chunk in chunks[:place] if chunk.sentence == chunks[place].sentence]
    since = len(here) - 1 - here[::-1].index(",") if "," in here else 0
    return not _FOR.isdisjoint(here[since:])


def _is_lacked(chunks: Sequence[Chunk], place: int, *, asks: bool) -> bool:
    """Tell whether it is what somebody of a story lacks: 'wakes up WITH NO memory', 'NO parents AROUND'."""
    after = chunks[place + 1].text if place + 1 < len(chunks) else ""
    if chunks[place].kind != "word" or not _tells(chunks[place]):
        return False
    if place and chunks[place - 1].text == "no" and after in _LEFT:
        return True
    start = place - said_before(chunks, place, _LACKING)
    if asks or start == place or start == 0 or any(chunk.kind == "category" for chunk in chunks):
        return False
    return chunks[start - 1].kind == "word" and chunks[start - 1].text not in words("unknowable", "tone")


def _tells(chunk: Chunk) -> bool:
    """Tell whether a word says something, wherever it stands."""
    said = chunk.text.casefold()
    small = said in asking_words() or said in ITEM_NOUNS or said in _function()
    return chunk.kind in (*_PLAIN, "entity") and len(said) >= _LETTERS and not small


@cache
def _function() -> frozenset[str]:
    return frozenset(word for section in tables("function").values() for word in section) - {"alone"}


@cache
def _mood_phrases() -> frozenset[str]:
    return frozenset(mood_phrases())
