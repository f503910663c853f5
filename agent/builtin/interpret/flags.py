"""Flags: what items are or have, by the flag's name: 'in stock', 'not organic', 'without a lid'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from agent.builtin.interpret.compared import Comparison, Draft, Phrase
from agent.builtin.interpret.remaining import read_remaining
from agent.builtin.lexicon.load import groups, tables, words
from agent.builtin.parse.flag_names import opposites_of_flag
from agent.builtin.parse.measures import Measure
from kg.types import Kind

_BACK = 4
_FAR = 7  # lexemes from a denial to a flag that it may be of
_ALLOWING = frozenset(
    "allow allows allowing accept accepts accepting welcome welcomes permit permits".split()
)
_BEING = frozenset("is are be being to currently".split())
_DENYING_OPPOSITES = frozenset(
    "not isnt arent never nothing no mustnt shouldnt cant cannot wont dont doesnt neither nor".split()
)
_DENYING = frozenset("not never isnt arent wont cant cannot".split())


def read_flags(draft: Draft) -> None:
    """Note the flags that are named: yes, or no where that is denied or its opposite is named."""
    if draft.words(0, 1) == ["where"] and any(chunk.kind == "title" for chunk in draft.chunks):
        return  # 'WHERE can I play Xenon?'
    _read_opposites(draft)
    read_remaining(draft)
    for phrase in draft.free():
        flags = [each for each in phrase.measures("name") if each.kind == Kind.FLAG or is_yes_or_no(each)]
        if flags and (saying := _is_all_one(draft, phrase)):
            draft.take(saying)  # 'I DON'T CARE ABOUT the shower'
            continue
        if flags and _goes_on(draft, phrase, flags):
            draft.take(_span(phrase))  # 'gas safe REGISTERED'
            continue
        if not flags or _is_open(draft, phrase) or any(draft.said[i].named for i in _span(phrase)):
            continue
        denial = _denial(draft, phrase)
        end = _past_saying(draft, phrase.end)
        if denial is None and (behind := _denied_behind(draft, phrase.end)) is not None:
            draft.comparisons.append(Comparison(flags[0].name, "is", "no", draft.text(phrase.first, behind)))
            draft.take(range(phrase.first, behind))
            continue
        able = draft.words(phrase.first, phrase.first + 1) in (["can"], ["i"], ["we"], ["you"])
        if draft.measures.own and not able and (past := _past_no(draft, phrase.end)) > phrase.end:
            text = draft.text(phrase.first, past)
            draft.comparisons.append(Comparison(flags[0].name, "is", "no", text))
            draft.take(range(phrase.first, past))
            continue
        if denial is None and draft.measures.own and _is_denied_far(draft, phrase.first):
            draft.lost |= set(_span(phrase))
            continue
        opening = draft.words(phrase.first - 1, phrase.first)
        free = draft.words(phrase.first - 1, phrase.first) == ["free"]  # 'FREE wifi' is not paid for
        least = _least_yes(flags[0]) if denial is None and not free else ""
        some = denial is None and not free and not least and is_with_terms(flags[0])  # 'on request' is not no
        opens = draft.measures.own and opening and opening[0] in _ALLOWING
        first = phrase.first - (bool(opens) or free) if denial is None else denial
        draft.comparisons.append(
            Comparison(flags[0].name, "is", "yes" if denial is None else "no", draft.text(first, end))
            if not (some or least)
            else Comparison(flags[0].name, ">=", least, draft.text(first, end))
            if least
            else Comparison(flags[0].name, ">", "no", draft.text(first, end))
        )
        draft.take(range(first, end))
        _read_further(draft, phrase, denied=denial is not None)


def _read_further(draft: Draft, phrase: Phrase, *, denied: bool) -> None:
    """Note the flags whose names share their begin with one before: 'good with cats AND CHILDREN'."""
    at, opening = phrase.end, draft.words(phrase.first, phrase.end - 1)
    while opening and draft.words(at, at + 1) in (["and"], ["or"], [","]) and at + 1 < len(draft.said):
        either = (phrase.first + 1) * (draft.said[at].text == "or" and not denied)
        said = [*opening, draft.said[at + 1].text]
        length, forms = draft.measures.said_at(said, 0)
        flags = [m for form in forms if form.form == "name" for m in form.measures]
        flags = [m for m in flags if m.kind == Kind.FLAG or is_yes_or_no(m)]
        if length != len(said) or not flags or at + 1 in draft.taken:
            return
        text, value = draft.text(at, at + 2), "no" if denied else "yes"
        draft.comparisons[-1] = replace(draft.comparisons[-1], either=either)
        draft.comparisons.append(Comparison(flags[0].name, "is", value, text, either=either))
        draft.take(range(at, at + 2))
        at += 2


def _goes_on(draft: Draft, phrase: Phrase, flags: Sequence[Measure]) -> bool:
    """Tell whether a part of a flag's name stands right behind another flag that is named in full."""
    said = draft.text(phrase.first, phrase.end)
    whole = any(said == name for each in flags for name in (each.name.replace("_", " "), *each.own["agent"]))
    before = next((each for each in draft.phrases if each.end == phrase.first), None)
    named = before is not None and any(e.kind == Kind.FLAG for e in before.measures("name"))
    return draft.measures.own and named and not whole


def _past_no(draft: Draft, end: int) -> int:
    """Return where it ends that a flag is said not to be set: 'DOG-FREE trails', 'online: NO'."""
    after = draft.words(end, end + 2)
    if after[:1] == ["free"]:
        return end + 1
    marked = after[:1] in ([":"], ["="])
    alone = end + marked + 1 == len(draft.said) or draft.words(end + marked + 1, end + marked + 2) == [","]
    return (
        end + marked + 1 if after[marked : marked + 1] in (["no"], ["false"]) and (marked or alone) else end
    )


def is_yes_or_no(measure: Measure) -> bool:
    """Tell whether a scale is a flag with something between yes and no: 'partly'."""
    return {"yes", "no"} <= {label.casefold() for label in measure.scale}


def is_with_terms(measure: Measure) -> bool:
    """Tell whether what is neither yes nor no is yes on some terms: 'on request', but not 'partly'."""
    between = {label.casefold() for label in measure.scale} - {"yes", "no"}
    part = any(label.startswith(("part", "teil", "semi", "half")) for label in between)
    return bool(between) and not part and between.isdisjoint(words("measures", "halfway"))


def _least_yes(measure: Measure) -> str:
    """Return the least label that says yes, where one below it only allows something else: 'collect ONLY'."""
    labels = list(measure.scale)
    other = [each for each in labels if each.casefold().split()[-1:] == ["only"]]
    yes = [each for each in labels if each.casefold().startswith("yes")]
    above = bool(other and yes) and max(map(labels.index, other)) < min(map(labels.index, yes))
    least = labels[max(map(labels.index, other)) + 1] if above else ""
    part = not words("measures", "halfway").isdisjoint(label.casefold() for label in labels)
    return "" if part else least


def _past_saying(draft: Draft, end: int) -> int:
    """Return where what only says that there is something ends: 'breakfast IS INCLUDED'."""
    last = end
    while last < len(draft.said) and draft.said[last].text in words("comparators", "past flag negators"):
        last += 1
    said = last < len(draft.said) and draft.said[last].text in words("measures", "flag endings")
    return last + 1 if said else end


def _denied_behind(draft: Draft, end: int) -> int | None:
    """Return where it ends that a thing is denied behind its name: 'pets ARE NOT ALLOWED'."""
    i = end
    while draft.words(i, i + 1) and draft.said[i].text in _BEING:
        i += 1
    if not (draft.words(i, i + 1) and draft.said[i].text in _DENYING):
        return None
    i += 1
    while draft.words(i, i + 1) and draft.said[i].text in _BEING:
        i += 1
    said = draft.words(i, i + 1)
    return i + 1 if said and said[0] in words("measures", "flag endings") else None


def _is_all_one(draft: Draft, phrase: Phrase) -> range | None:
    """Return where it stands that a flag may be or not: 'DON'T CARE ABOUT pets', 'pets DON'T MATTER'."""
    needs = ("needed", "necessary", "required")
    own = {word for m in phrase.measures("name") for said in m.own.get("agent", ()) for word in said.split()}
    last = phrase.end + (
        draft.words(phrase.end, phrase.end + 1) != [] and draft.said[phrase.end].text in needs
    )
    needed = draft.said[last - 1].text in needs and own.isdisjoint(needs)
    if needed and draft.words(phrase.first - 1, phrase.first) == ["no"]:
        return range(phrase.first - 1, last)  # 'NO case NEEDED'
    for said in tables("measures")["all one, before"]:
        length = len(said.split())
        for gap in range(3):
            start = phrase.first - gap - length
            if (
                start >= 0
                and draft.text(start, start + length) == said
                and not _is_of_needs(draft, start, said)
            ):
                between = draft.words(start + length, phrase.first)
                if set(between) <= {"the", "a", "an", "any", "about", "of"}:
                    return range(start, phrase.end)
    for said in tables("measures")["all one, behind"]:
        length = len(said.split())
        for start in (phrase.end, phrase.end + 1):
            if draft.text(start, start + length) == said:
                return range(phrase.first, start + length)
    return None


def _is_of_needs(draft: Draft, start: int, said: str) -> bool:
    """Tell whether items need none of a thing: 'one that DOESN'T NEED', 'somewhere I DON'T NEED'."""
    who, before = draft.words(start - 1, start), draft.words(start - 2, start - 1)
    asker = who in (["i"], ["we"]) and (
        not before or not before[0].isalpha() or before[0] in ("and", "but", "so", "as", "because", "since")
    )
    return draft.measures.own and said.endswith("nt need") and bool(who) and who[0].isalpha() and not asker


def _read_opposites(draft: Draft) -> None:
    """Note the opposites of flags that have a name of their own: 'sold out' is not 'in stock'."""
    known = groups("measures", "opposite")
    for flag, phrase in _named_flags(draft):
        prefixed = () if " " in phrase else (f"un{phrase}", f"non {phrase}", f"non{phrase}")
        formed = (" ".join(each) for each in opposites_of_flag(tuple(phrase.split())))
        for said in (*known.get(phrase, ()), *prefixed, *formed):
            spoken = said.split()
            for i in draft.starts_of(spoken):
                span = range(i, i + len(spoken))
                free = draft.words(span.stop, span.stop + 1) == ["free"]  # 'with STEP-FREE access'
                if free or not draft.taken.isdisjoint(span):
                    continue
                at = i - 1
                while draft.words(at, at + 1) and draft.said[at].text in _BEING:
                    at -= 1
                denied = bool(draft.words(at, at + 1)) and draft.said[at].text in _DENYING_OPPOSITES
                first = at if denied else i
                text = draft.text(first, span.stop)
                draft.comparisons.append(Comparison(flag, "is", "yes" if denied else "no", text))
                draft.take(range(first, span.stop))


def _named_flags(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield the flags of a catalogue with each of their names."""
    for each in draft.measures.every:
        if each.kind == Kind.FLAG or is_yes_or_no(each):
            for name in (each.name.replace("_", " "), *each.own.get("agent", ())):
                yield each.name, name.casefold()


def _span(phrase: Phrase) -> range:
    return range(phrase.first, phrase.end)


def _denial(draft: Draft, phrase: Phrase) -> int | None:
    """Return where what denies a flag begins; two denials are none."""
    small = words("comparators", "past flag negators") | _ALLOWING
    i = phrase.first - 1
    while i >= max(0, phrase.first - _BACK):
        word = draft.said[i].text
        if word in words("comparators", "flag negators"):
            return i
        if word not in small:
            return None
        i -= 1
    return None


def _is_denied_far(draft: Draft, first: int) -> bool:
    """Tell whether words between leave open what a denial is of: 'they DON'T let you bring a CATERER'."""
    for i in range(first - 1, max(-1, first - 1 - _FAR), -1):
        if not draft.said[i].text.isalpha() or draft.said[i].text in ("and", "but", "or", "with", "so"):
            return False
        if draft.said[i].text in _DENYING | {"dont", "doesnt", "without", "no"} and i not in draft.taken:
            return True
    return False


def _is_open(draft: Draft, phrase: Phrase) -> bool:
    """Tell whether either will do: 'organic or not', 'whether it is organic'."""
    after, before = draft.words(phrase.end, phrase.end + 2), draft.words(phrase.first - 4, phrase.first)
    return after == ["or", "not"] or bool({"whether", "if"} & set(before))
