"""Correction rate and false alarms.

Was the false claim named and put right, and was nothing right 'corrected'?
"""

from __future__ import annotations

from collections.abc import Iterable

from bench.types import AnswerCorrection, QueryClaim
from kg.text import name_key


def corrected(claim: QueryClaim, corrections: Iterable[AnswerCorrection]) -> bool:
    """Tell whether a correction names the false claim and gives a true value.

    It must be about one of the claim's items, in its relation, against the claimed name (whole or a part of
    it, spelling normalised), and give at least one of the true labels.
    """
    return any(
        correction.relation == claim.relation
        and bool(set(correction.items) & set(claim.items))
        and bool(set(correction.true) & claim.truths)
        and _same_name(correction.claimed, claim.claimed)
        for correction in corrections
    )


def false_alarm(corrections: Iterable[AnswerCorrection]) -> bool:
    """Tell whether an answer to a request without a false claim corrects something."""
    return any(True for _ in corrections)


def _same_name(said: str, claimed: str) -> bool:
    ours, theirs = name_key(said), name_key(claimed)
    return bool(ours) and (ours in theirs or theirs in ours)
