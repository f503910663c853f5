"""Clauses of a message, and which of them ask for something: a story around a wish is no part of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import islice, pairwise

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clause_words import without_memory, without_narration
from agent.builtin.parse.identity import Same

_KEPT = 8  # rows of chunks; a message is read in a few forms, one after the other
_ENDS, _WEAK = frozenset(".;!?"), frozenset(("sucker", "weakness"))
_NOUNS = ITEM_NOUNS - {"one", "ones"}
_POINTING = frozenset("that this it those these they he she".split())
_OF_WISHES, _ABLE = frozenset(("i", "we")), frozenset(("can", "could", "might"))
_MADE, _TO_TAKE_UP = words("clauses", "made of all"), frozenset(("read", "watch", "enjoy", "binge"))
_RELATIVE = (("that", "are"), ("that", "were"))  # 'winners THAT ARE readable'
_CLOSING = frozenset(("ones", "one"))
_OF_ONESELF = (["am", "i"], ["are", "we"])  # 'am I being unreasonable?'
_ABOUT = (["where"], ["about"], ["set"])
_BEING = frozenset("s is was are were looks look sounds sound".split())
_ASKED_OF = ITEM_NOUNS | {"is", "are", "was", "whats"}
_JUDGED = frozenset("was were wasnt rocked rocks ruled slapped slaps sucked sucks".split())
_NEVER, _TRIED = frozenset("never havent hasnt".split()), frozenset("seen read watched tried found".split())
MORE = frozenset(("more", "any", "anything", "another", "some", "something"))
_MANY = frozenset("movies films books novels stories stuff".split())
_POINTED = frozenset("the these those his her their your all both of some good love like".split())
_OPENING, _EARLY, _LATELY = (
    3,
    5,
    frozenset(("just", "recently", "finally")),
)  # words among which a subject stands
_POLITE = (("could", "you"), ("can", "you"), ("would", "you"), ("will", "you"))
_JOINTS = frozenset("and but so because cause cos coz cuz though although".split())
_HEARD = frozenset(("is", "was", "were", "wasnt", "isnt"))  # after a title, of which something is then said
_EXPERIENCED = frozenset("saw seen watched read know already have".split())
_WISHING_ON = words("clauses", "subject") | {"want", "need", "fancy", "wanna"}
_SPEAKING, _WISHING_NOW = frozenset(("i", "we", "ive", "weve")), frozenset(("want", "need", "fancy"))
_MESSAGES = words("stories", "messages")  # 'a WEIRD REQUEST, maybe'
_MUST_BE = (("must", "be"), ("should", "be"), ("needs", "to"), ("has", "to"), ("have", "to"))
_LEADS_ON = ITEM_NOUNS | words("clauses", "leads on")


def clauses(chunks: Sequence[Chunk]) -> Sequence[range]:
    """Return the clauses of a message as ranges of chunks: parted by marks, and by 'and I', 'but my'.

    Asked for again and again of the same chunks, which are never changed in place.
    """
    return _clauses(Same(chunks))


@lru_cache(maxsize=_KEPT)
def _clauses(message: Same) -> tuple[range, ...]:
    chunks = message.value
    starts = [0]
    for i, (before, here) in enumerate(pairwise(chunks), 1):
        if before.kind == "mark":
            parted = before.text in _ENDS or _is_told(chunks, i)
        else:
            parted = (here.kind == "title" or here.text in _SPEAKING) and _runs_on(chunks, i)
        opens = before.text in _JOINTS and here.text in _opening(chunks, starts[-1], i)
        if parted or opens or (before.text == "," and _is_wished_after(chunks, starts[-1], i)):
            starts.append(i)
    ends = [*starts[1:], len(chunks)]
    return tuple(range(start, end) for start, end in zip(starts, ends, strict=True) if start < end)


def _opening(chunks: Sequence[Chunk], start: int, i: int) -> frozenset[str]:
    """Return the words that open a clause behind a joint."""
    return _WISHING_ON if _tells_state(chunks, start, i) else words("clauses", "subject")


def _tells_state(chunks: Sequence[Chunk], start: int, i: int) -> bool:
    """Tell whether a clause up to a joint says how somebody is: 'IM TIRED and want something light'."""
    told = (chunks[k].text for k in range(start, i - 1) if chunks[k].text not in _JOINTS)
    said = list(islice(told, 2))
    return said[:1] in (["im"], ["were"]) or said in (["i", "am"], ["we", "are"])


def _runs_on(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a sentence of its own begins with no mark before it, as it is spoken.

    'something with magic PRACTICAL MAGIC WAS nice', 'I have the flu I WANT something cosy'.
    """
    before, after = chunks[i - 1], chunks[i + 1].text if i + 1 < len(chunks) else ""
    if chunks[i].kind == "title" and after in _HEARD:
        return before.text in _CLOSING or (before.kind == "word" and before.text not in _small())
    if before.kind == "title" and chunks[i].text in _SPEAKING and after in _EXPERIENCED:
        return True
    wishes = chunks[i].text in ("i", "we") and after in _WISHING_NOW
    return wishes and before.text not in _small() | _LEADS_ON


@cache
def _small() -> frozenset[str]:
    return frozenset(word for section in tables("function").values() for word in section)


def _is_wished_after(chunks: Sequence[Chunk], start: int, i: int) -> bool:
    """Tell whether an item is asked for after what has happened: 'I JUST moved, A NOVEL that …'.

    Behind a title too, where it closes as a request: 'I finished Emma, ANOTHER ONE about ships PLEASE'.
    """
    if chunks[i].text not in words("clauses", "opens a wish behind"):
        return False
    here = chunks[start:i]
    end = next((k for k in range(i, len(chunks)) if chunks[k].text in _ENDS), len(chunks))
    if chunks[end - 1].text in words("clauses", "closes a request") and _tells(here, words_of(here)):
        return True
    told = any(chunk.text == "just" for chunk in here) and all(chunk.kind != "title" for chunk in here)
    return told and any(chunk.text in ITEM_NOUNS for chunk in chunks[i + 1 : i + 1 + _OPENING])


def _is_told(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a comma or bracket is followed by a sentence of its own."""
    starts = words("clauses", "subject") | words("clauses", "starts")
    return chunks[i].kind == "word" and chunks[i].text in starts


def asked_clauses(chunks: Sequence[Chunk]) -> Sequence[bool]:
    """Tell of every chunk whether its clause asks for something."""
    return _asked_clauses(Same(chunks))


@lru_cache(maxsize=_KEPT)
def _asked_clauses(message: Same) -> tuple[bool, ...]:
    asked: list[bool] = []
    for clause, wishes in _asking(message):
        asked += [wishes or is_untried(message.value[clause.start : clause.stop])] * len(clause)
    return tuple(asked)


def asking(chunks: Sequence[Chunk]) -> Sequence[tuple[range, bool]]:
    """Return the clauses of a message, and of each whether it asks."""
    return _asking(Same(chunks))


@lru_cache(maxsize=_KEPT)
def _asking(message: Same) -> tuple[tuple[range, bool], ...]:
    return tuple((each, asks(message.value[each.start : each.stop])) for each in _clauses(message))


def told_beside(chunks: Sequence[Chunk]) -> frozenset[int]:
    """Return the places of clauses that tell of somebody's life, beside one that asks for something.

    'had 31 fights in the SEVENTIES. what boxing films are there': no items of then are asked for.
    """
    said = [(clause, chunks[clause.start : clause.stop]) for clause in clauses(chunks)]
    told = [clause for clause, each in said if _tells_of_life(each)]
    if len(told) == len(said) or not any(_names_items(each) for _, each in said):
        return frozenset()
    return frozenset(place for clause in told for place in clause)


def _tells_of_life(clause: Sequence[Chunk]) -> bool:
    opening = words("clauses", "elided subject") | {"i", "we", "ive", "weve"}
    said = words_of(clause)
    named = bool((ITEM_NOUNS | words("clauses", "wish")) & set(said)) or any(
        chunk.kind in ("category", "title") for chunk in clause
    )
    return tells(clause) and not named and said[0] in opening


def _names_items(clause: Sequence[Chunk]) -> bool:
    return not tells(clause) and bool((ITEM_NOUNS | words("clauses", "wish")) & set(words_of(clause)))


def is_untried(clause: Sequence[Chunk]) -> bool:
    """Tell whether a clause tells what somebody does not know yet: 'has never seen a film about boxing'."""
    said = words_of(clause)
    if _NEVER.isdisjoint(said):
        return False
    return any(a in _NEVER and b in _TRIED for a, b in pairwise(said))


def asks(clause: Sequence[Chunk]) -> bool:
    """Tell whether a clause asks: it has a word of wishing, or nobody who tells something.

    'dark and gritty, not too long' belongs to a wish; 'I watched a film last night' tells.
    """
    said = words_of(clause)
    if ("only" in said and ("only", "if") in pairwise(said)) or _says_what_it_must_be(said):
        return True
    if not _MESSAGES.isdisjoint(said) and words("clauses", "clear wish").isdisjoint(said):
        return False
    if _tells(clause, said) or said[:2] in _OF_ONESELF:
        return False
    if _asks_which(said) or ("long" in said and ("long", "as") in pairwise(said)):
        return True  # 'I do not mind which, as long as there is a dog in it'
    if _likes_described(said):
        return True
    owned = bool(said) and said[0] in words("clauses", "subject")
    return not owned or not words("clauses", "wish").isdisjoint(said)


def _says_what_it_must_be(said: Sequence[str]) -> bool:
    """Tell whether items are told to have to be somehow: 'she says IT HAS TO BE Korean'."""
    if "be" not in said:
        return False
    places = (k for k, word in enumerate(said) if word in ("it", "they"))
    return any(tuple(said[k + 1 : k + 3]) in _MUST_BE and "be" in said[k + 2 : k + 4] for k in places)


def _likes_described(said: Sequence[str]) -> bool:
    """Tell whether a clause says what items somebody likes: 'I LOVE FILMS ABOUT neurotic people'."""
    if words("clauses", "liking now").isdisjoint(said[:4]) and _WEAK.isdisjoint(said[:5]):
        return False
    if any(noun in _MANY and before not in _POINTED for before, noun in pairwise(said)):
        return True
    return any(noun in _NOUNS and word in words("clauses", "of items") for noun, word in pairwise(said))


def tells(clause: Sequence[Chunk]) -> bool:
    """Tell whether a clause tells something that happened or is, and wishes for nothing."""
    return _tells(clause, words_of(clause))


def _tells(clause: Sequence[Chunk], said: Sequence[str]) -> bool:
    spoken = without_narration(without_memory(said))
    if not words("clauses", "clear wish").isdisjoint(spoken):
        return False
    polite = tuple(spoken[:2]) in _POLITE and len(spoken) > _OPENING
    if polite or not (_says_what_happened(clause, spoken) or _points(clause, spoken)):
        return False
    return not (_opens_with_items(spoken) or _has_use_for(spoken) or _asks_which(spoken))


def _says_what_happened(clause: Sequence[Chunk], spoken: Sequence[str]) -> bool:
    """Tell whether somebody did something: 'I WATCHED a film last night', 'SERVED on boats'."""
    opening = spoken[len(spoken) > 1 and spoken[0] in _LATELY :]
    elided = bool(opening) and opening[0] in words("clauses", "elided subject")
    befell = spoken[:1] in (["my"], ["our"]) and not words("clauses", "befell").isdisjoint(spoken[:_EARLY])
    if befell or (elided and MORE.isdisjoint(spoken[1:3])):  # 'got any westerns?'
        return True
    told = not words("clauses", "tells").isdisjoint(spoken)
    return told and (not words("clauses", "subject").isdisjoint(spoken) or is_told_of(clause, 0))


def _points(clause: Sequence[Chunk], spoken: Sequence[str]) -> bool:
    """Tell whether something is said of what is pointed at, or of a title: 'THAT WAS great'."""
    if any(a.kind == "category" and b.text == "that" for a, b in pairwise(clause)):
        return False  # 'a thriller THAT'S not too dark'
    pairs = [pair for pair in pairwise(spoken[:_OPENING]) if pair not in _RELATIVE]
    pointed = any(pair[0] in _POINTING and pair[1] in _BEING for pair in pairs)
    titled = len(clause) > 1 and clause[0].kind == "title" and clause[1].text in _HEARD  # 'HEAT IS so dreamy'
    return pointed or titled or _judges_one(spoken)


def _opens_with_items(spoken: Sequence[str]) -> bool:
    """Tell whether a clause opens with what items are about: 'FILMS WHERE …', not 'a film WE SAW'."""
    opening = spoken[len(spoken) > 1 and spoken[0] in ("a", "any", "some") :]
    told = any(who in _SPEAKING and did in words("clauses", "tells") for who, did in pairwise(opening))
    return opening[:1] != [] and opening[0] in ITEM_NOUNS and opening[1:2] in _ABOUT and not told


def _has_use_for(spoken: Sequence[str]) -> bool:
    """Tell whether it is said what somebody could do with items: 'a family saga I CAN READ'."""
    if _ABLE.isdisjoint(spoken):
        return False
    return any(
        who in _OF_WISHES and may in _ABLE and verb in _TO_TAKE_UP
        for who, may, verb in zip(spoken, spoken[1:], spoken[2:], strict=False)
    )


def _judges_one(spoken: Sequence[str]) -> bool:
    """Tell whether it is said how an item was: 'THAT MOVIE WAS great', 'that film rocked'."""
    pointed = spoken[:1] in (["that"], ["this"], ["the"]) and spoken[1:2] != [] and spoken[1] in ITEM_NOUNS
    return pointed and spoken[2:3] != [] and spoken[2] in _JUDGED


def _asks_which(said: Sequence[str]) -> bool:
    """Tell whether a clause asks which: 'which is the oldest', 'so which one', 'the best film EVER MADE'."""
    if any(a == "ever" and b in _MADE for a, b in pairwise(said)) and _OF_WISHES.isdisjoint(said):
        return True
    opens = said[:1] in (["which"], ["what"], ["whats"])
    return (opens and not _ASKED_OF.isdisjoint(said[:2])) or said[-2:] == ["which", "one"]


def is_told_of(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a name is somebody of a story: 'GORDON had read another one', 'CAROL cried'."""
    if not chunks or chunks[i].kind != "entity" or " " in chunks[i].text or i + 1 >= len(chunks):
        return False
    opens = i == 0 or chunks[i - 1].kind == "mark" or chunks[i - 1].text in _JOINTS
    return (
        opens and chunks[i + 1].kind in ("word", "trigger") and chunks[i + 1].text in words("clauses", "did")
    )


def words_of(clause: Sequence[Chunk]) -> list[str]:
    """Return the words of a clause, without names and kinds."""
    return [chunk.text.casefold() for chunk in clause if chunk.kind in ("word", "trigger")]
