"""The demo's conversation in a terminal: the same bot, people, buttons and clock as on the page."""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord
from rich.console import Console
from simcord.actors import MemberActor
from simcord.backend.errors import BackendError, SetupError
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult

from bot.demo.terminal import Control, controls, shown
from bot.demo.words import parse
from bot.demo.world import World
from index.errors import UsageError

HELP = """\
A question        asks it: when is the licence deadline?
/command          any command of the bot, as in /ask question: … private: yes; /help shows them
3, or 3 text      presses the button with that number; in a menu, chooses what has that text
as bob, as ann    be the other person (Ann manages the server)
say …             an ordinary message in the channel
/clock            winds the time; the news of the days between arrives
quit"""


async def converse(world: World, console: Console | None = None) -> None:
    """Until the person quits or the input ends."""
    chat = _Chat(world, console or Console(highlight=False))
    chat.out.print(f"It is {world.now:%-d %B %Y}, and you are {chat.name}, in #{world.channel.name}.")
    chat.out.print("Ask something: when is the licence deadline? (? shows what else you can do)", style="dim")
    chat.prompt()
    async for line in _lines():
        if line.strip().lower() in {"quit", "exit", "bye"}:
            return
        if line.strip():
            await chat.step(line.strip())
        chat.prompt()


async def _lines() -> AsyncIterator[str]:
    """Standard input, read by a thread that does not keep the process from ending."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    while (line := await lines.get()) is not None:
        yield line


class _Chat:
    def __init__(self, world: World, out: Console) -> None:
        self.world = world
        self.out = out
        self.who: MemberActor = world.bob
        self.seen: dict[int, str] = {}  # how each message looked when it was printed
        self.controls: list[Control] = []
        self.asked: InteractionResult | None = None  # a form that waits to be filled in
        self.fields: list[dict[str, Any]] = []
        self.filled: dict[str, Any] = {}

    @property
    def name(self) -> str:
        return "Ann" if self.who is self.world.ann else "Bob"

    def prompt(self) -> None:
        if not self.fields:
            self.out.print(f"[bold]{self.name}>[/] ", end="")
        else:
            self.out.print(f"[bold]{self.fields[0]['label']}:[/] ", end="")
        self.out.file.flush()

    async def step(self, line: str) -> None:
        try:
            await self._act(line)
        except (UsageError, SetupError, BackendError, discord.HTTPException) as error:
            self.out.print(str(error), style="yellow", markup=False)
        await self._show_new()

    async def _act(self, line: str) -> None:
        if self.fields:
            await self._fill(line)
        elif line == "?":
            self.out.print(HELP, style="dim", markup=False)
        elif line.lower() in {"as ann", "as bob"}:
            self.who = self.world.ann if line.lower().endswith("ann") else self.world.bob
        elif line.split()[0].isdigit():
            await self._press(int(line.split()[0]), line.partition(" ")[2].strip())
        elif line.lower().startswith("say "):
            await self.who.send(self.world.channel, line[4:])
        elif line.startswith("/"):
            typed = parse(line, self.world.bot.tree, {"channel": self._channel, "user": self._person})
            self._form(await self.who.slash(self.world.channel, typed.name, **typed.options))
        else:
            self._form(await self.who.slash(self.world.channel, "ask", question=line))
        while not self.world.requests.empty():
            landed = await self.world.wind(self.world.requests.get_nowait())
            if landed:
                self.out.print(f"({landed} articles arrived)", style="dim")

    async def _press(self, number: int, words: str) -> None:
        if not 1 <= number <= len(self.controls):
            raise UsageError("There is no such button; the numbers stand in square brackets under the last messages.")
        control = self.controls[number - 1]
        message = next(each for each in self._messages() if each.id == control.message_id)
        if not control.options:
            self._form(await self.who.click(message, custom_id=control.custom_id))
            return
        chosen = [value for label, value in control.options if words.lower() in label.lower()]
        if len(chosen) != 1:
            raise UsageError(f"Choose one: {number} " + " | ".join(label for label, _ in control.options))
        self._form(await self.who.select(message, chosen, custom_id=control.custom_id))

    def _form(self, result: InteractionResult) -> None:
        """A modal is asked field by field."""
        if result.modal is None:
            return
        self.asked, self.filled, self.fields = result, {}, []
        for each in result.modal.get("components") or []:
            inner = each.get("component") or next(iter(each.get("components") or []), None)
            if inner and inner.get("custom_id"):
                label = each.get("label") or inner.get("label") or inner["custom_id"]
                self.fields.append({"custom_id": inner["custom_id"], "label": label})

    async def _fill(self, line: str) -> None:
        self.filled[self.fields.pop(0)["custom_id"]] = line
        if not self.fields and self.asked is not None:
            asked, self.asked = self.asked, None
            self._form(await self.who.submit_modal(asked, self.filled))

    def _channel(self, words: str) -> ChannelHandle:
        found = self.world.ann.guild.channels.get(words.lstrip("#"))
        if found is None:
            raise UsageError(f"There is no channel {words}; there is #{self.world.channel.name}.")
        return found

    def _person(self, words: str) -> MemberActor:
        people = {"ann": self.world.ann, "bob": self.world.bob}
        if words.lstrip("@").lower() not in people:
            raise UsageError(f"There is nobody called {words} here; there are @ann and @bob.")
        return people[words.lstrip("@").lower()]

    def _messages(self) -> list[discord.Message]:
        own = self.who.user.dm_channel.history(viewer=self.who.user)
        return [*self.world.channel.history(viewer=self.who), *own]

    async def _show_new(self) -> None:
        """What is new to the terminal, or looks otherwise than before; its buttons get numbers."""
        fresh = []
        for message in self._messages():
            looks = f"{message.content}{[each.to_dict() for each in message.components]}"
            if self.seen.get(message.id) != looks and not message.flags.loading:
                self.seen[message.id] = looks
                fresh.append(message)
        if any(controls(message) for message in fresh):
            self.controls = []
        for message in fresh:
            whose = " (only you see this)" if message.flags.ephemeral else ""
            by = "Dealwire" if message.author == self.world.bot.user else message.author.display_name
            self.out.print(f"[cyan]{by}[/]{whose}", style="dim" if whose else None)
            self.out.print(shown(message, self.world.now))
            buttons = []
            for control in controls(message):
                self.controls.append(control)
                buttons.append(f"[{len(self.controls)}] {control.label}")
            if buttons:
                self.out.print("  " + "  ".join(buttons), style="magenta", markup=False)
            for attachment in message.attachments:
                await self._save(attachment)

    async def _save(self, attachment: discord.Attachment) -> None:
        """What a terminal cannot show, such as the timeline's picture, can be opened as a file."""
        path = Path(self.world.bot.settings.data_dir) / f"{attachment.id}-{Path(attachment.filename).name}"
        await attachment.save(path)
        self.out.print(f"  📎 {path}", style="dim", markup=False)
