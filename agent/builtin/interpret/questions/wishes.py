"""Whether a clause wants items: the one rule that makes a request of a message that also asks for facts."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.questions.clauses import Clause
from agent.builtin.interpret.questions.subject import ITEM_NOUNS, MANY_NOUNS
from agent.builtin.lexicon.load import tables, words

_WISHING = words("questions", "wishing for a kind")
_WISHING_TOO = words("questions", "wishing")
_MAY_WISH = _WISHING | words("questions", "wishing to do") | {"name", "list"}
_ANYTHING = words("questions", "anything")
_SEVERAL_NOUNS = MANY_NOUNS - {"things"}
_NOUNS = ITEM_NOUNS | MANY_NOUNS
_OTHERS_TELL = words("questions", "others tell")
_SURELY = 8  # words behind a sure wish
_WHAT = (("what",), ("which",))
_WHICH = frozenset(("what", "which"))
_DESCRIBING = frozenset(("both", "same", "common"))
_WHOEVER = frozenset(("who", "whoever"))
_BEFORE_MORE = frozenset(("another", "other", "further", "more"))
_GOOD = (("a", "good"), ("a", "great"), ("a", "nice"))
_DONE = (("did",), ("has",), ("have",), ("does",))
_TELLING = (("about",), ("set",), ("with",), ("by",), ("for",))
_SOME = (("a",), ("an",), ("some",))
_GIVING = tuple(tuple(said.split()) for said in tables("questions")["giving"])
_CHOOSING = tuple((may, who) for may in ("should", "can", "could", "shall") for who in ("i", "we"))
_TAKING = (("watch",), ("read",), ("see",), ("try",), ("pick",))
_FURTHER = frozenset(("more", "other", "others", "further", "remaining"))


def wants_items(clause: Clause, *, asks_fact: bool) -> bool:
    """Tell whether a clause wants items, so that its message is a request, whatever else it asks.

    A wish with what is wanted ('need comedies') or the question which there are ('are there dramas by him')
    always does; what only may wish ('any others', a kind alone, 'films with') where no fact is asked.
    """
    if _wishes_for_kind(clause) or _asks_which_there_are(clause) or _wants_further(clause):
        return True
    if _names_a_wish(clause) or _asks_for_likeness(clause) or clause.words[:3] in _GIVING:
        return True
    if _asks_what_to_take(clause) or _opens_with_items(clause) or _asks_for_good_one(clause):
        return True
    return not asks_fact and _may_wish(clause)


def _asks_what_to_take(clause: Clause) -> bool:
    """Tell whether a clause asks what to choose: 'if it is sold out WHAT SHOULD I WATCH instead'."""
    said = clause.words
    if _WHICH.isdisjoint(said) or clause.names("title", "entity"):
        return False
    led = (i for i, word in enumerate(said) if word in _WHICH)
    return any(said[i + 1 : i + 3] in _CHOOSING and said[i + 3 : i + 4] in _TAKING for i in led)


def _asks_for_good_one(clause: Clause) -> bool:
    """Tell whether some good item is asked for: 'WHAT'S A GOOD audio BOOK for a long drive'."""
    start = clause.at("what")
    start += bool(start) and bool(clause.at("is", start))
    if not start or clause.words[start : start + 2] not in _GOOD:
        return False
    named = any(piece.chunk.kind == "category" for piece in clause.pieces[start + 2 : start + 4])
    return named or not _NOUNS.isdisjoint(clause.words[start + 2 : start + 5])


def _opens_with_items(clause: Clause) -> bool:
    """Tell whether a clause begins with a noun for items and when they are from: 'MOVIE FROM the 80s'.

    Or with what they are about: 'add it to my list. now A BOOK ABOUT the sea'.
    """
    told = clause.words[2:3] in _TELLING and clause.words[1] in ITEM_NOUNS
    if clause.words[:1] in _SOME and told and not clause.asked:
        return True
    if clause.words[1:2] != ("from",) or clause.asked:
        return False
    return clause.words[0] in ITEM_NOUNS | _SEVERAL_NOUNS


def _may_wish(clause: Clause) -> bool:
    """Tell whether a clause has a word of wishing, a kind alone, or a noun for items with a condition."""
    if clause.has("spending time with") and (clause.names("category") or not _NOUNS.isdisjoint(clause.words)):
        return True
    if clause.words[0] in _OTHERS_TELL and not _WISHING_TOO & set(clause.words):
        return False  # 'my flatmate bet me it was somebody else'
    if words("questions", "information") & set(clause.words) and not clause.names("category"):
        return False  # 'I need the basics'
    if (
        clause.words[:1] == ("not",)
        and clause.words[1:2] in (("a",), ("really",))
        and not clause.names("category")
    ):
        return False  # 'not a request as such'
    if clause.words[:2] == ("more", "of") and clause.words[2:3] in (("a",), ("an",)):
        return False  # 'more of a confession'
    if _needs_to_do(clause):
        return False
    nouns = [i + 1 for i, word in enumerate(clause.words) if word in _SEVERAL_NOUNS]
    if clause.names("category") and not clause.has("speakers", "is"):
        return True
    wish = clause.has("asking") and _has_object(clause)
    return wish or any(clause.at("conditions", i) for i in nouns)


def _needs_to_do(clause: Clause) -> bool:
    """Tell whether somebody has something to do, and takes no item up: 'I NEED TO CATCH a bus'."""
    said = clause.words
    if clause.names("category", "title", "entity") or not (_NOUNS | _ANYTHING).isdisjoint(said):
        return False
    i = next((i for i, word in enumerate(said) if word in _WISHING), len(said))
    taking = words("questions", "wishing to do") | words("asking", "consume")
    return said[i + 1 : i + 2] == ("to",) and taking.isdisjoint(said[i + 2 : i + 3])


def _has_object(clause: Clause) -> bool:
    """Tell whether a wish says what for or of whom: not 'need for school', 'next on my list'."""
    end = clause.words.index("for") if "for" in clause.words else len(clause)
    small = words("questions", "glue") | words("questions", "lists")
    small -= _ANYTHING | words("questions", "several") | {"some", "any"}
    return not set(clause.words[:end]) <= small


def _wishes_for_kind(clause: Clause) -> bool:
    """Tell whether items are wished for in so many words: 'who is in both, NEED COMEDIES with him'."""
    for i, word in enumerate(clause.words):
        if word not in _MAY_WISH:
            continue
        named = word in ("name", "list") and clause.words[i + 1 : i + 2] not in (("of",), ("the",))
        named = named and clause.words[i - 1 : i] not in (("that",), ("the",), ("this",), ("your",), ("my",))
        if named or _is_wished_at(clause.words, i):
            sure = word in ("recommend", "suggest")
            after = clause.pieces[i + 1 : i + (_SURELY if sure else 4)]
            nouns = _SEVERAL_NOUNS | (ITEM_NOUNS if sure else frozenset())
            if any(p.chunk.kind == "category" or p.chunk.text in nouns for p in after):
                return True
    return False


def _is_wished_at(said: Sequence[str], place: int) -> bool:
    """Tell whether a word wishes for what stands behind it: 'could you SUGGEST', 'I would like to WATCH'."""
    before = tuple(said[max(0, place - 2) : place])
    if said[place] in words("questions", "wishing to do") and before[-1:] == ("to",):
        return before[0] in words("questions", "before what is wished")
    return said[place] in _WISHING and before[-1:] not in (("to",), ("do",)) and before != ("do", "you")


def _names_a_wish(clause: Clause) -> bool:
    """Tell whether a clause calls itself a wish for an item: 'MY WISH for tonight IS another FILM with'."""
    if clause.words[:1] != ("my",) or clause.words[1:2] not in [(w,) for w in words("questions", "wishes")]:
        return False
    after = clause.pieces[clause.words.index("is") + 1 :] if "is" in clause.words else ()
    return any(p.chunk.kind == "category" or p.chunk.text in ITEM_NOUNS | MANY_NOUNS for p in after)


def _asks_for_likeness(clause: Clause) -> bool:
    """Tell whether what is like a title is asked for: 'what's A FILM LIKE Heat but shorter'."""
    if clause.words[:1] not in _WHAT:
        return False
    start = 1 + bool(clause.at("is", 1))
    kind = clause.words[start : start + 1] in (("a",), ("an",), ("some",), ("another",), ("any",))
    noun = set(clause.words[start + 1 : start + 3]) & _NOUNS
    alike = {"like", "similar"} & set(clause.words[start + 2 : start + 5])
    return bool(kind and noun and alike and clause.names("title"))


def _wants_further(clause: Clause) -> bool:
    """Tell whether further items of a description are wanted: 'ANOTHER FILM with who was in both'.

    Also in the form of a question: 'did the person who directed A direct OTHER COMEDIES?'.
    """
    described = not _DESCRIBING.isdisjoint(clause.words)
    done = clause.words[:1] in _DONE and not _WHOEVER.isdisjoint(clause.words)
    if not (described or done):
        return False
    for i, word in enumerate(clause.words):
        near = [piece.chunk for piece in clause.pieces[i + 1 : i + 4]]
        noun = any(c.kind == "category" or c.text in ITEM_NOUNS | _SEVERAL_NOUNS for c in near)
        what = clause.words[i - 1 : i] in (("what",), ("anything",), ("something",))
        if (word in _BEFORE_MORE and noun) or (word == "else" and what):
            return True
    return False


def _asks_which_there_are(clause: Clause) -> bool:
    """Tell whether items are asked for by who made them: 'are there dramas scored by him'."""
    if clause.words[-2:] == ("so", "which") or (
        clause.words[:1] in _WHAT and _FURTHER & set(clause.words[1:2])
    ):
        return True  # "and if so, which?", "what more of hers is there?"
    if clause.words[:2] not in (("is", "there"), ("are", "there")):
        return False
    near = [piece.chunk for piece in clause.pieces[2:7]]
    noun = any(c.kind == "category" or c.text in ITEM_NOUNS for c in near)
    noun = noun or bool({"anything", "something"} & set(clause.words[2:3]))
    return noun and any(piece.chunk.kind == "trigger" for piece in clause.pieces)


def is_for_any(clause: Clause) -> bool:
    """Tell whether somebody would have any item of a kind: 'CAN I GET A Danish film', not 'can I get it'."""
    wished = clause.words[:1] in (("can",), ("could",), ("may",)) and clause.words[1:2] in (("i",), ("we",))
    any_of_them = bool({"a", "an", "some", "any", "something", "anything"} & set(clause.words[3:4]))
    return wished and any_of_them and not clause.names("title") and "on" not in clause.words
