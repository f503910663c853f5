"""How flags are named in speech: 'dogs allowed' is 'dog friendly', 'takes dogs', 'with the dog'."""

from __future__ import annotations

from collections.abc import Iterator

from agent.builtin.lexicon.load import groups, tables, words
from kg.stems import singular
from tools.english import is_everyday

Words = tuple[str, ...]
_SUITED = frozenset("for to with in on around at near".split())
_ABLE = tuple(
    tuple(said.split())
    for said in (
        "can i",
        "can we",
        "can you",
        "i can",
        "we can",
        "can i actually",
        "i can actually",
        "we can actually",
    )
)
_WHERE = frozenset(("in", "on", "at"))
_FOR = 2  # words before the thing in 'good for bees'
_PART = 3  # letters of a part of a word that is written as two


def names_of_flag(said: Words) -> Iterator[Words]:
    """Yield further names of a flag that is called so."""
    first, last = said[0], said[-1]
    yield from (tuple(each.split()) for each in groups("measures", "called").get(" ".join(said), ()))
    yield from (spoken_as for thing in said for spoken_as in _things(thing))
    yield from _all_year(said)
    if len(said) == 1:
        yield from _in_two(first)
        yield from ((form,) for form in _numbers(first) if form != first)
        yield from _what_can_be_done(first)
        return
    yield ("".join(said),)
    if first in words("measures", "harmful"):
        yield from ((word,) for word in sorted(words("measures", "harmful")))
    if last == "free":
        things = [(*said[:-2], number) for number in _numbers(said[-2])]
        leads = (("no",), ("without",), ("without", "any"), ("zero",), ("free", "of"), ("free", "from"))
        yield from ((*led, *thing) for thing in things for led in leads)
        return
    if last in ("safe", "friendly"):
        yield from _safe_for(said[:-1])
    if first in words("measures", "fitting") and len(said) > _FOR and said[1] in _SUITED:
        yield from _fitting(said[_FOR:], said[1])
    if last in words("measures", "flag endings"):
        yield from _of_thing(said[:-1])
    elif first in words("measures", "flag openings"):
        yield from _of_thing(said[1:])


def _what_can_be_done(word: str) -> Iterator[Words]:
    """Yield how else it is said that something can be done: 'can be FOLDED', 'FOLDS' of foldable."""
    stem = word.removesuffix("able").removesuffix("ible")
    if stem == word or len(stem) < _PART:
        return
    for base in (stem, stem + "e"):
        done = base + "d" if base.endswith("e") else base + "ed"
        yield from ((done,), (base + "s",), ("can", "be", done), ("you", "can", base))
        yield from ((*able, base) for able in _ABLE)
        yield from ((f"{stem}ing",), (base, "up"), (base, "away"), (base, "down"), (base, "flat"))


def _all_year(said: Words) -> Iterator[Words]:
    """Yield how else it is said that something lasts all year: 'open year round', 'open the whole year'."""
    for known in (said, ("all", "year"), ("year", "round"), ("all", "year", "round")):
        if len(known) < len(said) and known == said[-len(known) :]:
            for other in tables("measures")["all year"]:
                yield (*said[: -len(known)], *other.split())
                yield tuple(other.split())
            return


def _safe_for(thing: Words) -> Iterator[Words]:
    """Yield how it is said that something is safe for a thing: 'safe for cats', 'ok around pets'."""
    named = [*((*thing[:-1], number) for number in _numbers(thing[-1])), *_things(thing[-1])]
    for form in dict.fromkeys(named):
        yield from (
            (word, led, *form)
            for word in sorted(words("measures", "fitting"))
            for led in ("for", "with", "around")
        )
        yield from ((*form, ending) for ending in ("safe", "friendly", "proof"))
        yield from (
            (word, led, *form) for word in ("harmless", "non toxic", "nontoxic") for led in ("to", "for")
        )


def opposites_of_flag(said: Words) -> Iterator[Words]:
    """Yield what an item is called that is not what a flag says: 'pet safe' of 'toxic to pets'."""
    if len(said) == 1:
        able = [form[2:] for form in _what_can_be_done(said[0]) if form[:2] == ("can", "be")]
        yield from ((denied, "be", *form) for form in able for denied in ("cant", "cannot"))
    if said[-1] == "free" and len(said) > 1:
        having = ("with", "has", "have", "contains", "containing")
        yield from ((led, *said[:-2], number) for number in _numbers(said[-2]) for led in having)
    if said[0] in words("measures", "fitting") and len(said) > _FOR and said[1] in _SUITED:
        forms = dict.fromkeys((*said[_FOR:-1], number) for number in _numbers(said[-1]))
        leads = [
            (word, led) for word in words("measures", "unfit") for led in dict.fromkeys(("for", said[1]))
        ]
        yield from ((*lead, *form) for lead in sorted(leads) for form in forms)
    if said[0] in words("measures", "harmful") and len(said) > _FOR and said[1] in ("for", "to"):
        yield from _fitting(said[_FOR:], said[1])
        yield from (("harmless", said[1], *said[_FOR:]), ("non", "toxic"), ("nontoxic",))


def _fitting(thing: Words, led: str) -> Iterator[Words]:
    """Yield how what suits a thing is called: 'good for bees', 'bee friendly', 'gets on with cats'."""
    named = [*((*thing[:-1], number) for number in _numbers(thing[-1])), *_things(thing[-1])]
    one = ("a", *thing[:-1], singular(thing[-1]))
    for form in dict.fromkeys((*named, one) if led in _WHERE else named):
        leads = dict.fromkeys(("for", led))
        yield from ((word, lead, *form) for word in sorted(words("measures", "fitting")) for lead in leads)
        if led == "for" and form[-1] in words("measures", "of groups"):
            yield from ((*said.split(), *form) for said in tables("measures")["along, before"])
            yield from ((*form, *said.split()) for said in tables("measures")["along, behind"])
        if led in _WHERE:
            yield from ((lead, *form) for lead in leads)  # 'what grows IN A POT'
        yield from ((*form, ending) for ending in ("friendly", "safe"))
        if led == "with":
            yield from ((*said.split(), *form) for said in tables("measures")["getting on"])
        else:
            yield from ((opening, *form) for opening in ("attracts", "attract", "attracting"))
            yield from ((*form, liking) for liking in ("like", "love"))


def _things(thing: str) -> Iterator[Words]:
    """Yield what stands for a thing: 'dog' for pets."""
    known = groups("measures", "things")
    for said in known.get(thing, known.get(thing + "s", ())):
        yield tuple(said.split())


def _of_thing(thing: Words) -> Iterator[Words]:
    """Yield what is said of a thing that items allow, have or include."""
    for form in dict.fromkeys((*thing[:-1], number) for number in _numbers(thing[-1])):
        yield form
        yield from ((*form, ending) for ending in sorted(words("measures", "flag endings")))
        yield from ((opening, *form) for opening in sorted(words("measures", "flag openings")))


def _numbers(word: str) -> Iterator[str]:
    """Yield a word, its singular and its plural."""
    yield word
    one = singular(word)
    yield one
    if one == word and not word.endswith("s"):
        yield word + "s"


def _in_two(word: str) -> Iterator[Words]:
    """Yield a compound as two words: 'touch screen'."""
    for cut in range(_PART, len(word) - _PART + 1):
        if is_everyday(word[:cut]) and is_everyday(word[cut:]):
            yield word[:cut], word[cut:]
