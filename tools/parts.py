"""Words of a text as parts of a name: what has a capital, what stays small inside, where it breaks off."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from kg.text import ARTICLES, fold
from tools.english import common_words, is_everyday, lead
from tools.shape import Shape
from tools.spans import Span

_SELF = frozenset(("I", "I'm", "I’m", "I'd", "I’d", "I've", "I’ve", "I'll", "I’ll"))


def is_capital(shape: Shape, i: int) -> bool:
    """Tell whether a word has the capital of a name: not that of a sentence, of shouting or of 'I'."""
    word = shape.words[i]
    if not word.raw[0].isupper() or word.raw in _SELF:
        return False
    shouted = shape.is_shouted(i) and len(word.raw) > 1
    if shouted and (shape.is_shouted(i + 1) or shape.common[i]):
        return False
    if shape.title_case and shape.folded(i) in lead("opening") - lead("kind"):
        return False
    if shape.starts_sentence[i] and (shape.norms[i] in lead("greeting") or _is_contraction(shape, i)):
        return False
    opens = shape.common[i] or shape.folded(i) in lead("opening")
    if shape.starts_sentence[i] and opens and not shape.after_initial(i):
        return _opens_name(shape, i)
    return True


def _opens_name(shape: Shape, i: int) -> bool:
    """Tell whether a common word at the start of a sentence begins a name: 'Mad Max', 'The Zorg'."""
    after = i + 1
    while after < len(shape.words) and stays_small(shape, after) and not breaks(shape, after):
        after += 1
    fits = after < len(shape.words) and not shape.starts_sentence[after] and not breaks(shape, after)
    return shape.folded(i) not in lead("opening") and fits and is_capital(shape, after)


def _is_contraction(shape: Shape, i: int) -> bool:
    head, mark, _ = shape.words[i].raw.replace("’", "'").partition("'")
    return mark != "" and fold(head) in common_words()


def stays_small(shape: Shape, i: int) -> bool:
    """Tell whether a word may be small inside a name in capitals: 'of', a possessive."""
    said, raw = shape.folded(i), shape.words[i].raw
    if said in ("a", "an") and shape.norms[i - 1] == "and":
        return True  # 'An Officer and a Gentleman'
    if said == "and" and raw != "&":
        return i + 1 < len(shape.words) and shape.words[i + 1].raw in ("a", "an")
    return shape.norms[i] in lead("inside") or shape.norms[i] == "s" or raw == "&"


def numbers(shape: Shape, i: int) -> bool:
    """Tell whether a word is the number of a part: 'Zorg 3', not '3 times', '1994'."""
    word = shape.words[i]
    if not (word.raw.isdigit() or (word.norm.isdigit() and word.raw.isupper())):
        return False
    after = shape.norms[i + 1] if i + 1 < len(shape.words) and not shape.parted(i + 1) else ""
    counted = after in lead("plural kind") | lead("counted")
    dates = len(word.norm) > 4 or (len(word.norm) == 4 and "1800" <= word.norm < "2036")
    return not dates and not breaks(shape, i) and not counted


def breaks(shape: Shape, i: int) -> bool:
    """Tell whether a name cannot go on from the word before."""
    if i == 0:
        return True
    between = shape.gaps[i]
    if between == " ":
        return False
    if between.strip() == ":":
        return shape.common[i - 1] or not is_capital(shape, i - 1)
    if shape.parted(i) or (between.strip() == "-" and between != "-"):
        return True
    return "." in between and not shape.after_initial(i) and shape.norms[i - 1] not in lead("honorific")


def residue(shape: Shape, first: int, end: int, linked: Sequence[Span]) -> list[int]:
    """Return the words of a run that no span covers, without the small ones inside."""
    covered = {i for span in linked for i in range(span.first, span.end)}
    return [
        i
        for i in range(first, end)
        if i not in covered and not (stays_small(shape, i) and not shape.words[i].raw[0].isupper())
    ]


def is_article(shape: Shape, i: int) -> bool:
    """Tell whether a word is an article, perhaps misspelt: 'Teh Big Sleep'."""
    norm = shape.norms[i]
    return norm in ARTICLES or (1 < len(norm) < 5 and OSA.distance(norm, "the") < 2)


def tells(shape: Shape, i: int) -> bool:
    """Tell whether a word is none of everyday English, so perhaps of a name."""
    return not is_everyday(shape.folded(i)) and shape.folded(i) not in lead("proper")
