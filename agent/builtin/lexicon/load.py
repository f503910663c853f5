"""The one loader of word data: `words/NAME.txt`, sections headed `== name`, words and 'quoted phrases'.

A line that begins with `#` is a comment. Words are folded already: small letters, no accents, no apostrophes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from tools.theme_words import subject_words

_FOLDER = Path(__file__).parent / "words"


def phrases(text: str) -> list[str]:
    """Return the words and the quoted phrases of a text, in order."""
    found: list[str] = []
    for index, part in enumerate(text.split("'")):
        found += [" ".join(part.split())] if index % 2 else part.split()
    return [each for each in found if each]


@cache
def tables(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the sections of a word file: section -> its words and phrases, in order."""
    sections: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            current = sections.setdefault(line[3:].strip(), [])
        elif line.strip() and not line.startswith("#"):
            if current is None:
                raise ValueError(f"{name}.txt: {line!r} stands before the first section")
            current += phrases(line)
    return MappingProxyType({section: tuple(words) for section, words in sections.items()})


@cache
def words(name: str, section: str) -> frozenset[str]:
    """Return one section of a word file as a set."""
    return frozenset(tables(name)[section])


@cache
def every_word() -> frozenset[str]:
    """Return the words of all sections of all word files."""
    files = sorted(path.stem for path in _FOLDER.glob("*.txt"))
    said = (phrase for name in files for section in tables(name).values() for phrase in section)
    return frozenset(word for phrase in said for word in phrase.split()) | subject_words()


@cache
def groups(name: str, kind: str) -> Mapping[str, tuple[str, ...]]:
    """Return the sections `== KIND: KEY` of a word file: key -> its words and phrases, in order."""
    found = {section.partition(": "): said for section, said in tables(name).items()}
    return MappingProxyType({key: said for (head, _, key), said in found.items() if head == kind and key})
