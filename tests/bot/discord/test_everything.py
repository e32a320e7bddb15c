"""Of everything that people can do there is nothing that no test does: commands, menus, completions, buttons."""

import re
from pathlib import Path

import discord
from discord import app_commands

from tests.bot.discord.conftest import Place
from tests.bot.discord.test_isolation import press_forged, said

HERE = Path(__file__).parent
NOBODYS = "987654321"  # a number that no answer, article, deal or post has


def texts() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(HERE.parent.rglob("test_*.py")))


def commands(place: Place) -> list[app_commands.Command]:  # type: ignore[type-arg]
    return [each for each in place.bot.tree.walk_commands() if isinstance(each, app_commands.Command)]


def is_driven(name: str, written: str) -> bool:
    """By its whole name, or by a helper that bears its group's: ``deadlines(place, "calendar", …)``."""
    group, _, verb = name.rpartition(" ")
    return f'"{name}"' in written or bool(group and re.search(rf'\b{group}\(\w+, "{verb}"', written))


async def test_every_command_and_menu_is_driven_and_names_are_not_shared(place: Place) -> None:
    written = texts()
    menus = [each for kind in (discord.AppCommandType.message, discord.AppCommandType.user)
             for each in place.bot.tree.get_commands(type=kind)]  # fmt: skip
    names = [each.qualified_name for each in commands(place)] + [each.name for each in menus]
    assert len(names) > 25 and len(names) == len(set(names))
    assert [name for name in names if not is_driven(name, written)] == []


async def test_every_completion_answers_whoever_types(place: Place) -> None:
    completed = 0
    for command in commands(place):
        for option in command.parameters:
            if option.autocomplete:
                for typed in ("", "zzz no such thing"):
                    given = {each.name: "x" for each in command.parameters if each.required and each is not option}
                    found = await place.ann.autocomplete(
                        place.channel, command.qualified_name, option.name, typed, **given
                    )
                    assert len(found) <= 25, command.qualified_name
                    completed += 1
    assert completed > 20


async def test_every_kind_of_button_with_a_number_that_nobody_has_is_refused_in_words(place: Place) -> None:
    """What a stranger could forge. Each answers with a sentence or a form, and none with a traceback."""
    pressed = 0
    for template in place.bot._connection._view_store._dynamic_items:
        for custom_id in forged(template.pattern):
            _, result = await press_forged(place, custom_id)
            assert result.modal or result.response or result.followups, custom_id
            assert "bug" not in said(result), (custom_id, said(result))
            pressed += 1
    assert pressed >= 10


def forged(pattern: str) -> list[str]:
    """One id for each verb that the pattern of a button names."""
    from bot.buttons.press import JOBS

    verbs = re.search(r"\(\?P<verb>([^)]*)\)", pattern)
    named = verbs[1].split("|") if verbs and "|" in verbs[1] else sorted(JOBS) if verbs else [""]
    made = []
    for each in named:
        one = re.sub(r"\(\?P<verb>[^)]*\)", each, pattern)
        one = re.sub(r"\(\?::\(\?P<\w+>[^)]*\)\)\?", "", one)  # what may be left out
        made.append(re.sub(r"\(\?P<\w+>[^)]*\)", NOBODYS, one))
    return [each for each in made if re.fullmatch(pattern, each)]
