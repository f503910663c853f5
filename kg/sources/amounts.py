"""What stands around a number in a cell: what it is told for, its terms, remarks, a price before."""

from __future__ import annotations

import re

ABOUT = r"[~≈]|ca?\.? ?|circa |approx(?:\.|imately)? ?|about |around |roughly |some |up to "
_TOLD_FOR = (
    "day night week wk month mo year yr hour hr person head guest child adult kg piece item unit bottle"
    " ticket room session class game stay"
)
PER = re.compile(  # '4 h/week', '€45 pp'
    rf"(?P<amount>.*\d.*?) ?(?:(?:/|per|a|an|each|every) ?(?P<per>{_TOLD_FOR.replace(' ', '|')})"
    r"|p\.?p\.?|p\.?a\.?|pppn|pn|each|weekly|daily|monthly|yearly)",
    re.IGNORECASE,
)
SHORT = {"wk": "week", "mo": "month", "yr": "year", "hr": "hour"}
_TERMS = re.compile(
    r"(?<=\d)[.,][-–—]+$|(?<=[\d€$£]) ?(?:vb|fp|ono|obo|o\.n\.o\.|neg\.|negotiable)$", re.IGNORECASE
)
_NOW = re.compile(
    r"[^a-z]*(?:was|old price|rrp|statt)?\b.*?\b(?:now|jetzt|reduced to)[: ]*(?P<now>[^,;]*\d.*)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r" \(\+ ?\d+ [^()]*\)$")  # '24 (+12 outside)'


def without_remarks(said: str) -> str:
    """Return a number without its terms and remarks: the price now of 'was £7,350, now £5,850 ono'."""
    said = _ASIDE.sub("", said) if said[:1].isdigit() else said
    now = _NOW.fullmatch(said)
    return _TERMS.sub("", now["now"] if now else said)
