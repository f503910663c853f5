"""Windows of a text that may be names of a graph, each with the key that it is looked up by."""

from __future__ import annotations

from itertools import accumulate

from kg.names import MAX_WORDS, NameIndex
from kg.text import has_numbers
from tools.shape import Shape

_UNITED_STATES = "usa"
_BEFORE_FAMILY = frozenset(
    "by with from starring of and or like love loves adore not but without no than".split()
)


def windows_of_names(shape: Shape, names: NameIndex) -> list[tuple[tuple[int, int], str]]:
    """Return the windows that may be a name, with their keys: none that no name begins with.

    With numbers of several words keys are others than the words joined, from two words before on.
    """
    count = len(shape.norms)
    ends = [min(i + MAX_WORDS, count) for i in range(count)]
    plain = [_before_number(shape, i, end) for i, end in enumerate(ends)] if shape.numbered else ends
    joined, at = "".join(shape.norms), [0, *accumulate(map(len, shape.norms))]
    reach = names.reach([joined[at[i] : at[end]] for i, end in enumerate(plain)])
    found = []
    for i, most in enumerate(reach):
        start, j = at[i], i + 1
        while j <= plain[i] and at[j] - start <= most:
            found.append(((i, j), joined[start : at[j]]))
            j += 1
        if plain[i] < ends[i] and most >= at[max(i, plain[i] - 2)] - start:
            found += [((i, j), shape.key(i, j)) for j in range(plain[i] + 1, ends[i] + 1)]
    countries = [i for i, word in enumerate(shape.words) if word.raw == "US" and _is_led_to_country(shape, i)]
    alone = {(i, i + 1) for i in countries}
    found = [each for each in found if each[0] not in alone] if alone else found
    found += [((i, i + 1), _UNITED_STATES) for i in countries]
    found += [each for k in shape.parts for each in _parts(shape, k)]
    families = (i for i in range(2, count) if shape.norms[i - 1] == "the" and _is_family(shape, i))
    return found + [((i, i + 1), shape.norms[i][:-1]) for i in families]


def _parts(shape: Shape, k: int) -> list[tuple[tuple[int, int], str]]:
    """Return windows that end with a numbered part, by what their titles may leave out: 'Jaws part 2'."""
    number = shape.norms[k + 1]
    end = "" if number == "1" else number  # the first part has the name of all of them
    return [((i, k + 2), shape.key(i, k) + end) for i in range(max(0, k + 2 - MAX_WORDS), k)]


def _is_family(shape: Shape, i: int) -> bool:
    """Tell whether a word behind 'the' is a surname that several have: 'films by the COENS'."""
    raw = shape.words[i].raw
    several = raw[0].isupper() and raw.endswith("s") and not raw.isupper()
    return several and shape.norms[i - 2] in _BEFORE_FAMILY


def _is_led_to_country(shape: Shape, i: int) -> bool:
    """Tell whether two capitals stand for a country, as an article leads to them: 'from the US'."""
    return i > 0 and shape.norms[i - 1] == "the" and not shape.is_shouted(i - 1)


def _before_number(shape: Shape, i: int, end: int) -> int:
    """Return where the first word from `i` on stands that may make a number of several; else `end`."""
    return next((k for k in range(i, end) if has_numbers(shape.norms[k : k + 1])), end)
