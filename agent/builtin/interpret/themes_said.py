"""What a request says that items are about: words that only descriptions tell of."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.denied import (
    denied_phrases,
    goes_without,
    is_belittled,
    is_denied_in,
    is_done_by_nobody,
    is_done_in_story,
    is_done_to,
    is_hero,
    kept_from,
    without_tastes,
)
from agent.builtin.interpret.dislikes import is_coupled
from agent.builtin.interpret.pointed_subjects import pointed_places
from agent.builtin.interpret.spans import Span, Use
from agent.builtin.interpret.subjects import (
    is_in_named_subject,
    is_in_phrase,
    is_mood,
    is_part_of_title,
    is_subject,
    is_subject_of_noun,
    is_told_of,
    is_toned,
    places_of_moods,
    places_of_phrases,
    refused_at,
    stands_alone,
    words_before,
)
from agent.builtin.interpret.theme import Theme
from agent.builtin.interpret.wordings import start_of_wording
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import clauses
from agent.builtin.parse.negation import is_negated
from agent.builtin.parse.phrases import Phrases, said_before
from tools.english import common_words
from tools.theme_lines import asking_words

_INTERESTS = Phrases(tables("themes")["interests"])
_AVERSE = Phrases([*tables("negation")["averse"], *tables("negation")["hardly"]])
_BEFORE_NOUN = 4  # chunks up to a noun for items
_AFTER_LEAD = 5  # chunks after a word that leads to a theme
_WISHES, _NEAR = frozenset("want wants need needs recommend suggest looking".split()), 5
_HAVING = frozenset("with have had got has theres is was".split())
_DONE_TO = frozenset("it them him me us you this".split())  # behind a verb
_DENYING = words("negation", "denying")
_DENYING_NOUN = _DENYING | {"unless"}
_IN_DENIAL = words("themes", "in a denial")
_OF_SUBJECT = ITEM_NOUNS - {"one", "ones"} | {"stuff", "stories", "story"}
_ITEMS = ITEM_NOUNS | {"items"}
_TELLING = frozenset("about involving featuring with".split())
_NOT_DONE = frozenset("didnt doesnt cant couldnt wouldnt wont".split())
_TRIED = frozenset("found seen read heard tried watched".split())  # 'I have never FOUND another'
_OWNERS = frozenset("my our your his her their".split())
_JOINING = frozenset((",", "and", "or", "of", "the", "a", "an", "in", "on"))
_LETTERS = 3  # of a word that says something: not 'ii'
_JOINED = _PHRASE = 3  # chunks between two words of a phrase; words of one that stands alone
_NOUNS = (Use.THEME, Use.REMARK, Use.WHO_ASKS)
_SPOKEN = (Use.UNKNOWN, Use.OPINION, Use.SMALL_TALK)


def theme_of(spans: Sequence[Span], chunks: Sequence[Chunk]) -> Theme:
    """Return what is asked for by its subject: 'heist movies', 'about cooking or food', 'no zombies'."""
    places = {chunk.start: place for place, chunk in enumerate(chunks)}
    themes = [places[span.start] for span in spans if span.use == Use.THEME and len(span.text) > 1]
    themes = [p for p in themes if not (is_part_of_title(chunks, p) or is_belittled(chunks, p))]
    kept = kept_from(chunks)
    themes = [p for p in themes if not any(p in here for here in kept.values())]
    told = places_of_phrases(chunks)
    negated = [
        p for p in themes if is_negated(chunks, start_of_wording(chunks, p)) and _is_refused(chunks, p)
    ]
    denied = [p for p in negated if not is_denied_in(chunks, p, told)]
    denied += [p for p in themes if goes_without(chunks, p) or is_done_by_nobody(chunks, p, told)]
    denied += [p for p in themes if is_coupled(chunks, p, denied)]
    themes = [p for p in themes if not is_done_to(chunks, p, denied)]
    denied += [p for p, a in enumerate(chunks) if is_hero(a, chunks) and is_negated(chunks, p)]
    denied = without_tastes(chunks, denied, themes)
    others = _of_others(chunks)
    wanted = [p for p in _subjects(themes, chunks) if p not in others]
    refused = tuple(dict.fromkeys((*_refused(chunks, denied), *kept)))
    single = {word for each in refused for word in each.split()}
    bare = {chunks[p].text for p in denied} & {*refused}  # "about WAR but not world war two"
    wanted = [p for p in wanted if not (p in denied or chunks[p].text in bare or is_toned(chunks, p))]
    groups = _grouped(chunks, wanted)
    known = {*single, *(word for group in groups for word in group)}
    liked = _liked_by_them(chunks)
    rest = _rest([p for p in themes if p not in others], chunks) + [chunks[p].text for p in liked]
    rest += _subjects_of_kinds(chunks)
    rest = list(dict.fromkeys(word for word in rest if word not in known))
    parts = {part for word in rest for part in word.split("-")}
    said = sorted({*wanted, *liked, *(p for p in themes if chunks[p].text in parts)})
    named = [p for p in wanted if _is_named_subject(chunks, p)]
    phrases = [p for p in themes if p not in denied and is_in_named_subject(chunks, p)]
    named += [p for p in phrases if is_subject(chunks, p) or is_subject(chunks, p - 1)]
    subject = tuple(dict.fromkeys(chunks[p].text for p in named))
    phrase = _phrase(chunks, said)
    more = (word for word in rest if word.casefold() not in phrase.casefold())
    return Theme(groups, refused, tuple(rest), " ".join([phrase, *more]).strip(), subject)


def _refused(chunks: Sequence[Chunk], places: Sequence[int]) -> tuple[str, ...]:
    """Return what is not wanted: phrases that are known, other neighbouring nouns as one."""
    known = {p: refused_at(chunks, p) for p in sorted(places) if " " not in chunks[p].text}
    phrases = [said for said in known.values() if " " in said]
    others = [p for p in known if known[p] not in {*phrases, *" ".join(phrases).split()}]
    return tuple(dict.fromkeys((*phrases, *denied_phrases(chunks, others))))


def _subjects_of_kinds(chunks: Sequence[Chunk]) -> list[str]:
    """Return the words of kinds that say more than the kind: 'GANGSTER films', not 'not TOO scary'."""
    kinds = [p for p, chunk in enumerate(chunks) if chunk.kind == "category"]
    denied = {p for p in kinds if is_negated(chunks, p) or (p and chunks[p - 1].text == "too")}
    told = {p: chunks[p].text.casefold().split() for p in kinds}
    gone = [word for p in denied for word in told[p]]
    return [w for p in kinds for w in told[p] if w in words("themes", "kinds that are subjects") - {*gone}]


def _subjects(places: Sequence[int], chunks: Sequence[Chunk]) -> list[int]:
    return [p for p in places if not _is_denied(chunks, p) and _is_theme(chunks, p)]


def _is_denied(chunks: Sequence[Chunk], place: int) -> bool:
    place = start_of_wording(chunks, place)
    return is_negated(chunks, place) or (place > 0 and chunks[place - 1].text in _DENYING)


def _is_refused(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a denial is of the word itself: 'no plane CRASHES', not 'I can not LEAVE it to chance'."""
    after = chunks[place + 1].text if place + 1 < len(chunks) else ""
    if after in _DONE_TO or (place > 0 and chunks[place - 1].text == "to") or chunks[place].text in _TRIED:
        return False
    if place > 0 and chunks[place - 1].text in _NOT_DONE:
        return is_done_in_story(chunks, place)  # 'I DIDN'T EXPECT that', 'it DOESN'T TIE everything up'
    if any(said_before(chunks, p, _AVERSE) for p in range(place - 3, place + 1)):
        return True  # "can't follow anything with TIME JUMPS"
    before = [chunk.text for chunk in chunks[max(0, place - _NEAR) : place]]
    denial = next((j for j in range(len(before) - 1, -1, -1) if before[j] in _DENYING_NOUN), None)
    if denial and before[denial] == "nothing" and before[denial - 1] in _HAVING:
        return False  # 'I am at my sister's with nothing PLANNED'
    between = before[denial + 1 :] if denial is not None else before
    if "too" in between[:-1] and between[-1] not in ("much", "many"):
        return False  # 'not TOO scary halloween films'
    return sum(word not in _IN_DENIAL for word in between) < 2 and not any(w.isdecimal() for w in between)


def _is_named_subject(chunks: Sequence[Chunk], place: int) -> bool:
    after = chunks[place + 1].text if place + 1 < len(chunks) else ""
    before = [chunk.text for chunk in chunks[max(0, place - 2) : place]]
    led = before[-1:] if before[-1:] and before[-1] not in ("a", "an", "the", "some") else before[:1]
    about = bool(set(led) & _TELLING) or before == ["set", "in"]
    return after in _OF_SUBJECT or about


def _of_others(chunks: Sequence[Chunk]) -> frozenset[int]:
    """Return the places of clauses that tell what somebody else likes: 'my husband will watch anything'."""
    found: set[int] = set()
    for clause in clauses(chunks):
        said = {chunk.text for chunk in chunks[clause.start : clause.stop]}
        owned = chunks[clause.start].text in ("my", "his", "her", "our")
        if owned and said & words("themes", "tastes") and not said & _WISHES:
            found |= set(clause)
    return frozenset(found)


def _is_theme(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word is surely a subject: said to be one, or a noun before one for items."""
    if _is_tone(chunks, place) or _says_nothing(chunks, place):
        return False
    ordinary = chunks[place].text in common_words() and not is_subject_of_noun(chunks, place)
    return is_subject(chunks, place) or (not ordinary and _describes_items(chunks, place))


def _rest(places: Sequence[int], chunks: Sequence[Chunk]) -> list[str]:
    """Return what else is said of items, the parts of a compound as one: 'SLOW', 'MIND-BENDING'."""
    found: list[str] = []
    last = -2
    for place in places:
        joined = place == last + 1 and is_toned(chunks, place) and is_toned(chunks, last)
        if joined and found:
            found[-1] += f"-{chunks[place].text}"
        elif _is_rest(chunks, place) or is_toned(chunks, place):
            found.append(chunks[place].text)
        last = place
    return found


def _liked_by_them(chunks: Sequence[Chunk]) -> list[int]:
    """Return the places of what somebody to choose for likes: 'for my uncle, who loves TRAINS'."""
    said = (p for p in range(2, len(chunks)) if chunks[p - 2].text == "who" and chunks[p].kind == "word")
    return [p for p in said if said_before(chunks, p, _INTERESTS)]


def _phrase(chunks: Sequence[Chunk], places: Sequence[int]) -> str:
    """Return the words at places as they were said, with those that join them: 'COMING of AGE'."""
    joined = places_of_phrases(chunks)
    out: list[str] = []
    last = -1
    for place in sorted(
        {*places, *(p for p in joined if not {p - 1, p + 1, p - 2, p + 2}.isdisjoint(places))}
    ):
        between = chunks[last + 1 : place] if out else []
        small = len(between) <= _JOINED and all(chunk.text in _JOINING for chunk in between)
        out += [chunk.text for chunk in between] if small else []
        out.append(chunks[place].text)
        last = place
    return " ".join(out)


def _says_nothing(chunks: Sequence[Chunk], place: int) -> bool:
    said = chunks[place].text
    return said in asking_words() or (len(said) < _LETTERS and not is_told_of(chunks, place))


def _is_rest(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word says something of items that is no clear subject: 'a SLOW, LONELY film'."""
    owned = place > 0 and chunks[place - 1].text in _OWNERS  # "no room left on MY BMW"
    told = is_in_phrase(chunks, place)
    if owned or _is_denied(chunks, place) or (_says_nothing(chunks, place) and not told):
        return False
    return _is_tone(chunks, place) or chunks[place].text not in common_words()


def _is_tone(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word says how items feel or are made: 'SAD', 'FEEL-good', 'a TWIST ending'."""
    word = chunks[place].text
    tone = word in words("unknowable", "plot") or word in words("unknowable", "judgement") or is_mood(word)
    return tone or is_toned(chunks, place) or is_in_phrase(chunks, place)


def _grouped(chunks: Sequence[Chunk], places: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """Return the words at these places, those joined by 'or' together, each once."""
    groups: list[list[str]] = []
    last = -1
    for place in places:
        word = chunks[place].text
        between = [chunk.text for chunk in chunks[last + 1 : place]]
        if groups and "or" in between and set(between) <= {"or", ",", "a", "an", "the", "maybe"}:
            groups[-1].append(word)
        elif not any(word in group for group in groups):
            groups.append([word])
        last = place
    return tuple(tuple(dict.fromkeys(group)) for group in groups)


def _describes_items(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word stands before a noun for items, or after a word that leads to a theme."""
    here = chunks[place].sentence
    after = [
        "items" if c.kind == "category" else c.text.split()[-1]
        for c in chunks[place + 1 : place + _BEFORE_NOUN]
        if c.sentence == here
    ]
    before = words_before(chunks, place, _AFTER_LEAD)
    for end in (",", "as"):
        after = after[: after.index(end)] if end in after else after
    return not (_ITEMS.isdisjoint(after) and words("uses", "leads to theme").isdisjoint(before))


def subject_alone(spans: Sequence[Span], chunks: Sequence[Chunk]) -> Theme:
    """Return the subject of a request that says no other: 'he is obsessed with trains', 'CYBERPUNK.'."""
    places = {chunk.start: place for place, chunk in enumerate(chunks)}
    content = [places[span.start] for span in spans if span.use in (Use.THEME, Use.REMARK, Use.WHO_ASKS)]
    interests = list[int]()
    for place in content:  # 'he loves WAR HISTORY'
        if said_before(chunks, place, _INTERESTS) or place - 1 in interests:
            interests.append(place)
    content = [place for place in content if not is_toned(chunks, place)]
    themes = {places[span.start] for span in spans if span.use == Use.THEME}
    alone = [place for place in content if place in themes and stands_alone(chunks, place)]
    theirs = any(chunk.text in _OWNERS for chunk in chunks)  # 'for MY father and son'
    occasions = [] if theirs else sorted({*content} & places_of_moods(chunks))  # 'for a FIRST DATE'
    found = pointed_places(chunks) or interests or _subjects(content, chunks) or alone or occasions
    return Theme(_grouped(chunks, found), phrase=_phrase(chunks, found))


def phrase_alone(spans: Sequence[Span], chunks: Sequence[Chunk]) -> Theme:
    """Return the theme of noun phrases that are all of a message: 'Slow burn. A boy and his dog.'."""
    places = {chunk.start: place for place, chunk in enumerate(chunks)}
    said = {chunk.text for chunk in chunks}
    content = {span.use for span in spans if span.use in _NOUNS}
    if "for" in said and (content == {Use.WHO_ASKS} or said & {"gift", "gifts", "present"}):
        return Theme()  # 'a present for my mum', 'birthday gift for a retired teacher'
    named = any(chunk.kind in ("category", "entity") for chunk in chunks)
    if named or not content or any(span.use in _SPOKEN for span in spans):
        return Theme()
    told = [places[span.start] for span in spans if span.use in (*_NOUNS, Use.ASKING)]
    told = [p for p in told if not _is_denied(chunks, p) and chunks[p].kind in ("word", "trigger")]
    told = [p for p in told if chunks[p].text.isalpha() and chunks[p].text not in asking_words()]
    words_said = dict.fromkeys(chunks[p].text for p in told)
    return Theme(tuple((word,) for word in words_said), phrase=_phrase(chunks, told))
