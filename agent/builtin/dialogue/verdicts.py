"""What is thought of the items shown: one is chosen, or wanted to be; some are known or not liked."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from agent.builtin.dialogue.acts import Accept, Pick, Reject
from agent.builtin.dialogue.utterance import Utterance, places_of
from agent.builtin.lexicon import opinions
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.clauses import clauses, tells
from agent.builtin.parse.negation import is_negated
from agent.builtin.plan.tool_session import Call

_POINTING = ("that one", "this one", "that", "it", "this", "that film", "that movie", "that book")
_NOT = frozenset("not never nothing dont wont isnt without".split())
_SEEN = ("seen", "watched", "read", "seen already", "all seen")
_KNOWERS = frozenset("i we he she they ive weve hes shes theyve".split())
_KNOWING = frozenset("seen read watched saw finished".split())
_SHOWN = frozenset("these those they theyre it its that thats this all".split())
_BAD = ("verdict", "dislike")
_NEAR = 3  # words between a denial and what it denies
_WHO_TAKES = ("we ll", "well", "we will", "ill", "i ll", "i will", "we", "i")
_OPEN = ("whatever", "anything", "something", "suggest", "recommend")


def accept(utterance: Utterance) -> Accept | None:
    """'the second one it is', 'I'll take that'."""
    if utterance.has("else", "more", "other", "others", "another") or _asks(utterance):
        return None
    if utterance.has("sold out") or (
        utterance.reading.text.rstrip().endswith("?") and not accepts(utterance)
    ):
        return None
    known = utterance.has("but", "though", "only", "already") and utterance.says("seen phrases")
    if (
        utterance.says("an older list") or utterance.says("kept at home") or known
    ):  # 'the third looks good but I have seen it'
        return None
    pointed = _pointed(utterance)
    named = bool(places_of(utterance) or utterance.reading.mentioned)
    takes = utterance.says("taking") and not utterance.says("seen phrases")
    taken = named and bool(set(pointed) & set(utterance.state.items)) and takes
    chosen = accepts(utterance) or (taken and not _refuses(utterance)) or _only_points(utterance)
    titled = taken_by_title(utterance)
    if titled is None and (not chosen or (utterance.names_something and not places_of(utterance))):
        return None
    return Accept(titled or next(iter(pointed), None) or _only_one(utterance))


def taken_by_title(utterance: Utterance) -> str | None:
    """Return the item that a text takes by its title and no more: 'fine, HEAT it is', 'ok CAROL then'."""
    state, titles = utterance.state, [title for title in utterance.reading.mentioned if title.choices]
    if len(titles) != 1 or "?" in utterance.reading.text:
        return None
    others = [c for c in utterance.chunks if c.kind not in ("title", "mark")]
    said = {word for c in others for word in c.text.casefold().split()}
    if not said & words("acts", "taken by title") or not said <= words("acts", "beside a title taken"):
        return None
    known = (*state.items, *state.together, *([state.focus] if state.focus else []), *state.seen)
    return next((choice.id for choice in titles[0].choices if choice.id in known), None)


def _only_one(utterance: Utterance) -> str | None:
    """Return the item that is taken where only one is spoken of: the one told of, or shown alone."""
    state = utterance.state
    if state.focus is not None:
        return state.focus
    return state.items[0] if len(state.items) == 1 else None


def known_by_name(utterance: Utterance) -> Reject | None:
    """'He's seen the German one', 'she has read Emma and The Hobbit', 'found Alien already, any more?'."""
    state, reading = utterance.state, utterance.reading
    said = tuple(w for w in utterance.words if w not in ("has", "have", "s", "ve"))
    told = any(a in _KNOWERS and b in _KNOWING for a, b in pairwise(said))
    labels = {choice.label for each in reading.wanted for choice in each.name.choices[:1]}
    known = utterance.has("already") or words("acts", "seen") & set(utterance.words)
    others = bool(known and words("acts", "more alone") & set(utterance.words)) and not utterance.has("like")
    told = told or (others and not reading.wanted)
    asked = (reading.categories, reading.none_of, reading.years != (None, None))
    asks = any(asked) or ("?" in reading.text and not others)
    if not (told and state.items and utterance.is_short) or asks or not (labels or reading.mentioned):
        return None
    named = [c.id for title in reading.mentioned for c in title.choices if c.match == title.choices[0].match]
    if labels and utterance.session.has("describe_item"):
        calls = [Call("describe_item", {"item": item}) for item in state.items]
        described = [each for each in utterance.session.call_all(calls) if each]
        named += [
            each["id"] for each in described if labels & {v for vs in each["relations"].values() for v in vs}
        ]
    return Reject(tuple(dict.fromkeys(named)), more=bool(others)) if set(named) & set(state.items) else None


def accept_extreme(utterance: Utterance) -> Accept | None:
    """'I'll take the shortest', after those shown were put in that order."""
    state, reading = utterance.state, utterance.reading
    if not (reading.sorts and state.items and accepts(utterance)) or reading.wanted or reading.categories:
        return None
    asked = [(each.relation, each.descending) for each in reading.sorts]
    held = [(each["relation"], each["descending"]) for each in state.filters.sort]
    return Accept(state.items[0]) if asked[:1] == held[:1] else None


def _only_points(utterance: Utterance) -> bool:
    """Tell whether a short text counts one of those shown and says no more: 'first one, friday'."""
    state = utterance.state
    counted = [place for place in places_of(utterance) if place < len(state.shown)]
    if not counted or not utterance.is_short or utterance.names_something or utterance.reading.mentioned:
        return False
    known = utterance.says("seen phrases") or bool(words("acts", "seen") & set(utterance.words))
    if {word for word in utterance.words if not word.isdecimal()} - _beside_pointing():
        return False  # 'my ex loved number two'
    against = _refuses(utterance) or known or utterance.says("dismissing") or _NOT & set(utterance.words)
    return not (against or utterance.has("like", "similar", "about", "why", "than", "more", "less", "too"))


@cache
def _beside_pointing() -> frozenset[str]:
    """Return the words that may stand beside one that counts, where nothing else is said."""
    small = {word for section in tables("function").values() for word in section}
    said = (*tables("dialogue")["trimmings"], *tables("occasion")["occasion"], *tables("asking")["quality"])
    taking = {word for phrase in tables("acts")["taking"] for word in phrase.split()}
    return frozenset(
        {*small, *said, *taking, *"watch read see play number nr option please sounds looks".split()}
        | ITEM_NOUNS
    )


def accepts(utterance: Utterance) -> bool:
    """Tell whether a text takes what was offered: 'that one goes on my list', 'I'll get the first'."""
    counted = bool(places_of(utterance)) and utterance.says("committing")
    denied = counted and (utterance.says("dismissing") or bool(_NOT & set(utterance.words)))
    left_open = not counted and utterance.has(*_OPEN)
    bare = utterance.text in ("that one", "this one", "that one please") and utterance.state.focus is not None
    chosen = utterance.says("acceptance") or counted or _takes_it(utterance) or bare
    return chosen and not (denied or left_open or _refuses(utterance) or _asks(utterance))


def _takes_it(utterance: Utterance) -> bool:
    """Tell whether a text opens with taking what was offered: "we'll TAKE IT, rainy all day anyway"."""
    opening = " ".join(utterance.spoken[:5])
    return any(
        opening.startswith(f"{who} {phrase}") for who in _WHO_TAKES for phrase in tables("acts")["it taken"]
    )


def _asks(utterance: Utterance) -> bool:
    """Tell whether a text asks: 'which should I take?', 'who is in the first one?'."""
    asking = {
        "which",
        "what",
        "whats",
        "who",
        "whos",
        "when",
        "why",
        "how",
        "where",
        "does",
        "did",
        "is",
        "was",
    }
    return utterance.words[0] in asking and not utterance.has("it is")


def pick(utterance: Utterance) -> Pick | None:
    """'which would you start with?'."""
    if (
        not utterance.state.items
        or utterance.names_something
        or utterance.reading.mentioned
        or utterance.is_long
    ):
        return None
    told = all(tells(utterance.chunks[c.start : c.stop]) for c in clauses(utterance.chunks))
    return (
        Pick()
        if (utterance.says("pick") or _asks_which(utterance)) and not utterance.has("one more") and not told
        else None
    )


def _asks_which(utterance: Utterance) -> bool:
    """Tell whether it is asked with which to begin: 'where should I BEGIN', 'WHICH OF THOSE is the best'."""
    said, taking = set(utterance.words), words("acts", "to take")
    where = bool({"where", "which"} & said) and bool({"begin", "start", "first"} & said)
    of_those = utterance.has("which of", "which one", "which do", "which would", "which should", "which film")
    judged = bool(said & (taking | words("acts", "best of those")))
    return utterance.is_short and (where or (of_those and judged))


def reject(utterance: Utterance) -> Reject | None:
    """'not that one', 'seen the first two', 'not my thing', 'anything but *Psycho*'."""
    if denied := _denied_titles(utterance):
        return Reject(denied)
    known = utterance.says("seen phrases") or utterance.says("kept at home")
    known = known or _says_it_is_known(utterance) or utterance.text in _SEEN
    unseen = utterance.says("unseen")
    counted = bool(places_of(utterance)) or utterance.has("that one", "this one", "that film", "that book")
    refused = _refuses(utterance) or (counted and utterance.says("dismissing"))
    if (known and unseen and not refused) or not (known or refused) or utterance.is_long:
        return None
    pointed = _pointed(utterance)
    shown = tuple(item for item in pointed if item in utterance.state.items)
    others = bool(pointed) and not shown  # named, but not of those shown
    if others and utterance.has("like", "similar", "next"):
        return None
    if utterance.names_something or (others and not known and not places_of(utterance)):
        return None
    if not utterance.state.items:
        return None
    gone = shown or (pointed if known else ()) or _rejected_in_general(utterance)
    others = utterance.has("another", "others", "other", "else", "next", "what else")
    return Reject(gone, utterance.says("more") or others)


def _denied_titles(utterance: Utterance) -> tuple[str, ...]:
    """Return the items seen in the conversation whose titles a text denies, if it names nothing else."""
    reading, chunks = utterance.reading, utterance.chunks
    if utterance.names_something or not utterance.state.items or not reading.mentioned:
        return ()
    joined = utterance.words[0] in ("or", "nor", "neither") and bool(utterance.state.filters.exclude)
    denied = {c.text for i, c in enumerate(chunks) if c.kind == "title" and (joined or is_negated(chunks, i))}
    items = {choice.id for title in reading.mentioned if title.text in denied for choice in title.choices}
    return tuple(item for item in utterance.state.seen if item in items)


def _pointed(utterance: Utterance) -> tuple[str, ...]:
    """Return the shown items that a text points at: counted, named, 'that one', 'them all'."""
    state = utterance.state
    counted = tuple(state.items[p] for p in places_of(utterance) if p < len(state.shown))
    named = tuple(t.choices[0].id for t in utterance.reading.mentioned if t.choices)
    if counted or named:
        return (*counted, *named)
    if words("acts", "all") & set(utterance.words) and not utterance.has("that one", "this one"):
        return state.shown[:2] if utterance.has("both") else state.shown
    focus = state.focus or next(iter(state.items), None)
    return (focus,) if focus and utterance.has(*_POINTING) else ()


def _refuses(utterance: Utterance) -> bool:
    """Tell whether a text turns something down: 'not really my thing', 'too long'; not 'not too long'."""
    plain = " ".join(word for word in utterance.words if word not in words("acts", "intensifiers"))
    refused = tables("acts")["rejection"]
    limited = {phrase for phrase in refused if phrase.startswith("too ")}
    too = "too" in utterance.words
    denied = too and any(utterance.has(f"{word} {phrase}") for word in _NOT for phrase in limited)
    phrases = set(refused) - limited if denied else refused
    said = utterance.has(*phrases) or any(f" {phrase} " in f" {plain} " for phrase in phrases)
    return said or _does_not_appeal(utterance) or _is_called_bad(utterance)


def _is_called_bad(utterance: Utterance) -> bool:
    """Tell whether a text only says that what was shown is bad: 'these are crap', "they're all rubbish"."""
    said = [word for word in utterance.words if word not in words("acts", "intensifiers")]
    start = next((i for i, word in enumerate(said[:_NEAR]) if word in _SHOWN), None)
    ends = range(len(said) - 1, max(len(said) - 1 - opinions.LONGEST, 0), -1)
    verdict = next((i for i in ends if opinions.TRIGGERS.get(tuple(said[i:])) == _BAD), None)
    if start is None or verdict is None or not start < verdict or "?" in utterance.reading.text:
        return False
    between = set(said[start + 1 : verdict])
    asked = opinions.COPULAS & set(said[:start])
    return between <= opinions.LINKING | words("acts", "how much") and not (between & opinions.NOT or asked)


def _does_not_appeal(utterance: Utterance) -> bool:
    """Tell whether a denial stands before what something does to the person: 'I don't much fancy that'."""
    said = utterance.words
    if said[:1] in (("nor",), ("neither",)) and utterance.is_short:
        return utterance.has(*_POINTING, "those", "these", "them")
    denials = (i for i, word in enumerate(said) if word in words("acts", "denials"))
    return any(words("acts", "appealing") & set(said[i + 1 : i + 1 + _NEAR]) for i in denials)


def _says_it_is_known(utterance: Utterance) -> bool:
    """Tell whether the person has seen, read or got what is pointed at: 'I own the second', 'saw both'."""
    seen = words("acts", "seen")
    knowers = words("acts", "knower") | words("occasion", "company")
    own = bool(knowers & set(utterance.words)) or utterance.words[0] in seen
    if any(a in _KNOWERS and b in ("did", "done") for a, b in pairwise(utterance.words)):
        seen |= {"did", "done"}  # "we DID the second at school"
    if not utterance.has("already") and not places_of(utterance) and not utterance.reading.mentioned:
        seen -= words("acts", "having")  # "it is late and I have a cold"
    return own and bool(seen & set(utterance.words)) and bool(_pointed(utterance))


def _rejected_in_general(utterance: Utterance) -> tuple[str, ...]:
    """Return what 'not my thing' means: the item last talked about, else everything shown."""
    return (
        (utterance.state.focus,) if utterance.state.focus in utterance.state.items else utterance.state.shown
    )
