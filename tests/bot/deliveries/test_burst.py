"""Many reminders at once by real processes: killed in between, or two at a time, within Discord's limits."""

import re
import time

from index.store.database import Database
from tests.bot.deliveries.conftest import CHANNEL, LEASE_OVER, PERSON, Start, remind, until_none_is_due
from tests.helpers.discord_api import DiscordApi

MANY, CHANNELS = 60, 6
THOUSAND = 1_000


async def all_at_once(database: Database, many: int = MANY) -> None:
    """In every channel and as direct messages, due in two different minutes; the later ones are set first."""
    minute = time.time() // 60 * 60
    for number in reversed(range(many)):
        place = number % (CHANNELS + 1)
        channel = CHANNEL + place if place < CHANNELS else None
        due = minute - 60 * (number < many // 2)
        await remind(database, f"matter {number}", due, channel=channel, person=PERSON + number)


def numbers(api: DiscordApi, channel: int | None = None) -> list[int]:
    return [int(re.findall(r"matter (\d+)", text)[0]) for text in api.texts(channel)]


def is_each_once_and_in_order(api: DiscordApi, many: int = MANY) -> None:
    assert sorted(numbers(api)) == list(range(many))
    for place in range(CHANNELS):
        halves = [number >= many // 2 for number in numbers(api, CHANNEL + place)]
        assert halves == sorted(halves)  # what was due a minute earlier came earlier


async def test_killed_again_and_again_during_a_burst(api: DiscordApi, database: Database, start: Start) -> None:
    await all_at_once(database, THOUSAND)
    api.forgets_nonces = True  # only looking them up can tell which are there
    for killed, there in enumerate((70, 250, 450)):
        process = await start(killed * LEASE_OVER)
        await api.until(there)
        await process.kill()
    await start(3 * LEASE_OVER)
    await api.until(THOUSAND)
    await until_none_is_due(database, time.time())
    is_each_once_and_in_order(api, THOUSAND)


async def test_two_processes_keep_the_limits_and_send_nothing_twice(
    api: DiscordApi, database: Database, start: Start
) -> None:
    api.limit, api.overall, api.forgets_nonces = (5, 0.4), (50, 1.0), True
    await all_at_once(database)
    processes = [await start(), await start()]
    await api.until(MANY)
    await until_none_is_due(database, time.time())
    for each in processes:
        await each.looks()
    assert sorted(numbers(api)) == list(range(MANY))


async def test_a_burst_goes_out_in_order_and_is_never_refused(
    api: DiscordApi, database: Database, start: Start
) -> None:
    api.limit, api.overall = (5, 0.4), (50, 1.0)
    await all_at_once(database)
    await start()
    await api.until(MANY)
    is_each_once_and_in_order(api)
    assert api.limited == 0
