"""What is typed in the demo's terminal becomes a command with its options."""

from typing import Any

import discord
import pytest
from discord import app_commands

from bot.demo.words import parse
from index.errors import UsageError


@pytest.fixture
def tree() -> "app_commands.CommandTree[Any]":
    tree: app_commands.CommandTree[Any] = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))

    @tree.command()
    @app_commands.choices(to=[app_commands.Choice(name="next week", value="7")])
    async def remind(
        interaction: discord.Interaction, what: str, days: int = 1, private: bool = False, to: str = ""
    ) -> None: ...

    group = app_commands.Group(name="articles", description="…")

    @group.command(name="list")
    async def _list(interaction: discord.Interaction) -> None: ...

    tree.add_command(group)
    return tree


@pytest.mark.parametrize(
    ("line", "name", "options"),
    [
        ("/remind the licence", "remind", {"what": "the licence"}),
        ("/remind what: when: now days: 3", "remind", {"what": "when: now", "days": 3}),
        ("/remind the licence private: yes to: week", "remind", {"what": "the licence", "private": True, "to": "7"}),
        ("/articles list", "articles list", {}),
    ],
)
def test_commands(tree: "app_commands.CommandTree[Any]", line: str, name: str, options: dict[str, Any]) -> None:
    typed = parse(line, tree, {})
    assert (typed.name, typed.options) == (name, options)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/nonsense", "there are: /articles, /remind"),
        ("/articles", "/articles list"),
        ("/remind", "wants what: …"),
        ("/remind x days: soon", "days is a number"),
        ("/remind x private: perhaps", "yes or no"),
        ("/remind x to: tomorrow", "one of: next week"),
        ("/articles list all", "takes nothing more"),
    ],
)
def test_what_is_no_command_gets_a_sentence(tree: "app_commands.CommandTree[Any]", line: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        parse(line, tree, {})
