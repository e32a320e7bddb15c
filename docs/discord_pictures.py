"""The part of ``make pictures`` that shows Discord: the demo's own page, photographed in a real browser.

Wants Chromium (Debian: apt install chromium) and the extra ``pictures``. Everything in the pictures was said by the
running bot; only the frame around the channel is cut away, but for the picture of the page itself.
"""

import asyncio
import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, async_playwright
from simcord.actors import MemberActor

from bot.demo.page import serve
from bot.demo.samples import read_samples
from bot.demo.world import World, opened_world

PICTURES = Path(__file__).parent / "pictures"
LAST_DAY = "2026-10-01"  # all of the sample articles have landed
QUESTIONS = {
    "discord-answer": "when's the markets council ruling on the ferries due?",
    "discord-disagree": "will the merger cost any crew jobs?",
    "discord-not-told": "what does a tonne of neodymium cost?",
}
DEAL = {"name": "Ferry merger", "about": "The merger of the ferry lines Pellow Steam Packet and Norrey Line"}
TIMELINE_DAY = "2026-09-25"
SIZE = {"width": 1180, "height": 860}
# As root, and where nothing outside may be reached.
BROWSER = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


async def main() -> None:
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser_path is None:
        raise SystemExit("The pictures of Discord need Chromium; on Debian and Ubuntu: apt install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path, args=BROWSER)
        async with opened_world(read_samples()) as world:
            await world.bob.slash(world.channel, "ask", question="when is the licence deadline?")
            await photograph(world, browser, {}, whole="demo")
        async with opened_world(read_samples()) as world:
            await wind_to_the_end(world, world.ann)
            cards = {}
            for name, question in QUESTIONS.items():
                await world.bob.slash(world.channel, "ask", question=question)
                message = world.channel.last_message
                assert message is not None
                cards[name] = message.id
            save("timeline", await timeline_of(world))
            await photograph(world, browser, cards)
        await browser.close()


async def timeline_of(world: World) -> bytes:
    """The picture that the bot attaches to ``/timeline``, as it sent it."""
    await world.ann.slash(world.channel, "deal add", **DEAL)
    result = await world.bob.slash(world.channel, "timeline", deal=DEAL["name"], as_of=TIMELINE_DAY)
    message = (result.followups or [result.response])[-1]
    assert message is not None
    [picture] = [each for each in message.attachments if each.filename.endswith(".png")]
    return await picture.read()


async def wind_to_the_end(world: World, who: MemberActor) -> None:
    await who.slash(world.channel, "clock", other=LAST_DAY)
    await world.wind(world.requests.get_nowait())


async def photograph(world: World, browser: object, cards: dict[str, int], whole: str = "") -> None:
    """Each message of ``cards`` alone, and the ``whole`` page, as small PNGs."""
    opened: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(world, port=0, on_open=opened.set_result))
    page: Page = await browser.new_page(viewport=SIZE, device_scale_factor=1.5)  # type: ignore[attr-defined]
    await page.goto(await opened)
    await page.wait_for_selector("#channel-composer-input")
    await page.wait_for_timeout(2500)  # fonts
    for name, message_id in cards.items():
        card = page.locator(f".channel-message[data-message-id='{message_id}']")
        await card.scroll_into_view_if_needed()
        save(name, await card.screenshot())
    if whole:
        save(whole, await page.screenshot())
    await page.close()
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)


def save(name: str, png: bytes) -> None:
    """With 128 colours: a dark page needs no more, and the repository stays small."""
    picture = (
        Image.open(BytesIO(png)).convert("RGB").quantize(128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    )
    picture.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    asyncio.run(main())
