"""What the paper reports: tables 2 to 6 of arXiv 2503.09382.

Measured by its authors on their own queries, with what the source user chose as truth: figures to hold ours
against, not the same experiment.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

SOURCE = "arXiv 2503.09382"
METRICS = ("precision", "recall", "cmr", "ftr")


class Reported(NamedTuple):
    """A row of a table: a model's figures of one type; metric -> value where the paper has it."""

    model: str
    values: Mapping[str, float]
    table: int


_MODELS = ("GPT-4o-mini", "GPT-4o", "Gemini", "Claude", "DeepSeek-V3", "DeepSeek-R1", "Llama-3.1-70B")

# A line a model as in `_MODELS`: precision, recall, condition match rate, failure to recommend.
_CONDITIONS = {  # table 2
    ("movie", "explicit"): """
        .185 .322 .531 .009
        .308 .408 .714 .016
        .256 .408 .644 .052
        .201 .422 .658 .014
        .190 .401 .621 .001
        .224 .447 .651 .001
        .238 .342 .609 .003""",
    ("movie", "implicit"): """
        .083 .167 .198 .017
        .145 .224 .301 .021
        .104 .206 .203 .014
        .105 .269 .281 .011
        .090 .260 .217 .001
        .197 .463 .496 .005
        .097 .164 .210 .012""",
    ("movie", "misinformed"): """
        .028 .060 .153 .104
        .019 .039 .106 .270
        .024 .049 .076 .030
        .033 .079 .128 .087
        .027 .078 .105 .013
        .024 .068 .096 .024
        .037 .050 .116 .109""",
    ("book", "explicit"): """
        .059 .159 .475 .003
        .088 .192 .567 .027
        .076 .221 .623 .011
        .054 .193 .608 .010
        .040 .124 .667 .008
        .072 .230 .471 .018
        .073 .170 .542 .022""",
    ("book", "implicit"): """
        .035 .081 .446 .003
        .057 .133 .472 .021
        .035 .135 .319 .013
        .043 .161 .515 .010
        .056 .190 .385 .005
        .060 .194 .167 .031
        .038 .082 .470 .052""",
    ("book", "misinformed"): """
        .013 .038 .581 .044
        .011 .024 .500 .445
        .014 .044 .274 .072
        .020 .068 .444 .056
        .014 .047 .230 .066
        .015 .051 .333 .097
        .014 .028 .178 .158""",
}
_PROFILES = {  # table 5: precision, recall, failure to recommend
    ("movie", "interest"): """
        .013 .058 .000
        .018 .067 .001
        .019 .072 .007
        .015 .082 .000
        .015 .071 .000
        .014 .081 .000
        .014 .061 .000""",
    ("movie", "demographic"): """
        .018 .054 .000
        .021 .059 .000
        .019 .063 .000
        .018 .054 .000
        .019 .060 .000
        .015 .068 .000
        .015 .046 .000""",
    ("book", "interest"): """
        .038 .104 .004
        .043 .101 .022
        .056 .127 .049
        .018 .072 .012
        .020 .081 .005
        .030 .112 .031
        .049 .098 .003""",
}
_TUNED = {  # the best fine-tuned model's recall: its name, the value, the table
    ("movie", "explicit"): ("Qwen-2.5-3B SFT+RFT", 0.410, 4),
    ("movie", "implicit"): ("Qwen-2.5-3B SFT+RFT", 0.262, 4),
    ("movie", "misinformed"): ("Qwen-2.5-3B SFT+RFT", 0.307, 4),
    ("book", "explicit"): ("Qwen-2.5-3B SFT+RFT", 0.139, 4),
    ("book", "implicit"): ("Qwen-2.5-3B SFT+RFT", 0.262, 4),
    ("book", "misinformed"): ("Qwen-2.5-3B SFT+RFT", 0.264, 4),
    ("movie", "interest"): ("Qwen-2.5-3B SFT+RFT", 0.289, 6),
    ("movie", "demographic"): ("Qwen-2.5-3B SFT+RFT", 0.230, 6),
    ("book", "interest"): ("Qwen-2.5-3B SFT+RFT", 0.270, 6),
}


_TITLES = 5
_FIVE = {  # table 3, models that were asked for five titles: recall, condition match rate
    ("movie", "explicit"): {"GPT-4o": (0.436, 0.657), "Gemini": (0.416, 0.607), "Claude": (0.436, 0.647)},
    ("movie", "implicit"): {"GPT-4o": (0.245, 0.266), "Gemini": (0.205, 0.195), "Claude": (0.247, 0.277)},
    ("movie", "misinformed"): {"GPT-4o": (0.052, 0.077), "Gemini": (0.048, 0.062), "Claude": (0.075, 0.105)},
}


def reported(domain: str, kind: str, k: int | None = None) -> list[Reported]:
    """Return what the paper reports for a type of query, in its order; empty where it has nothing.

    For runs of five titles (`k`) that is table 3, where it has the type.
    """
    key = (domain, kind)
    rows = []
    if k == _TITLES and key in _FIVE:
        return [
            Reported(model, {"recall": recall, "cmr": cmr}, 3) for model, (recall, cmr) in _FIVE[key].items()
        ]
    if key in _CONDITIONS:
        rows = _rows(_CONDITIONS[key], METRICS, 2)
    elif key in _PROFILES:
        rows = _rows(_PROFILES[key], ("precision", "recall", "ftr"), 5)
    if key in _TUNED:
        name, recall, number = _TUNED[key]
        rows.append(Reported(name, {"recall": recall}, number))
    return rows


def best(domain: str, kind: str, k: int | None = None) -> dict[str, float]:
    """Return the best value of any untuned model by metric: the highest, and the lowest failure rate."""
    found: dict[str, float] = {}
    for row in (row for row in reported(domain, kind, k) if row.table in (2, 3, 5)):
        for metric, value in row.values.items():
            better = min if metric == "ftr" else max
            found[metric] = better(found.get(metric, value), value)
    return found


def _rows(text: str, metrics: tuple[str, ...], number: int) -> list[Reported]:
    lines = [[float(value) for value in line.split()] for line in text.strip().splitlines()]
    return [
        Reported(model, dict(zip(metrics, line, strict=True)), number)
        for model, line in zip(_MODELS, lines, strict=True)
    ]
