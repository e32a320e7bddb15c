"""What the bot must be allowed on a server, each with its reason; nothing else is asked for.

The invitation, ``dealwire doctor``, the check at the start and the sentences to people all come from the one table.
Answers to slash commands need no permission at all: Discord delivers them by themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import discord

SCOPES = ("bot", "applications.commands")


@dataclass(frozen=True, slots=True)
class Need:
    name: str  # as discord.py calls it
    label: str  # as Discord's settings call it
    why: str


NEEDS = (
    Need("view_channel", "View Channels", "to see the channels where it is mentioned, or that it watches"),
    Need("send_messages", "Send Messages", "to answer mentions, and to post reminders and news"),
    Need("send_messages_in_threads", "Send Messages in Threads", "to answer in threads"),
    Need("embed_links", "Embed Links", "to show answers as cards"),
    Need("attach_files", "Attach Files", "to show a timeline as a picture"),
    Need("read_message_history", "Read Message History", "to reply to a message, and to understand a follow-up"),
)
WRITING = ("view_channel", "send_messages", "embed_links")  # without these it cannot post in a channel


def least() -> discord.Permissions:
    """All that the bot uses."""
    return discord.Permissions(**{need.name: True for need in NEEDS})


def invitation(application_id: int) -> str:
    """The link that adds the bot to a server with what it needs."""
    return discord.utils.oauth_url(application_id, permissions=least(), scopes=SCOPES)


def missing(allowed: discord.Permissions, names: Iterable[str] | None = None) -> list[Need]:
    """What is needed (of ``names``, else of all) and not allowed, in the table's order."""
    if allowed.administrator:
        return []
    wanted = set(names) if names is not None else {need.name for need in NEEDS}
    return [need for need in NEEDS if need.name in wanted and not getattr(allowed, need.name)]


def labels(needs: Iterable[Need]) -> str:
    """“View Channels and Send Messages”."""
    named = [need.label for need in needs]
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def lacking_in(channel: str, needs: Iterable[Need]) -> str:
    """The sentence for a person who wants something posted where the bot may not."""
    return (
        f"I may not post in {channel} yet; ask somebody who manages the server to allow me {labels(needs)} there "
        "(channel settings → Permissions)."
    )


def lacking(channel: discord.abc.GuildChannel | discord.Thread) -> list[Need]:
    """What the bot needs to post in a channel and does not have."""
    allowed = channel.permissions_for(channel.guild.me)
    names = set(WRITING)
    if isinstance(channel, discord.Thread):
        names = names - {"send_messages"} | {"send_messages_in_threads"}
    return missing(allowed, names)
