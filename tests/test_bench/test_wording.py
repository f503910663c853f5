"""The built-in query writer, on hand-made plans."""

# ruff: noqa: S311, T201

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bench.plans.types import Plan
from bench.types import TYPES, Profile, QueryClaim, QueryCondition, QueryReference, QueryType
from bench.wording import compose, kept, leaked, skeleton, write
from bench.wording.grammar import sections
from kg.errors import UsageError

PEOPLE = ["Ada Quill", "Ben Ode", "Cleo Marsh", "Dov Iser", "Edda Lunt", "Finn Usher", "Greta Oz"]
WRONG = ["Otto Wrong", "Ida Falsk"]
TITLES = dict(
    enumerate(
        [
            "The Glass Harbour",
            "Winter's Ledger",
            "Salt, Smoke and Iron",
            "Mars Calling!",
            "A Quiet Engine (1999)",
            "Ostrich",
            "Say Nothing...",
            "Under Lamps",
            "Harbour, Inc.",
        ]
    )
)
VALUES = {
    "genre": {
        "movie": ["Comedy", "Sci-Fi", "Film-Noir", "Children's", "War", "Drama"],
        "book": ["Fantasy novel", "Science fiction", "English Regency", "Memoir", "Alternate history"],
    },
    "distributor": ["Warner Bros.", "Universal Studios"],
    "publisher": ["Del Rey Books", "Doubleday"],
    "series": ["Darkover series", "The Wheel of Time", "James Bond", "Deryni novels"],
    "country": ["United States", "France"],
    "language": ["French language", "Latin"],
    "media_type": ["Hardcover", "Audiobook"],
    "region": ["Lowmoor", "Thirl"],
    "previous_work": ["Old Salt"],
    "subsequent_work": ["New Iron"],
}
PERSON = ["director", "composer", "cinematographer", "writer", "producer", "editor"]
RELATIONS = {
    "movie": [*PERSON, "actor", "actor", "distributor", "genre", "region"],
    "book": [
        "author",
        "publisher",
        "series",
        "genre",
        "cover_artist",
        "country",
        "language",
        "media_type",
        "previous_work",
        "subsequent_work",
    ],
}
JOBS = [row.split(".job.")[1] for row in sections() if ".job." in row] + ["other", "beekeeper", None]
AGES = [1, 18, 25, 35, 45, 50, 56, 31, "25-34", "30-39", "56+", None]


def title(key: str) -> str:
    return TITLES[int(key)]


def label(relation: str, domain: str, rng: random.Random) -> str:
    known = VALUES.get(relation, PEOPLE)
    return rng.choice(known[domain] if isinstance(known, dict) else known)


def items(rng: random.Random, most: int = 3) -> list[str]:
    return [str(key) for key in rng.sample(sorted(TITLES), rng.randint(1, most))]


def make(number: int, kind: QueryType, rng: random.Random) -> Plan:
    domain = rng.choice(["movie", "book"])
    relations = rng.sample(RELATIONS[domain], rng.choices([1, 2, 3, 4], [4, 3, 2, 1])[0])
    pairs = list(dict.fromkeys((r, label(r, domain, rng)) for r in relations))
    conditions = tuple(QueryCondition(relation=r, value=v) for r, v in pairs)
    style = rng.choice(["direct", "situational"])
    plan = Plan(f"p{number}", domain, kind, conditions, style=style)
    if kind == "implicit":
        few = conditions[: 2 if rng.random() < 0.2 else 1]
        hints = tuple(QueryReference(relation=c.relation, value=c.value, items=items(rng, 2)) for c in few)
        return replace(plan, references=hints)
    if kind == "misinformed":
        return replace(plan, claim=claim(conditions[0], rng))
    if kind == "interest":
        some = conditions if rng.random() < 0.2 else ()
        return replace(plan, conditions=some, seeds=tuple(items(rng)))
    if kind == "demographic":
        gender = rng.choice(["M", "F", None])
        profile = Profile(gender=gender, age=rng.choice(AGES), occupation=rng.choice(JOBS))
        return replace(plan, conditions=(), profile=profile)
    return plan


def claim(about: QueryCondition, rng: random.Random) -> QueryClaim:
    anchor = rng.choice(["item", "value", "typo"])
    claimed = about.value if anchor == "value" else rng.choice(WRONG)
    true = "Someone Else" if anchor == "value" else about.value
    return QueryClaim.model_validate(
        {
            "anchor": anchor,
            "items": items(rng, 2),
            "relation": about.relation,
            "claimed": claimed,
            "true": true,
        }
    )


def plans(n: int, seed: int = 1) -> Iterator[Plan]:
    rng = random.Random(seed)
    for number in range(n):
        yield make(number, TYPES[number % len(TYPES)], rng)


@pytest.fixture(scope="module")
def written() -> list[tuple[Plan, str, tuple[str, ...]]]:
    return [(plan, *compose(plan, title, random.Random(plan.id))) for plan in plans(4000)]


def test_every_label_and_title_of_a_plan_survives(written):
    assert [(text, kept(plan, text, title)) for plan, text, _ in written if kept(plan, text, title)] == []


def test_no_hinted_value_is_given_away(written):
    named = {value.casefold() for value in TITLES.values()}
    for plan, text, _ in written:
        visible = {
            c.value for c in plan.conditions if c.relation not in {r.relation for r in plan.references}
        }
        for value in leaked(plan, text):
            assert value in visible or any(value.casefold() in each for each in named), text


@pytest.mark.parametrize(
    "fault",
    [
        r"[{}<|~\ue000\ue001]",
        r"\[|\]",
        r"  ",
        r"\s[,.;:!?](?!\.)",
        r",\s*[,.;:!?]",
        r"\b[Aa] [aeio]\w",
        r"\b[Aa]n [bcdfgjklmnpqrstvwxz]\w",
        r"\bthe the\b",
        r"\b(\w{3,}) \1\b",
        r"[^.]\.\.(?!\.)",
        r"\b(that|which|whom) them\b",
        r"\bwho (am|have|are)\b",
    ],
)
def test_nothing_reads_like_a_broken_template(written, fault):
    broken = [text for _, text, _ in written if re.search(fault, text)]
    assert broken[:3] == []


def test_a_request_is_a_whole_sentence_or_careless(written):
    for plan, text, _ in written:
        if plan.style == "situational":
            assert text[-1] in ".!?", text
            assert not text[0].islower(), text


def test_the_same_seed_writes_the_same_bytes():
    for plan in plans(100):
        assert write(plan, title, random.Random(7)) == write(plan, title, random.Random(7))


def test_under_one_request_in_a_hundred_shares_its_skeleton_with_another(capsys):
    some = [(plan, *compose(plan, title, random.Random(plan.id))) for plan in plans(2000, seed=3)]
    labels = [*PEOPLE, *WRONG, *TITLES.values()]
    for known in VALUES.values():
        labels += [each for row in known.values() for each in row] if isinstance(known, dict) else known
    shapes = Counter(skeleton(text, labels) for _, text, _ in some)
    repeated = sum(count for count in shapes.values() if count > 1)
    with capsys.disabled():  # the table is the measure that the issue asks for
        print(f"\n{'type':<12} requests  constructions  alternatives  skeletons")
        for kind in TYPES:
            rows = [(text, trace) for plan, text, trace in some if plan.type == kind]
            roots = {trace[0] for _, trace in rows}
            used = {place for _, trace in rows for place in trace[1:]}
            distinct = len({skeleton(text, labels) for text, _ in rows})
            print(f"{kind:<12} {len(rows):>8}  {len(roots):>13}  {len(used):>12}  {distinct:>9}")
        print(f"repeated skeletons: {repeated} of {len(some)}")
    assert repeated < 0.01 * len(some)


def test_each_alternative_of_the_grammar_is_reachable(written):
    unreached = {
        each.place
        for name, rows in sections().items()
        for each in rows
        if not name.endswith((".kind", ".noun"))
    }
    unreached -= {place for _, _, trace in written for place in trace}
    for plan in plans(32000, seed=5):
        if not unreached:
            break
        unreached -= set(compose(plan, title, random.Random(plan.id))[1])
    assert unreached == set()


def test_a_relation_without_words_of_its_own_is_said_by_its_name():
    plan = Plan("x", "movie", "explicit", (QueryCondition(relation="filming_region", value="Lowmoor"),))
    texts = [write(plan, title, random.Random(seed)) for seed in range(60)]
    assert all("filming region" in text.lower() and "lowmoor" in text.lower() for text in texts)
    assert any("with Lowmoor as their filming region" in text for text in texts)


def test_an_item_claim_is_followed_by_a_wish_that_hangs_on_the_item():
    about = {"items": ["0"], "relation": "director", "claimed": "Otto Wrong", "true": "Ada Quill"}
    made = QueryClaim.model_validate({"anchor": "item", **about})
    plan = Plan(
        "x", "movie", "misinformed", (QueryCondition(relation="director", value="Ada Quill"),), claim=made
    )
    for seed in range(200):
        text, trace = compose(plan, title, random.Random(seed))
        assert trace[0].startswith("item:")
        assert text.lower().count("otto wrong") == 1, text
        assert "Ada Quill" not in text


def test_a_value_claim_is_followed_by_a_wish_for_the_one_named():
    about = {"items": ["0"], "relation": "director", "claimed": "Otto Wrong", "true": "Ada Quill"}
    made = QueryClaim.model_validate({"anchor": "value", **about})
    said = QueryCondition(relation="director", value="Otto Wrong")
    plan = Plan("x", "movie", "misinformed", (said,), claim=made)
    for seed in range(200):
        text, trace = compose(plan, title, random.Random(seed))
        assert trace[0].startswith("value:")
        assert not re.search(r"\b(same|its) (director|film-maker)", text), text


def test_a_misspelling_stands_letter_by_letter():
    about = {"items": [], "relation": "actor", "claimed": "aDa Qulil", "true": "Ada Quill"}
    made = QueryClaim.model_validate({"anchor": "typo", **about})
    plan = Plan(
        "x", "movie", "misinformed", (QueryCondition(relation="actor", value="Ada Quill"),), claim=made
    )
    assert all("aDa Qulil" in write(plan, title, random.Random(seed)) for seed in range(100))


def test_a_plan_with_nothing_to_say_is_refused():
    with pytest.raises(UsageError, match="nothing that a request could say"):
        write(Plan("x", "movie", "explicit"), title, random.Random(1))


def test_the_string_check_names_what_is_missing():
    said = (
        QueryCondition(relation="actor", value="Ada Quill"),
        QueryCondition(relation="genre", value="Comedy"),
    )
    plan = Plan("x", "movie", "explicit", said)
    assert kept(plan, "Which comedies has ada quill been in?") == []
    assert kept(plan, "Which films has Ada Quill been in?") == ["Comedy"]
    hint = (QueryReference(relation="actor", value="Ada Quill", items=["0", "5"]),)
    hinted = replace(plan, type="implicit", references=hint)
    assert kept(hinted, "Comedies with the actor Ostrich and others share", title) == ["The Glass Harbour"]
    assert leaked(hinted, "comedies with Ada Quill") == ["Ada Quill"]


def test_the_writer_knows_nothing_of_the_reader():
    import ast
    from pathlib import Path

    import bench.wording

    for path in Path(bench.wording.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        rooms = {n.module.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
        rooms |= {a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        assert not rooms & {"agent", "tools", "prompts"}, path
