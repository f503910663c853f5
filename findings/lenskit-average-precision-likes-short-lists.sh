#!/bin/sh
# lenskit 2025.8.1: a list that finds more scores less. AveragePrecision divides by min(true items, length of the list),
# so that one hit alone is perfect (1.0 of three wanted) and the same hit with a second one two places later has 0.556;
# elsewhere (trec_eval, RePlay, implicit) the divisor does not depend on the list, and these are 0.333 and 0.556.
# Whoever tunes how many items to give by this metric gives one. NDCG with its defaults does not tell rank 1 from rank 2.
# Seen: ap {'a': 1.0, 'a x b': 0.556}, ndcg {'a x': 1.0, 'x a': 1.0}. Fails if that changes. It brings torch.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check lenskit==2025.8.1 torch==2.13.0
"$folder/venv/bin/python" - <<'PYTHON'
from lenskit.data import ItemList
from lenskit.metrics import NDCG
from lenskit.metrics.ranking import AveragePrecision


def asked(metric, said, true):
    listed = ItemList(item_ids=said.split(), ordered=True)
    return round(float(metric.measure_list(listed, ItemList(item_ids=true.split()))), 3)


ap = {said: asked(AveragePrecision(n=10), said, "a b c") for said in ("a", "a x b")}
ndcg = {said: asked(NDCG(n=10), said, "a") for said in ("a x", "x a")}
print("ap", ap, "ndcg", ndcg)
assert (ap, ndcg) == ({"a": 1.0, "a x b": 0.556}, {"a x": 1.0, "x a": 1.0})
PYTHON
