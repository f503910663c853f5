"""`[policy]` of a mapping: what is read, refused, and kept with the catalogue."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from kg import catalogue as catalogues
from kg.catalogue import Catalogue
from kg.errors import UsageError
from kg.policy import MAX_QUESTIONS, Policy
from kg.sources.mapping import Mapping
from kg.sources.table import Tables, read
from kg.types import Condition, RelationName

TEAS = (
    "name,shop,promoted,strength,grams,in stock\n"
    "Amber,Vela; Quint,yes,mild,50,yes\n"
    "Birch,Vela,no,strong,100,no\n"
    "Cedar,Quint; Vela,no,mild,80,yes\n"
    "Delta,Sable; Quint,no,medium,75,yes\n"
)
SHOP = RelationName("shop")
FULL = """
exclude_known = true
available = { relation = "shop", of = "person" }
ask = ["shop", "grams"]
max_questions = 2
disclose = { promoted = "The maker paid for this." }
confirm = { strength = ["strong"] }
one_at_a_time = true
always = [{ relation = "in_stock", value = true }, { relation = "grams", op = ">=", value = 60 }]
"""


def policy_of(toml: str) -> Policy:
    return Mapping.parse({"policy": tomllib.loads(toml)}).policy


def teas(folder: Path, toml: str) -> Catalogue:
    (folder / "teas.csv").write_text(TEAS, encoding="utf-8")
    return read(Tables(folder / "teas.csv"), Mapping.parse(tomllib.loads(toml)), "teas")


def test_every_rule_is_read() -> None:
    assert policy_of(FULL) == Policy(
        exclude_known=True,
        available=SHOP,
        ask=(SHOP, RelationName("grams")),
        max_questions=2,
        disclose={RelationName("promoted"): "The maker paid for this."},
        confirm={RelationName("strength"): ("strong",)},
        one_at_a_time=True,
        always=(
            Condition(RelationName("in_stock"), "yes"),
            Condition(RelationName("grams"), "60", ">="),
        ),
    )


def test_a_mapping_without_a_policy_has_an_empty_one() -> None:
    assert not Mapping.parse({}).policy


@pytest.mark.parametrize("name", [each.name for each in fields(Policy) if each.name != "max_questions"])
def test_any_rule_makes_a_policy_more_than_empty(name: str) -> None:
    whole = policy_of(FULL)
    assert Policy(**{name: getattr(whole, name)})


def test_how_many_questions_alone_is_no_rule() -> None:
    assert not Policy(max_questions=1)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("exclude_knwon = true", r"unknown key of \[policy\] 'exclude_knwon'; did you mean 'exclude_known'"),
        ("exclude_known = 'yes'", "policy.exclude_known is 'yes', expected true or false"),
        ("one_at_a_time = 1", "policy.one_at_a_time is 1, expected true or false"),
        ("max_questions = -1", "policy.max_questions is -1, expected a whole number"),
        ("max_questions = true", "policy.max_questions is True, expected a whole number"),
        ("available = 'shop'", r"policy.available is 'shop', expected a table"),
        ("available = {}", "policy.available.relation is None, expected a word"),
        ("available = { relation = 'shop', of = 'me' }", "policy.available.of is 'me', expected 'person'"),
        ("ask = 'shop'", "policy.ask is 'shop', expected a list of words"),
        ("disclose = { promoted = true }", "policy.disclose.promoted is True, expected a word"),
        ("confirm = { strength = 'strong' }", "policy.confirm.strength is 'strong', expected a list"),
        ("confirm = { '--' = ['x'] }", "policy.confirm is '--', expected a relation's name"),
        ("always = { relation = 'a', value = 'b' }", "policy.always is .*, expected a list"),
        ("always = [{ relation = 'a' }]", r"policy.always\[0\].value is None, expected a word"),
        ("always = [{ relation = 'a', value = 'b', op = '=' }]", r"always\[0\].op is '=', expected one of"),
    ],
)
def test_a_policy_that_is_wrong_is_refused_with_the_key(toml: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        policy_of(toml)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("ask = ['shops']", "policy.ask: the catalogue has no relation 'shops'; did you mean 'shop'"),
        ("available = { relation = 'grams' }", "policy.available.relation: 'grams' is of kind number"),
        ("disclose = { strength = 'Strong!' }", "policy.disclose: 'strength' is of kind"),
        ("always = [{ relation = 'shop', op = '<', value = 'a' }]", "policy.always: 'shop' is of kind"),
        ("always = [{ relation = 'year', op = '>', value = 2000 }]", "policy.always: .* no relation 'year'"),
    ],
)
def test_a_policy_on_what_the_table_lacks_is_refused(tmp_path: Path, toml: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        teas(tmp_path, f"[policy]\n{toml}\n")


def test_a_label_to_confirm_need_not_occur(tmp_path: Path) -> None:
    built = teas(tmp_path, "[policy]\nconfirm = { strength = ['deadly'] }\n")
    assert built.policy.confirm == {"strength": ("deadly",)}


def test_a_mapping_of_a_policy_alone_leaves_the_columns_to_be_guessed(tmp_path: Path) -> None:
    built = teas(tmp_path, "[policy]\none_at_a_time = true\n")
    assert {each.name for each in built.relations} == {"shop", "promoted", "strength", "grams", "in_stock"}


def test_a_mapping_that_names_relations_leaves_nothing_to_be_guessed(tmp_path: Path) -> None:
    toml = "[relations.shop]\n[policy]\none_at_a_time = true\n"
    assert [each.name for each in teas(tmp_path, toml).relations] == ["shop"]


def test_a_policy_is_kept_with_the_catalogue(tmp_path: Path) -> None:
    built = teas(tmp_path, f"[policy]\n{FULL}")
    (tmp_path / "teas").mkdir()
    catalogues.save(built, tmp_path / "teas")
    assert catalogues.load(tmp_path / "teas").policy == policy_of(FULL)


def test_a_catalogue_of_no_policy_keeps_no_note_of_one(tmp_path: Path) -> None:
    assert "policy" not in teas(tmp_path, "").notes


def test_the_example_fits_a_table_of_films(tmp_path: Path) -> None:
    films = "title,streaming services,sponsored,content rating\nAmber,Vela,yes,R\nBirch,Quint,no,PG\n"
    (tmp_path / "films.csv").write_text(films, encoding="utf-8")
    example = Path(__file__).parents[2] / "examples" / "tau-rec.toml"
    policy = read(Tables(tmp_path / "films.csv"), Mapping.load(example), "films").policy
    assert (policy.available, *policy.confirm, *policy.disclose) == (
        "streaming_services",
        "content_rating",
        "sponsored",
    )


def test_of_two_policies_all_rules_hold() -> None:
    both = policy_of(FULL) | Policy(
        confirm={RelationName("strength"): ("medium",)}, always=(Condition(SHOP, "Vela"),)
    )
    assert both.confirm == {"strength": ("strong", "medium")}
    assert len(both.always) == 3
    assert both.exclude_known
    assert both.max_questions == 2


def test_with_an_empty_policy_nothing_is_added() -> None:
    assert policy_of(FULL) | Policy() == policy_of(FULL) == Policy() | policy_of(FULL)
    assert Policy().max_questions == MAX_QUESTIONS
