"""What people are told when something fails, in Discord. Owns the sentences, and the reference that finds the traceback.

An expected failure has its own sentence, which is about what they asked; what concerns the operator (a path, a server's
address) stays in the log. Anything unexpected gets one sentence with a short reference, and the log has the rest.
"""

import logging
import secrets
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import discord
from discord import app_commands

from bot.cards.text import safe
from index.errors import DealwireError, ModelError, StoreError

if TYPE_CHECKING:
    from bot.client import DealwireBot

log = logging.getLogger(__name__)

P = ParamSpec("P")
Cog = TypeVar("Cog")
Asking = TypeVar("Asking", bound=discord.Interaction[Any])

AWAY = "I can't get at my articles just now; nothing is lost, please try again in a minute."
NO_MODEL = (
    "I can't read just now: my model did not load. Whoever runs me finds the reason in the log, under {reference}."
)
UNEXPECTED = "Something went wrong on my side, sorry. Whoever runs me finds it in the log, under {reference}."
NO_PERMISSION = "You need the permission {needed} on this server for that."
NOT_HERE = "That works on a server only."
STOPPING = "I am being restarted; ask again in a minute."
MAY_NOT = (
    "I may not do that in this channel; ask somebody who manages the server to allow me View Channel, Send Messages, "
    "Embed Links and Attach Files here (channel settings → Permissions)."
)
GONE = "What that belongs to is gone: the channel or the message was deleted."


def sentence(error: BaseException) -> str:
    """For the person, harmless to show; logs what the operator needs. Never raises."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, StoreError):
        log.warning("%s", error)
        return AWAY
    if isinstance(error, ModelError):
        return NO_MODEL.format(reference=_logged(error))
    if isinstance(error, DealwireError):
        return safe(str(error), 1_500)
    if isinstance(error, app_commands.MissingPermissions):
        return NO_PERMISSION.format(
            needed=", ".join(each.replace("_", " ").title() for each in error.missing_permissions)
        )
    if isinstance(error, app_commands.NoPrivateMessage):
        return NOT_HERE
    if isinstance(error, discord.Forbidden):
        return MAY_NOT
    if isinstance(error, discord.NotFound):
        return GONE
    return UNEXPECTED.format(reference=_logged(error))


def _logged(error: BaseException) -> str:
    reference = secrets.token_hex(3)
    log.error("%s: %s", reference, type(error).__name__, exc_info=error)
    return reference


async def tell(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Privately; where a public “is thinking …” stands already, in its place."""
    said = sentence(error)
    with suppress(discord.HTTPException):  # the interaction may be over, or the channel gone
        if interaction.response.is_done():
            await interaction.followup.send(said, ephemeral=True)
        else:
            await interaction.response.send_message(said, ephemeral=True)


def told(
    callback: Callable[Concatenate[Cog, Asking, P], Coroutine[Any, Any, None]],
) -> Callable[Concatenate[Cog, Asking, P], Coroutine[Any, Any, None]]:
    """For a command: whatever it raises is told to the person who gave it."""

    async def telling(cog: Cog, interaction: Asking, /, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            await callback(cog, interaction, *args, **kwargs)
        except Exception as error:
            await tell(interaction, error)

    update_wrapper(telling, callback)  # discord.py reads the options off the signature
    return telling


class Tree(app_commands.CommandTree["DealwireBot"]):
    """The commands; what one of them did not expect is told here, in one sentence."""

    async def interaction_check(self, interaction: discord.Interaction["DealwireBot"], /) -> bool:
        """While the bot finishes what it began, nothing new begins."""
        if not interaction.client.stopping:
            return True
        if interaction.type is not discord.InteractionType.autocomplete:
            with suppress(discord.HTTPException):
                await interaction.response.send_message(STOPPING, ephemeral=True)
        return False

    async def on_error(
        self, interaction: discord.Interaction["DealwireBot"], error: app_commands.AppCommandError, /
    ) -> None:
        await tell(interaction, error)
