"""The buttons under a post: Ask about this, Remind me, Mute this story. They carry the post's id, and so outlive a restart."""

from typing import Any

import discord
from discord import ui

from bot import failures
from bot.buttons.deadlines import shown_one
from bot.cards.post import post_card
from bot.lasting import LastingButton
from bot.posts.content import Content
from bot.reminders.entries import Entries, Entry, entries
from bot.reminders.subject import Subject, find, now_holds
from bot.store import posts
from bot.store.posts import Post
from index.store.deals import get_deal

GREY = discord.ButtonStyle.secondary
GONE = "This post is not in my books any more."
MAY_NOT = "Only who may manage messages here can mute a story for all."
MUTED = "Muted: further reports of this story are not posted here for two weeks. They can still be asked about."
HEARD = "The story is heard of again."
BEHIND = "The days that this article told are behind us, or were given up. What lies ahead: /deadlines list"


def buttons_of(post: Post) -> list[ui.Item[Any]]:
    made = [_button("ask", post.id, "Ask about this")]
    if dated(post.content):
        made.append(_button("remind", post.id, "Remind me", emoji="⏰"))
    return [*made, _button("mute", post.id, "Unmute this story" if post.muted else "Mute this story")]


def _button(verb: str, post_id: int, label: str, emoji: str | None = None) -> "PostButton":
    made: ui.Button[Any] = ui.Button(label=label, style=GREY, custom_id=f"post:{verb}:{post_id}", emoji=emoji)
    return PostButton(made, verb, post_id)


class PostButton(LastingButton, template=r"post:(?P<verb>ask|remind|mute):(?P<named>\d+)"):
    async def press(self, interaction: discord.Interaction[Any]) -> None:
        async with interaction.client.library.database.read() as connection:
            post = await posts.get(connection, self.number, interaction.guild_id)
        if post is None:
            await interaction.response.send_message(GONE, ephemeral=True)
        elif self.verb == "ask":
            await interaction.response.send_modal(AskModal(post))
        elif self.verb == "remind":
            await _remind(interaction, post.content)
        else:
            await _mute(interaction, post)


def dated(content: Content) -> list[Subject]:
    """The deadlines that it brought."""
    return [
        Subject(day=each.day, what=each.what, quote=each.quote, article_id=content.article_id)
        for each in content.news
        if each.day is not None and each.kind in {"deadline", "moved"}
    ]


async def _remind(interaction: discord.Interaction[Any], content: Content) -> None:
    """Each of its deadlines as it stands now, privately, with the times ahead to press."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    known = await entries(interaction.client, interaction.guild_id, interaction.user.id)
    found = dict.fromkeys(each.key for subject in dated(content) if (each := _as_it_stands(subject, known)))
    if not found:
        await interaction.followup.send(BEHIND, ephemeral=True)
    for key in found:
        await interaction.followup.send(view=await shown_one(interaction, known.named(key), True), ephemeral=True)


def _as_it_stands(subject: Subject, known: Entries) -> Entry | None:
    """A later article may have moved it since it was posted."""
    told = find(subject, known.agenda.deadlines)
    if told is None:
        return None
    now = now_holds(told, known.agenda.deadlines) or told
    return next((each for each in known.all if each.deadline == now and each.is_ahead(known.now)), None)


async def _mute(interaction: discord.Interaction[Any], post: Post) -> None:
    """The button says at once what it does next: who presses it later sees that the story was muted already."""
    if not interaction.permissions.manage_messages and not interaction.permissions.manage_guild:
        await interaction.response.send_message(MAY_NOT, ephemeral=True)
        return
    async with interaction.client.library.database.write() as connection:
        await posts.mute(connection, post.id, not post.muted)
        changed = await posts.get(connection, post.id)
    assert changed is not None
    await interaction.response.edit_message(view=post_card(changed.content, buttons_of(changed)))
    await interaction.followup.send(MUTED if changed.muted else HEARD, ephemeral=True)


async def _deal(interaction: discord.Interaction[Any], content: Content) -> str | None:
    """Its name now; None where nobody follows it any more."""
    if content.deal_id is None:
        return None
    async with interaction.client.library.database.read() as connection:
        deal = await get_deal(connection, content.deal_id)
    return deal.name if deal is not None else None


class AskModal(ui.Modal):
    """A question about what was posted; the answer is private, as the button is everybody's."""

    def __init__(self, post: Post) -> None:
        super().__init__(title="Ask about this", timeout=900)
        self.post = post
        self.question: ui.TextInput[Any] = ui.TextInput(
            label="Your question",
            custom_id="question",
            placeholder="such as: when does it take effect?",
            max_length=300,
        )
        self.add_item(self.question)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        from bot.asking import Where, ask_and_keep, parent_of
        from bot.buttons import buttons_of as answer_buttons
        from bot.cards.answer import answer_card
        from bot.store import answers

        try:
            await interaction.response.defer(ephemeral=True, thinking=True)
            bot = interaction.client
            where = Where(
                interaction.user.id, interaction.channel_id or 0, interaction.guild_id, parent_of(interaction.channel)
            )
            deal = await _deal(interaction, self.post.content)
            asked = await ask_and_keep(bot, self.question.value, where, deal=deal, private=True)
            view = answer_card(asked, answer_buttons(asked, bot.clock().date()))
            message = await interaction.followup.send(view=view, wait=True, ephemeral=True)
            async with bot.library.database.write() as connection:
                await answers.shown(connection, asked.id, message.id)
        except Exception as error:
            await failures.tell(interaction, error)
