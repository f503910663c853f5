"""What stands around a number in a cell: what it is told for, its terms, remarks, a price before."""

from __future__ import annotations

import re

ABOUT = r"[~≈]|(?-i:ca?)\.? ?|C\. ?|circa |approx(?:\.|imately)? ?|about |around |roughly |some |up to |from "
_TOLD_FOR = (
    "day night week wk month mo year yr hour hr person head guest child adult kg piece item unit bottle"
    " ticket room session class game stay kwh litre mile km minute min"
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
_WAS = re.compile(r"\d[^()]*\((?:was|rrp|formerly)\b[^()]*\d[^()]*\)", re.IGNORECASE)
_REMARK = re.compile(
    r"(?<=[\w.])(?:,| -| –)? ?\b(?:incl\.?|including|inc\.?|excl\.?|excluding|plus|with|without|no)"
    r" (?:an? |the )?[a-z]+(?: [a-z]+)?$|(?<=\d) ?\+ ?[a-z]{3,}$",
    re.IGNORECASE,
)  # '2h 45m incl. interval', '75 min, no interval'
_EACH = re.compile(r" for (?:1|one|an?) [a-z]+(?:[,;/] ?.*)?$", re.IGNORECASE)  # '£24 for 1 rod, £27 for 2'
_SEVERAL = re.compile(
    r"(?P<many>[2-9]|\d\d) (?:for|@) (?P<sign>[€$£]) ?(?P<paid>\d+(?:\.\d+)?)", re.IGNORECASE
)
_CHEAPER = re.compile(
    r" ?\((?:conc|concs|concession|concessions|child|children|juniors?|members?|oap|seniors?|was)\b[^()]*\)$",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"^(?:[a-z]+ )?(?:\d+s?|child(?:ren)?|kids)[a-z0-9 -]* free,? (?:then|after|otherwise) (?=[€$£]?\d)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r" \(\+ ?\d+ [^()]*\)$")  # '24 (+12 outside)'


def is_reduced(said: str) -> bool:
    """Tell whether a cell tells a price that was higher: 'was £9, now £7'."""
    now = _NOW.fullmatch(said.strip()) or _WAS.search(said)
    return any(map(str.isdigit, said)) and now is not None


def without_remarks(said: str) -> str:
    """Return a number without its terms and remarks: the price now of 'was £7,350, now £5,850 ono'."""
    if several := _SEVERAL.fullmatch(said):
        return f"{several['sign']}{float(several['paid']) / int(several['many']):.2f}"  # '3 for £5'
    if said[:1].isdigit() or said[:1] in "€$£":
        said = _REMARK.sub("", _ASIDE.sub("", _CHEAPER.sub("", _EACH.sub("", said))))
    said = _THEN.sub("", said)  # 'under 5s free, then £6'
    now = _NOW.fullmatch(said)
    return _TERMS.sub("", now["now"] if now else said)
