"""And, or, not, how many, which first: the small words that join or limit conditions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agent.builtin.atoms import Atom
from agent.builtin.lexicon import ITEM_NOUNS

_NOT = frozenset(
    "no not without except excluding nothing minus isnt arent neither nor avoid skip dont doesnt didnt"
    " wasnt never".split()
)
_SURPASSES = frozenset("comes beats tops matches equals compares rivals touches".split())
_OF_WHOM = frozenset("by with from starring featuring directed written in of too".split())
_AVERSE = frozenset("hate dislike detest loathe despise".split())
_AVERSE_PAIRS = frozenset((("cant", "stand"), ("cannot", "stand"), ("sick", "of"), ("tired", "of")))
_NEAR = 3  # atoms between such words and what they are about
_ONLY_NOT = frozenset("only just sure necessarily".split())  # "not only", "not sure"
_ASKING = frozenset(
    "give me name list suggest recommend show find want need exactly any top pick just have say the"
    " is only".split()
)
_ENDS = {"earliest": "earliest", "oldest": "earliest", "latest": "latest", "newest": "latest"}
_FIRST_LAST = {"first": "earliest", "last": "latest", "latest": "latest"}
_ORDERINGS = {
    "oldest first": "earliest",
    "earliest first": "earliest",
    "newest first": "latest",
    "latest first": "latest",
    "chronological order": "earliest",
    "order of release": "earliest",
}
_LIKES = frozenset("likes loves hates prefers adores enjoys dislikes".split())
_SINGULAR = frozenset(
    "film movie book novel one picture western comedy thriller musical drama romance".split()
)
_NO_ITEMS = frozenset("one ones thing things".split())
_MAX_LIMIT = 50


def is_negated(atoms: Sequence[Atom], i: int) -> bool:
    """Tell whether a name or category is ruled out: 'no westerns', 'not directed by X', 'except with X'.

    So too 'anything but westerns' and 'I hate westerns'.
    """
    for j in range(i - 1, max(-1, i - 6), -1):
        atom = atoms[j]
        near = i - j <= _NEAR and all(a.kind != "mark" for a in atoms[j:i])
        if near and (_is_averse(atoms, j) or _says_all_but(atoms, j)):
            return True
        if atom.text in _AVERSE:
            return False  # "I don't hate X", "for people who hate X"
        if atom.kind in ("entity", "title", "category"):
            joined = all(a.text in ("or", "and", "nor", ",") for a in atoms[j + 1 : i])
            return joined and atoms[j].kind == atoms[i].kind and is_negated(atoms, j)
        if atom.kind == "mark" and atom.text not in ",(":
            return False
        if atom.text == "nothing" and i - j > 2 and atoms[j + 1].text not in _OF_WHOM:
            return False  # "nothing beats X"
        if atom.text == "never" and i - j > 2:
            return False  # "never stopped talking about X"
        if atom.kind == "word" and atom.text in _NOT:
            return _says_no(atoms, j) and not (j + 1 < i and atoms[j + 1].text in _ONLY_NOT)
        if atom.kind == "mark" or atom.text in ("but", "and", "so", "i", "im", "id", "want"):
            return False
    return False


def _is_averse(atoms: Sequence[Atom], j: int) -> bool:
    """Tell whether the person says that they do not like something: 'I hate', "we can't stand"."""
    before = [a.text for a in atoms[max(0, j - 3) : j]]
    spoken = {"i", "im", "we", "were"} & set(before) and not {"dont", "not", "never", "didnt"} & set(before)
    return bool(spoken) and (atoms[j].text in _AVERSE or (*before[-1:], atoms[j].text) in _AVERSE_PAIRS)


def _says_all_but(atoms: Sequence[Atom], j: int) -> bool:
    return j > 0 and atoms[j].text == "but" and atoms[j - 1].text in ("anything", "everything", "all")


def is_denied(atoms: Sequence[Atom], place: int) -> bool:
    """Tell whether what a cue says is denied: 'but did not direct', "that don't star X"."""
    near = range(max(0, place - 2), place)
    return any(_says_no(atoms, j) and atoms[j].text not in ("no", "nothing", "skip") for j in near)


def _says_no(atoms: Sequence[Atom], j: int) -> bool:
    """Tell whether a word denies: not the second 'no' of "nothing that isn't X", "not X without Y"."""
    if atoms[j].kind != "word" or atoms[j].text not in _NOT:
        return False
    before = [a.text for a in atoms[max(0, j - 6) : j]]
    if atoms[j].text in ("no", "nobody") and _SURPASSES & {a.text for a in atoms[j + 1 : j + 5]}:
        return False  # "no director comes close to X"
    if atoms[j].text == "without":
        return not any(word in ("not", "never") or word.endswith("nt") for word in before)
    return not {"nothing", "none", "nobody"} & set(before[-3:])


def is_of_others(atoms: Sequence[Atom], i: int) -> bool:
    """Tell whether a name or category is somebody else's taste: 'my dad likes war films'."""
    for j in range(i - 1, max(-1, i - 6), -1):
        if atoms[j].kind == "mark" or atoms[j].text in ("but", "i", "and"):
            return False
        if atoms[j].text in _LIKES:
            return any(
                a.text in ("my", "everyone", "everybody", "his", "her") for a in atoms[max(0, j - 4) : j]
            )
    return False


def alternatives(atoms: Sequence[Atom], names: Sequence[int], categories: Sequence[int]) -> tuple[int, ...]:
    """Return the names or categories of which one is enough: 'by X or Y', 'a comedy or a western'."""
    for kind in (sorted(set(names)), sorted(set(categories))):
        for group in _groups(atoms, kind):
            if len(group) > 1:
                return group
    return ()


def _groups(atoms: Sequence[Atom], places: Sequence[int]) -> list[tuple[int, ...]]:
    """Return runs of places that are joined by 'or'; after 'at least one of', 'and' and commas join too."""
    groups: list[tuple[int, ...]] = []
    run: list[int] = []
    said_or = False
    for left, right in pairwise([*places, len(atoms)]):
        run.append(left)
        between = [a.text for a in atoms[left + 1 : right]]
        joins = right < len(atoms) and len(between) <= 4 and all(_joins(a) for a in atoms[left + 1 : right])
        said_or = said_or or (joins and "or" in between)
        if not joins:
            opened = [a.text for a in atoms[max(0, run[0] - 5) : run[0]]]
            if said_or or ("least" in opened and "of" in opened):
                groups.append(tuple(run))
            run, said_or = [], False
    return groups


def _joins(atom: Atom) -> bool:
    if atom.kind == "cue":
        return True  # "directed by X or shot by Y" has its cue between
    return atom.text in ("or", "and", ",", "/", "a", "an", "by", "else", "from", "with", "either", "both")


def order(atoms: Sequence[Atom]) -> str:
    """Return "earliest" or "latest" where a request asks for one end of the years, or for their order."""
    said = " ".join(atom.text for atom in atoms if atom.kind == "word")
    for phrase, end in _ORDERINGS.items():
        if phrase in said:
            return end
    return next((end for i in range(len(atoms)) if (end := _end(atoms, i))), "")


def _end(atoms: Sequence[Atom], i: int) -> str:
    """Return the end of the years that the word at `i` asks for, '' if none."""
    atom = atoms[i]
    following = atoms[i + 1 : i + 3]
    near_item = any(a.kind == "category" or a.text in ITEM_NOUNS for a in following)
    if atom.kind != "word":
        return ""
    if atom.text == "recent" and i and atoms[i - 1].text == "most" and near_item:
        return "latest"
    if atom.text in _ENDS and (near_item or atoms[i + 1 : i + 2] == [] or atoms[i + 1].kind == "mark"):
        return _ENDS[atom.text]
    owned = i and atoms[i - 1].text in ("s", "his", "her", "their", "very")
    return _FIRST_LAST.get(atom.text, "") if owned and near_item else ""


def limit(atoms: Sequence[Atom]) -> int | None:
    """Return how many items are asked for: 'three films', 'the earliest film'; None if it is left open."""
    for i, atom in enumerate(atoms):
        if atom.kind != "word":
            continue
        words = [a.text for a in atoms[i : i + 3]]
        following = atoms[i + 1 : i + 4]
        item = any(a.kind == "category" or a.text in ITEM_NOUNS - _NO_ITEMS for a in following)
        if words[1:2] == ["or"] and words[2:3] and words[2] in _NUMBERS:
            continue  # "two or three" is no number
        if words == ["a", "couple", "of"] and item:
            return 2
        if words == ["half", "a", "dozen"]:
            return 6
        if words[:2] == ["a", "single"] or (
            words[:1] == ["one"]
            and _asked_for(atoms, i, {"just", "only", "exactly"})
            and not (i > 1 and atoms[i - 2].text == "the")  # "I'm the only one who liked it"
            and (len(words) < 2 or atoms[i + 1].kind != "word" or words[1] in ITEM_NOUNS - _NO_ITEMS)
        ):
            return 1
        number = _NUMBERS.get(atom.text) or (
            int(atom.text) if atom.text.isdigit() and len(atom.text) < 3 else 0
        )
        if 1 < number <= _MAX_LIMIT and item and _asked_for(atoms, i, _ASKING):
            return number
        if (
            _end(atoms, i)
            and not any(a.text in _NUMBERS for a in atoms[max(0, i - 3) : i])
            and _is_one(atoms, i)
        ):
            return 1
    return None


def _asked_for(atoms: Sequence[Atom], i: int, words: frozenset[str] | set[str]) -> bool:
    """Tell whether a number opens a clause or follows a word of asking, and so counts what is wanted."""
    if i > 1 and atoms[i - 1].kind == "mark" and atoms[i - 2].kind == "title":
        return False  # "Heat, Collateral: two films that"
    if i == 0 or atoms[i - 1].kind == "mark":
        return atoms[i].text != "one" or any(a.text in ITEM_NOUNS - _NO_ITEMS for a in atoms[i + 1 : i + 2])
    return atoms[i - 1].text in words


def _is_one(atoms: Sequence[Atom], i: int) -> bool:
    """Tell whether the end of the years is asked for a single item: 'the oldest animated film'."""
    following = atoms[i + 1 : i + 3]
    if not following:
        return any(a.text in _SINGULAR for a in atoms)
    last = [a.text.casefold().split()[-1] for a in following if a.kind == "category" or a.text in ITEM_NOUNS]
    return bool(last) and last[-1] in _SINGULAR


_NUMBERS = dict(
    zip("two three four five six seven eight nine ten twelve".split(), (*range(2, 11), 12), strict=True)
)
