"""Scales: 'PG-13 or milder', 'at most medium', 'nothing above R', 'easy to moderate'."""

from __future__ import annotations

from agent.builtin.interpret.compared import Comparison, Draft, Phrase
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.adjectives import compared_forms
from agent.builtin.parse.bounds import Comparison as Bound
from agent.builtin.parse.bounds import comparison_after, comparison_before, denied
from agent.builtin.parse.measures import Measure
from agent.builtin.parse.topics import spoken
from kg.types import Op

_TURNED: dict[str, Bound] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_GOOD = frozenset("good fair poor bad".split())
_NEAR = 3  # lexemes between a scale's name and its label


def read_scales(draft: Draft) -> None:
    """Note the comparisons with labels of a scale; a label alone is left to the linked names."""
    free = [each for each in draft.free() if each.measures("label")]
    for k, phrase in enumerate(free):
        if not draft.taken.isdisjoint(range(phrase.first, phrase.end)):
            continue
        following = free[k + 1] if k + 1 < len(free) else None
        if following is not None and (
            _range(draft, phrase, following)
            or _neighbours(draft, phrase, following)
            or _either(draft, free[k:])
        ):
            continue
        _compare(draft, phrase)


def _range(draft: Draft, low: Phrase, high: Phrase) -> bool:
    """Note 'from light to medium', 'between easy and moderate'."""
    measure = _measure(draft, low)
    joint = draft.words(low.end, high.first)
    opens = draft.words(low.first - 1, low.first)
    opened = opens[:1] != [] and opens[0] in ("between", "from")
    if len(joint) != 1 or measure not in high.measures("label") or not (joint == ["to"] or opened):
        return False
    ends = sorted((_label(draft, measure, each) for each in (low, high)), key=measure.scale.index)
    first = low.first - opened
    text = draft.text(first, high.end)
    ops: tuple[Op, Op] = (">=", "<=")
    draft.comparisons += [
        Comparison(measure.name, op, label, text) for op, label in zip(ops, ends, strict=True)
    ]
    draft.take(range(first, high.end))
    return True


def _neighbours(draft: Draft, one: Phrase, other: Phrase) -> bool:
    """Note 'G or PG': neighbouring labels, one of which no name is linked to."""
    measure = _measure(draft, one)
    linked = all(draft.said[each.first].named for each in (one, other))
    other_or = draft.words(0, len(draft.said)).count("or") > 1  # one of several alternatives
    linked = linked and not (draft.measures.own and other_or)
    joined = draft.words(one.end, other.first) == ["or"]
    if (
        linked
        or not joined
        or measure not in other.measures("label")
        or denied(draft.said, one.first) is not None
    ):
        return False
    rungs = sorted(measure.scale.index(_label(draft, measure, each)) for each in (one, other))
    if rungs[1] - rungs[0] != 1:
        return False
    end = other.end + (draft.words(other.end, other.end + 1) == ["only"])
    text = draft.text(one.first, end)
    low, high = (measure.scale[place] for place in rungs)
    draft.comparisons += [
        Comparison(measure.name, ">=", low, text),
        Comparison(measure.name, "<=", high, text),
    ]
    draft.take(range(one.first, end))
    return True


def _either(draft: Draft, labels: list[Phrase]) -> bool:
    """Note 'CONDITION very good or mint': labels of a scale that is named, any of which will do."""
    measure = _measure(draft, labels[0])
    run = labels[:1]
    for each in labels[1:]:
        joined = set(draft.words(run[-1].end, each.first))
        if measure not in each.measures("label") or not joined or not joined <= {"or", ",", "either"}:
            break
        run.append(each)
    first, end = run[0].first, run[-1].end
    named = any(_is_named(draft, each, measure) for each in (run[0], run[-1]))
    if (
        len(run) == 1
        or "or" not in draft.words(first, end)
        or not named
        or denied(draft.said, first) is not None
    ):
        return False
    if comparison_after(draft.said, end)[0] or _own_comparative(draft, run[-1], measure)[0]:
        return False
    text = draft.text(first, end)
    draft.comparisons += [
        Comparison(measure.name, "is", _label(draft, measure, each), text, either=first + 1) for each in run
    ]
    draft.take(range(first, end))
    _take_name(draft, run[0], measure)
    _take_name(draft, run[-1], measure)
    return True


def _compare(draft: Draft, phrase: Phrase) -> None:
    measure = _measure(draft, phrase)
    since = max((i + 1 for i in draft.taken if i < phrase.first), default=0)
    op, first = comparison_before(draft.said, phrase.first, since, draft.measures)
    op = "<" if op == "" and draft.words(first - 2, first) == ["worse", "than"] else op
    first -= 2 * (op == "<" and draft.words(first - 2, first) == ["worse", "than"])
    end = phrase.end
    if op in ("", "~", "is"):
        op, end = comparison_after(draft.said, phrase.end)
        named = (each for each in draft.phrases if each.first == phrase.end)
        name = next((each for each in named if measure in each.measures("name")), None)
        if not op and name is not None:
            op, end = comparison_after(draft.said, name.end)
        if not op:
            op, end = _own_comparative(draft, phrase, measure)
        first = phrase.first
    if (degree := _not_too(draft, phrase, measure)) is not None:
        op, first = degree
    elif op in _TURNED:
        turned = denied(draft.said, first)
        if turned is not None:
            op, first = _TURNED[op], turned
    elif _is_named(draft, phrase, measure):
        op = "is"
        said = [each.first for each in draft.phrases if each is phrase or _beside(draft, each, phrase)]
        turned = denied(draft.said, min(said))
        first = first if turned is None else turned
    elif not op and _is_unlinked(draft, phrase):
        op, turned = "is", denied(draft.said, phrase.first)
        first = first if turned is None else turned
    if op not in ("<", "<=", ">", ">=", "is"):
        return
    label = _label(draft, measure, phrase)
    is_denied = op == "is" and draft.said[first].text in words("comparators", "negators")
    draft.comparisons.append(Comparison(measure.name, op, label, draft.text(first, end), denied=is_denied))
    draft.take(range(first, end))
    _take_name(draft, phrase, measure)


def _not_too(draft: Draft, phrase: Phrase, measure: Measure) -> tuple[Bound, int] | None:
    """Return the comparison of 'NOTHING TOO hard', 'NOT TOO easy', and where it begins; else None."""
    too = draft.words(phrase.first - 1, phrase.first) == ["too"]
    turned = denied(draft.said, phrase.first - 1) if too and draft.measures.own else None
    if turned is None:
        return None
    upper = 2 * measure.scale.index(_label(draft, measure, phrase)) >= len(measure.scale) - 1
    return ("<" if upper else ">"), turned


def _is_unlinked(draft: Draft, phrase: Phrase) -> bool:
    """Tell whether a label that is too short to be linked is said of items: 'not R', 'G, under 90 min'."""
    if draft.said[phrase.first].named or len(draft.text(phrase.first, phrase.end)) > 1:
        return False
    before, after = draft.words(phrase.first - 1, phrase.first), draft.words(phrase.end, phrase.end + 1)
    if before == ["."] and len(draft.text(phrase.first - 2, phrase.first - 1)) == 1:
        return False  # 'i. E.'
    led = (
        not before
        or before[0] in (",", ";", ".", "and", "but")
        or before[0] in words("comparators", "negators")
    )
    ends = not after or after[0] in (
        ",",
        ";",
        ".",
        "!",
        "?",
        "and",
        "but",
        "please",
        "movies",
        "movie",
        "films",
    )
    return led and ends and (bool(before) or bool(after))


def _own_comparative(draft: Draft, phrase: Phrase, measure: Measure) -> tuple[Bound, int]:
    """Return the comparison of 'or lighter', 'and fuller', by the measure's own adjectives."""
    beside = (
        each.end for each in draft.phrases if each.first == phrase.end and measure in each.measures("name")
    )
    end = next(beside, phrase.end)  # 'medium BODY or lighter'
    if draft.words(end, end + 1) not in (["or"], ["and"]):
        return "", phrase.end
    for other in draft.phrases:
        if other.first == end + 1 and other.measures("lower", "higher"):
            if measure in other.measures("lower"):
                return "<=", other.end
            if measure in other.measures("higher"):
                return ">=", other.end
    return _of_labels(draft, phrase, measure, end)


def _of_labels(draft: Draft, phrase: Phrase, measure: Measure, end: int) -> tuple[Bound, int]:
    """Return the comparison of 'hot or HOTTER', 'medium or HOTTER': by the comparative of a label."""
    place = measure.scale.index(_label(draft, measure, phrase))
    if draft.words(end + 1, end + 2) == ["worse"] and _GOOD & {label.casefold() for label in measure.scale}:
        return "<=", end + 2
    for other, label in enumerate(measure.scale):
        more, _ = compared_forms(spoken(label))
        if tuple(draft.words(end + 1, end + 1 + len(more))) == more:
            upper = other > place or (other == place and 2 * place >= len(measure.scale) - 1)
            return (">=" if upper else "<="), end + 1 + len(more)
    return "", phrase.end


def _measure(draft: Draft, phrase: Phrase) -> Measure:
    """Return the scale that a label is of: the one named near, else the first."""
    own = phrase.measures("label")
    near = [each for each in draft.phrases if abs(each.first - phrase.end) <= _NEAR]
    near.sort(key=lambda each: each.first != phrase.end)  # 'light body and light ROAST'
    named = [m for each in near for m in each.measures("name") if m in own]
    return named[0] if named else own[0]


def _label(draft: Draft, measure: Measure, phrase: Phrase) -> str:
    said = draft.text(phrase.first, phrase.end)
    folded = {" ".join(spoken(label)): label for label in measure.scale}
    return folded[said] if said in folded else folded[said.rpartition(" ")[2]]  # 'energy class B'


def _is_named(draft: Draft, phrase: Phrase, measure: Measure) -> bool:
    """Tell whether a label is said with its scale: 'MEDIUM body'."""
    if draft.text(phrase.first, phrase.end) not in {" ".join(spoken(label)) for label in measure.scale}:
        return True  # 'ENERGY CLASS B'
    return any(measure in each.measures("name") and _beside(draft, each, phrase) for each in draft.phrases)


def _beside(draft: Draft, name: Phrase, label: Phrase) -> bool:
    between = range(name.end, label.first) if name.end <= label.first else range(label.end, name.first)
    small = (*words("comparators", "fillers"), ":", *tables("comparators")["joins"])
    return len(between) <= _NEAR and all(draft.said[i].text in small for i in between)


def _take_name(draft: Draft, phrase: Phrase, measure: Measure) -> None:
    for each in draft.phrases:
        if measure in each.measures("name") and _beside(draft, each, phrase):
            draft.take(range(each.first, each.end))
