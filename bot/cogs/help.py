"""``/help``: what one can do, with examples. A test holds that every command is in it."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import failures
from bot.cards.articles import card
from bot.client import DealwireBot
from bot.rights import manages

ASKING = """### Ask about the deals in the news
I answer with the sentence that says so, who said it and when; or that the articles don't say.
- `/ask question: when is the licence deadline?`
- `/ask question: is there a deal yet? as_of: last Friday`, what was known then
- mention me, write to me directly, or reply to one of my answers: “and who said that?”
- the menu of any message → Apps → **Ask about this**
Under an answer: the context of a quote, why this one, whether it helped."""

REMINDING = """### What is due
- `/deadlines list` and `/deadlines show`: what lies ahead, and which sentence says so; `/deadlines calendar`: a file of it for your calendar
- `/remind deadline: … when: 7 days, 1 hour`; or your own: `/remind deadline: call the notary on: Friday noon`
- `/reminders list`: yours, and what troubles them"""

ARTICLES = """### What I answer from
- `/articles list` and `/articles show`: the articles
- `/articles add link: https://…`, or with a file; or the menu of a message → Apps → **Add to the index**
- `/timezone`: yours, for what I remind you of"""

MANAGING = """### For who manages the server
- `/settings show`, `/settings server` (time zone, private answers, who may add articles, the hour deadlines are due) and `/settings channel` (answer every question there; the deal that it is about)
- `/articles remove`
- `/feedback`: what I could not answer, and what did not help"""

SELF = ("help", "health")  # the second is the operator's
LONGEST = 3_900  # Discord shows 4,000


class Help(commands.Cog):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot

    @app_commands.command(description="What you can ask and do here, with examples.")
    async def help(self, interaction: discord.Interaction[DealwireBot]) -> None:
        try:
            text = text_for(self.bot.tree, manages=interaction.guild_id is None or manages(interaction))
            await interaction.response.send_message(view=card(text), ephemeral=True)
        except Exception as error:
            await failures.tell(interaction, error)


def text_for(tree: app_commands.CommandTree[Any], *, manages: bool) -> str:
    """Commands that have no words here are told with their own: their groups, then where there is room more."""
    written = "\n".join([ASKING, REMINDING, ARTICLES, *([MANAGING] if manages else [])])
    known = ASKING + REMINDING + ARTICLES + MANAGING
    lines = []
    for command in sorted(tree.get_commands(type=discord.AppCommandType.chat_input), key=lambda each: each.name):
        leaves = list(command.walk_commands()) if isinstance(command, app_commands.Group) else [command]
        names = [each.qualified_name for each in leaves if not isinstance(each, app_commands.Group)]
        new = [f"`/{name}`" for name in names if f"/{name}" not in known and name not in SELF]
        hidden = command.default_permissions is not None and not manages
        if new and not hidden:
            lines.append(f"- {', '.join(new)}: {command.description[:1].lower()}{command.description[1:]}")
    menus = [each.name for each in tree.get_commands(type=discord.AppCommandType.message) if each.name not in known]
    if menus:
        lines.append(f"- in the menu of a message → Apps: {', '.join(f'**{name}**' for name in menus)}")
    return "\n".join([written, "### And more", *lines])[:LONGEST] if lines else written


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(Help(bot))
