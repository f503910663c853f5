"""Settings of models from the environment and `.env`; pauses; prices."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agent.llm import prices
from agent.llm.pace import Pace
from agent.llm.retry import LONGEST, pause, retry_after, trouble
from agent.llm.settings import OPENAI, VARIABLES, Settings, dotenv, load
from agent.models import chat_model
from kg.errors import DataError, UsageError
from kg.graph import KnowledgeGraph

HERE = {"USHER_BASE_URL": "http://127.0.0.1:1/v1"}


def loaded(folder: Path, model: str = "m", **environment: str) -> Settings:
    return load(model, HERE | environment, folder)


@pytest.mark.parametrize("key", ["geheim geheim", "geheim\nx", "geheim\u00e9"])
def test_what_cannot_be_a_key_is_said_without_it(tmp_path: Path, key: str) -> None:
    with pytest.raises(UsageError, match=r"^OPENAI_API_KEY: .*not a key") as caught:
        loaded(tmp_path, OPENAI_API_KEY=key)
    assert "geheim" not in str(caught.value)


def test_the_line_end_of_a_key_is_cut_off(tmp_path: Path) -> None:
    assert loaded(tmp_path, OPENAI_API_KEY="k\n").api_key == "k"


def test_a_wrong_url_is_said_without_the_password_it_may_hold(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^USHER_BASE_URL: .*not a URL") as caught:
        loaded(tmp_path, USHER_BASE_URL="ftp://me:geheim@host/v1")
    assert "geheim" not in str(caught.value)


def test_a_key_alone_means_openai(tmp_path: Path) -> None:
    assert load("m", {"OPENAI_API_KEY": "k"}, tmp_path).base_url == OPENAI


def test_our_variable_wins_over_openais(tmp_path: Path) -> None:
    assert loaded(tmp_path, OPENAI_BASE_URL="http://other/v1").base_url == HERE["USHER_BASE_URL"]


def test_a_slash_at_the_end_does_not_matter(tmp_path: Path) -> None:
    assert loaded(tmp_path, USHER_BASE_URL="http://x/v1/").base_url == "http://x/v1"


def test_without_key_and_server_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="needs OPENAI_API_KEY, or USHER_BASE_URL"):
        load("m", {}, tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("temperature", "0.7", 0.7),
        ("temperature", "none", None),
        ("timeout", "5", 5.0),
        ("retries", "0", 0),
        ("max_tokens", "100", 100),
        ("concurrency", "3", 3),
        ("per_minute", "90", 90.0),
        ("stream", "1", True),
        ("tool_calls", "json", "json"),
        ("parallel", "no", False),
        ("parallel", "auto", None),
        ("reasoning_effort", "low", "low"),
        ("send_reasoning", "true", True),
        ("seed", "4", 4),
        ("epoch", "2", "2"),
    ],
)
def test_a_variable_is_read(tmp_path: Path, name: str, text: str, value: Any) -> None:
    assert getattr(loaded(tmp_path, **{f"USHER_{name.upper()}": text}), name) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("TIMEOUT", "soon"),
        ("TIMEOUT", "0"),
        ("RETRIES", "-1"),
        ("TOOL_CALLS", "maybe"),
        ("BASE_URL", "localhost"),
    ],
)
def test_a_value_that_does_not_fit_is_said_by_name(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(UsageError, match=f"USHER_{name} is '{text}'"):
        loaded(tmp_path, **{f"USHER_{name}": text})


@pytest.mark.parametrize(
    ("model", "temperature"),
    [
        ("gpt-4o", 0.0),
        ("o3-mini", None),
        ("gpt-5-mini", None),
        ("gpt-5-chat", 0.0),
        ("deepseek-reasoner", None),
    ],
)
def test_models_that_think_take_no_temperature(tmp_path: Path, model: str, temperature: float | None) -> None:
    assert loaded(tmp_path, model).temperature == temperature


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("OPENAI_API_KEY=abc", "abc"),
        ("export OPENAI_API_KEY=abc", "abc"),
        ('OPENAI_API_KEY="a b#c"', "a b#c"),
        ("OPENAI_API_KEY='abc' # mine", "abc"),
        ("OPENAI_API_KEY = abc # mine", "abc"),
    ],
)
def test_a_line_of_dotenv_is_read(tmp_path: Path, line: str, value: str) -> None:
    (tmp_path / ".env").write_text(f"# a comment\n\n{line}\n", encoding="utf-8")
    assert dotenv(tmp_path / ".env") == {"OPENAI_API_KEY": value}


def test_dotenv_sets_models_only(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PATH=/tmp\nLANGSMITH_TRACING=true\nUSHER_TIMEOUT=3\n", encoding="utf-8")
    assert dotenv(tmp_path / ".env") == {"USHER_TIMEOUT": "3"}


def test_the_environment_wins_over_dotenv(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("USHER_TIMEOUT=3\nUSHER_RETRIES=1\n", encoding="utf-8")
    found = loaded(tmp_path, USHER_TIMEOUT="9")
    assert (found.timeout, found.retries) == (9.0, 1)


@pytest.mark.parametrize(
    ("own", "key"),
    [
        ({"OPENAI_API_KEY": "mine"}, "none"),
        ({"OPENAI_API_KEY": "mine", "USHER_BASE_URL": "http://own/v1"}, "mine"),
    ],
)
def test_a_key_is_not_sent_to_a_server_that_only_dotenv_names(
    tmp_path: Path, own: dict[str, str], key: str
) -> None:
    (tmp_path / ".env").write_text("USHER_BASE_URL=http://stranger/v1\n", encoding="utf-8")
    assert load("m", own, tmp_path).api_key == key


def test_a_key_beside_its_server_in_dotenv_is_sent(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("USHER_BASE_URL=http://own/v1\nOPENAI_API_KEY=k\n", encoding="utf-8")
    assert load("m", {"OPENAI_API_KEY": "mine"}, tmp_path).api_key == "k"


def test_a_model_finds_its_settings_in_dotenv(
    toy: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".env").write_text("USHER_BASE_URL=http://127.0.0.1:9/v1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    model, system = chat_model("openai:m", toy)
    assert (getattr(model, "openai_api_base", None), "Usher" in system) == ("http://127.0.0.1:9/v1", True)


def test_the_stamp_of_a_run_names_no_secrets() -> None:
    stamp = Settings(base_url="http://me:secret@host/v1", api_key="hidden").stamp()
    assert (stamp["base_url"], "secret" in str(stamp), "hidden" in str(stamp)) == (
        "http://host/v1",
        False,
        False,
    )


def test_every_variable_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
    assert [name for name in (*VARIABLES, "USHER_PRICES") if f"`{name}`" not in page] == []


# Pauses

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "3"}, 3.0),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after": "Thu, 01 Jan 2026 00:00:20 GMT"}, 20.0),
        ({"retry-after": "Thu, 01 Jan 2025 00:00:20 GMT"}, 0.0),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({}, None),
    ],
)
def test_what_a_server_asks_for_is_read(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, NOW) == seconds


def test_pauses_are_at_most_the_longest() -> None:
    assert all(0 < pause(number, "k", None) <= LONGEST for number in range(40))


def test_pauses_differ_by_request() -> None:
    assert len({pause(1, str(number), None) for number in range(9)}) == 9


def test_pauses_of_a_request_are_the_same_again() -> None:
    assert pause(1, "k", None) == pause(1, "k", None)


def test_a_bug_is_no_trouble_on_the_way() -> None:
    assert trouble(ZeroDivisionError("no")) is None


class Clock:
    """A clock that goes on when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def starts(pace: Pace, clock: Clock, n: int) -> list[float]:
    found = []
    for _ in range(n):
        with pace.turn():
            found.append(round(clock() - 100.0, 6))
    return found


def test_requests_are_spread_over_a_minute() -> None:
    clock = Clock()
    assert starts(Pace(9, 30, clock=clock, sleep=clock.sleep), clock, 4) == [0.0, 2.0, 4.0, 6.0]


def test_without_a_rate_nobody_waits() -> None:
    clock = Clock()
    assert starts(Pace(1, clock=clock, sleep=clock.sleep), clock, 3) == [0.0, 0.0, 0.0]


def test_all_wait_while_the_server_wants_quiet() -> None:
    clock = Clock()
    pace = Pace(9, clock=clock, sleep=clock.sleep)
    pace.hold(5)
    assert starts(pace, clock, 2) == [5.0, 5.0]


# Prices


def test_the_table_has_a_date_and_a_warning() -> None:
    table = tomllib.loads(prices.TABLE.read_text(encoding="utf-8"))
    assert re.match(r"\d{4}-\d\d-\d\d$", str(table["as_of"]))
    assert "check before relying" in table["note"]


def test_every_row_of_the_table_is_a_price() -> None:
    table = tomllib.loads(prices.TABLE.read_text(encoding="utf-8"))
    rows = [(host, model) for host, models in table.items() if isinstance(models, dict) for model in models]
    assert len(rows) > 5
    assert all((found := prices.price(*row)) and found.cached <= found.input <= found.output for row in rows)


def test_an_unknown_model_has_no_price() -> None:
    assert prices.price("api.openai.com", "nonsense") is None


def test_a_known_name_elsewhere_has_no_price() -> None:
    assert prices.price("127.0.0.1:8000", "gpt-4o") is None


def own(folder: Path, text: str) -> Path:
    path = folder / "prices.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("server", ['"127.0.0.1:8000"', '"127.0.0.1"', '"*"'])
def test_a_table_of_ones_own_is_read(tmp_path: Path, server: str) -> None:
    path = own(tmp_path, f"as_of = 2026-01-01\n[{server}]\nm = {{input = 1, output = 2}}\n")
    assert prices.price("127.0.0.1:8000", "m", path) == prices.Price(1.0, 1.0, 2.0, "2026-01-01")


def test_a_table_of_ones_own_wins(tmp_path: Path) -> None:
    path = own(tmp_path, '["api.openai.com"]\ngpt-4o = {input = 9, output = 9}\n')
    found = prices.price("api.openai.com", "gpt-4o", path)
    assert found is not None
    assert found.input == 9.0


@pytest.mark.parametrize("text", ["not toml", '["*"]\nm = {input = 1}', '["*"]\nm = 3'])
def test_a_table_that_is_none_is_said(tmp_path: Path, text: str) -> None:
    with pytest.raises(DataError, match=r"prices.toml: not"):
        prices.price("h", "m", own(tmp_path, text))


@pytest.mark.parametrize("mode", ["auto", "loop", "one-call"])
def test_how_a_model_takes_part_is_a_setting(tmp_path: Path, mode: str) -> None:
    assert loaded(tmp_path, USHER_MODE=mode).mode == mode


def test_the_mode_is_part_of_what_a_run_says_of_its_model(tmp_path: Path) -> None:
    assert loaded(tmp_path, USHER_MODE="one-call").stamp()["mode"] == "one-call"
