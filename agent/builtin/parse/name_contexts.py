"""What stands around a name in a text, as evidence of a title, of somebody, of a place or of nothing."""

from __future__ import annotations

import re
from typing import Any

from agent.builtin.lexicon import triggers as lexicon
from agent.builtin.parse.chunks import Candidate
from agent.builtin.parse.vocabulary import Vocabulary
from kg.text import fold, folded_words, tokens
from tools.english import common_words, is_everyday
from tools.shape import CALENDAR

_POINTING = frozenset("them it her him us me you they that this these those".split())
_LEADS_TO_TITLE = frozenset(
    "of like both directed wrote shot scored edited produced saw seen watched rewatched directed wrote "
    "photographed penned behind called besides except excluding minus".split()
)
_LEADS_TO_CAPITALS = _LEADS_TO_TITLE | frozenset(
    "loved adored liked enjoyed reading finished read in from than as did after".split()
)
_FINISHED = frozenset("after finished reading loved adored enjoyed read".split())
_LONG_TITLE = 2  # spaces of a title that is hardly said by chance
_PARTS = frozenset("sort sorts kind kinds type types lot lots bit out because instead full none".split())
_COUNTED = frozenset(
    "minute minutes min mins hour hours day days week weeks month months year years pages people".split()
)
_WATCHED = frozenset("seen saw watched rewatched watching rewatching".split())
_LEADS_SURELY = frozenset("like seen saw watched rewatched called of besides except excluding minus".split())
_WORK_ADJECTIVES = frozenset("old early late good classic great vintage nice decent proper lesser".split())
_AFTER_WORK = frozenset(
    "with you i we please for from that which or and but where not tonight in pls".split()
)
_LEADS_TO_NAME = frozenset("by with w starring featuring more from and or of".split())
_SENTENCE_END = re.compile(r"[.!?\n]\s")
_ENDS = frozenset('.,!?;:)"”\n')
_BEFORE_PLACE = frozenset("in at near to into around".split())
_LEADS_TO_LAST = frozenset("without except excluding besides minus not no than now about try".split())
_SCENES = (
    ["set", "in"],
    ["place", "in"],
    ["happens", "in"],
    ["happening", "in"],
    ["set", "around"],
    ["story", "in"],
)
_KINDS = frozenset(
    "thriller thrillers comedy comedies drama dramas western westerns romance romances musical musicals "
    "mystery mysteries documentary documentaries cartoon cartoons biography biographies "
    "memoir memoirs".split()
)
_WHO = frozenset("who whos who's".split())
_DID = frozenset("did made directed wrote shot scored".split())
_MAKERS = frozenset("director author writer composer actor actress filmmaker novelist".split())
_BEFORE_REFUSED = (["but"], ["and"], ["thats"], ["that"], ["s"], ["is"])  # 'a film THAT'S not up'
_CLOSES = (["please"], ["pls"], ["though"], ["tho"], ["either"], ["this"], ["anymore"], ["thanks"], ["then"])
_GOES_ON = (["i"], ["we"], ["please"], ["and"], ["or"], ["but"], ["again"], ["yesterday"], ["tonight"])


def counts(text: str, end: int) -> bool:
    """Tell whether a number counts what follows: 'in 10 minutes'."""
    after = folded_words(text[end : end + 16])[:1]
    return bool(after) and after[0] in _COUNTED


def is_watched(text: str, start: int) -> bool:
    """Tell whether what follows was watched, so no person: 'rewatched LEON last night'."""
    before = words_before(text, start)
    return bool(before) and before[-1] in _WATCHED


def words_before(text: str, start: int) -> list[str]:
    """Return the words of the few characters before a place."""
    return folded_words(text[max(0, start - 24) : start])


def is_a_thing(text: str, start: int, said: str) -> bool:
    """Tell whether a word in small letters with an article is only a word: 'a SLEEPOVER'."""
    return said.islower() and " " not in said and words_before(text, start)[-1:] in (["a"], ["an"])


def is_from(text: str, start: int, end: int) -> bool:
    """Tell whether items are from a country: 'films from Brazil', not 'Brazil, which I loved'."""
    before = words_before(text, start)
    led = before[-1:] in (["from"], ["in"]) and bool(before[-2:-1])
    return led or leads_on_to_items(text, end)


def is_scene(text: str, start: int, end: int) -> bool:
    """Tell whether a place is where a story is: 'set in IRELAND', 'about VIETNAM'."""
    before = words_before(text, start)
    if before[-1:] == ["about"]:
        return not is_from(text, start, end)
    return before[-2:] in _SCENES and not leads_on_to_items(text, end)


def is_work(text: str, start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Tell whether the name of a genre is what somebody did: 'music by', 'wrote the music'."""
    entries = vocabulary.triggers.get(tuple(folded_words(text[start:end])), ())
    words = folded_words(text[max(0, start - 16) : start])
    before = words[-1:]
    after = folded_words(text[end : end + 12])[:1]
    if before == ["the"] and (*words[-2:], fold(text[start:end])) in vocabulary.triggers:
        return True  # "wrote the music"
    return any(entry.kind == "work" for entry in entries) and (
        after[:1] == ["by"]
        or (
            after[:1] in (["for"], ["of"], ["in"]) and before in (["the"], ["his"], ["her"], ["s"], ["whose"])
        )
    )


def leads_to_title(text: str, start: int, end: int) -> bool:
    """Tell whether what stands before a name in its sentence leads to a title: 'I saw X', 'both X'."""
    sentence = _SENTENCE_END.split(text[max(0, start - 40) : start])[-1]
    before = folded_words(sentence)
    named = tokens(text[start : start + 12])[:1]
    dated = bool(named) and named[0].norm in CALENDAR  # "in March", "from Friday"
    plain = text[start].islower() or dated or text[start:end].isdecimal()  # "older than 1900"
    words = _LEADS_TO_TITLE if plain else _LEADS_TO_CAPITALS
    if text[start].islower() and text[start:end].count(" ") >= _LONG_TITLE:
        words = words | _FINISHED
    if bool(named) and named[0].raw in _POINTING:
        return False  # "both of them"
    if before[-1:] == ["of"] and before[-2:-1] and before[-2] in _PARTS:
        return False  # "that sort of thing"
    if _is_of_maker(before):
        return True
    if text[start:end].islower() and (before[-1:] == ["not"] or fold(text[start:end]) in common_words()):
        alone = not text[end:].strip() or text[end] in _ENDS
        after = [token.norm for token in tokens(text[end : end + 12])[:1]]
        refused = before[-1:] == ["not"] and before[-2:-1] in _BEFORE_REFUSED
        surely = before[-1:] != [] and before[-1] in _LEADS_SURELY
        return (surely or refused) and (alone or after in _GOES_ON)
    same_as = before[-1:] == ["as"] and "same" in before[-5:]
    both = before[-1:] == ["and"] and "both" in before
    return bool(before) and (before[-1] in words or same_as or both)


def is_asked_of_number(text: str, start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a question is of a title that is a number: 'who CUT 1917?', "what's 300 about"."""
    if not text[start:end].isdecimal():
        return False
    before = [token.norm for token in tokens(_SENTENCE_END.split(text[max(0, start - 40) : start])[-1])]
    after = [token.norm for token in tokens(text[end : end + 16])[:2]]
    if not before:
        return False
    if before[0] in _WHO:
        return tuple(before[-1:]) in vocabulary.triggers or before[-1] in ("in", "for", "did")
    about = before in (["what", "is"], ["whats"], ["what", "s"]) and after[:1] == ["about"]
    return about or (before in (["is"], ["was"]) and after in (["any", "good"], ["worth", "watching"]))


def _is_of_maker(before: list[str]) -> bool:
    """Tell whether what somebody made is named: 'the guy WHO DID get out', 'the director that made'."""
    who, did = before[-2:-1], before[-1:]
    made = bool(did) and did[0] in _DID and who in (["who"], ["that"], ["whod"])
    return made and before[-3:-2] != [] and before[-3] in lexicon.PERSON_NOUNS | _MAKERS


def leads_to_form(text: str, start: int) -> bool:
    """Tell whether a form of a work follows: 'out as a PAPERBACK'."""
    before = words_before(text, start)
    return bool({"as", "in", "on"} & set(before[-2:]))


def leads_to_name(text: str, start: int) -> bool:
    """Tell whether a name of somebody follows: 'with X', 'by X'."""
    before = tokens(text[max(0, start - 24) : start])
    return bool(before) and fold(before[-1].raw) in _LEADS_TO_NAME - {"and", "or", "of", "from"}


def leads_on_to_items(text: str, end: int) -> bool:
    """Tell whether the noun of items, or of a kind of them, follows: 'BRAZIL films', 'HICHCOCK thrillers'."""
    after = folded_words(text[end : end + 16])[:1]
    return bool((lexicon.ITEM_NOUNS | _KINDS) & set(after)) and text[end : end + 1] == " "


def is_faint(said: str, choice: Candidate) -> bool:
    """Tell whether a name is one word in small letters, so perhaps just a word."""
    return said.islower() and " " not in said and not {"genre", "country", "language"} & set(choice.roles)


def is_thing_or_place(text: str, start: int, end: int, *, known: bool) -> bool:
    """Tell whether a surname stands where a thing or a place does: 'the WALL fell', 'tomorrow in LYON'."""
    before = words_before(text, start)[-2:]
    if text[start:end].startswith("the ") and is_everyday(fold(text[start + 4 : end])):
        return True  # 'the one with THE GIANT ape'
    owns = text[end : end + 2] in ("'s", "’s") or leads_on_to_items(text, end)
    if owns or not before:
        return False
    place = before[-1] in _BEFORE_PLACE and before[0] != "interested"
    thing = before[-1] == "the" and (is_everyday(fold(text[start:end])) or not known)
    return place or thing or before == ["name", "is"]


def stands_as_name(text: str, start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a word in small letters stands where a name of somebody does: 'by brill', 'only brill'."""
    before = words_before(text, start)
    after = folded_words(text[end : end + 16])
    done = (
        tuple(after[:1]) in vocabulary.triggers or after[:1] == ["s"] or lexicon.ITEM_NOUNS & set(after[:1])
    )
    alone = before in (["only"], ["just"], ["but"], ["and"]) and not after
    if _is_a_work_of(before, after):
        return not is_everyday(fold(text[start:end]))  # "about a band" is not of The Band
    return not before or before[-1] in _LEADS_TO_NAME or bool(done) or alone or _ends_clause(text, start, end)


def is_work_of(text: str, start: int, end: int) -> bool:
    """Tell whether a surname with an article is something of theirs: 'another HICHCOCK please'."""
    before = words_before(text, start)
    after = folded_words(text[end : end + 16])
    return _is_a_work_of(before, after)


def _is_a_work_of(before: list[str], after: list[str]) -> bool:
    """Tell whether a surname with an article is something of theirs: 'an old HITCHCOCK with'."""
    adjectives = before[-1:] if before[-1:] and before[-1] in _WORK_ADJECTIVES else []
    article = before[: len(before) - len(adjectives)][-1:]
    return article in (["a"], ["an"], ["another"]) and (not after or after[0] in _AFTER_WORK)


def _ends_clause(text: str, start: int, end: int) -> bool:
    """Tell whether a name in small letters ends what rules it out: 'no tolstoy pls'."""
    before = words_before(text, start)
    after = folded_words(text[end : end + 16])
    ends = not after or text[end] in _ENDS or after[:1] in _CLOSES
    led = before[-1] in _LEADS_TO_LAST or before[-2:] in (["anything", "but"], ["everything", "but"])
    return led and ends and fold(text[start:end]) not in common_words()


def is_end_of_order(said: str) -> bool:
    """Tell whether words in small letters only say which is meant: 'the earliest', 'the latest one'."""
    spoken = said.split()
    return said.islower() and set(spoken) <= _ENDS_OF_ORDER and bool(set(spoken) - {"the", "one", "ones"})


_ENDS_OF_ORDER = frozenset("the earliest latest oldest newest one ones".split())


def without_both(mention: dict[str, Any]) -> dict[str, Any]:
    """Return a mention without a word before it that was taken for part of it: 'BOTH De Niro and Pacino'."""
    led = mention["text"].startswith("both ") and mention["candidates"]
    if not led or any(c["match"] != "spelling" for c in mention["candidates"]):
        return mention
    cut = len("both ")
    found = [each | {"match": "surname"} for each in mention["candidates"]]
    return mention | {"text": mention["text"][cut:], "start": mention["start"] + cut, "candidates": found}


def joins(between: str) -> bool:
    """Tell whether what stands between two names joins them."""
    return between.strip(" \"'“”‘’") in ("and", ",", "&", "or")


def is_capital_word(said: str) -> bool:
    """Tell whether a name is one word with a capital."""
    return said[:1].isupper() and " " not in said
