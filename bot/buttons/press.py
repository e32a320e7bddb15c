"""One press of a button: found again from its id, checked, acknowledged, handed to its job.

An id in a button is a claim, not a right: the answer is looked up within the server that the press comes from, a stranger
must press it on the very message that shows it, and what is the asker's only the asker may press.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.lasting import LastingButton
from bot.store import answers
from bot.store.answers import Asked

if TYPE_CHECKING:
    from bot.client import DealwireBot

GONE = "I no longer have that answer; ask again with /ask."
NOT_YOURS = "Those buttons belong to whoever asked; ask with /ask and you get your own."


@dataclass(frozen=True, slots=True)
class Press:
    """Who pressed what, on which answer; acknowledged already unless its job ``answers_itself``."""

    bot: "DealwireBot"
    interaction: discord.Interaction[Any]
    asked: Asked
    extra: str

    @property
    def person_id(self) -> int:
        return self.interaction.user.id

    async def say(self, *, text: str = "", view: ui.LayoutView | None = None) -> None:
        """Privately."""
        if view is not None:
            await self.interaction.followup.send(view=view, ephemeral=True)
        else:
            await self.interaction.followup.send(text, ephemeral=True)


@dataclass(frozen=True, slots=True)
class Job:
    module: str  # of ``bot.buttons``, with ``async def press(press: Press)``
    askers_only: bool = True
    answers_itself: bool = False


JOBS = {
    "remind": Job("remind"),
    "context": Job("context"),
    "why": Job("why"),
    "helpful": Job("votes", askers_only=False),
    "unhelpful": Job("votes", askers_only=False),
    "share": Job("share", answers_itself=True),
    "page": Job("pages", answers_itself=True),
}


def custom_id(verb: str, answer_id: int, extra: str = "") -> str:
    return f"dw:{verb}:{answer_id}" + (f":{extra}" if extra else "")


class AnswerButton(LastingButton, template=r"dw:(?P<verb>[a-z]{1,12}):(?P<named>\d{1,18})(?::(?P<extra>[\w-]{1,24}))?"):
    async def press(self, interaction: discord.Interaction[Any]) -> None:
        job = JOBS.get(self.verb)
        if job is None:
            await refuse(interaction, GONE)
            return
        if not job.answers_itself:
            await interaction.response.defer(ephemeral=True, thinking=True)
        bot = interaction.client
        async with bot.library.database.read() as connection:
            asked = await answers.get(connection, self.number, interaction.guild_id)
        refusal = _refusal(job, asked, interaction)
        if asked is None or refusal:
            await refuse(interaction, refusal)
            return
        run: Callable[[Press], Awaitable[None]] = import_module(f"bot.buttons.{job.module}").press
        await run(Press(bot, interaction, asked, self.extra or self.verb))


def _refusal(job: Job, asked: Asked | None, interaction: discord.Interaction[Any]) -> str:
    if asked is None:
        return GONE
    if interaction.user.id == asked.asker_id:
        return ""
    on_its_message = interaction.message is not None and interaction.message.id == asked.message_id
    if asked.private or not on_its_message:
        return GONE  # of somebody else's private answer not even its existence is told
    return NOT_YOURS if job.askers_only else ""


async def refuse(interaction: discord.Interaction[Any], said: str) -> None:
    """A kind private line."""
    if interaction.response.is_done():
        await interaction.followup.send(said, ephemeral=True)
    else:
        await interaction.response.send_message(said, ephemeral=True)
