"""How a measure grows with the size of what is measured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def exponent(sizes: Sequence[int], values: Sequence[float]) -> float:
    """Return the slope of log value over log size: 1 is linear, 0 is no growth; values are above 0."""
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])


def extrapolated(sizes: Sequence[int], values: Sequence[float]) -> float:
    """Return the value at ten times the last of two sizes or more, if it grows on as between the last two."""
    steps = np.log(sizes[-1] / sizes[-2])
    return float(values[-1] * (values[-1] / values[-2]) ** (np.log(10) / steps))
