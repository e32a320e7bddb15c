"""``kill -9`` at every point between owing and marking: each message arrives, none twice."""

import asyncio
import time

from bot.store.deliveries import SENT
from index.store.database import Database
from tests.bot.deliveries.conftest import LEASE_OVER, Start, owe, until_state
from tests.helpers.discord_api import DiscordApi, Fault


async def test_killed_before_the_claim(api: DiscordApi, database: Database, start: Start) -> None:
    await owe(database, "one")
    api.hold_login = True
    first = await start(ready=False)
    await asyncio.sleep(0.5)
    await first.kill()
    api.hold_login = False
    await start()
    await until_state(database, "one", SENT)
    assert api.texts() == ["one"]


async def test_killed_between_claim_and_send(api: DiscordApi, database: Database, start: Start) -> None:
    await owe(database, "one", "two", hang=True)
    first = await start()
    await first.until("rendering")
    await first.kill()
    assert api.texts() == []
    await start(LEASE_OVER)
    await until_state(database, "two", SENT)
    assert api.texts() == ["one", "two"]


async def test_killed_after_the_send_before_it_is_marked(api: DiscordApi, database: Database, start: Start) -> None:
    await owe(database, "one", "two")
    api.faults.append(Fault(stored=True, hold=True))
    first = await start()
    await api.until(1)
    await first.kill()
    api.forgets_nonces = True  # only looking it up can tell
    await start(LEASE_OVER)
    sent = await until_state(database, "one", SENT)
    await until_state(database, "two", SENT)
    assert api.texts() == ["one", "two"] and sent.message_id == api.messages[0].id


async def test_an_hour_later_it_is_sent_once_and_says_that_it_is_late(
    api: DiscordApi, database: Database, start: Start
) -> None:
    await owe(database, "early", due=time.time() + 300)
    await owe(database, "later", due=time.time() + 9_000)
    await (await start()).kill()
    assert api.texts() == []
    await start(3_600)
    await until_state(database, "early", SENT)
    assert api.texts() == ["early (late by 55 min)"]
