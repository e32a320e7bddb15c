"""Every setting of the product, once: its name, its bounds and what it means.

Read from the environment and from ``.env``; an unknown name is refused, so that a misspelt setting
cannot be believed to work. ``.env.example`` and the README's table are tested against this class.
"""

import difflib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.embed import DEFAULT_MODEL
from index.errors import UsageError

if TYPE_CHECKING:
    from index.feeds.keep import Polling

PREFIX = "DEALWIRE_"
ENV_FILE = ".env"
DATABASE_URL = "DATABASE_URL"  # these two have no prefix: they are what hosters and guides call them
DISCORD_TOKEN = "DISCORD_TOKEN"  # noqa: S105 - the name, not the token
UNPREFIXED = (DATABASE_URL, DISCORD_TOKEN)
DEBUG = "DEALWIRE_DEBUG"  # read by ``bot.__main__`` alone, before there are settings


class Settings(BaseSettings):
    # Names in .env that are not ours belong to somebody else's tool; ours are checked by ``_refuse_unknown``.
    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=ENV_FILE, extra="ignore", env_ignore_empty=True)

    data_dir: Path = Field(
        default_factory=lambda: user_data_path("dealwire"),
        description="Folder of the database and the dense index; made when missing.",
    )
    database_url: SecretStr | None = Field(
        None,
        validation_alias=DATABASE_URL,
        description="A PostgreSQL server with pgvector, as postgresql+asyncpg://USER:PASSWORD@HOST/NAME;"
        " left out, the database is a file in the data folder.",
    )
    discord_token: SecretStr | None = Field(
        None,
        validation_alias=DISCORD_TOKEN,
        description="The bot's token, from the page “Bot” of its application on discord.com/developers.",
    )
    embedding_model: str = Field(
        DEFAULT_MODEL,
        min_length=1,
        description="A sentence-transformers model, by folder or hub name; the default needs no download.",
    )
    reader: str | None = Field(
        None,
        min_length=1,
        description="A sentence-transformers cross-encoder to read with, by folder or hub name, or none;"
        " left out, it is the one that comes with Dealwire.",
    )
    allow_private_addresses: bool = Field(
        False,
        description="Fetch pages and feeds from private addresses too, such as an intranet's. Off: public ones only.",
    )

    watch_folders: str | None = Field(
        None,
        description="Folders whose new files are read and announced by themselves, separated by colons.",
    )
    feed_interval: int = Field(
        300,
        ge=1,
        le=86_400,
        description="Seconds between two looks at a feed, at least; slow ones are looked at less often.",
    )
    grace_days: int = Field(
        30,
        ge=0,
        le=3650,
        description="Days after which the data of a server that removed the bot is deleted.",
    )

    metrics_port: int | None = Field(
        None,
        ge=1,
        le=65_535,
        description="Port of /metrics (for Prometheus) and /health; left out, there are none.",
    )
    metrics_host: str = Field(
        "127.0.0.1",
        min_length=1,
        description="Address that they are served on; they tell no secrets, and belong into no public network.",
    )

    @field_validator("data_dir")
    @classmethod
    def _home(cls, folder: Path) -> Path:
        """No shell has looked at what stands in .env."""
        return folder.expanduser()

    @property
    def polling(self) -> "Polling":
        """What ``index.feeds.keep`` needs to know."""
        from index.feeds.keep import Polling

        return Polling(self.folders, float(self.feed_interval), self.allow_private_addresses)

    @property
    def folders(self) -> list[Path]:
        """``watch_folders``, each one."""
        return [Path(each).expanduser() for each in (self.watch_folders or "").split(os.pathsep) if each.strip()]


def load_settings(**given: object) -> Settings:
    """The settings, those given on the command line first (None: not given). Raises UsageError."""
    _refuse_unknown(os.environ)
    try:
        _refuse_unknown(dotenv_values(ENV_FILE))
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The file {ENV_FILE} in this folder cannot be read ({error}); mend or remove it.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = str(first["loc"][0]) if first["loc"] else ""
        variable = place if place in variable_names() else PREFIX + place.upper()
        raise UsageError(f"The setting {variable} is not right: {first['msg']}.") from error


def variable_names() -> list[str]:
    """What each setting is called in the environment."""
    fields = Settings.model_fields.items()
    return [
        str(field.validation_alias) if field.validation_alias in UNPREFIXED else PREFIX + name.upper()
        for name, field in fields
    ]


def _refuse_unknown(variables: Iterable[str]) -> None:
    known = variable_names()
    for variable in variables:
        if variable.upper().startswith(PREFIX) and variable.upper() not in [*known, DEBUG]:
            names = [name.removeprefix(PREFIX) for name in known]
            near = difflib.get_close_matches(variable.upper().removeprefix(PREFIX), names, n=1)
            hint = f"did you mean {known[names.index(near[0])]}?" if near else f"there are: {', '.join(known)}."
            raise UsageError(f"There is no setting {variable}; {hint}")
