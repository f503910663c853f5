"""`python -m bench.run --task tau-rec`: dialogues with a simulated person who decides on one item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import prompts
from bench import execute, stamp
from bench.accounts import Accounts
from bench.report import progress
from bench.tau_rec import playing, scores, show
from bench.tau_rec.evaluator import VERSION
from bench.tau_rec.players import AgentPlayer, OraclePlayer, Player, PopularPlayer
from bench.tau_rec.simulator import RuleBased
from bench.tau_rec.tasks import CATALOGUE, read_shop, read_tasks
from bench.tau_rec.types import Shop, Task
from kg.errors import UsageError
from kg.folders import file_hash

if TYPE_CHECKING:
    from agent.assistant import Assistant

NAME = "tau-rec"
SYSTEMS = ("agent", "popularity", "oracle")
RULES = "rules"
FAILURES = "failures.md"
_MAPPING = Path(__file__).parents[2] / "examples" / "tau-rec.toml"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a run was asked for; the options of `bench.run` by the same names."""

    system: str
    data: Path | None
    tools: str
    model: str
    simulator: str
    trials: int
    seed: int
    limit: int | None
    out: Path | None
    fresh: bool
    catalogue: str = ""
    generate: int | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """Tasks over a shop; `catalogue` is the name of the same items for Usher, `source` identifies both."""

    shop: Shop
    tasks: Sequence[Task]
    catalogue: str
    source: dict[str, Any]


def run(wish: Wish, accounts: Accounts) -> None:
    """Play every task several times, judge the dialogues, write a run folder and print the table.

    Raises:
        UsageError: an unknown system or simulator, or no data.
        DataError: files that are not τ-Rec's, or a folder that holds another run.
    """
    if wish.system not in SYSTEMS:
        raise UsageError.unknown("system of --task tau-rec", wish.system, SYSTEMS)
    measure(published(wish) if wish.generate is None else generated(wish, wish.generate), wish, accounts)


def published(wish: Wish) -> Setting:
    """Return the published tasks; their catalogue is built where the agent needs it and it is not there."""
    if wish.data is None:
        raise UsageError("--task tau-rec needs the published files: --data DIR with catalog.json and tasks/.")
    shop = read_shop(wish.data)
    tasks = read_tasks(wish.data, shop)[: wish.limit]
    if wish.system == "agent":
        add_catalogue(wish.data)
    source = {
        "catalogue": file_hash(wish.data / CATALOGUE)[:16],
        "tasks": [task.id for task in tasks],
    }
    return Setting(shop, tasks, NAME, source)


def generated(wish: Wish, count: int) -> Setting:
    """Return tasks made over a catalogue that need not be τ-Rec's."""
    from bench.tau_rec import generate
    from bench.tau_rec.shops import shop_of
    from kg.store import open_catalogue

    opened = open_catalogue(wish.catalogue, wish.data)
    shop = shop_of(opened.graph)
    tasks = generate.generate(shop, count, wish.seed)[: wish.limit]
    source = {
        "catalogue": opened.folder.name,
        "generated": [generate.VERSION, count],
        "tasks": [task.id for task in tasks],
    }
    return Setting(shop, tasks, wish.catalogue, source)


def add_catalogue(data: Path) -> None:
    """Build the catalogue `tau-rec` from the published films, with its mapping where there is one."""
    from kg.adding import add_tables
    from kg.sources.mapping import Mapping
    from kg.sources.table import Tables

    columns = Mapping.load(_MAPPING) if _MAPPING.is_file() else Mapping(domain="movie", guess=True)
    add_tables(NAME, Tables(data / CATALOGUE), columns)


def measure(setting: Setting, wish: Wish, accounts: Accounts) -> None:
    """Play, judge, write and print."""
    identity = _identity(setting, wish, accounts)
    folder = wish.out or Path("runs") / f"{NAME}-{wish.system}-{stamp.short(identity)}"
    player, make_person = _player(setting, wish, accounts), _person(setting.shop, wish)
    done = playing.open_run(folder, identity, setting.tasks, fresh=wish.fresh)
    accounts.open(folder, fresh=wish.fresh)
    start = datetime.now(UTC)
    trials = [(task, trial) for task in setting.tasks for trial in range(wish.trials)]
    try:
        with progress("Playing", len(trials)) as tick:
            dialogues = playing.run(folder, player, make_person, trials, done, tick)
    finally:
        used = accounts.close()
        manifest = {"what": identity, "times": stamp.times(start), **used}
        execute.write_json(folder / execute.MANIFEST, manifest)
    accounts.write_replay()
    judged = scores.judged(setting.tasks, dialogues, setting.shop)
    table = scores.table(judged)
    execute.write_json(folder / execute.SCORES, table)
    failed = "\n".join(scores.failures(judged))
    (folder / FAILURES).write_text(failed, encoding="utf-8", newline="\n")
    title = f"τ-Rec: {wish.system} on {len(setting.tasks)} tasks of {setting.catalogue}, {wish.trials} trials"
    show.show(table, title, f"run folder: {folder}; transcripts of failures: {FAILURES}")


def _identity(setting: Setting, wish: Wish, accounts: Accounts) -> dict[str, Any]:
    names = ("system", "tools", "model", "simulator", "trials", "seed")
    return {
        "task": NAME,
        **{name: getattr(wish, name) for name in names},
        "evaluator": VERSION,
        **setting.source,
        "prompts": prompts.hashes(),
        "commit": stamp.commit(),
        **accounts.identity,
    }


def _player(setting: Setting, wish: Wish, accounts: Accounts) -> Player:
    if wish.system == "oracle":
        return OraclePlayer(setting.shop)
    if wish.system == "popularity":
        return PopularPlayer(setting.shop)
    return AgentPlayer(_assistant(setting, wish, accounts))


def _assistant(setting: Setting, wish: Wish, accounts: Accounts) -> Assistant:
    from agent.assistant import Assistant
    from kg.store import open_catalogue

    opened = open_catalogue(setting.catalogue, wish.data)
    model = accounts.model(opened.graph)
    policy = opened.graph.catalogue.policy or setting.shop.policy
    return Assistant(setting.catalogue, data=wish.data, tools=wish.tools, model=model, policy=policy)


def _person(shop: Shop, wish: Wish) -> playing.MakePerson:
    if wish.simulator == RULES:
        return partial(RuleBased, shop, seed=wish.seed)
    from bench.tau_rec.model_person import model_person

    return model_person(wish.simulator, shop)
