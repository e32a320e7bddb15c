"""Share: a private answer becomes a public message, once."""

from contextlib import suppress

import discord

from bot.buttons.press import Press, refuse
from bot.buttons.row import buttons_of
from bot.cards.answer import answer_card
from bot.store import answers

ALREADY = "That answer is public already."


async def press(press: Press) -> None:
    bot, interaction = press.bot, press.interaction
    async with bot.library.database.write() as connection:
        first = await answers.share(connection, press.asked.id)
    if not first:
        await refuse(interaction, ALREADY)
        return
    async with bot.library.database.read() as connection:
        asked = await answers.get(connection, press.asked.id, interaction.guild_id)
    assert asked is not None
    view = answer_card(asked, buttons_of(asked, bot.clock().date()))
    try:
        await interaction.response.send_message(view=view)
        message = await interaction.original_response()
    except discord.HTTPException:
        async with bot.library.database.write() as connection:
            await answers.unshare(connection, asked.id)
        raise
    async with bot.library.database.write() as connection:
        await answers.shown(connection, asked.id, message.id)
    if interaction.message is not None:
        with suppress(discord.HTTPException):  # the private one may be dismissed by now
            await interaction.followup.edit_message(interaction.message.id, view=answer_card(asked))
