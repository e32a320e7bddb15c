"""The buttons of deadlines: pages, Keep and Discard of a draft, Undo, Remind me, and a manager's word on a dispute.

They survive a restart. What a button names is looked up within the server, or the person, that the press comes from.
"""

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.cards import deadlines as cards
from bot.cards.articles import card
from bot.cards.text import line
from bot.lasting import LastingButton
from bot.reminders import own as own_reminders
from bot.reminders.entries import Entries, Entry, entries
from bot.reminders.leads import parse_lead
from bot.reminders.since import since
from bot.reminders.wishes import confirmed
from bot.rights import as_manager, manages
from bot.store import disputes
from bot.store import own as own_store
from bot.store import reminders as store
from bot.store.own import Own
from index.errors import UsageError
from index.models import Scope
from index.store.articles import article_ids
from index.store.deals import Deal, list_deals

if TYPE_CHECKING:
    from bot.client import DealwireBot

GREY, GREEN, RED = discord.ButtonStyle.secondary, discord.ButtonStyle.success, discord.ButtonStyle.danger
LEADS = {"7d": "7 days ahead", "1d": "1 day ahead", "1h": "1 hour ahead", "0": "At the time"}
GONE = "That deadline is not in my books any more."
NOT_YOURS = "Only whoever added this deadline, or manages the server, can change it."
KEPT = "**{what}** is on the list. /remind reminds you of it."
DISCARDED = "Nothing was added."
BACK = "**{what}** is on the list again, with its reminders."
HIDDEN = "{who} decided: it is no deadline, or on a wrong day. It stays hidden here, and its reminders ended."
SHOWN = "{who} decided: it stands, and is on the list again."
DECIDED = "That was decided already."


class DeadlineButton(
    LastingButton,
    template=r"dl:(?P<verb>[a-z]{1,8}):(?P<named>[ao]?\d{1,18})(?::(?P<extra>[\w-]{1,24}))?",
):
    async def press(self, interaction: discord.Interaction[Any]) -> None:
        if self.verb == "remind":
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.followup.send(await _remind(interaction, self.named, self.extra), ephemeral=True)
            return
        await interaction.response.defer()
        if self.verb == "page":
            view = await page(interaction, self.number, self.extra)
        elif self.verb in ("keep", "discard", "undo"):
            view = await _own(interaction, self.verb, self.number)
        elif self.verb in ("uphold", "dismiss"):
            view = await _decide(interaction, self.number, upheld=self.verb == "uphold")
        else:
            raise UsageError(GONE)
        await interaction.edit_original_response(view=view, allowed_mentions=discord.AllowedMentions.none())


def button(
    verb: str, named: str, label: str, extra: str = "", *, style: discord.ButtonStyle = GREY, off: bool = False
) -> DeadlineButton:
    name = f"dl:{verb}:{named}" + (f":{extra}" if extra else "")
    made: ui.Button[Any] = ui.Button(label=label, style=style, custom_id=name, disabled=off)
    return DeadlineButton(made, verb, named, extra)


async def page(interaction: discord.Interaction["DealwireBot"], number: int, extra: str) -> ui.LayoutView:
    """``extra``: the deal's number (0: all) and whether past ones are wanted, as “3-1”."""
    bot = interaction.client
    deal_part, _, all_part = extra.partition("-")
    everything = all_part == "1"
    found = await entries(bot, interaction.guild_id, interaction.user.id)
    shown, deal = await _of_deal(interaction, found, int(deal_part or 0), everything)
    pages = max(1, (len(shown) + cards.PAGE - 1) // cards.PAGE)
    number = min(number, pages - 1)
    text = cards.listing(shown, number, found.now, deal.name if deal else None, everything=everything)
    if pages == 1:
        return card(text)
    back = button("page", str(max(0, number - 1)), "‹ sooner", extra, off=number == 0)
    ahead = button("page", str(number + 1), "later ›", extra, off=number + 1 >= pages)
    return card(text, back, ahead)


async def _of_deal(
    interaction: discord.Interaction["DealwireBot"], found: Entries, deal_id: int, everything: bool
) -> tuple[list[Entry], Deal | None]:
    shown = found.shown(everything=everything)
    if not manages(interaction):
        shown = [each for each in shown if each.dispute is None]
    if not deal_id:
        return shown, None
    async with interaction.client.library.database.read() as connection:
        seen = [*await list_deals(connection, interaction.guild_id), *await list_deals(connection, None)]
        deal = next((each for each in seen if each.id == deal_id), None)
        if deal is None:
            return [], None
        ids = set(await article_ids(connection, Scope(server_id=interaction.guild_id, deal_id=deal_id)))
    return [each for each in shown if each.deadline is not None and each.deadline.told.article_id in ids], deal


async def shown_one(interaction: discord.Interaction["DealwireBot"], entry: Entry, now_ahead: bool) -> ui.LayoutView:
    """One deadline, with what may be done about it."""
    happened = await since(interaction.client, entry.subject, interaction.guild_id)
    buttons: list[ui.Item[Any]] = []
    if now_ahead:
        buttons = [button("remind", entry.key, f"⏰ {label}", lead) for lead, label in LEADS.items()]
    view = card(cards.one(entry, happened), *buttons)
    if entry.dispute is not None and entry.dispute.state == disputes.OPEN and manages(interaction):
        view.add_item(ui.ActionRow(*decisions(entry.dispute.id)))
    return view


def decisions(dispute_id: int) -> list[ui.Item[Any]]:
    return [
        button("uphold", str(dispute_id), "Hide it for good", style=RED),
        button("dismiss", str(dispute_id), "It stands", style=GREEN),
    ]


async def _remind(interaction: discord.Interaction["DealwireBot"], named: str, lead: str) -> str:
    bot = interaction.client
    entry = (await entries(bot, interaction.guild_id, interaction.user.id)).named(named)
    async with bot.library.database.write() as connection:
        made = await store.remind_person(
            connection,
            entry.subject,
            parse_lead(lead),
            person_id=interaction.user.id,
            server_id=interaction.guild_id,
            own_id=entry.own.id if entry.own else None,
            now=bot.now(),
        )
        clock = await store.clock_of(connection, made)
    bot.deliverer.wake()
    return confirmed(made, clock, bot.now())


def may_change(interaction: discord.Interaction[Any], own: Own) -> bool:
    return own.person_id == interaction.user.id or (interaction.guild_id is not None and manages(interaction))


async def _own(interaction: discord.Interaction["DealwireBot"], verb: str, own_id: int) -> ui.LayoutView:
    bot, person = interaction.client, interaction.user.id
    async with bot.library.database.write() as connection:
        found = await own_store.get(connection, own_id, interaction.guild_id, person, removed=True)
        if found is None:
            raise UsageError(GONE)
        if not may_change(interaction, found):
            raise UsageError(NOT_YOURS)
        if verb == "discard":
            return card(DISCARDED)
        if verb == "undo":
            await own_reminders.restore(connection, found, bot.now())
            text = BACK
        else:
            await own_store.keep(connection, found)
            text = KEPT
    bot.deliverer.wake()
    return card(text.format(what=line(found.what, 200)))


async def _decide(interaction: discord.Interaction["DealwireBot"], dispute_id: int, *, upheld: bool) -> ui.LayoutView:
    bot, server_id = interaction.client, as_manager(interaction)
    async with bot.library.database.write() as connection:
        found = await disputes.get(connection, dispute_id, server_id)
        if found is None:
            raise UsageError(GONE)
        if found.state != disputes.OPEN:
            raise UsageError(DECIDED)
        await own_reminders.decide(connection, found, upheld=upheld, person_id=interaction.user.id, now=bot.now())
    bot.deliverer.wake()
    said = (HIDDEN if upheld else SHOWN).format(who=interaction.user.mention)
    return card(f"### Disputed: {line(found.what, 200)}\n{cards.dispute_words(found)}\n{said}")
