"""Small talk: greetings, thanks, goodbyes, reactions, questions to Usher; and a message without it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise, product
from typing import NamedTuple

from agent.builtin.lexicon.load import tables
from agent.builtin.lexicon.load import words as words_of
from kg.text import fold, tokens

# In the order in which they decide what is answered, where a message has several.
KINDS = (
    "start over",
    "memory",
    "about",
    "help",
    "leave",
    "goodbye",
    "thanks",
    "greeting",
    "denial",
    "affirmation",
    "reaction",
    "doubt",
)
_SHORTENED = frozenset("that it what who how where there here let he she".split())
_KEPT = frozenset((word,) for word in ("no", "nah", "meh", "later", "morning", "evening"))  # "no westerns"
_TURNS = (("no", "wait"), ("no", "sorry"), ("no", "actually"), ("you", "know"), ("i", "mean"))
_BY_THEN = frozenset(("when", "once", "after", "if"))  # "I'll be back WHEN I've read these"
_QUESTION = 12  # words of a question to Usher
_LED = 4  # words of a question up to "you"
_FEW = 3  # words beside a question to Usher
_PRAISE = 8  # words that call somebody something
_PRAISING = frozenset((*tables("dialogue")["praise"], *"funny hilarious smart clever quick witty".split()))
_SENTENCES = re.compile(r"(?<=[.?!])\s+")
_KEPT_TEXTS = 64  # a turn asks again of one text
_BESIDE_ALONE = frozenset("ok okay ah oh lol haha well hm hmm then ya yeah yep yes".split())
_ALONE = frozenset(("help", "leave"))  # "help" inside a sentence asks for something else


class SmallTalk(NamedTuple):
    """The kinds of small talk in a message, the likeliest to be answered first, and its other words.

    `core` is the message without the small talk that leads to it or ends it: inside, the same words may ask
    for something ("more *like it*").
    """

    kinds: tuple[str, ...]
    rest: tuple[str, ...]
    core: tuple[str, ...]


@lru_cache(maxsize=_KEPT_TEXTS)
def spoken(text: str) -> tuple[str, ...]:
    """Return the folded words of a text, as phrases have them: "that's" is 'thats'."""
    found: list[str] = []
    for token in tokens(text):
        word = fold(token.raw)
        if word == "s" and found and found[-1] in _SHORTENED:
            found[-1] += word
        else:
            found.append(word)
    return tuple(found)


@lru_cache(maxsize=_KEPT_TEXTS)
def small_talk(words: tuple[str, ...]) -> SmallTalk:
    """Take the small talk out of folded words, the longest phrase first."""
    whole = " ".join(word for word in words if word not in _BESIDE_ALONE)
    if whole in tables("dialogue")["affirmation alone"]:
        return SmallTalk(("affirmation",), (), ())
    kinds: set[str] = set()
    rest: list[str] = []
    others: list[int] = []
    place = 0
    while place < len(words):
        kind, length = _phrase_at(words, place)
        if kind:
            kinds.add(kind)
        else:
            rest.append(words[place])
        if not kind or tuple(words[place : place + length]) in _KEPT:
            others.append(place)
        place += length
    core = words[others[0] : others[-1] + 1] if others else ()
    if _asks_of_usher(core):
        kinds.add("about")
    plain = tuple(word for word in words if word not in words_of("dialogue", "emphasis"))
    if len(plain) < len(words) and "about" in (talk := small_talk(plain)).kinds:
        return talk  # 'what EXACTLY can you do'
    return SmallTalk(tuple(kind for kind in KINDS if kind in kinds), tuple(rest), _without_fillers(core))


def _phrase_at(words: Sequence[str], place: int) -> tuple[str, int]:
    """Return the kind of the longest phrase at a place, and its length; '' and 1 if there is none."""
    for length in _lengths().get(words[place], ()):
        kind = _phrases().get(tuple(words[place : place + length]))
        rules_out = words[place] == "no" and words[place - 1 : place] in (
            ("but",),
            ("and",),
            ["but"],
            ["and"],
        )
        if kind is not None and not (kind in _ALONE and length < len(words)) and not rules_out:
            return kind, length
    return "", 1


def _without_fillers(rest: Sequence[str]) -> tuple[str, ...]:
    """Leave out what only leads over to the next words: '*ok so* more', '*and* who shot it?'."""
    fillers, asks = tables("dialogue")["fillers"], tables("dialogue")["asks"]
    place = 2 if tuple(rest[:2]) in _TURNS else 0
    while place + 1 < len(rest):
        pair = " ".join(rest[place : place + 2])
        if pair in fillers and place + 2 < len(rest):
            place += 2
        elif rest[place] in fillers or (rest[place] in ("and", "but") and rest[place + 1] in asks):
            place += 1
        else:
            break
    return tuple(rest[place:])


def is_trimming(words: Sequence[str]) -> bool:
    """Tell whether words add nothing to small talk: 'thanks *so much for that*'."""
    return set(words) <= set(tables("dialogue")["trimmings"])


def is_to_usher(talk: SmallTalk, words: Sequence[str], text: str = "") -> bool:
    """Tell whether a message with small talk is nothing else, or asks about Usher itself.

    Few words stand beside such a question, or none that asks for items; it may also open the message:
    'how do you decide *what comes first*?'.
    """
    if is_trimming(talk.rest) or praises(talk.core) or ("goodbye" in talk.kinds and talk.rest[0] in _BY_THEN):
        return True
    if _asks_of_usher(talk.core) or _all_speak_of_usher(text):
        return True
    said = f"{' '.join(words)} "
    if any(said.startswith(f"{phrase} ") for phrase in tables("dialogue")["opening about"]):
        return True
    few = len(talk.rest) <= _FEW or not set(tables("acts")["wishing"]) & set(talk.rest)
    return talk.kinds[0] in ("memory", "about") and few and len(talk.rest) <= 2 * _FEW


def closes(talk: SmallTalk, words: Sequence[str]) -> bool:
    """Tell whether a message ends a conversation in words of its own: 'THAT hits the mark, BLESS YOU'.

    It thanks or says goodbye; what else it says is a statement that wishes for nothing.
    """
    told = set(talk.rest) & words_of("acts", "statements")
    wished = set(words) & words_of("acts", "wishing words")
    return bool({"thanks", "goodbye"} & set(talk.kinds) and told and not wished)


def beside_talk(text: str) -> str:
    """Return the sentences of a text that are no small talk and no question to Usher; '' if few are left."""
    said = [part for part in _SENTENCES.split(text) if part.strip()]
    rest = [part for part in said if not _speaks_of_usher(spoken(part))]
    return " ".join(rest) if 0 < len(rest) < len(said) and len(spoken(" ".join(rest))) > 2 else ""


def _all_speak_of_usher(text: str) -> bool:
    return bool(text) and all(_speaks_of_usher(spoken(each)) for each in _SENTENCES.split(text.strip()))


def _speaks_of_usher(words: tuple[str, ...]) -> bool:
    """Tell whether a sentence asks Usher of itself, or only says how it is: 'YOU answer awfully fast'."""
    if {"about", "memory"} & set(small_talk(words).kinds):
        return True
    told = words[:1] != () and words[0] in words_of("usher", "whom is spoken of")
    return told and not set(words) & words_of("usher", "wishing")


def praises(words: Sequence[str]) -> bool:
    """Tell whether Usher is thanked by what it is called: 'you're a legend', 'ur the best'."""
    called = words[:1] in (("you",), ("youre",), ("ur",), ("u",)) or words[:2] in (
        ("what", "a"),
        ("such", "a"),
    )
    return called and len(words) <= _PRAISE and bool(_PRAISING & set(words))


def _asks_of_usher(words: Sequence[str]) -> bool:
    """Tell whether Usher is asked of itself: 'do you actually WATCH films yourself', 'are you BIASED'.

    Of several questions that are joined one asks so: 'do you watch them yourself OR HOW DO YOU KNOW'.
    """
    for i, (joint, first) in enumerate(pairwise(words)):
        if joint in ("or", "and") and first in words_of("usher", "opens another") and i:
            return any(_asks_of_usher(each) for each in (words[:i], words[i + 1 :]))
    said, told = list(_without_fillers(words)), tables("usher")
    if _asks_what_usher_does(said):
        return True
    if len(said) > _QUESTION or said[1:2] != ["you"]:
        return False
    being = said[0] in told["opens being"]
    if not (being or said[0] in told["opens"]):
        return False
    if not being and said[2:3] != [] and said[2] in told["what is known"] and "or" in said:
        return set(said[3:]) <= set(told["kinds of works"])  # 'do you know BOOKS AS WELL OR ONLY films?'
    rest = [word for word in said[2:] if word not in told["beside"]]
    return "yourself" in said or (bool(rest) and set(rest) <= set(told["being" if being else "asked"]))


def _asks_what_usher_does(said: Sequence[str]) -> bool:
    """Tell whether it is asked what only Usher does or is: 'do you WORK for them', 'are you A librarian'."""
    place = next((i for i, word in enumerate(said[:_LED]) if word in ("you", "u", "ya")), 0)
    before, after = (
        said[:place],
        [word for word in said[place + 1 :] if word not in words_of("usher", "adverbs")],
    )
    opening = (
        words_of("usher", "opens") | words_of("usher", "opens being") | words_of("usher", "opens another")
    )
    if not place or not after or not opening.issuperset(before) or len(said) > 2 * _QUESTION:
        return False
    being = before[-1] in words_of("usher", "opens being")
    how = before[0] in ("how", "where", "why")
    known = how and after[0] in words_of("usher", "comes to know")
    return (
        known
        or after[0] in words_of("usher", "deeds")
        or (being and after[0] in ("a", "an", "the") and len(said) < _QUESTION)
    )


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    said = tables("dialogue")
    found = {tuple(phrase.split()): kind for kind in reversed(KINDS) for phrase in said[kind]}
    partings = product(*(said[f"parting: {each}"] for each in ("verbs", "whom", "times")))
    weathers = product(said["weather: how"], said["weather: what"], ("", *said["weather: tags"]))
    closings = product(said["closing: what"], said["closing: enough"])
    heading = product(said["heading: going"], said["heading: where"])
    fits = product(said["fitting: how"], said["fitting: what"])
    wished = product(said["well wishing: how"], said["well wishing: what"])
    enough = product(*(said[f"no more: {each}"] for each in ("what", "for whom", "when")))
    made = (
        ("reaction", fits),
        ("goodbye", (*partings, *closings, *heading, *wished, *enough)),
        ("greeting", weathers),
    )
    found |= {tuple(" ".join(phrase).split()): kind for kind, phrases in made for phrase in phrases}
    return found


@cache
def _lengths() -> dict[str, list[int]]:
    """Return the lengths of phrases by their first word, the longest first."""
    found: dict[str, set[int]] = {}
    for phrase in _phrases():
        found.setdefault(phrase[0], set()).add(len(phrase))
    return {word: sorted(lengths, reverse=True) for word, lengths in found.items()}
