"""A grammar of requests with quantities, written from what they state; it shares no words with the reader."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Stated = tuple[str, str, str]  # relation, op, value; an order is (relation, "order", "up" or "down")


class Written(NamedTuple):
    """A request as written, the table it is on, and what it states."""

    table: str
    text: str
    stated: frozenset[Stated]


@dataclass(frozen=True)
class Number:
    """How a number is written: what is drawn, its spellings, and phrases around them by comparison."""

    relation: str
    low: float
    high: float
    step: float
    spell: Callable[[float, random.Random], str]
    under: Sequence[str]
    at_most: Sequence[str]
    over: Sequence[str]
    at_least: Sequence[str]
    between: Sequence[str]
    lowest: Sequence[str] = ()
    highest: Sequence[str] = ()


def _plain(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:g}"


def _pick(*forms: str) -> Callable[[float, random.Random], str]:
    return lambda value, dice: dice.choice(forms).format(_plain(value))


_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def _minutes(value: float, dice: random.Random) -> str:
    """Spell a time: '90 minutes', '1h30', 'an hour and a half', 'two hours'."""
    hours, rest = divmod(int(value), 60)
    forms = [f"{int(value)} minutes", f"{int(value)} min", f"{int(value)} mins"]
    forms += [f"{hours}h{rest:02}", f"{hours}h {rest}min", f"{hours}:{rest:02}"] if hours and rest else []
    whole = {1: "an hour", 2: "two hours", 3: "three hours"}
    forms += [whole[hours], f"{hours} h"] if hours in whole and not rest else []
    forms += ["an hour and a half", "one and a half hours"] if value == 90 else []
    forms += [f"{_TENS[rest // 10 - 2]} minutes"] if not hours and rest >= 20 and rest % 10 == 0 else []
    return dice.choice(forms)


def _dollars(value: float, dice: random.Random) -> str:
    thousands = f"{_plain(value / 1000)}k"
    return dice.choice(
        (
            f"${int(value):,}",
            f"${int(value)}",
            f"{int(value):,} dollars",
            f"${thousands}",
            f"{thousands} dollars",
        )
    )


_UNDER, _MOST = (
    ("under {}", "below {}", "less than {}"),
    ("at most {}", "up to {}", "no more than {}", "{} or less", "max {}"),
)
_OVER, _LEAST = (
    ("over {}", "above {}", "more than {}"),
    ("at least {}", "{} or more", "a minimum of {}", "no less than {}"),
)
_BETWEEN = ("between {} and {}", "from {} to {}")


def _with(lead: str, forms: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{lead} {form}" for form in forms)


def _price(
    relation: str, low: float, high: float, step: float, spell: Callable[[float, random.Random], str]
) -> Number:
    return Number(
        relation,
        low,
        high,
        step,
        spell,
        (*_UNDER, "cheaper than {}", *_with("that cost", _UNDER)),
        (*_MOST, *_with("priced at", ("{} or less",)), "not over {}", "for {} tops"),
        (*_OVER, *_with("costing", _OVER)),
        _with("that cost", _LEAST),
        (*_BETWEEN, *_with("priced", _BETWEEN)),
        ("cheapest", "least expensive"),
        ("most expensive", "priciest"),
    )


_RUNTIME = Number(
    "running_time",
    80,
    190,
    5,
    _minutes,
    (*_UNDER, "shorter than {}", "that run under {}"),
    (*_MOST, "no longer than {}", "not longer than {}", "that last {} at most"),
    (*_OVER, "longer than {}"),
    (*_LEAST, "that are {} or longer"),
    _BETWEEN,
    ("shortest",),
    ("longest",),
)
_RATED = ("rated", "with a rating of", "with a score of")
NUMBERS: dict[str, tuple[Number, ...]] = {
    "films": (
        _RUNTIME,
        Number(
            "rating",
            4,
            9,
            0.5,
            _pick("{}", "{}/10", "{} out of 10"),
            ("rated below {}", "with a rating under {}"),
            ("rated {} or lower", "with a rating of at most {}"),
            ("rated above {}", "rated over {}", "with a rating higher than {}", "scoring more than {}"),
            (*(f"{r} at least {{}}" for r in _RATED), "rated {} or higher", "with a {}+ rating"),
            ("rated between {} and {}", "with a rating from {} to {}"),
            ("worst rated",),
            ("best rated", "highest rated"),
        ),
    ),
    "wines": (
        _price("price", 6, 55, 1, _pick("{} euros", "{} €", "€{}", "{}€", "{} EUR")),
        Number(
            "alcohol",
            10,
            15,
            0.5,
            _pick("{}%", "{} %", "{} percent"),
            ("with under {} alcohol", "with alcohol below {}"),
            ("with at most {} alcohol", "with alcohol up to {}"),
            ("with over {} alcohol", "with more than {} alcohol", "stronger than {}"),
            ("with at least {} alcohol",),
            ("with between {} and {} alcohol",),
            ("weakest",),
            ("strongest",),
        ),
    ),
    "cars": (
        _price("price", 6000, 55000, 500, _dollars),
        Number(
            "mpg",
            16,
            46,
            1,
            _pick("{} mpg", "{}mpg"),
            ("with less than {}",),
            ("with {} at most",),
            ("with over {}", "doing more than {}"),
            ("with at least {}", "that get {} or better"),
            ("with {} to {}",),
            (),
            ("most economical", "most fuel efficient"),
        ),
        Number(
            "horsepower",
            80,
            380,
            10,
            _pick("{} hp", "{} horsepower", "{}hp"),
            ("with under {}",),
            ("with up to {}",),
            ("with more than {}", "with over {}"),
            ("with at least {}", "with {} or more"),
            ("with between {} and {}",),
            ("least powerful",),
            ("most powerful",),
        ),
    ),
    "games": (
        Number(
            "playing_time",
            20,
            200,
            10,
            _minutes,
            ("that take less than {}", *_UNDER),
            ("that take {} at most", *_MOST),
            _OVER,
            ("that take at least {}",),
            _BETWEEN,
            ("shortest", "quickest"),
            ("longest",),
        ),
        Number(
            "max_players",
            2,
            7,
            1,
            _pick("{} players"),
            ("for fewer than {}",),
            ("for up to {}",),
            ("for more than {}",),
            ("for at least {}", "for {} or more"),
            ("for between {} and {}",),
        ),
        _price("price", 10, 110, 5, _pick("{} euros", "{} €", "€{}")),
    ),
    "books": (
        Number(
            "pages",
            120,
            850,
            10,
            _pick("{} pages", "{} pages"),
            ("under {}", "with fewer than {}", "shorter than {}"),
            ("of {} or less", "no longer than {}", "of at most {}"),
            ("over {}", "with more than {}", "longer than {}"),
            ("of at least {}", "{} or longer"),
            ("between {} and {}", "of {} to {}"),
            ("shortest",),
            ("longest",),
        ),
        Number(
            "average_rating",
            2,
            4.5,
            0.5,
            _pick("{}", "{} stars", "{}/5"),
            ("rated under {}",),
            ("rated {} or lower",),
            ("rated over {}", "rated higher than {}"),
            ("rated at least {}", "rated {} and up", "with a rating of {} or more"),
            ("rated between {} and {}",),
            ("worst rated",),
            ("best rated", "highest rated"),
        ),
        _price("price", 5, 38, 1, _pick("£{}", "{} pounds", "{} quid")),
    ),
}
FLAGS = {
    "wines": (
        ("organic", "that are organic", "that are not organic"),
        ("in_stock", "in stock", "not in stock"),
    ),
    "cars": (("automatic", "with automatic transmission", "without automatic transmission"),),
    "games": (("cooperative", "that are cooperative", "that are not cooperative"),),
    "books": (),
    "films": (),
}
SCALES = {
    "films": (
        "content_rating",
        ("G", "PG", "PG-13", "R"),
        ("rated {} or milder", "nothing above {}", "{} at most"),
        ("rated {} or stricter",),
    ),
    "wines": (
        "body",
        ("light", "medium", "full"),
        ("at most {} body", "of {} body or lighter"),
        ("of at least {} body",),
    ),
    "games": (
        "difficulty",
        ("easy", "moderate", "hard"),
        ("of {} difficulty at most", "{} or easier"),
        ("{} or harder", "of at least {} difficulty"),
    ),
}
KINDS = {
    "films": (
        "genre",
        {"Comedy": "comedies", "Drama": "dramas", "Thriller": "thrillers", "Western": "westerns"},
    ),
    "wines": ("colour", {"red": "red wines", "white": "white wines", "rosé": "rosé wines"}),
    "cars": ("fuel", {"diesel": "diesel cars", "petrol": "petrol cars", "electric": "electric cars"}),
    "games": (
        "mechanic",
        {"auction": "auction games", "drafting": "drafting games", "bluffing": "bluffing games"},
    ),
    "books": ("genre", {"Mystery": "mysteries", "Romance": "romances", "Fantasy": "fantasy books"}),
}
NOUNS = {"films": "films", "wines": "wines", "cars": "cars", "games": "games", "books": "books"}
_OPENERS = (
    "{}",
    "{} please",
    "I want {}",
    "I'm looking for {}",
    "show me {}",
    "do you have {}?",
    "any {}?",
    "can you find me {}?",
    "we need {}",
    "got any {}",
    "hi, {} please",
    "recommend {}",
    "I'd like {}",
    "{}, thanks",
)
_OPS: tuple[tuple[str, str], ...] = (("under", "<"), ("at_most", "<="), ("over", ">"), ("at_least", ">="))


def requests(count: int, seed: int = 13) -> Iterator[Written]:
    """Yield so many requests, the tables taking turns."""
    dice = random.Random(seed)  # noqa: S311
    tables = list(NUMBERS)
    for number in range(count):
        yield _request(tables[number % len(tables)], dice)


def _request(table: str, dice: random.Random) -> Written:
    stated: set[Stated] = set()
    noun, order = NOUNS[table], ""
    if dice.random() < 0.6:
        relation, labels = KINDS[table]
        label, noun = dice.choice(list(labels.items()))
        stated.add((relation, "is", label))
    numbers = dice.sample(NUMBERS[table], k=dice.choice((1, 1, 2)))
    if dice.random() < 0.25:
        order, said = _order(numbers.pop(0), dice)
        stated |= said
    clauses = [_bound(number, dice) for number in numbers]
    if FLAGS[table] and dice.random() < 0.3:
        relation, yes, no = dice.choice(FLAGS[table])
        denied = dice.random() < 0.4
        clauses.append((no if denied else yes, {(relation, "is", "no" if denied else "yes")}))
    if table in SCALES and dice.random() < 0.2:
        clauses.append(_rung(*SCALES[table], dice))
    text = " ".join(
        (f"the {order} {noun}" if order else noun, _joined([each for each, _ in clauses], dice))
    ).strip()
    stated |= {each for _, told in clauses for each in told}
    return Written(table, dice.choice(_OPENERS).format(text), frozenset(stated))


def _order(number: Number, dice: random.Random) -> tuple[str, set[Stated]]:
    ways = [(word, "up") for word in number.lowest] + [(word, "down") for word in number.highest]
    if not ways:
        return "", set()
    word, way = dice.choice(ways)
    return word, {(number.relation, "order", way)}


def _bound(number: Number, dice: random.Random) -> tuple[str, set[Stated]]:
    steps = round((number.high - number.low) / number.step)
    value = number.low + number.step * dice.randint(0, steps)
    if dice.random() < 0.2:
        other = value + number.step * dice.randint(2, 8)
        form = dice.choice(number.between)
        text = form.format(number.spell(value, dice), number.spell(other, dice))
        return text, {(number.relation, ">=", _plain(value)), (number.relation, "<=", _plain(other))}
    name, op = dice.choice(_OPS)
    return dice.choice(getattr(number, name)).format(number.spell(value, dice)), {
        (number.relation, op, _plain(value))
    }


def _rung(
    relation: str, labels: Sequence[str], most: Sequence[str], least: Sequence[str], dice: random.Random
) -> tuple[str, set[Stated]]:
    label, up = dice.choice(labels), dice.random() < 0.3
    return dice.choice(least if up else most).format(label), {(relation, ">=" if up else "<=", label)}


def _joined(clauses: Sequence[str], dice: random.Random) -> str:
    return dice.choice((", ", " and ", " ", ", ")).join(clauses)
