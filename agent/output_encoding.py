"""Output to a terminal or pipe whose encoding lacks letters: the nearest ones it has, never a crash."""

from __future__ import annotations

import codecs
import sys
import unicodedata

_NEAREST = "usher-nearest"
_PLAIN = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "·": "-", "–": "-", "—": "-", "→": "->", "≥": ">="}
    | {"≤": "<=", "×": "x", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "AE", "−": "-"}
)


def speak_any_encoding() -> None:
    """Let standard output and error take every letter; those that the encoding lacks become the nearest."""
    codecs.register_error(_NEAREST, _nearest)
    for stream in (sys.stdout, sys.stderr):
        if not is_unicode(stream.encoding) and (change := getattr(stream, "reconfigure", None)) is not None:
            change(errors=_NEAREST)


def is_unicode(encoding: str | None) -> bool:
    """Tell whether an encoding has every letter; one that is not known is taken to."""
    return encoding is None or codecs.lookup(encoding).name.startswith("utf")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for letters that an encoding lacks, as `codecs.register_error` wants it."""
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101
    lacked = error.object[error.start : error.end].translate(_PLAIN)
    bare = unicodedata.normalize("NFKD", lacked)
    plain = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return plain.encode("ascii", "replace").decode("ascii"), error.end
