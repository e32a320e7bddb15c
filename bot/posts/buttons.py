"""The buttons under a post: Ask about this, Mute this story. They carry the post's id, and so outlive a restart."""

from typing import Any

import discord
from discord import ui

from bot import failures
from bot.lasting import LastingButton
from bot.store import posts
from bot.store.posts import Post

GREY = discord.ButtonStyle.secondary
GONE = "This post is not in my books any more."
MAY_NOT = "Only who may manage messages here can mute a story for all."
MUTED = "Muted: further reports of this story are not posted here for two weeks. They can still be asked about."
HEARD = "The story is heard of again."


def buttons_of(post: Post) -> list[ui.Item[Any]]:
    mute = "Unmute this story" if post.muted else "Mute this story"
    return [_button("ask", post.id, "Ask about this"), _button("mute", post.id, mute)]


def _button(verb: str, post_id: int, label: str) -> "PostButton":
    made: ui.Button[Any] = ui.Button(label=label, style=GREY, custom_id=f"post:{verb}:{post_id}")
    return PostButton(made, verb, post_id)


class PostButton(LastingButton, template=r"post:(?P<verb>ask|mute):(?P<named>\d+)"):
    async def press(self, interaction: discord.Interaction[Any]) -> None:
        async with interaction.client.library.database.read() as connection:
            post = await posts.get(connection, self.number, interaction.guild_id)
        if post is None:
            await interaction.response.send_message(GONE, ephemeral=True)
        elif self.verb == "ask":
            await interaction.response.send_modal(AskModal(post))
        else:
            await _mute(interaction, post)


async def _mute(interaction: discord.Interaction[Any], post: Post) -> None:
    if not interaction.permissions.manage_messages and not interaction.permissions.manage_guild:
        await interaction.response.send_message(MAY_NOT, ephemeral=True)
        return
    async with interaction.client.library.database.write() as connection:
        await posts.mute(connection, post.id, not post.muted)
    await interaction.response.send_message(HEARD if post.muted else MUTED, ephemeral=True)


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
        from bot.asking import Where, ask_and_keep
        from bot.buttons import buttons_of as answer_buttons
        from bot.cards.answer import answer_card
        from bot.store import answers

        try:
            await interaction.response.defer(ephemeral=True, thinking=True)
            bot = interaction.client
            where = Where(interaction.user.id, interaction.channel_id or 0, interaction.guild_id)
            asked = await ask_and_keep(bot, self.question.value, where, deal=self.post.content.deal, private=True)
            view = answer_card(asked, answer_buttons(asked, bot.clock().date()))
            message = await interaction.followup.send(view=view, wait=True, ephemeral=True)
            async with bot.library.database.write() as connection:
                await answers.shown(connection, asked.id, message.id)
        except Exception as error:
            await failures.tell(interaction, error)
