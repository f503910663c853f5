"""How each library is asked for its metrics of the planted cases: `docs/metrics_elsewhere.py` calls it.

    python docs/metrics_elsewhere_libraries.py NAME

This runs in the library's own venv, without the repository's packages, and prints JSON.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import warnings
from typing import Any

import metrics_elsewhere_cases as planted
from metrics_elsewhere_cases import Call, Case, K, Unsayable, no_repeats, number, pairs, rows

NDCG, MAP, RECALL, HIT = planted.METRICS


def ranx() -> dict[str, dict[str, Call]]:
    """Ask ranx, which takes dictionaries; `make_comparable` evens out who is in one of them alone."""
    from ranx import Qrels, Run, evaluate

    def call(name: str, **options: bool) -> Call:
        def value(case: Case) -> float:
            no_repeats(case)
            truth = Qrels({one: dict.fromkeys(items, 1) for one, items in case.truth.items()})
            run = Run({one: dict(items) for one, items in case.lists.items()})
            return float(evaluate(truth, run, name, **options))

        return value

    names = {NDCG: "ndcg@3", MAP: "map@3", RECALL: "recall@3", HIT: "hit_rate@3"}
    return {
        metric: {
            f"`evaluate(…, '{name}')`": call(name),
            f"`evaluate(…, '{name}', make_comparable=True)`": call(name, make_comparable=True),
        }
        for metric, name in names.items()
    }


def ir_measures() -> dict[str, dict[str, Call]]:
    """ir-measures takes rows and asks trec_eval."""
    import ir_measures as library

    def call(name: str) -> Call:
        def value(case: Case) -> float:
            true = [library.Qrel(one, item, 1) for one, item in pairs(case)]
            said = [library.ScoredDoc(one, item, score) for one, item, score, _ in rows(case)]
            measure = library.parse_measure(name)
            return float(library.calc_aggregate([measure], true, said)[measure])

        return value

    names = {NDCG: "nDCG@3", MAP: "AP@3", RECALL: "R@3", HIT: "Success@3"}
    return {metric: {f"`calc_aggregate([{name}], …)`": call(name)} for metric, name in names.items()}


def cornac() -> dict[str, dict[str, Call]]:
    """Cornac ranks the whole catalogue: here what a list lacks follows it, what is true of that last."""
    import numpy as np
    from cornac import metrics as library
    from cornac.data import Dataset
    from cornac.eval_methods.base_method import ranking_eval
    from cornac.models import Recommender

    class Told(Recommender):
        def score(self, user_idx: int, item_idx: int | None = None, **_: Any) -> Any:
            return self.told[user_idx]

    def call(metric: Any) -> Call:
        def value(case: Case) -> float:
            if case.truth.keys() - case.lists.keys():
                raise Unsayable
            no_repeats(case)
            people = {one: place for place, one in enumerate(["nobody", *case.lists])}
            items = {chr(97 + place): place for place in range(26)}
            train = Dataset.build(
                [("nobody", item, 1.0) for item in items],
                global_uid_map=dict(people),
                global_iid_map=dict(items),
            )
            test = Dataset.build(
                [(one, item, 1.0) for one, item in pairs(case)],
                global_uid_map=dict(people),
                global_iid_map=dict(items),
            )
            model = Told("told")
            model.num_users, model.num_items, model.uid_map, model.iid_map = len(people), 26, people, items
            model.told = np.full((len(people), 26), 0.5)
            for one, item in pairs(case):
                model.told[people[one], items[item]] = 0.25
            for one, item, score, _ in rows(case):
                model.told[people[one], items[item]] = score
            [found], _ = ranking_eval(model, [metric], train, test)
            return float(found)

        return value

    return {
        NDCG: {"`NDCG(k=3)`": call(library.NDCG(k=K))},
        MAP: {"`MAP()`, which has no k": call(library.MAP())},
        RECALL: {"`Recall(k=3)`": call(library.Recall(k=K))},
        HIT: {"`HitRatio(k=3)`": call(library.HitRatio(k=K))},
    }


def implicit() -> dict[str, dict[str, Call]]:
    """Implicit asks a model for its lists; short ones are filled with -1, as its own models do."""
    import numpy as np
    from implicit.evaluation import ranking_metrics_at_k
    from scipy.sparse import csr_matrix

    class Told:
        def __init__(self, case: Case):
            self.case = case

        def recommend(self, users: Any, *_: Any, N: int = 10, **__: Any) -> tuple[Any, Any]:  # noqa: N803
            ids = np.full((len(users), N), -1, dtype=np.int32)
            for line, user in enumerate(users):
                for place, (item, _) in enumerate(self.case.lists.get(chr(97 + user), [])[:N]):
                    ids[line, place] = number(item)
            return ids, np.zeros(ids.shape, dtype=np.float32)

    def call(name: str) -> Call:
        def value(case: Case) -> float:
            lines, columns = zip(*((number(one), number(item)) for one, item in pairs(case)), strict=True)
            true = csr_matrix((np.ones(len(lines)), (lines, columns)), shape=(26, 26))
            found = ranking_metrics_at_k(
                Told(case), csr_matrix((26, 26)), true, K=K, show_progress=False, num_threads=1
            )
            return float(found[name])

        return value

    names = {NDCG: "ndcg", MAP: "map", RECALL: "precision"}
    return {m: {f"`ranking_metrics_at_k(…, K=3)['{name}']`": call(name)} for m, name in names.items()}


def recommenders() -> dict[str, dict[str, Call]]:
    """Recommenders takes data frames with a prediction column."""
    import pandas as pd
    from recommenders.evaluation import python_evaluation as library

    def call(name: str, **options: Any) -> Call:
        def value(case: Case) -> float:
            true = pd.DataFrame([(one, item, 1.0) for one, item in pairs(case)])
            said = pd.DataFrame([(one, item, score) for one, item, score, _ in rows(case)])
            true.columns, said.columns = ["userID", "itemID", "rating"], ["userID", "itemID", "prediction"]
            return float(getattr(library, name)(true, said, k=K, **options))

        return value

    return {
        NDCG: {"`ndcg_at_k(…, k=3)`": call("ndcg_at_k")},
        MAP: {"`map_at_k(…, k=3)`": call("map_at_k"), "`map(…, k=3)`": call("map")},
        RECALL: {"`recall_at_k(…, k=3)`": call("recall_at_k")},
    }


def rectools() -> dict[str, dict[str, Call]]:
    """RecTools takes data frames with ranks, so that nothing ties."""
    import pandas as pd
    from rectools import metrics as library

    def call(name: str, **options: bool) -> Call:
        def value(case: Case) -> float:
            said = pd.DataFrame([(one, item, place) for one, item, _, place in rows(case)])
            true = pd.DataFrame(pairs(case), columns=["user_id", "item_id"])
            said.columns = ["user_id", "item_id", "rank"]
            return float(getattr(library, name)(k=K, **options).calc(said, true))

        return value

    return {
        NDCG: {
            "`NDCG(k=3)`": call("NDCG"),
            "`NDCG(k=3, divide_by_achievable=True)`": call("NDCG", divide_by_achievable=True),
        },
        MAP: {"`MAP(k=3)`": call("MAP"), "`MAP(k=3, divide_by_k=True)`": call("MAP", divide_by_k=True)},
        RECALL: {"`Recall(k=3)`": call("Recall")},
        HIT: {"`HitRate(k=3)`": call("HitRate")},
    }


def rechub() -> dict[str, dict[str, Call]]:
    """torch-rechub takes lists by person; its module is loaded alone, since the package wants torch."""
    [package] = importlib.util.find_spec("torch_rechub").submodule_search_locations
    spec = importlib.util.spec_from_file_location("metric", f"{package}/basic/metric.py")
    library = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(library)

    def call(name: str, *, filled: bool) -> Call:
        def value(case: Case) -> float:
            said = {one: [item for item, _ in items] for one, items in case.lists.items()}
            true = dict(case.truth)
            if filled:
                for one in {*said, *true}:
                    true.setdefault(one, [])
                    said[one] = [*dict.fromkeys(said.get(one, ())), *["nothing"] * K]
            return float(library.topk_metrics(true, said, [K])[name][0].split(": ")[1])

        return value

    names = {NDCG: "NDCG", RECALL: "Recall", HIT: "Hit"}
    return {
        metric: {
            f"`topk_metrics(…, [3])['{name}']`": call(name, filled=False),
            "the same, lists without repeats and filled to k, everybody in both": call(name, filled=True),
        }
        for metric, name in names.items()
    }


def replay() -> dict[str, dict[str, Call]]:
    """RePlay takes data frames or dictionaries."""
    import pandas as pd
    from replay import metrics as library

    def call(name: str, *, frames: bool) -> Call:
        def value(case: Case) -> float:
            said: Any = dict(case.lists)
            true: Any = dict(case.truth)
            if frames:
                said = pd.DataFrame([(one, item, score) for one, item, score, _ in rows(case)])
                said.columns = ["query_id", "item_id", "rating"]
                true = pd.DataFrame(pairs(case), columns=["query_id", "item_id"])
            [found] = getattr(library, name)(K)(said, true).values()
            return float(found)

        return value

    names = {NDCG: "NDCG", MAP: "MAP", RECALL: "Recall", HIT: "HitRate"}
    return {
        metric: {
            f"`{name}(3)`, dictionaries": call(name, frames=False),
            f"`{name}(3)`, pandas": call(name, frames=True),
        }
        for metric, name in names.items()
    }


def lenskit() -> dict[str, dict[str, Call]]:
    """LensKit takes item lists; `top_n` orders them by score."""
    from lenskit import metrics as library
    from lenskit.data import ItemList, ItemListCollection
    from lenskit.metrics.ranking import AveragePrecision, LogRankWeight

    def call(metric: Any, *, everybody: bool = False) -> Call:
        def value(case: Case) -> float:
            said, true = ItemListCollection(["user_id"]), ItemListCollection(["user_id"])
            for one, items in case.lists.items():
                ids, scores = zip(*items, strict=True)
                said.add(ItemList(item_ids=list(ids), scores=list(scores)).top_n(), user_id=one)
            for one, wanted in case.truth.items():
                true.add(ItemList(item_ids=wanted), user_id=one)
                if everybody and one not in case.lists:
                    said.add(ItemList(item_ids=[], scores=[]).top_n(), user_id=one)
            return float(library.RunAnalysis(metric).measure(said, true).list_summary()["mean"].iloc[0])

        return value

    offset = library.NDCG(n=K, weight=LogRankWeight(offset=1))
    asked = {
        NDCG: {"`NDCG(n=3)`": library.NDCG(n=K), "`NDCG(n=3, weight=LogRankWeight(offset=1))`": offset},
        MAP: {"`ranking.AveragePrecision(n=3)`": AveragePrecision(n=K)},
        RECALL: {"`Recall(n=3)`": library.Recall(n=K)},
        HIT: {"`Hit(n=3)`": library.Hit(n=K)},
    }
    everybody = "the same, an empty list for who has none"
    return {
        metric: {label: call(each) for label, each in labels.items()}
        | {everybody: call(list(labels.values())[-1], everybody=True)}
        for metric, labels in asked.items()
    }


ASKED = (ranx, ir_measures, cornac, implicit, recommenders, rectools, rechub, replay, lenskit)
CALLS = dict(zip(planted.LIBRARIES, ASKED, strict=True))


def ask(name: str) -> dict[str, dict[str, list[float | str]]]:
    """Return metric -> call -> the values of all cases, for a library that can be imported here."""
    return {
        metric: {
            label: [planted.attempt(call, case) for case in planted.CASES.values()]
            for label, call in calls.items()
        }
        for metric, calls in CALLS[name]().items()
    }


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sys.stdout.write("\n" + json.dumps(ask(sys.argv[1])) + "\n")
