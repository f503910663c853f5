"""Correction rate and false alarms.

Was the false claim named and put right, and was nothing right 'corrected'?
"""

from __future__ import annotations

from collections.abc import Iterable

from bench.types import AnswerCorrection, QueryClaim
from kg import text


def corrected(claim: QueryClaim, corrections: Iterable[AnswerCorrection]) -> bool:
    """Tell whether a correction names the false claim and gives a true value.

    It must be about one of the claim's items, in its relation, against the claimed name (whole or a part of
    it, spelling normalised), and give at least one of the true labels.
    """
    return any(
        correction.relation == claim.relation
        and bool(set(correction.items) & set(claim.items))
        and bool(set(correction.true) & claim.truths)
        and claim.claimed not in correction.true
        and _same_name(correction.claimed, claim.claimed)
        for correction in corrections
    )


def false_alarm(corrections: Iterable[AnswerCorrection]) -> bool:
    """Tell whether an answer to a request without a false claim corrects something."""
    return any(True for _ in corrections)


def _same_name(said: str, claimed: str) -> bool:
    """Tell whether a name is the claimed one or a part of it, by whole words; spacing does not matter."""
    words, wanted = set(text.words(said)), set(text.words(claimed))
    part = words <= wanted or (wanted <= words and len(words - wanted) <= 1)  # "director Ada Quill"
    return bool(words) and (part or text.name_key(said) == text.name_key(claimed))
