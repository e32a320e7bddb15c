"""Why the bot does not start: one sentence and one exit status for each reason, with the place to fix it.

    10 there is no token     11 Discord refuses the token     12 a privileged intent is off
    13 it may write nowhere  14 Discord cannot be reached     15 the shards are not right

``docs/operating.md`` has the same list for service managers. Owns the translation of discord.py's exceptions.
"""

import aiohttp
import discord

from index.errors import DealwireError, UsageError

PORTAL = "discord.com/developers/applications"
NO_TOKEN = (
    "There is no token; put DISCORD_TOKEN=… into .env (it is on the page “Bot” of your application on "
    f"{PORTAL}), or look around without one: dealwire demo"
)
WRONG_TOKEN = (
    f"Discord does not know this token; press “Reset Token” on the page “Bot” of your application on {PORTAL}, and put "
    "the new one into .env as DISCORD_TOKEN=…"
)
NO_INTENT = (
    "The bot may not read messages; switch on “Message Content Intent” on the page “Bot” of your application on "
    f"{PORTAL}, and start again"
)
NO_PERMISSION = (
    "The bot may neither see channels nor write in any of its servers ({servers}); let somebody who manages the server "
    "open the link that this prints: dealwire invite"
)
UNREACHABLE = "Discord cannot be reached ({why}); check the network, and discordstatus.com"
WRONG_SHARDS = (
    "Discord refuses these shards ({why}); start every process with the same number of them, as --shards 0-3/16"
)
REFUSED = "Discord refused ({why}); try again in a few minutes"


class StartError(DealwireError):
    """The bot cannot start, or cannot go on; a restart does not help before somebody has mended it."""


class NoTokenError(StartError):
    exit_code = 10


class WrongTokenError(StartError):
    exit_code = 11


class NoIntentError(StartError):
    exit_code = 12


class NoPermissionError(StartError):
    exit_code = 13


class UnreachableError(StartError):
    """The only one that mends itself: a service manager may try again."""

    exit_code = 14


class WrongShardsError(UsageError):
    exit_code = 15


def told(error: BaseException) -> DealwireError | None:
    """What discord.py raised as a sentence; None where it is no failure that was expected."""
    if isinstance(error, DealwireError):
        return error
    if isinstance(error, discord.LoginFailure) or _closed_with(error, 4004):
        return WrongTokenError(WRONG_TOKEN)
    if isinstance(error, discord.PrivilegedIntentsRequired) or _closed_with(error, 4013, 4014):
        return NoIntentError(NO_INTENT)
    if _closed_with(error, 4010, 4011):
        return WrongShardsError(WRONG_SHARDS.format(why=f"code {error.code}"))  # type: ignore[attr-defined]
    if isinstance(error, discord.HTTPException) and error.status == 401:
        return WrongTokenError(WRONG_TOKEN)
    if isinstance(error, discord.DiscordServerError | discord.GatewayNotFound):
        return UnreachableError(UNREACHABLE.format(why=f"it answers with status {getattr(error, 'status', 500)}"))
    if isinstance(error, discord.HTTPException | discord.ConnectionClosed):
        return UnreachableError(REFUSED.format(why=" ".join(str(error).split())[:200]))
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return UnreachableError(UNREACHABLE.format(why=f"the name {error.host} is not found"))
    if isinstance(error, TimeoutError):
        return UnreachableError(UNREACHABLE.format(why="it does not answer"))
    if isinstance(error, aiohttp.ClientError | OSError):
        return UnreachableError(UNREACHABLE.format(why=" ".join(str(error).split())[:200] or type(error).__name__))
    return None


def _closed_with(error: BaseException, *codes: int) -> bool:
    return isinstance(error, discord.ConnectionClosed) and error.code in codes
