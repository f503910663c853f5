"""Which kinds that are named are conditions: 'a war film', not 'we are at war' or 'the western Shane'."""

from __future__ import annotations

from itertools import pairwise

from agent.builtin.interpret.asides import is_measured_out
from agent.builtin.interpret.kept_kinds import is_hardly, is_told_of_one
from agent.builtin.interpret.subjects import is_in_named_subject, is_told_of
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import AMBIGUOUS_CATEGORIES, ITEM_NOUNS
from agent.builtin.parse.absence import is_outdone
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.indifferent import is_indifferent
from agent.builtin.parse.kinds import ADJECTIVES, describes, is_of_saying, is_watched
from agent.builtin.parse.lists import has_article, is_joined_kind
from agent.builtin.parse.logic import is_conceded, is_of_others, tastes_decide
from agent.builtin.parse.negation import is_negated
from agent.builtin.parse.told_subjects import is_of_study

_NO_KIND = ITEM_NOUNS - {"documentary"}  # "a novel" says what is asked for, not of which kind
_ELSEWHERE = (
    is_watched,
    is_indifferent,
    is_outdone,
    is_conceded,
    is_of_saying,
    is_hardly,
    is_told_of_one,
    is_of_study,
)  # a kind that is not asked for
_RATHER = ("like", "rather", "also", "maybe", "perhaps", "prefer")
_LENGTHS = ("short",)
_OF_PEOPLE = frozenset(("family", "families"))
_COMPOUNDS = {tuple(said.split()) for said in tables("themes")["subjects ending in a kind"]}
_NAMED_KINDS = frozenset("romance fantasy adventure mystery suspense cartoon".split())
_ANOTHER = ("another", "other", "further", ";")
_ADDED = _NAMED_KINDS | {"action", "romance", "comedy", "horror", "drama", "humour", "humor"}
_BEFORE_WITH = frozenset("but and or also something anything stuff maybe preferably ideally though".split())
_AMOUNTS = frozenset("a an bit little touch dash hint lot lots plenty of more some much good".split())
_ALONE = 3
_LIKED = (
    "wants",
    "needs",
    "likes",
    "loves",
    "prefers",
    "like",
    "love",
    "into",
    "enjoy",
    "want",
    "prefer",
    "good",
    "great",
    "nice",
    "mean",
    "meant",
    "it",
)
_LIKING = frozenset("likes loves enjoys adores prefers into".split())
_LIKED_KINDS = _ADDED | {"history", "crime", "war", "philosophy", "travel"}
_PRAISED = ("best", "top", "greatest", "finest", "favourite", "favorite", "classic", "recommend", "suggest")


def is_condition(chunks: list[Chunk], i: int) -> bool:
    """Tell whether the kind at a place says what is asked for."""
    said = chunks[i].text.casefold().replace("'", "").replace("’", "").strip()
    others = is_of_others(chunks, i) and not (is_negated(chunks, i) or tastes_decide(chunks, i))
    if said in _LENGTHS and chunks[i + 1 : i + 2] and chunks[i + 1].text in ("one", "ones"):
        return False  # "the short ones" are no short stories
    if said in _NO_KIND or others or _says_of_title(chunks, i) or _is_of_series(chunks, i):
        return False
    if (
        is_measured_out(chunks, i)
        or _is_of_reason(chunks, i)
        or any(is_elsewhere(chunks, i) for is_elsewhere in _ELSEWHERE)
    ):
        return False
    if i and (chunks[i - 1].text, said) in _COMPOUNDS:
        return False  # "true crime" is no crime film
    if said in _OF_PEOPLE and is_told_of(chunks, i):
        return False  # "films about estranged FAMILIES"
    adjective = i > 0 and chunks[i - 1].text in ADJECTIVES | words("asking", "quality")
    if said in _NAMED_KINDS and _ends(chunks, i + 1) and adjective:
        return True  # "who else writes funny fantasy?"
    if said in AMBIGUOUS_CATEGORIES and is_in_named_subject(chunks, i):
        return False  # "found family" is no family film
    if said not in AMBIGUOUS_CATEGORIES and chunks[i].choices[0].match != "short":
        return True
    if i + 1 < len(chunks) and (chunks[i + 1].kind == "category" or (i == 0 and chunks[1].text == ",")):
        return True
    if is_negated(chunks, i) or _stands_alone(chunks) or _is_sentence(chunks, i):
        return True
    if (said in ADJECTIVES and describes(chunks, i, i + 1)) or _is_demanded(chunks, i):
        return True
    following = [a for a in chunks[i + 1 : i + 4] if a.kind != "category"]
    if following[:1] and following[0].text == "one":
        return True  # "a crime one"
    nouns = [a for a in following[:2] if a.kind == "word" and a.text in ITEM_NOUNS]
    if nouns and all(a.kind in ("word", "category") for a in following[: following.index(nouns[0])]):
        return True
    before = chunks[i - 1].text if i else ""
    if said in _ADDED and _is_added(chunks, i):
        return True
    if before in _LIKING and said in _LIKED_KINDS and _ends(chunks, i + 1):
        return True  # "for my dad, he likes history"
    if before == "about" and i > 1 and chunks[i - 2].text in ("what", "how"):
        return True  # "what about crime?"
    if said.endswith("s") and before in _RATHER:
        return True  # "more like memoirs"
    if before in ("something", "anything", "under", "as") or _is_named_genre(chunks, i):
        return True
    if (said in _NAMED_KINDS and has_article(chunks, i)) or _is_keyed(chunks, i):
        return True
    return is_joined_kind(chunks, i) or (
        said in _NAMED_KINDS
        and before
        in (
            "·",
            "a",
            "an",
            "some",
            "any",
            "more",
            ":",
            ",",
            "of",
            "and",
            "both",
            "",
            *_ANOTHER,
            *_LIKED,
            *_PRAISED,
        )
    )


def _ends(chunks: list[Chunk], i: int) -> bool:
    return i >= len(chunks) or chunks[i].kind == "mark" or chunks[i].text in ("so", "and", "please")


def _is_demanded(chunks: list[Chunk], i: int) -> bool:
    """Tell whether it is said what items have to be: 'it SHOULD BE fantasy', 'they MUST BE crime'."""
    before = [a.text for a in chunks[max(0, i - 4) : i] if a.text not in words("kinds", "degree")]
    had = before[-3:-2] != [] and before[-3] in words("kinds", "having") | {"ought"}
    led = before[-2] in words("kinds", "demanding") or (before[-2] == "to" and had) if before[1:] else False
    modal = led and before[-1] == "be"
    return modal and (_ends(chunks, i + 1) or chunks[i + 1].text in ("not", "but", "or", "with", "rather"))


def _is_added(chunks: list[Chunk], i: int) -> bool:
    """Tell whether items should have something of a kind: 'but WITH ROMANCE', 'with a bit of ACTION'."""
    k = i - 1
    while k >= 0 and chunks[k].kind == "word" and chunks[k].text in _AMOUNTS:
        k -= 1
    if k < 1 or chunks[k].text not in ("with", "plus", "add", "has", "have"):
        return False
    led = chunks[k - 1]  # not 'every frame is DRIPPING with suspense'
    return chunks[k].text != "with" or led.kind != "word" or led.text in ITEM_NOUNS | _BEFORE_WITH


def _is_of_reason(chunks: list[Chunk], i: int) -> bool:
    """Tell whether a kind is part of why something was liked: 'I liked that the SCI-FI bit stays small'."""
    here = [a.text for a in chunks[max(0, i - 6) : i] if a.sentence == chunks[i].sentence]
    return any(a in ("liked", "loved") and b in ("that", "how") for a, b in pairwise(here))


def _stands_alone(chunks: list[Chunk]) -> bool:
    """Tell whether a text is so short that it means what it says: 'memoirs please', not 'is it scary'."""
    return len(chunks) <= _ALONE and not {"is", "was", "it", "that", "so", "how", "too"} & {
        a.text for a in chunks
    }


def _is_sentence(chunks: list[Chunk], i: int) -> bool:
    """Tell whether a category is a sentence of its own: 'Only five. Fantasy.'."""
    after = i + 1 + (i + 1 < len(chunks) and chunks[i + 1].text in words("kinds", "polite"))
    ends = [*chunks[max(0, i - 1) : i], *chunks[after : after + 1]]
    if len(ends) > 1 and ends[0].text == "." and ends[1].text == ",":
        return True  # "Crime, ideally British."
    return all(each.kind == "mark" and each.text in (".", "!", "?", "…") for each in ends)


def _is_named_genre(chunks: list[Chunk], i: int) -> bool:
    """Tell whether the word 'genre' stands beside a category: 'in the war genre', 'the genre must be war'."""
    near = chunks[max(0, i - 5) : i] + chunks[i + 1 : i + 2]
    return any(a.text in ("genre", "genres") and a.sentence == chunks[i].sentence for a in near)


def _is_keyed(chunks: list[Chunk], i: int) -> bool:
    """Tell whether a category is one of a list of key words: 'Films: starring X; war', 'editor: X + war'."""
    listed = i > 0 and (chunks[i - 1].text in (",", ";", "/") or chunks[i - 1].text == "and")
    ends = i + 1 == len(chunks) or chunks[i + 1].kind == "mark"
    return listed and ends and any(a.text == ":" and a.sentence == chunks[i].sentence for a in chunks[:i])


def _is_of_series(chunks: list[Chunk], i: int) -> bool:
    """Tell whether a category only says what a series consists of: 'the Inspector Wexford mysteries'."""
    named = chunks[i - 1].choices[:1] if i and chunks[i - 1].kind in ("entity", "title") else ()
    return any("series" in choice.roles for choice in named)


def _says_of_title(chunks: list[Chunk], i: int) -> bool:
    """Tell whether a category only describes a title: 'Alien is a horror film by', 'the western Shane'."""
    single = not chunks[i].text.casefold().endswith("s")
    if single and i + 1 < len(chunks) and chunks[i + 1].kind == "title":
        return True
    k = i - 1
    while k >= 0 and chunks[k].kind == "word" and chunks[k].text in _DESCRIBES:
        k -= 1
    return (
        0 <= k < i - 1 and chunks[k].kind == "title" and chunks[k + 1].text in ("is", "was", "isnt", "wasnt")
    )


_DESCRIBES = frozenset("is was isnt wasnt not a an so such very pretty really quite no".split())
