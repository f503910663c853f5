"""The authors' files in and out, on catalogues with planted titles, and their real part."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from bench import dataset, official, official_write
from bench.official_resolve import Report
from bench.titles import Titles, repair
from bench.types import Profile, Query, QueryClaim, QueryCondition, QueryReference
from kg import catalogue as catalogues
from kg import names, naming
from kg.builder import Builder
from kg.catalogue import Histories
from kg.errors import DataError, UsageError
from kg.graph import KnowledgeGraph
from kg.store import open_catalogue
from kg.text import split_title
from kg.types import Entity, EntityId, Item, ItemId, User

RAW = {
    "1": "Boat, The (Das Boot) (1981)",
    "2": "Amélie (2001)",
    "3": "Star Wars: Episode IV - A New Hope (1977)",
    "4": "Emma (1996)",
    "5": "Emma (1972)",
    "6": "Professional, The (a.k.a. Leon: The Professional) (1994)",
    "7": "Æon Flux (2005)",
    "8": "What About Bob? (1991)",
    "9": "Twin (1990)",
    "10": "Twin, The (1990)",
}


@pytest.fixture
def built(tmp_path: Path) -> Callable[..., KnowledgeGraph]:
    """Make a graph of items and facts."""

    def build(
        items: Iterable[Item], facts: Iterable[tuple[str, str, str]] = (), **rest: Any
    ) -> KnowledgeGraph:
        builder = Builder()
        for item in items:
            builder.add_item(item)
        for item, relation, value in facts:
            builder.add_fact(ItemId(item), relation, Entity(EntityId(f"{relation}/{value}"), value))
        folder = tmp_path / "catalogue"
        folder.mkdir()
        made = builder.finish("made", "tests", "1", **rest)
        catalogues.save(made, folder)
        naming.write(made, folder)
        return KnowledgeGraph(made, names.load(folder))

    return build


@pytest.fixture
def titles(built: Callable[..., KnowledgeGraph]) -> Titles:
    items = []
    for key, raw in RAW.items():
        title, year, aliases = split_title(raw)
        items.append(Item(ItemId(key), title, year, "movie", aliases))
    return Titles(built(items), "movie")


# Titles


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("AmÃ©lie (2001)", "Amélie (2001)"),
        ("AmÃƒÂ©lie", "Amélie"),  # twice
        ("Amélie", "Amélie"),
        ("Am&eacute;lie", "Amélie"),
        ("Ã\x81lex", "Álex"),  # a byte that Windows' code page does not have
        ("Dune [Hardcover]", "Dune"),
        ("[REC]", "[REC]"),
        ("Heat (1995/I)", "Heat (1995)"),
        ("  Two\n words ", "Two words"),
    ],
)
def test_what_happened_to_a_title_is_undone(raw: str, mended: str) -> None:
    assert repair(raw) == mended


@pytest.mark.parametrize(
    ("raw", "item", "how"),
    [
        ("Boat, The (Das Boot) (1981)", "1", "title"),
        ("The Boat (Das Boot) (1981)", "1", "title"),
        ("The Boat (1981)", "1", "title"),
        ("Boat (1981)", "1", "title"),
        ("Das Boot (1981)", "1", "title"),
        ("das boot", "1", "title"),
        ("Amélie (2001)", "2", "title"),
        ("AmÃ©lie (2001)", "2", "title"),
        ("Amelie", "2", "title"),
        ("Am?lie (2001)", "2", "accents"),
        ("Am??lie", "2", "accents"),
        ("Am�lie", "2", "accents"),
        ("Amlie (2001)", "2", "accents"),
        ("?on Flux (2005)", "7", "accents"),
        ("Emma (1996)", "4", "title"),
        ("Emma (1972)", "5", "title"),
        ("Emma (1973)", "5", "near year"),
        ("Star Wars (1977)", "3", "short title"),
        ("Leon: The Professional (1994)", "6", "title"),
        ("The Boat: Director's Cut (1981)", "1", "short title"),
        ("What About Bob? (1991)", "8", "title"),
        ("What About Bob", "8", "title"),
        ("Twin (1990)", "9", "title"),
        ("The Twin (1990)", "10", "title"),
    ],
)
def test_a_title_is_found(titles: Titles, raw: str, item: str, how: str) -> None:
    assert titles.find(raw) == (item, how)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("Emma", r"it could be Emma \(1996\) \[4\], Emma \(1972\) \[5\]"),
        ("Emma (2020)", "the year differs: the catalogue has Emma"),
        ("Star Wars", "no such title"),  # nothing says that the short title is this film
        ("Star Wars (1978)", "no such title|the year differs"),
        ("Am?lie (1999)", "the year differs"),
        ("Amelia (2001)", r"no such title; near it: Amélie \(2001\)"),
        ("A Twin (1990)", "it could be Twin"),
        ("?? (2001)", "no title|no such title"),
        ("(2001)", "no title|no such title"),
        ("", "no title"),
    ],
)
def test_a_title_that_decides_nothing_is_not_found_and_says_why(
    titles: Titles, raw: str, reason: str
) -> None:
    match = titles.find(raw)
    assert match.item is None
    assert re.search(reason, match.how), match.how


# Reading


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write records as one of the authors' files; return the folder."""

    def write(name: str, *records: Any, domain: str = "movie") -> Path:
        path = tmp_path / "dataset" / domain / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(list(records)), encoding="utf-8")
        return tmp_path / "dataset"

    return write


EXPLICIT = {
    "source_user": "u1",
    "condition_num": 2,
    "movieCount": 2,
    "movieSubset": ["Glass Harbour, The (1975)", "Cold Orchard (2001)"],
    "movieSubsetId": [1, 6],
    "sharedRelationships": [["director", "Ada Quill"], ["cinematography", "Bo_Lund"]],
    "situational_description_query": "It rains. Ada Quill, shot by Bo Lund, please.",
    "direct_description_query": "Films by Ada Quill that Bo Lund shot?",
    "data_idx": 17,
}
IMPLICIT = {
    **{key: EXPLICIT[key] for key in ("source_user", "movieCount")},
    "condition_num": 1,
    "movieSubset": ["Cold Orchard (2001)"],
    "movieSubsetId": [6],
    "sharedRelationships": [["director", "Ada Quill"]],
    "multihop_info": [{"movie": "Night Tram (1981)", "relation": "director", "person": "Ada Quill"}],
    "direct_description_query": "More by the director of Night Tram?",
    "situational_description_query": "",
    "data_idx": 3,
}
MISINFORMED = {
    **{key: value for key, value in IMPLICIT.items() if "query" not in key and key != "multihop_info"},
    "query": "Dov Eberhart's Night Tram was fine. More by its director?",
    "misinformed": [
        {
            "movie": "Night Tram (1981)",
            "relation": "director",
            "person": "Dov Eberhart",
            "original person": "Ada Quill",
        }
    ],
}
INTEREST = {
    "Shared consecutive movies": ["Paper Moons (1983)", "Salt Road (1990)", "Night Tram (1981)"],
    "source_users": [1, 2],
    "data_idx": 5,
    "query & ground true": [
        {"reason": "-", "query": "Something dry?", "movie subset": ["Salt Road (1990)"]},
        {"reason": "-", "query": "Something dark?", "movie subset": ["Night Tram (1981)"]},
    ],
}
GROUP = {
    "data_idx": 8,
    "group_type": "age_gender",
    "group": ["25-34", "Female"],
    "top_10_movies": [[1, 0.4]],
    "summary": "-",
    "query & ground true": [{"reason": "-", "query": "For us?", "movie subset": ["Paper Moons (1983)"]}],
}


def read(folder: Path, graph: KnowledgeGraph) -> tuple[list[Query], Report]:
    return official.read(folder, graph)


def test_both_wordings_of_a_record_are_queries(toy: KnowledgeGraph, written: Callable[..., Path]) -> None:
    queries, report = read(written("ExplicitQuery", EXPLICIT), toy)
    assert {query.id: query.query for query in queries} == {
        "rb-movie-explicit-17-direct": EXPLICIT["direct_description_query"],
        "rb-movie-explicit-17-situational": EXPLICIT["situational_description_query"],
    }
    assert report.queries == 2


def test_an_interest_is_shared_by_the_users_it_comes_from(
    toy: KnowledgeGraph, written: Callable[..., Path]
) -> None:
    assert {query.shared_by for query in read(written("InterestBasedQuery", INTEREST), toy)[0]} == {2}


def test_an_interest_without_users_does_not_say_how_many_share_it(
    toy: KnowledgeGraph, written: Callable[..., Path]
) -> None:
    nobody = {**INTEREST, "source_users": []}
    assert {query.shared_by for query in read(written("InterestBasedQuery", nobody), toy)[0]} == {None}


def test_an_explicit_record_is_read_as_it_is(toy: KnowledgeGraph, written: Callable[..., Path]) -> None:
    query = read(written("ExplicitQuery", EXPLICIT), toy)[0][0]
    assert query.ground_truth == query.ground_truth_in_history == ["1", "6"]
    assert [(c.relation, c.value) for c in query.conditions] == [
        ("director", "Ada Quill"),
        ("cinematographer", "Bo Lund"),
    ]
    assert (query.user_id, query.n_conditions) == ("u1", 2)


def test_the_history_is_the_source_users_without_the_truth(
    toy: KnowledgeGraph, written: Callable[..., Path]
) -> None:
    assert read(written("ExplicitQuery", EXPLICIT), toy)[0][0].history == ["2"]


def test_the_truth_by_the_graph_holds_the_files_and_leaves_the_history(
    toy: KnowledgeGraph, written: Callable[..., Path]
) -> None:
    record = {**EXPLICIT, "sharedRelationships": [["director", "Ada Quill"]]}
    query = official.with_kg_truth(read(written("ExplicitQuery", record), toy)[0][0], toy)
    assert query.ground_truth == ["1", "6", "2"]
    assert query.ground_truth_in_history == ["1", "6"]
    assert query.history == []


def test_ids_of_another_catalogue_are_not_believed(toy: KnowledgeGraph, written: Callable[..., Path]) -> None:
    record = {**EXPLICIT, "movieSubsetId": [4, 99]}
    assert read(written("ExplicitQuery", record), toy)[0][0].ground_truth == ["1", "6"]


def test_hinted_items_are_references_and_ignored(toy: KnowledgeGraph, written: Callable[..., Path]) -> None:
    query = read(written("ImplicitQuery", IMPLICIT), toy)[0][0]
    assert query.references == [QueryReference(relation="director", value="Ada Quill", items=["2"])]
    assert query.ignore == ["2"]


@pytest.mark.parametrize(
    ("claimed", "shared", "anchor"),
    [
        ("Dov Eberhart", "Ada Quill", "item"),
        ("Dov Eberhart", "Dov Eberhart", "value"),
        ("Ada Quil", "Ada Quill", "typo"),
    ],
)
def test_a_false_claim_has_its_anchor(
    toy: KnowledgeGraph, written: Callable[..., Path], claimed: str, shared: str, anchor: str
) -> None:
    wrong = [{**MISINFORMED["misinformed"][0], "person": claimed}]
    record = {**MISINFORMED, "misinformed": wrong, "sharedRelationships": [["director", shared]]}
    claim = read(written("MisinformedQuery", record), toy)[0][0].claim
    assert claim is not None
    assert (claim.items, claim.relation, claim.claimed, claim.true) == (
        ["2"],
        "director",
        claimed,
        "Ada Quill",
    )
    assert claim.anchor == anchor


def test_common_items_of_an_interest_are_not_shown(toy: KnowledgeGraph, written: Callable[..., Path]) -> None:
    queries = read(written("InterestBasedQuery", INTEREST), toy)[0]
    assert [(q.id, q.ground_truth, q.history) for q in queries] == [
        ("rb-movie-interest-5-1", ["4"], []),
        ("rb-movie-interest-5-2", ["2"], []),
    ]


def test_items_before_an_interest_are_its_history(toy: KnowledgeGraph, written: Callable[..., Path]) -> None:
    record = {**INTEREST, "Shared consecutive movies": ["Paper Moons (1983)"]}
    query = read(written("InterestBasedQuery", record), toy)[0][0]
    assert query.history == query.ignore == ["3"]


def test_a_group_is_a_profile(toy: KnowledgeGraph, written: Callable[..., Path]) -> None:
    query = read(written("UserBasedQuery", GROUP), toy)[0][0]
    assert query.profile == Profile(age="25-34", gender="F")
    assert (query.type, query.ground_truth) == ("demographic", ["3"])


def test_books_have_their_own_names(
    built: Callable[..., KnowledgeGraph], written: Callable[..., Path]
) -> None:
    items = [Item(ItemId(f"u/{n}"), title, None, "book") for n, title in enumerate(["Salt", "Fog"])]
    facts = [("u/0", "author", "Ada Quill"), ("u/0", "genre", "Drama"), ("u/1", "author", "Bo Lund")]
    record = {
        "source_user": "A1",
        "condition_num": 2,
        "bookCount": 1,
        "bookSubset": ["Salt: A Novel (1999)", "Salt"],
        "sharedRelationships": [["WRITTEN_BY", "Ada Quill"], ["IN_CATEGORY", "Drama"]],
        "direct_description_query": "?",
        "data_idx": 1,
    }
    query = read(written("ExplicitQuery", record, domain="book"), built(items, facts))[0][0]
    assert [c.relation for c in query.conditions] == ["author", "genre"]
    assert (query.domain, query.ground_truth, query.history) == ("book", ["u/0"], [])


# What the catalogue lacks is reported


def test_titles_that_name_nothing_are_reported(toy: KnowledgeGraph, written: Callable[..., Path]) -> None:
    record = {**EXPLICIT, "movieSubset": ["Nowhere (1950)", "Cold Orchard (2001)"], "movieSubsetId": []}
    queries, report = read(written("ExplicitQuery", record), toy)
    assert queries[0].ground_truth == ["6"]
    assert list(report.unresolved) == ["Nowhere (1950)"]
    assert report.partial == ["rb-movie-explicit-17"]
    assert report.resolved == 0.5
    assert any("Nowhere (1950): no such title" in line for line in report.lines())


def test_a_query_without_any_true_item_is_left_out(toy: KnowledgeGraph, written: Callable[..., Path]) -> None:
    queries, report = read(written("ExplicitQuery", {**EXPLICIT, "movieSubset": ["Nowhere (1950)"]}), toy)
    assert queries == []
    assert report.left_out[0].reason == "none of its true items is in the catalogue"


def test_a_query_on_a_relation_the_catalogue_lacks_is_left_out(
    toy: KnowledgeGraph, written: Callable[..., Path]
) -> None:
    record = {**EXPLICIT, "sharedRelationships": [["costume designer", "Ada Quill"]]}
    queries, report = read(written("ExplicitQuery", record), toy)
    assert queries == []
    assert report.left_out[0].reason == "the catalogue has no relation 'costume designer'"


def test_a_false_claim_about_nothing_is_left_out(toy: KnowledgeGraph, written: Callable[..., Path]) -> None:
    wrong = [{**MISINFORMED["misinformed"][0], "movie": "Nowhere (1950)"}]
    queries, report = read(written("MisinformedQuery", {**MISINFORMED, "misinformed": wrong}), toy)
    assert queries == []
    assert "its false claim names no item" in report.left_out[0].reason


def test_a_value_the_catalogue_lacks_is_kept_and_reported(
    toy: KnowledgeGraph, written: Callable[..., Path]
) -> None:
    record = {**EXPLICIT, "sharedRelationships": [["director", "Noah Body"]]}
    queries, report = read(written("ExplicitQuery", record), toy)
    assert queries[0].conditions[0].value == "Noah Body"
    assert report.unknown_values == {("director", "Noah Body")}


# Damaged files


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'[{"data_idx": 1,\n "movieSub', r"ExplicitQuery.json:2: not JSON .*cut off"),
        (b"<html>404</html>", r"not JSON \(Expecting value at column 1\)"),
        (b"", "not JSON"),
        (b'["\xff"]', r"not UTF-8 \(byte 2\)"),
        (b"[]", "the list is empty"),
        (b'{"data_idx": 1}', "a list of records was expected, not an object"),
        (b"[7]", "record 1 is a number, not an object"),
        (b'[{"data_idx": 9}]', r"record 1 \(data_idx 9\): movieSubset: Field required; sharedRelationships"),
    ],
)
def test_a_damaged_file_says_where(toy: KnowledgeGraph, tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "movie" / "ExplicitQuery.json"
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(DataError, match=message):
        official.read(tmp_path, toy)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sharedRelationships": [["director"]]}, r"sharedRelationships.0.1: Field required"),
        ({"movieSubset": "Cold Orchard"}, "movieSubset: Input should be a valid list"),
        ({"condition_num": "many"}, "condition_num: Input should be a valid integer"),
    ],
)
def test_a_field_of_another_kind_is_named(
    toy: KnowledgeGraph, written: Callable[..., Path], change: dict[str, Any], message: str
) -> None:
    with pytest.raises(DataError, match=rf"record 1 \(data_idx 17\): {message}"):
        read(written("ExplicitQuery", {**EXPLICIT, **change}), toy)


def test_a_repeated_number_is_refused(toy: KnowledgeGraph, written: Callable[..., Path]) -> None:
    with pytest.raises(DataError, match="record 2: data_idx '17' was already used by record 1"):
        read(written("ExplicitQuery", EXPLICIT, EXPLICIT), toy)


def test_a_folder_without_the_files_is_refused(toy: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none of ExplicitQuery\.json"):
        official.read(tmp_path, toy)
    with pytest.raises(DataError, match="there is no such folder"):
        official.read(tmp_path / "nowhere", toy)


# Round trips


def ours() -> list[Query]:
    """Queries of ours with everything that the authors' format can hold."""
    quill = [QueryCondition(relation="director", value="Ada Quill")]
    mine = {"domain": "movie", "user_id": "u1", "n_conditions": 1, "conditions": quill, "ignore": ["2"]}
    claim = QueryClaim(anchor="item", items=["2"], relation="director", claimed="Bo Lund", true="Ada Quill")
    truth = {"ground_truth": ["1", "6"], "ground_truth_in_history": ["1", "6"]}
    hint = [QueryReference(relation="director", value="Ada Quill", items=["2"])]
    explicit = {**mine, "ignore": [], "history": ["2"]}
    return [
        Query(id="m-explicit-1", type="explicit", query="By Ada Quill?", **explicit, **truth),
        Query(id="m-implicit-1", type="implicit", query="?", references=hint, history=["2"], **mine, **truth),
        Query(id="m-wrong-1", type="misinformed", query="?", claim=claim, history=["2"], **mine, **truth),
        Query(
            id="m-interest-1",
            domain="movie",
            type="interest",
            query="?",
            ground_truth=["4"],
            history=["3"],
            ignore=["3"],
        ),
        Query(
            id="m-group-1",
            domain="movie",
            type="demographic",
            query="?",
            ground_truth=["3", "4"],
            profile=Profile(age="25-34", gender="F", occupation="artist"),
        ),
    ]


def test_our_queries_come_back_from_their_format(toy: KnowledgeGraph, tmp_path: Path) -> None:
    official_write.write(tmp_path, ours(), toy)
    queries, report = official.read(tmp_path, toy)
    assert queries == ours()
    assert not report.unresolved
    assert not report.unknown_values


def test_their_files_come_back_from_our_queries(
    toy: KnowledgeGraph, written: Callable[..., Path], tmp_path: Path
) -> None:
    """Titles come back in the catalogue's spelling, so the second writing equals the first byte by byte."""
    written("ExplicitQuery", EXPLICIT)
    written("ImplicitQuery", IMPLICIT)
    written("InterestBasedQuery", INTEREST)
    written("UserBasedQuery", GROUP)
    first = official.read(written("MisinformedQuery", MISINFORMED), toy)[0]
    paths = official_write.write(tmp_path / "a", first, toy)
    again = official.read(tmp_path / "a", toy)[0]
    assert again == first
    for path in official_write.write(tmp_path / "b", again, toy):
        assert path.read_bytes() == (tmp_path / "a" / path.relative_to(tmp_path / "b")).read_bytes()
    assert len(paths) == 5


def test_a_record_is_written_as_it_was(
    toy: KnowledgeGraph, written: Callable[..., Path], tmp_path: Path
) -> None:
    record = {
        **EXPLICIT,
        "movieSubset": ["The Glass Harbour (1975)", "Cold Orchard (2001)"],
        "sharedRelationships": [["director", "Ada Quill"], ["cinematographer", "Bo Lund"]],
    }
    queries = read(written("ExplicitQuery", record), toy)[0]
    (path,) = official_write.write(tmp_path / "out", queries, toy)
    assert json.loads(path.read_text(encoding="utf-8")) == [record]


def test_a_book_of_ours_comes_back(built: Callable[..., KnowledgeGraph], tmp_path: Path) -> None:
    """Two books with one title are told apart by id."""
    items = [Item(ItemId(f"u/{n}"), "Salt", None, "book") for n in range(2)]
    graph = built(
        items, [("u/1", "author", "Ada Quill")], users=[User("r1")], histories=Histories.pack([[0, 1]])
    )
    stated = [QueryCondition(relation="author", value="Ada Quill")]
    query = Query(
        id="b-1",
        domain="book",
        type="explicit",
        query="?",
        n_conditions=1,
        conditions=stated,
        user_id="r1",
        history=["u/0"],
        ground_truth=["u/1"],
        ground_truth_in_history=["u/1"],
    )
    (path,) = official_write.write(tmp_path, [query], graph)
    assert json.loads(path.read_text())[0]["sharedRelationships"] == [["WRITTEN_BY", "Ada Quill"]]
    assert official.read(tmp_path, graph)[0] == [query]


def test_an_item_of_another_catalogue_is_not_written(toy: KnowledgeGraph, tmp_path: Path) -> None:
    query = ours()[0].model_copy(update={"ground_truth_in_history": ["99"]})
    with pytest.raises(UsageError, match="'99' is not in the catalogue 'toy'"):
        official_write.write(tmp_path, [query], toy)


# The real part


@pytest.fixture
def ml_1m(shared: Path) -> KnowledgeGraph:
    return open_catalogue("ml-1m", shared).graph


def test_every_title_of_the_real_part_is_found_on_ml_1m(
    shared: Path, ml_1m: KnowledgeGraph, tmp_path: Path
) -> None:
    queries, report = official.read(shared / "recbench-plus" / "movie", ml_1m)
    assert report.resolved == 1.0
    assert (len(queries), report.left_out, report.partial) == (143, [], [])
    path = tmp_path / "queries.jsonl"
    path.write_text("".join(query.model_dump_json() + "\n" for query in queries), encoding="utf-8")
    assert dataset.read([path], ml_1m) == queries


@pytest.mark.parametrize(("domain", "name"), [("movie", "ml-1m"), ("book", "librarything")])
def test_natural_queries_come_back_from_their_format(
    shared: Path, tmp_path: Path, domain: str, name: str
) -> None:
    """All but what their format has no place for: mentioned items and the truth beyond the user's history."""
    graph = open_catalogue(name, shared).graph
    mine = dataset.read([shared / "queries" / f"{domain}.jsonl"], graph)
    official_write.write(tmp_path, mine, graph)
    back, report = official.read(tmp_path, graph)
    assert report.resolved == 1.0
    assert {query.id: _held(query) for query in back} == {query.id: _held(query) for query in mine}


def _held(query: Query) -> dict[str, Any]:
    claim = query.claim and {**query.claim.model_dump(), "true": sorted(query.claim.truths)}
    truth = query.ground_truth_in_history or query.ground_truth
    lost = {"history", "ignore", "ground_truth", "ground_truth_in_history", "claim"}
    return {**query.model_dump(exclude=lost), "claim": claim, "truth": truth}


def test_titles_lead_to_the_authors_own_ids(shared: Path, ml_1m: KnowledgeGraph) -> None:
    """The summaries name each group's ten films in the order of their ids: a check from outside."""
    records = json.loads(
        (shared / "recbench-plus" / "movie" / "UserBasedQuery.json").read_text(encoding="utf-8")
    )
    titles = Titles(ml_1m, "movie")
    for record in records:
        named = [
            line.split(" - TF-IDF:")[0] for line in record["summary"].splitlines() if " - TF-IDF:" in line
        ]
        assert [titles.find(title).item for title in named] == [
            str(key) for key, _ in record["top_10_movies"]
        ]


def test_every_raw_title_of_ml_1m_leads_to_its_film(shared: Path, ml_1m: KnowledgeGraph) -> None:
    """Also read in a wrong encoding, and with question marks for its accents."""
    titles = Titles(ml_1m, "movie")
    lines = (shared / "ml-1m" / "movies.dat").read_text(encoding="iso-8859-1").splitlines()
    raw = {key: title for key, title, _ in (line.split("::") for line in lines)}
    wrong = [title for key, title in raw.items() if titles.find(title).item != key]
    mangled = {key: title.encode().decode("latin-1") for key, title in raw.items() if not title.isascii()}
    lost = {
        key: title.encode("ascii", "replace").decode() for key, title in raw.items() if not title.isascii()
    }
    assert wrong == []
    assert [title for key, title in mangled.items() if titles.find(title).item != key] == []
    # Two titles lose what tells them apart: one becomes another film's, one has a letter left.
    assert [title for key, title in lost.items() if titles.find(title).item != key] == [
        "Alien? (1992)",
        "N? (1998)",
    ]
