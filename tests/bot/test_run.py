"""``dealwire run``, ``invite`` and ``doctor`` as real processes, against a stand-in for Discord on the loopback."""

import contextlib
import json
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.helpers.command import Dealwire, Running
from tests.helpers.discord_stand_in import TOKEN, StandIn

SERVED = "serving 1 server"


@pytest.fixture
def discord() -> Iterator[StandIn]:
    standing = StandIn()
    yield standing
    standing.close()


@pytest.fixture
def filled(seeds_dir: Path, data_dir: Path) -> Path:
    return Path(shutil.copytree(seeds_dir, data_dir))


@pytest.fixture
def start(dealwire: Dealwire, discord: StandIn) -> Iterator[Callable[..., Running]]:
    """``dealwire run``; whatever a failing test leaves behind is ended."""
    started = []

    def run(*args: str) -> Running:
        started.append(dealwire.start("run", *args, env=env(), discord=discord.port))
        return started[-1]

    yield run
    for each in started:
        with contextlib.suppress(ProcessLookupError):
            each.signal(signal.SIGKILL)


def env(token: str = TOKEN) -> dict[str, str]:
    return {"DISCORD_TOKEN": token}


@pytest.mark.parametrize("token", ["", "  "])
def test_without_a_token(dealwire: Dealwire, token: str) -> None:
    done = dealwire("run", env=env(token))
    assert (done.status, done.out) == (10, "")
    assert "put DISCORD_TOKEN=… into .env" in done.complaint and "dealwire demo" in done.complaint


@pytest.mark.parametrize("verb", ["run", "invite"])
def test_with_a_wrong_token(dealwire: Dealwire, discord: StandIn, verb: str) -> None:
    done = dealwire(verb, env=env("not-the-token"), discord=discord.port)
    assert (done.status, done.out) == (11, "")
    assert "Reset Token" in done.complaint and "not-the-token" not in done.err


@pytest.mark.parametrize(
    ("code", "status", "place"),
    [(4014, 12, "Message Content Intent"), (4004, 11, "Reset Token"), (4010, 15, "--shards 0-3/16")],
)
def test_what_the_gateway_refuses(dealwire: Dealwire, discord: StandIn, code: int, status: int, place: str) -> None:
    discord.refuse_with = code
    done = dealwire("run", env=env(), discord=discord.port)
    assert done.status == status and place in done.complaint


@pytest.mark.parametrize("verb", ["run", "invite"])
def test_where_discord_cannot_be_reached(dealwire: Dealwire, verb: str) -> None:
    done = dealwire(verb, env=env())
    assert done.status == 14 and "Discord cannot be reached" in done.complaint and "check the network" in done.complaint


def test_where_it_may_write_nowhere(dealwire: Dealwire, discord: StandIn) -> None:
    discord.permissions = "0"
    done = dealwire("run", env=env(), discord=discord.port)
    assert done.status == 13 and "Deal watchers" in done.complaint and "dealwire invite" in done.complaint


def test_the_invitation_asks_for_the_least(dealwire: Dealwire, discord: StandIn) -> None:
    done = dealwire("invite", "--json", env=env(), discord=discord.port)
    assert done.status == 0 and "client_id=100&" in done.json["url"]
    assert "scope=bot+applications.commands" in done.json["url"] and "permissions=274878024704" in done.json["url"]
    people = dealwire("invite", env=env(), discord=discord.port)
    assert people.out.startswith(done.json["url"]) and "Attach Files: to show a timeline" in people.out


@pytest.mark.parametrize("words", ["16/16", "3-1/16", "0-3", "a/b", "0-16/16", "-1/2"])
def test_shards_that_are_none(dealwire: Dealwire, words: str) -> None:
    done = dealwire("run", f"--shards={words}", env=env())
    assert done.status == 2 and "--shards 0-3/16" in done.complaint


def test_shards_are_shared_among_processes(start: Callable[..., Running], discord: StandIn) -> None:
    running = start("--shards", "2-2/3")
    running.until("shard 2 of 3", 60)
    running.signal(signal.SIGTERM)
    assert running.wait().status == 0 and [each["shard"] for each in discord.identified] == [[2, 3]]


def test_an_answer_in_flight_is_finished_and_commands_are_told_once(
    start: Callable[..., Running], discord: StandIn, filled: Path
) -> None:
    running = start()
    running.until(SERVED, 60)
    discord.ask("what is the deadline for the general licences?")
    discord.until("POST", "/5001/token-1/callback")
    running.signal(signal.SIGTERM)  # the model is still loading
    done = running.wait()
    assert done.status == 0 and "Traceback" not in done.err
    asked = [path for _, path, _ in discord.requests]
    answers = [body for verb, path, body in discord.requests if path.startswith("/webhooks/100/token-1")]
    assert "30 November 2025" in json.dumps(answers), asked
    assert discord.closed == [1000]  # the connection was closed properly, after the answer
    for said in ("the library is open", "told Discord", "1 answers are in flight", "closing the connection", "stopped"):
        assert any(said in line for line in running.lines()), said
    assert TOKEN not in done.err
    again = start()
    again.until(SERVED, 60)
    again.signal(signal.SIGINT)
    assert again.wait().status == 0
    assert len(discord.asked_for("PUT", "/commands")) == 1


def test_who_asks_while_it_stops_is_told(start: Callable[..., Running], discord: StandIn, filled: Path) -> None:
    running = start()
    running.until(SERVED, 60)
    discord.ask("when is the licence deadline?")
    discord.until("POST", "/5001/token-1/callback")
    running.signal(signal.SIGTERM)
    running.until("answers are in flight")
    discord.ask("is there a deal?", 2)
    told = discord.until("POST", "/5002/token-2/callback")
    assert "being restarted" in told["data"]["content"]
    assert running.wait().status == 0


def test_doctor_looks_at_discord_too(dealwire: Dealwire, discord: StandIn, filled: Path) -> None:
    def checks(token: str = TOKEN, port: int = discord.port) -> dict[str, dict[str, object]]:
        done = dealwire("doctor", "--json", env=env(token), discord=port)
        assert TOKEN not in done.out
        return {check["check"]: check for check in done.json if check["check"].startswith("Discord")}

    found = checks()
    assert [each["ok"] for each in found.values()] == [True, True, True] and "Dealwire" in str(found["Discord token"])
    assert "Reset Token" in str(checks("other")["Discord token"]["mend"])
    assert "check the network" in str(checks(port=9)["Discord token"]["mend"])
    discord.flags = 0
    discord.servers = [{"id": "400", "name": "Deal watchers", "permissions": str(1 << 10)}]
    found = checks()
    assert "Message Content Intent" in str(found["Discord intents"]["mend"])
    assert "Send Messages" in str(found["Discord permissions"]["detail"]) and not found["Discord permissions"]["ok"]
