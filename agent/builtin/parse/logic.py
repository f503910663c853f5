"""And, or, not, how many, which first: the small words that join or limit conditions."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.negation import is_negated
from agent.builtin.parse.origins import is_place
from kg.text import NUMBER_WORDS

_ASKING = frozenset(
    "give gimme me name list suggest recommend show find want need needs wants download stream exactly any"
    " top pick just have say the choose"
    " is only".split()
)
_LOOKING = frozenset("looking searching hunting".split())
_CHOOSING = frozenset("pick choose me recommend suggest name select".split())
_ENDS = {"earliest": "earliest", "oldest": "earliest", "latest": "latest", "newest": "latest"}
_FIRST_LAST = {"first": "earliest", "last": "latest", "latest": "latest"}
_ORDERINGS = {
    phrase: end
    for end in ("latest", "earliest")
    for phrase in sorted(tables("clauses")[f"{end} first"], key=len, reverse=True)
}
_ONLY = frozenset("just only exactly".split())
_LIKES = frozenset("likes loves hates prefers adores enjoys dislikes refuses".split())
_AFTER_TASTE = ITEM_NOUNS | frozenset("and or to over more so but best most with".split())
_TURNING = ("but", "though", "however")
_SEEN = frozenset("seen watched read finished".split())
_LIKED = frozenset("likes loves prefers adores enjoys".split())
_SINGULAR = frozenset(
    "film movie book novel one picture western comedy thriller musical drama romance".split()
)
_NO_ITEMS = frozenset("one ones thing things volume volumes".split())
_CHILDREN = words("audience", "child") | {f"{noun}s" for noun in words("audience", "child")}
_PROPOSALS = words("asking", "proposals")
_MAX_LIMIT = 50
_HABIT = 3  # chunks from what happens every time to how many
_TIMES = words("occasion", "times of a habit")
_POLITE = frozenset("please pls thanks ok okay".split())
_BEFORE_COUNT = frozenset("me us just only top it to".split())
_ENOUGH = (("will", "do"), ("is", "enough"), ("would", "do"), ("max",), ("only",), ("tops",))
_FEW_WORDS = 6  # of a text that is little more than a number


def is_of_others(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a name or category is somebody else's taste: 'my dad likes war films'."""
    for j in range(i - 1, max(-1, i - 6), -1):
        if chunks[j].kind == "mark" or chunks[j].text in ("but", "i", "and"):
            return False
        if chunks[j].text in _LIKES:
            return any(
                a.text in ("my", "everyone", "everybody", "his", "her") for a in chunks[max(0, j - 4) : j]
            )
    return False


def tastes_decide(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether what somebody else likes is all that is named: 'my son prefers ACTION, suggest one'.

    But for what they know: 'she loves WESTERNS and has seen Rio Bravo'.
    """
    said = {chunk.text for chunk in chunks}
    verb = next((chunks[j].text for j in range(i - 1, max(-1, i - 6), -1) if chunks[j].text in _LIKES), "")
    named = [k for k, chunk in enumerate(chunks) if chunk.kind in ("category", "entity", "title")]
    denied = [k for k in named if is_negated(chunks, k)]
    seen = next((k for k in range(i + 1, len(chunks)) if chunks[k].text in _SEEN), len(chunks))
    only = all(is_of_others(chunks, k) for k in named if k not in denied and k < seen)
    after = chunks[i + 1] if i + 1 < len(chunks) else None
    ends = after is None or after.kind == "mark" or after.text in _AFTER_TASTE
    turning = () if denied or seen < len(chunks) else _TURNING
    return ends and verb in _LIKED and only and said.isdisjoint(("i", "id", "im", "ive", *turning))


def is_conceded(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether something is liked, but something else is wanted: 'X is okay, but I'd rather have Y'."""
    if chunks[i].kind == "entity" and is_place(chunks[i]) and _is_any_other(chunks, i):
        return True
    liked = {chunk.text for chunk in chunks[max(0, i - 5) : i]} & words("lists", "conceding")
    said = [chunk.text for chunk in chunks[i + 1 : i + 4]]
    liked |= words("lists", "allowing") & set(said[1:]) if said[:1] in (["is"], ["are"], ["s"]) else set()
    rest = range(i + 1, min(i + 6, len(chunks) - 1))
    turn = next((j for j in rest if chunks[j].text == "but"), None)
    if not liked or turn is None or chunks[turn + 1].text not in words("lists", "turns"):
        return False
    after = [j for j in range(turn + 1, len(chunks)) if chunks[j].sentence == chunks[i].sentence]
    return any(chunks[j].kind in ("category", "entity") and not is_negated(chunks, j) for j in after)


def _is_any_other(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether any other place will do as well: 'FRENCH or DANISH or whatever'."""
    for k in range(i + 1, min(i + 6, len(chunks) - 1)):
        if chunks[k].text == "or" and chunks[k + 1].text in ("whatever", "wherever", "anything", "anywhere"):
            return True
        if chunks[k].text not in ("or", ",") and not is_place(chunks[k]):
            return False
    return False


def order(chunks: Sequence[Chunk]) -> str:
    """Return "earliest" or "latest" where a request asks for one end of the years, or for their order."""
    said = " ".join(chunk.text for chunk in chunks if chunk.kind == "word")
    for phrase, end in _ORDERINGS.items():
        if phrase in said:
            return end
    told = next((end for i in range(len(chunks)) if (end := _end(chunks, i))), "")
    in_order = said.endswith("in order") and len(chunks) > len(("in", "order"))
    return told or ("earliest" if in_order else "")  # 'Harry Potter IN ORDER'


def _end(chunks: Sequence[Chunk], i: int) -> str:
    """Return the end of the years that the word at `i` asks for, '' if none."""
    chunk = chunks[i]
    if chunk.kind != "word" or chunk.text not in _TIMED:
        return ""
    following = chunks[i + 1 : i + 3]
    near_item = any(a.kind == "category" or a.text in ITEM_NOUNS for a in following)
    if chunk.text in ("new", "recent", "newer") and _is_new_of_somebody(chunks, i):
        return "latest"
    closed = not following or following[0].kind == "mark" or following[0].text in _POLITE | {"then"}
    if chunk.text == "recent" and i and chunks[i - 1].text == "most" and (near_item or closed):
        return "latest"
    if chunk.text in _ENDS and _is_of_somebody(chunks, i):
        return _ENDS[chunk.text]
    if chunk.text in _ENDS and (near_item or closed):
        return _ENDS[chunk.text]
    owned = i and chunks[i - 1].text in ("s", "his", "her", "their", "very")
    opens = next((each.text for each in chunks if each.sentence == chunk.sentence), "")
    asked = opens in ("what", "which", "whats") and i and chunks[i - 1].text == "the"
    made = any(
        each.kind == "entity" for each in chunks[i + 2 : i + 4]
    )  # 'what was the first novel Austen wrote'
    owned = owned or (asked and made)
    return _FIRST_LAST.get(chunk.text, "") if owned and near_item else ""


def _is_of_somebody(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether somebody's works are meant: 'the NEWEST Bruce Willis you have'."""
    led = i > 0 and chunks[i - 1].text in ("the", "your")
    after = chunks[i + 1 : i + 2]
    return led and bool(after) and after[0].kind == "entity" and bool(after[0].choices)


def _is_new_of_somebody(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether what somebody did last is asked for: 'anything NEW with X', 'something RECENT by Y'."""
    led = i > 0 and chunks[i - 1].text in ("anything", "something")
    after = chunks[i + 1 : i + 3]
    named = len(after) > 1 and after[1].kind == "entity" and bool(after[1].choices)
    return led and named and after[0].text in ("with", "by", "from", "starring")


def _is_of_habit(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether so many are had again and again: 'every Sunday, ONE film', 'each year ONE saga'."""
    said = [chunk.text for chunk in chunks[max(0, i - _HABIT) : i] if chunk.text != ","]
    return said[-2:-1] in (["every"], ["each"]) and said[-1] in _TIMES


def limit(chunks: Sequence[Chunk], untied: Collection[int] = ()) -> int | None:
    """Return how many items are asked for: 'three films', 'the earliest film'; None if it is left open.

    What begins at the offsets `untied` counts something else.
    """
    for i, chunk in enumerate(chunks):
        counting = chunk.text in _COUNTING or chunk.text.isdecimal()
        if chunk.kind != "word" or chunk.start in untied or not counting or _is_of_habit(chunks, i):
            continue
        said = [a.text for a in chunks[i : i + 3]]
        ends = (j for j in range(i + 1, min(i + 4, len(chunks))) if chunks[j].text in ("and", "but", "so"))
        following = chunks[i + 1 : next(ends, i + 4)]
        item = any(
            (a.kind == "category" and a.text not in _CHILDREN)
            or a.text in ITEM_NOUNS - _NO_ITEMS
            or _is_plural_kind(a)
            for a in following
        )
        item = item or not _PROPOSALS.isdisjoint(said[1:2])  # 'THREE SUGGESTIONS'
        item = item or (said[1:2] == ["by"] and chunk.text in _NUMBERS)  # 'TWO BY Kubrick'
        if said[1:2] == ["or"] and said[2:3] and said[2] in _NUMBERS:
            continue  # "two or three" is no number
        if said == ["a", "couple", "of"] and item:
            return 2
        if said == ["half", "a", "dozen"]:
            return 6
        if said[:2] == ["a", "dozen"] and item and chunks[i + 1].start not in untied:
            return 12
        if (said[:2] == ["a", "single"] and (item or len(said) < len(("a", "single", "room")))) or (
            said[:1] == ["one"]
            and _asked_for(chunks, i, {"just", "only", "exactly"})
            and not (i > 1 and chunks[i - 2].text == "the")  # "I'm the only one who liked it"
            and (len(said) < 2 or chunks[i + 1].kind != "word" or said[1] in ITEM_NOUNS - _NO_ITEMS)
        ):
            return 1
        if (
            chunk.text == "one"
            and i
            and chunks[i - 1].text in _CHOOSING
            and following
            and _is_noun(following[0])
        ):
            return 1
        opens = i == 0 or chunks[i - 1].kind == "mark" or chunks[i - 1].text in _ASKING
        if chunk.text == "one" and opens and following[:1] and _is_single_kind(following[0]):
            return 1
        number = _NUMBERS.get(chunk.text) or (
            int(chunk.text) if chunk.text.isdecimal() and len(chunk.text) < 3 else 0
        )
        about = [a.text for a in chunks[i + 1 : i + 3]] == ["or", "so"] and i + 3 >= len(chunks)
        if 1 < number <= _MAX_LIMIT and about and i and chunks[i - 1].kind == "mark":
            return number  # "a list of films, five or so"
        if 1 < number <= _MAX_LIMIT and item and _asked_for(chunks, i, _ASKING):
            return number
        if (
            _end(chunks, i)
            and not any(a.text in _NUMBERS for a in chunks[max(0, i - 3) : i])
            and _is_one(chunks, i)
        ):
            return 1
    marks = [i for i, chunk in enumerate(chunks[:-1]) if chunk.kind == "mark"]
    return _count_alone(chunks) or (_count_alone(chunks[marks[-1] + 1 :]) if marks else None)


def _is_single_kind(chunk: Chunk) -> bool:
    return chunk.kind == "category" and not chunk.text.casefold().endswith("s")


def _is_noun(chunk: Chunk) -> bool:
    return chunk.kind == "category" or chunk.text in ITEM_NOUNS - _NO_ITEMS


def _count_alone(chunks: Sequence[Chunk]) -> int | None:
    """Return how many are wanted where a short text says no more: 'just show me THREE', 'FIVE will do'."""
    said = [chunk.text for chunk in chunks if chunk.text not in _POLITE and chunk.kind != "mark"]
    if not 1 < len(said) <= _FEW_WORDS or any(chunk.kind not in ("word", "mark") for chunk in chunks):
        return None
    ends = said[-1] if said[-2] in _BEFORE_COUNT and "for" not in said else ""
    opens = said[0] if tuple(said[1:]) in _ENOUGH else ""
    counts = (_NUMBERS.get(word) or (int(word) if word.isdecimal() else 0) for word in (ends, opens) if word)
    return next((count for count in counts if 1 < count <= _MAX_LIMIT), None)


def counts_items(chunks: Sequence[Chunk], i: int, number: int | None) -> bool:
    """Tell whether a word says how many items are asked for, or 'just' before it does: 'JUST ONE film'."""
    if number is None:
        return False
    said = [chunks[i].text, *(chunk.text for chunk in chunks[i + 1 : i + 2])]
    places = said[:1] if said[0] not in _ONLY else said[1:]
    return any(NUMBER_WORDS.get(word, word) == str(number) for word in places)


def _is_plural_kind(chunk: Chunk) -> bool:
    """Tell whether a name is a kind of items in a catalogue of its own: 'two REDS'."""
    return chunk.kind == "entity" and chunk.text.islower() and chunk.text.endswith("s")


def _asked_for(chunks: Sequence[Chunk], i: int, words: frozenset[str] | set[str]) -> bool:
    """Tell whether a number opens a clause or follows a word of asking, and so counts what is wanted."""
    if i > 1 and chunks[i - 1].kind == "mark" and chunks[i - 2].kind == "title":
        return False  # "Heat, Collateral: two films that"
    if i == 0 or chunks[i - 1].kind == "mark":
        return chunks[i].text != "one" or any(a.text in ITEM_NOUNS - _NO_ITEMS for a in chunks[i + 1 : i + 2])
    proposed = any(a.text in _PROPOSALS for a in chunks[i + 1 : i + 2])
    if chunks[i - 1].text == "for":
        return proposed or (i > 1 and chunks[i - 2].text in _LOOKING)
    return chunks[i - 1].text in words or (proposed and chunks[i - 1].text in ("of", "us", "with"))


def _is_one(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether the end of the years is asked for a single item: 'the oldest animated film'."""
    following = chunks[i + 1 : i + 3]
    if not following:
        return any(a.text in _SINGULAR for a in chunks)
    last = [a.text.casefold().split()[-1] for a in following if a.kind == "category" or a.text in ITEM_NOUNS]
    return bool(last) and last[-1] in _SINGULAR


_NUMBERS = dict(
    zip("two three four five six seven eight nine ten twelve".split(), (*range(2, 11), 12), strict=True)
)
_TIMED = frozenset(("new", "recent", "newer", *_ENDS, *_FIRST_LAST))  # words of an end of the years
_COUNTING = _TIMED | {"a", "half", "one", *_NUMBERS}
