"""Discord refuses, stumbles or is cut off: each reminder arrives once, and what cannot arrive is kept and shown."""

import time

from bot.reminders.plan import Clock
from bot.reminders.wishes import row
from bot.store import deliveries as store
from bot.store import reminders
from index.store.database import Database
from tests.bot.deliveries.conftest import CHANNEL, PERSON, Start, remind, until_none_is_due
from tests.helpers.discord_api import DiscordApi, Fault

HOUR = 3_600.0


async def test_every_fault_is_got_over(api: DiscordApi, database: Database, start: Start) -> None:
    faults = {
        "slow down": Fault(status=429, retry_after=0.3, times=2),
        "broken": Fault(status=500),
        "away": Fault(status=503, times=2),
        "cut off": Fault(times=2),
        "cut off when it was there": Fault(stored=True),
        "broken when it was there": Fault(status=502, stored=True),
        "none": Fault(times=0),
    }
    now = time.time()
    for number, (what, fault) in enumerate(faults.items()):
        fault.channel = CHANNEL + number
        if fault.times:
            api.faults.append(fault)
        await remind(database, what, now, channel=fault.channel)
        await remind(database, f"{what}, and after", now + 60, channel=fault.channel)
    await start(60)
    await api.until(2 * len(faults))
    await until_none_is_due(database, now + 60)
    for number, what in enumerate(faults):
        heads = [text.split("\n")[0] for text in api.texts(CHANNEL + number)]
        assert heads == [f"### ⏰ {what}", f"### ⏰ {what}, and after"]
    assert not api.faults


async def test_a_long_limit_is_waited_out_without_being_asked_again(
    api: DiscordApi, database: Database, start: Start
) -> None:
    due = time.time()
    await remind(database, "patience", due)
    api.faults.append(Fault(status=429, retry_after=300.0))
    process = await start()
    key, put_off = f"reminder:1:{int(due // 60 * 60)}:0", None
    while put_off is None or put_off.error is None:
        await process.looks(1)
        async with database.read() as connection:
            put_off = await store.by_key(connection, key)
    await process.looks(3)
    assert put_off.state == store.OWED and put_off.error == "Discord's rate limit"
    assert len(api.requests) == 1 and not api.messages
    await process.kill()
    await start(301)
    await api.until(1)


async def test_a_restart_an_hour_late_sends_each_once_and_says_so(
    api: DiscordApi, database: Database, start: Start
) -> None:
    now = time.time() // 60 * 60
    for number in range(5):
        await remind(database, f"matter {number}", now + 300, channel=CHANNEL + number % 2)
    first = await start()
    await first.looks()
    await first.kill()
    assert not api.messages
    second = await start(HOUR + 300)
    await api.until(5)
    await second.looks()
    assert len(api.messages) == 5
    assert all("This comes 1 hour late" in text for text in api.texts())


async def test_what_cannot_arrive_is_kept_shown_and_tried_again(
    api: DiscordApi, database: Database, start: Start
) -> None:
    gone, shut, unseen = CHANNEL, CHANNEL + 1, CHANNEL + 2
    api.gone = {gone: (404, 10003), shut: (403, 50013), unseen: (403, 50001)}
    api.closed, api.left = {PERSON + 1}, {PERSON + 2}
    why = {
        "channel deleted": (gone, PERSON, "the channel is gone"),
        "permission lost": (shut, PERSON, "I may not write in the channel"),
        "channel hidden": (unseen, PERSON, "I may not see the channel"),
        "messages closed": (None, PERSON + 1, "that person takes no direct messages from me"),
        "person left": (None, PERSON + 2, "that person shares no server with me any more"),
    }
    now = time.time()
    made = {
        what: await remind(database, what, now, channel=channel, person=person)
        for what, (channel, person, _) in why.items()
    }
    process = await start()
    await api.until(3)
    await until_none_is_due(database, now)
    told = api.texts(PERSON + 1_000)  # whoever set a channel's reminder hears of it directly
    for what, (channel, _, reason) in why.items():
        said = [text for text in told if f"“{what}”" in text]
        assert len(said) == (channel is not None) and all(reason in text for text in said)
    async with database.read() as connection:
        failed = await store.undeliverable_about(connection, [each.about for each in made.values()])
        rows = {what: await reminders.get(connection, each.id) for what, each in made.items()}
    for what, reminder in rows.items():  # as a line of /reminders list
        assert reminder and why[what][2] in row(reminder, Clock(), now, failed[reminder.about])
    health = await process.health()
    assert "5 undeliverable" in health and all(reason in health for *_, reason in why.values())
    api.gone, api.closed, api.left = {}, set(), set()
    async with database.write() as connection:
        for each in made.values():
            assert await store.try_again(connection, each.about, now) == 1
    await api.until(8)
    await until_none_is_due(database, now)
    assert sorted(text.split("\n")[0] for text in api.texts() if "⏰" in text) == sorted(
        f"### ⏰ {what}" for what in why
    )
