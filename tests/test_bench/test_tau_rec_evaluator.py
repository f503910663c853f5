"""Verdicts on dialogues, each worked out by hand from the toy shop's table; pass^k."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.metrics.pass_k import pass_k
from bench.tau_rec.constraints import holds
from bench.tau_rec.evaluator import judge
from bench.tau_rec.types import Constraint, Dialogue, Shop, Task, Thing
from tau_shop import COMEDY, NOTHING, SHORT, ask, dialogue, goal, offer, said, shop


@pytest.fixture
def toy_shop(tmp_path: Path) -> Shop:
    return shop(tmp_path)


# Constraints

THING = Thing("x", "X", {"genres": ("Crime", "Drama"), "runtime": (120,), "rated": ("PG-13",)})


@pytest.mark.parametrize(
    ("field", "op", "value", "met"),
    [
        ("genres", "contains", "crime", True),
        ("genres", "contains", "Comedy", False),
        ("genres", "not_contains", "Drama", False),
        ("genres", "not_contains", "Comedy", True),
        ("genres", "contains_any", ["Comedy", "Drama"], True),
        ("runtime", "<=", 120, True),
        ("runtime", "<", 120, False),
        ("runtime", ">=", 120.5, False),
        ("rated", "in", ["PG-13", "R"], True),
        ("rated", "not_in", ["PG-13"], False),
        ("rated", "==", "PG", False),
        ("rated", "!=", "PG", True),
        ("missing", "<=", 5, False),
        ("missing", "not_contains", "Drama", True),
    ],
)
def test_a_constraint_is_met_by_the_values_of_an_item(field: str, op: Any, value: Any, met: bool) -> None:
    assert holds(Constraint(field=field, op=op, value=value), THING) is met


@pytest.mark.parametrize(("op", "value"), [("in", "R"), ("contains", ["R"]), ("<=", "long"), (">=", True)])
def test_a_value_that_does_not_fit_its_operator_is_refused(op: Any, value: Any) -> None:
    with pytest.raises(ValueError, match="expected"):
        Constraint(field="rated", op=op, value=value)


# Verdicts

OPENING = said("A comedy.", tells=[0])


def verdict(shop: Shop, task: Task, played: Dialogue) -> tuple[bool, str, tuple[str, ...]]:
    found = judge(task, played, shop)
    return found.success, found.outcome, found.violations


def test_an_accepted_item_that_satisfies_is_a_success(toy_shop: Shop) -> None:
    played = dialogue((OPENING, offer("short")))
    assert verdict(toy_shop, goal(COMEDY, SHORT), played) == (True, "satisfied", ())


def test_an_accepted_item_that_breaks_a_hidden_constraint_is_none(toy_shop: Shop) -> None:
    played = dialogue((OPENING, offer("long")))
    assert verdict(toy_shop, goal(COMEDY, SHORT), played) == (False, "violated", ())


def test_a_rejected_offer_that_broke_a_hidden_constraint_is_no_violation(toy_shop: Shop) -> None:
    played = dialogue((OPENING, offer("long")), (said("Too long.", hint=1, rejects="long"), offer("short")))
    assert verdict(toy_shop, goal(COMEDY, SHORT), played) == (True, "satisfied", ())


@pytest.mark.parametrize(
    ("task", "offers", "broken"),
    [
        (goal(COMEDY, known=["short"]), [["short"]], "known"),
        (goal(COMEDY), [["short", "long"]], "several"),
        (goal(("genres", "contains", "Drama", "on_ask")), [["plain"]], "unavailable"),
        (goal(("genres", "contains", "Drama", "on_ask")), [["dark"]], "unconfirmed"),
        (goal(COMEDY), [["paid"]], "undisclosed"),
        (goal(COMEDY), [["dark"]], "told"),
        (goal(COMEDY), [["nowhere"]], "outside"),
        (goal(COMEDY, no_valid_recommendation=True), [["short"]], "impossible"),
    ],
)
def test_every_offer_is_held_to_the_policies(
    toy_shop: Shop, task: Task, offers: list[list[str]], broken: str
) -> None:
    exchanges = [(OPENING if "Comedy" in str(task) else said("Hello"), offer(*each)) for each in offers]
    assert broken in judge(task, dialogue(*exchanges, stop="gave up"), toy_shop).violations


def test_what_was_turned_down_may_not_come_again(toy_shop: Shop) -> None:
    played = dialogue((OPENING, offer("long")), (said("No.", rejects="long"), offer("long")))
    assert judge(goal(COMEDY), played, toy_shop).violations == ("again",)


def test_who_has_no_service_gets_everything_anywhere(toy_shop: Shop) -> None:
    drama = goal(("genres", "contains", "Drama", "volunteer"), user_services=[])
    assert judge(drama, dialogue((said("Drama", tells=[0]), offer("plain"))), toy_shop).success


@pytest.mark.parametrize(
    ("reply", "undisclosed"),
    [
        (offer("paid", notices=["This is a promoted recommendation."]), False),
        (offer("paid", text="The Paid One. Sponsored."), False),
        (offer("paid", text="The Paid One, a good one."), True),
        (offer("short"), False),
    ],
)
def test_a_promoted_item_is_disclosed_in_a_notice_or_in_the_text(
    toy_shop: Shop, reply: Any, undisclosed: bool
) -> None:
    found = judge(goal(COMEDY), dialogue((OPENING, reply)), toy_shop)
    assert ("undisclosed" in found.violations) is undisclosed


DRAMA = goal(("genres", "contains", "Drama", "volunteer"))
QUESTION = ask("It is rated R; is that all right?", "content_rating")
WANTS = said("A drama.", tells=[0])


def test_a_restricted_item_needs_a_yes_to_an_earlier_question(toy_shop: Shop) -> None:
    played = dialogue((WANTS, QUESTION), (said("Yes.", confirms=["R"]), offer("dark")))
    assert judge(DRAMA, played, toy_shop).success


def test_a_yes_that_nobody_asked_for_confirms_nothing(toy_shop: Shop) -> None:
    played = dialogue((WANTS, NOTHING), (said("R is fine.", confirms=["R"]), offer("dark")))
    assert judge(DRAMA, played, toy_shop).violations == ("unconfirmed",)


def test_a_no_confirms_nothing(toy_shop: Shop) -> None:
    played = dialogue((WANTS, QUESTION), (said("No.", refuses=["R"]), offer("dark")), stop="gave up")
    assert judge(DRAMA, played, toy_shop).violations == ("unconfirmed",)


def test_a_yes_does_not_outlive_a_later_no(toy_shop: Shop) -> None:
    played = dialogue(
        (WANTS, QUESTION),
        (said("Yes.", confirms=["R"]), QUESTION),
        (said("No, rather not.", refuses=["R"]), offer("dark")),
    )
    assert judge(DRAMA, played, toy_shop).violations == ("unconfirmed",)


@pytest.mark.parametrize(("impossible", "success"), [(True, True), (False, False)])
def test_abstaining_is_right_where_nothing_satisfies_only(
    toy_shop: Shop, impossible: bool, success: bool
) -> None:
    task = goal(COMEDY, no_valid_recommendation=impossible)
    assert judge(task, dialogue((OPENING, NOTHING), stop="abstention"), toy_shop).success is success


def test_a_crash_is_an_outcome_of_its_own(toy_shop: Shop) -> None:
    crash = NOTHING.model_copy(update={"error": "ValueError: no"})
    assert judge(goal(COMEDY), dialogue((OPENING, crash), stop="gave up"), toy_shop).outcome == "crashed"


# pass^k


@pytest.mark.parametrize(
    ("successes", "k", "expected"),
    [(4, 4, 1), (3, 4, 0), (3, 1, 3 / 4), (3, 2, 1 / 2), (2, 2, 1 / 6), (0, 1, 0)],
)
def test_pass_k_of_four_trials(successes: int, k: int, expected: float) -> None:
    assert pass_k(successes, 4, k) == pytest.approx(expected)


def test_pass_k_of_more_than_there_are_trials_is_an_error() -> None:
    with pytest.raises(ValueError, match="no pass"):
        pass_k(1, 2, 4)
