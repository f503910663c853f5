"""Words that name a flag: 'emergencies' of 24h emergency, 'insurance' of insured."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from agent.builtin.lexicon.load import words
from kg.stems import singular
from tools.english import is_everyday

Words = tuple[str, ...]
_OF = 3  # words of 'view of sea'
_LONG = 4  # letters of a word that may name a flag alone
_STEM = 3  # letters of what a form is made of
_QUALIFYING = frozenset(
    ("free", "proof", "safe", "friendly", "resistant", "less")
)  # 'frost FREE' is no frost
_WHERE = frozenset(("on", "in", "at"))
_LED = frozenset("to for with by in on from of".split())  # 'pets' are not toxic to pets
_TELLING = words("measures", "flag endings") | words("measures", "flag openings") | _QUALIFYING


def words_of_flag(said: Words, elsewhere: Collection[str]) -> Iterator[Words]:
    """Yield the words that a flag may be named by, where nothing else here is called so.

    `elsewhere`: the words of the names of all other relations.
    """
    general = words("measures", "general in names") | words("comparators", "fillers") | _TELLING
    if len(said) == _OF and said[1] == "of":
        said = (said[2], said[0])  # 'SEA VIEW' of view of sea
        yield said
    place = next((i for i, word in enumerate(said) if word in _WHERE), len(said))
    whole, said = said, said[:place]  # 'CAFE on site'
    one = {form for word in said for form in (word, singular(word))} if len(said) == 1 else set[str]()
    if said and said != whole and not one & {*general, *elsewhere}:
        yield from (
            (*said[:-1], form) for form in (said[-1], f"{said[-1]}s")
        )  # 'HOT TUB' of hot tub in garden
    if not said or (len(said) > 1 and said[-1] in _QUALIFYING) or not _LED.isdisjoint(said):
        return
    done = said[-1].endswith("ed") and said[-1] not in _TELLING  # 'hand' is not hand dyed
    for word in said[-1:] if done else said:
        if len(word) < _LONG or {word, singular(word)} & {*general, *elsewhere} or not word.isalpha():
            continue
        forms = [f for f in _forms(word) if f not in general and {f, singular(f)}.isdisjoint(elsewhere)]
        yield from ((form,) for form in dict.fromkeys(forms))


def _forms(word: str) -> Iterator[str]:
    """Yield a word with its numbers and what is made of the same stem: 'deliver', 'delivered' of delivery."""
    yield word
    yield singular(word)
    yield word[:-1] + "ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else word + "s"
    yield f"{word}able"  # 'MACHINE WASHABLE' of machine wash
    for stem in _stems(word):
        base = stem + "e" if not is_everyday(stem) and is_everyday(stem + "e") else stem
        doing = base.removesuffix("e")
        made = (base, f"{base}s", f"{doing}ed", f"{doing}ing", f"{doing}ance", f"{doing}ation", f"{doing}ery")
        yield from (each for each in made if is_everyday(each))


def _stems(word: str) -> Iterator[str]:
    """Yield what a word that tells a deed is made of: 'insur' of insured, 'deliver' of delivery."""
    for ending in ("ing", "ed", "ance", "ation", "y"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _STEM and (ending != "y" or word.endswith("ery")):
            yield stem
            return
