"""compose.yaml and the Dockerfile, which cannot be run here: each command, variable and volume against what there is."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from bot.cli import app
from bot.cli.run import parse_shards
from bot.settings import variable_names
from tests.helpers.command import ROOT

BOTS = ("bot-first", "bot-second")
OURS = (*BOTS, "worker")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8")))


def test_hadolint_has_nothing_to_say_about_the_dockerfile() -> None:
    linter = Path(sys.executable).parent / "hadolint"
    done = subprocess.run([linter, ROOT / "Dockerfile"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_two_bots_two_workers_and_a_database(compose: dict[str, Any]) -> None:
    assert set(compose) == {"name", "x-dealwire", "services", "volumes"}
    assert set(compose["services"]) == {"database", *OURS}
    assert compose["services"]["worker"]["deploy"]["replicas"] == 2


def test_images_are_pinned_or_built_here(compose: dict[str, Any]) -> None:
    assert re.fullmatch(r"pgvector/pgvector:\d+\.\d+\.\d+-pg\d+", compose["services"]["database"]["image"])
    for name in OURS:
        assert compose["services"][name]["build"] == "." and compose["services"][name]["image"] == "dealwire"


def test_each_command_is_one_of_ours(compose: dict[str, Any]) -> None:
    program = typer.main.get_command(app)
    for name in OURS:
        words = compose["services"][name]["command"]
        command = program.commands[words[0]]  # type: ignore[attr-defined]  # it is a group of commands
        command.make_context(words[0], list(words[1:]))  # refuses an option that there is not


def test_every_shard_is_in_one_bot(compose: dict[str, Any]) -> None:
    parts = [parse_shards(compose["services"][name]["command"][2]) for name in BOTS]
    (count,) = {count for _, count in parts}
    assert sorted(shard for shards, _ in parts for shard in shards) == list(range(count))


def test_each_variable_is_a_setting_and_secrets_are_demanded(compose: dict[str, Any]) -> None:
    for name in OURS:
        variables = compose["services"][name]["environment"]
        assert set(variables) <= set(variable_names()), name
        assert ("DISCORD_TOKEN" in variables) == (name in BOTS)
        assert variables["DATABASE_URL"].endswith("@database/dealwire")
    text = (ROOT / "compose.yaml").read_text("utf-8")
    assert set(re.findall(r"\$\{(\w+)(.)", text)) == {("POSTGRES_PASSWORD", ":"), ("DISCORD_TOKEN", ":")}


def test_volumes_are_named_and_who_needs_the_database_waits_until_it_is_well(compose: dict[str, Any]) -> None:
    database = compose["services"]["database"]
    assert {each.split(":")[0] for each in database["volumes"]} == set(compose["volumes"])
    assert "pg_isready" in database["healthcheck"]["test"][1]
    for name in OURS:
        assert compose["services"][name]["depends_on"] == {"database": {"condition": "service_healthy"}}
        assert compose["services"][name]["restart"] == "unless-stopped"
