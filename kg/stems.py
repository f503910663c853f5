"""Words as they are compared in texts: folded, without the endings of their forms."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from kg.rows import hash64
from kg.text import fold, word_parts

_WORD = re.compile(r"[^\W_]+(?:['’`´][^\W_]+)*['’]?")
_PLURALS = (
    *(("ies", "y"), ("lves", "lf"), ("eaves", "eaf"), ("oaves", "oaf"), ("ieves", "ief"), ("arves", "arf")),
    *(("lives", "life"), ("wives", "wife"), ("knives", "knife")),
    *(("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")),
)
_NO_F = ("olives", "solves", "valves", "starves", "achieves", "grieves", "relieves", "retrieves")
_OWN = {"men": "man", "women": "woman", "children": "child", "mice": "mouse", "feet": "foot"}
_OWN |= {"teeth": "tooth", "geese": "goose"}
_MEN = re.compile(r".{2,}[^aiou]men")  # "fishermen", not "specimen", "yemen"
_LEFT = {"y": 2, "e": 0}  # before an ending: "spies", not "ties"
_LEAST, _ENDING = 4, 3  # letters that two forms of a word share, and in which they may differ
_SHORT = 3  # letters of a word whose last s is no plural: "gas", "spy"


def singular(word: str) -> str:
    """Return a folded word without the ending of its plural: 'spies' -> 'spy', 'wolves' -> 'wolf'."""
    if not word.endswith("s"):
        return word
    for ending, instead in _PLURALS if not word.endswith(_NO_F) else ():
        if word.endswith(ending) and len(word) >= len(ending) + _LEFT.get(instead[-1], 1):
            return word[: -len(ending)] + instead
    return word[:-1] if not word.endswith(("ss", "us", "is")) and len(word) > _SHORT else word


def one_of(word: str) -> str:
    """Return a folded word of a text for one of what it says: 'spies' -> 'spy', 'firemen' -> 'fireman'."""
    if word in _OWN:
        return _OWN[word]
    return f"{word[:-2]}an" if _MEN.fullmatch(word) else singular(word)


def singulars(word: str) -> tuple[str, ...]:
    """Return what a folded word may be the plural of: 'tomatoes' -> 'tomatoe', 'tomato'."""
    more = [word[:-2]] if word.endswith(("oes", "ies")) and len(word) > _SHORT + 1 else []  # 'chillies'
    more += [word[:-1]] if word.endswith("ies") else []  # 'cookies'
    return tuple(dict.fromkeys((singular(word), *more)))


def is_alike(word: str, name: str) -> bool:
    """Tell whether two words are forms of one: 'opening' and 'opens'."""
    shared = 0
    while shared < min(len(word), len(name)) and word[shared] == name[shared]:
        shared += 1
    return shared >= max(_LEAST, len(word) - _ENDING, len(name) - _ENDING)


def plural(word: str) -> str:
    """Return several of a thing: 'dishes', 'cities', 'rides'."""
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:[sxz]|ch|sh)$", word) else "s")


def plurals(word: str) -> tuple[str, ...]:
    """Return what several of a thing may be called: 'tomato' -> 'tomatos', 'tomatoes'."""
    more = [f"{word}es"] if re.search(r"[^aeiou]o$", word) else []
    return (plural(word), *more)


def nouns_of(adjective: str) -> tuple[str, ...]:
    """Return what a word for how things are may be made of: 'smoky' -> 'smoke', 'African' -> 'Africa'."""
    base = adjective[:-1]
    if adjective.endswith("y") and len(base) > _SHORT:
        doubled = (base[:-1],) if base[-1:] == base[-2:-1] else ()
        return (base, f"{base}e", *doubled)
    return (base,) if adjective.endswith("an") and len(base) > _SHORT else ()


def root(word: str) -> str:
    """Return a singular word without the ending of its form: 'cooking' -> 'cook', 'living' -> 'liv'.

    The last letter of four tells words apart: 'rape', 'rap'.
    """
    for ending in ("ier", "iest"):  # 'funnier' -> 'funny'
        if word.endswith(ending) and len(word) - len(ending) > 1:
            return word[: -len(ending)] + "i"
    if re.search("[^aeiou]y$", word) and len(word) > _SHORT:
        return word[:-1] + "i"  # as of 'zombies', 'zombie'
    for ending in ("ing", "ed", "er", "e"):
        if word.endswith(ending) and len(word) - len(ending) > _SHORT:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > _SHORT and word[-1] == word[-2] and word[-1] not in "ls" else word


@lru_cache(maxsize=1 << 18)
def stem(word: str) -> str:
    """Return what the forms of a raw word have in common: 'Cooking', "cook's" -> 'cook'."""
    return root(one_of(fold(word_parts(word)[0])))


@lru_cache(maxsize=1 << 14)
def stem_hash(stemmed: str) -> np.uint64:
    """Return the hash by which a stem is found."""
    return np.uint64(hash64(stemmed))


def raw(text: str) -> list[str]:
    """Return the words of a text as they are written, in order."""
    return _WORD.findall(text)
