"""Click models: each by what its paper says, where torch is there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bench.metrics.auc import auc
from bench.pair_wise import roster, training
from bench.pair_wise.feedback import NOTHING, Items, Pairs
from bench.pair_wise.roster import NETWORKS, ROSTER
from bench.pair_wise.split import Parts
from bench.pair_wise.training import Plan, fit

pytestmark = pytest.mark.ctr


@pytest.fixture
def torch() -> Any:
    found = pytest.importorskip("torch", reason="click models need the extra `ctr`: make test-model")
    pytest.importorskip("torch_rechub", reason="click models need the extra `ctr`: make test-model")
    return found


def made(n: int, seed: int) -> Pairs:
    """Rows in which a person likes what is of the same half as their history."""
    rng = np.random.default_rng(seed)
    half = rng.integers(0, 2, n)
    histories = np.full((n, 20), NOTHING, dtype=np.int32)
    histories[:, :5] = rng.integers(0, 10, (n, 5)) + 10 * half[:, None]
    items = rng.integers(0, 20, n).astype(np.int32)
    liked = (items >= 10) == half
    return Pairs(np.arange(n, dtype=np.int32) % 7, items, liked, histories)


ITEMS = Items([str(n) for n in range(20)], [f"the {'red' if n < 10 else 'blue'} one" for n in range(20)])
PARTS = Parts("toy", ITEMS, made(3000, 0), made(300, 1), made(300, 2))
QUICK = Plan(epochs=12, batch=250, learning_rate=3e-3)


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_learns_who_likes_what(torch: Any, name: str) -> None:
    found = fit(name, training.ids, PARTS, 0, QUICK)
    assert (auc(PARTS.test.liked, found.scores(PARTS.test)) or 0) > 0.95


@pytest.mark.parametrize("what", [training.words, training.static, training.codes])
def test_titles_tell_what_ids_have_to_learn(torch: Any, what: Any) -> None:
    found = fit("dnn", what, PARTS, 0, QUICK)
    assert (auc(PARTS.test.liked, found.scores(PARTS.test)) or 0) > 0.95


@pytest.mark.parametrize("name", NETWORKS)
def test_scores_are_probabilities_and_one_row_alone_has_the_same(torch: Any, name: str) -> None:
    found = fit(name, training.ids, PARTS, 0, replace(QUICK, epochs=1))
    scores = found.scores(PARTS.test)
    alone = found.scores(PARTS.test.rows(slice(3, 4)))
    assert ((scores >= 0) & (scores <= 1)).all()
    assert alone == pytest.approx(scores[3:4], abs=1e-6)


def test_the_same_seed_gives_the_same_scores_and_another_does_not(torch: Any) -> None:
    first, again, other = (
        fit("autoint", training.ids, PARTS, seed, replace(QUICK, epochs=2)).scores(PARTS.test)
        for seed in (3, 3, 4)
    )
    assert first.tobytes() == again.tobytes() != other.tobytes()


def test_torchs_own_random_numbers_are_left_as_they_were(torch: Any) -> None:
    torch.manual_seed(5)
    before = torch.random.get_rng_state()
    fit("dnn", training.ids, PARTS, 0, replace(QUICK, epochs=1))
    assert bool((torch.random.get_rng_state() == before).all())


def test_the_weights_are_those_of_the_best_epoch(torch: Any) -> None:
    found = fit("dnn", training.ids, PARTS, 0, QUICK)
    area = auc(PARTS.validation.liked, found.scores(PARTS.validation))
    assert found.notes["validation_auc"] == round(area or 0, 4)


def test_a_history_is_the_mean_of_its_items_and_nothing_of_what_fills_it(torch: Any) -> None:
    from bench.pair_wise.representations import ClickModel, Ids

    ids = Ids(3)
    seen: list[Any] = []
    model = ClickModel(ids, lambda fields: seen.append(fields) or fields.sum((1, 2)))
    with torch.inference_mode():
        model(torch.tensor([[1, 2, 0, 0], [0, 0, 0, 0]]), torch.tensor([3, 3]))
        expected = (ids.table.weight[1] + ids.table.weight[2]) / 2
    assert torch.allclose(seen[0][0, 0], expected)
    assert not seen[0][1, 0].any()
    assert torch.equal(seen[0][0, 1], ids.table.weight[3])


def test_what_is_kept_of_items_is_forgotten_when_weights_change(torch: Any) -> None:
    from bench.pair_wise.networks import Dnn
    from bench.pair_wise.representations import ClickModel, Words

    model = ClickModel(Words(["red moon", "moon"]), Dnn(32)).eval()
    asked = (torch.tensor([[1, 2]]), torch.tensor([1]))
    with torch.no_grad():
        before = model(*asked)
        assert model.kept is not None
        model.represent.table.weight += 1
        model.train().eval()
        assert model(*asked) != before


def test_a_title_is_the_mean_of_its_words(torch: Any) -> None:
    from bench.pair_wise.representations import Words

    words = Words(["red moon", "moon", "1984"])
    with torch.inference_mode():
        _, red_moon, moon, none = words()
        assert torch.allclose(red_moon, (words.table.weight[1] + words.table.weight[2]) / 2)
        assert torch.allclose(moon, words.table.weight[2])
        assert not none.any()


def test_given_vectors_are_not_learned(torch: Any) -> None:
    found = fit("dnn", training.static, PARTS, 0, replace(QUICK, epochs=1))
    assert "represent.vectors" not in dict(found.model.named_parameters())


def fields(torch: Any) -> Any:
    return torch.tensor([[[1.0, 2.0], [3.0, -1.0]], [[0.5, 0.0], [2.0, 1.0]]])


def test_pnn_puts_the_inner_product_beside_the_fields(torch: Any) -> None:
    from bench.pair_wise.networks import Pnn

    model, seen = Pnn(2), []
    model.deep.register_forward_hook(lambda _, given, __: seen.append(given[0]))
    model(fields(torch))
    assert seen[0].tolist() == [[1, 2, 3, -1, 1], [0.5, 0, 2, 1, 1]]


def test_gdcn_crosses_with_a_gate(torch: Any) -> None:
    from bench.pair_wise import networks

    model = networks.Gdcn(2).eval()
    seen: list[Any] = []
    model.last.register_forward_hook(lambda _, given, __: seen.append(given[0]))
    with torch.no_grad():
        for cross, gate in zip(model.crosses, model.gates, strict=True):
            cross.weight.copy_(torch.eye(4))
            cross.bias.zero_()
            gate.weight.zero_()  # a gate of one half
        model(fields(torch))
    x = np.array([1.0, 2.0, 3.0, -1.0])
    crossed = x
    for _ in range(networks.CROSSES):
        crossed = x * crossed * 0.5 + crossed
    assert seen[0][0, :4].tolist() == pytest.approx(crossed.tolist())


def test_finalmlp_joins_its_streams_in_heads(torch: Any) -> None:
    from bench.pair_wise.networks import HIDDEN, FinalMlp

    model = FinalMlp(2).eval()
    streams = [torch.randn(2, HIDDEN[-1], generator=torch.Generator().manual_seed(n)) for n in (1, 2)]
    for stream, given in zip(model.streams, streams, strict=True):
        stream.register_forward_hook(lambda *_, given=given: given)
    with torch.inference_mode():
        found = torch.logit(model(fields(torch)))
        first, second = streams
        expected = (model.linear[0](first) + model.linear[1](second)).squeeze(1)
        half = HIDDEN[-1] // 2
        for head, part in enumerate((slice(None, half), slice(half, None))):
            expected += ((first[:, part] @ model.heads[head]) * second[:, part]).sum(1)
    assert found.tolist() == pytest.approx(expected.tolist(), abs=1e-4)


def test_masknet_multiplies_normed_fields_by_their_mask(torch: Any) -> None:
    from bench.pair_wise.networks import MaskNet

    model = MaskNet(2, blocks=1).eval()
    seen: list[Any] = []
    model.blocks[0].register_forward_hook(lambda _, given, __: seen.append(given[0]))
    with torch.inference_mode():
        model(fields(torch))
        expected = model.masks[0](fields(torch).flatten(1)) * torch.tensor([[-1.0, 1, 1, -1], [1, -1, 1, -1]])
    assert seen[0].flatten().tolist() == pytest.approx(expected.flatten().tolist(), abs=1e-3)


def test_every_model_stands_in_the_roster_with_its_group() -> None:
    groups = {group: sum(row.group == group for row in ROSTER.values()) for group in "ABC"}
    assert groups == {"A": 9, "B": 8, "C": 4}
    assert ROSTER["gdcn-minilm"].beside == "gdcn"
    assert set(roster.TOLD) < set(NETWORKS)
