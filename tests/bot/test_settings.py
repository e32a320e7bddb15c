"""Settings: each is documented, and one that is misspelt or out of bounds is refused."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings, load_settings, variable_names
from index.errors import UsageError
from tests.helpers.command import ROOT, Dealwire

# A commented-out setting with the comment above it.
_EXAMPLE = re.compile(r"((?:^# .+\n)+)#([A-Z_]+)=(.*)$", re.MULTILINE)


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of whoever runs the tests, and an empty folder to stand in."""
    for name in variable_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def variable(name: str) -> str:
    return next(each for each in variable_names() if each.lower().endswith(name))


def examples() -> dict[str, tuple[str, str]]:
    found = _EXAMPLE.findall((ROOT / ".env.example").read_text("utf-8"))
    return {name: (comment, value) for comment, name, value in found}


def test_the_example_file_has_every_setting_with_its_description_and_default() -> None:
    told = examples()
    assert sorted(told) == sorted(variable_names())
    for name, field in Settings.model_fields.items():
        comment, value = told[variable(name)]
        assert field.description and field.description in comment, name
        default = field.get_default()
        if default is None or field.default_factory is not None:
            assert "# Default: " in comment, name
        else:
            assert value == str(default).lower() if isinstance(default, bool) else str(default), name


def test_everything_in_the_example_file_is_commented_out_and_would_be_accepted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    assert all(line.startswith("#") for line in text.splitlines() if line)
    (tmp_path / ".env").write_text(re.sub(r"^#(?=[A-Z])", "", text, flags=re.MULTILINE))
    assert load_settings().data_dir == Path("/var/lib/dealwire")


def test_the_readme_has_a_row_for_every_setting() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    told = {name: meaning for name, meaning in rows if meaning.strip()}
    assert sorted(told) == sorted(variable_names())


def test_the_environment_before_the_file_and_the_command_line_before_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("DEALWIRE_DATA_DIR=~/from-file\nDEALWIRE_READER=none\nOTHER_TOOLS_SETTING=1\n")
    assert load_settings().data_dir == Path.home() / "from-file"
    monkeypatch.setenv("DEALWIRE_DATA_DIR", "/from/environment")
    assert load_settings().data_dir == Path("/from/environment")
    found = load_settings(data_dir=Path("/given"))
    assert (found.data_dir, found.reader, found.allow_private_addresses) == (Path("/given"), "none", False)
    monkeypatch.setenv("DEALWIRE_DATA_DIR", "")
    assert load_settings().data_dir == Path.home() / "from-file"


@pytest.mark.parametrize("line", ["DEALWIRE_DATADIR=/tmp", "dealwire_datadir=/tmp"])
def test_a_misspelt_setting_is_refused_with_the_right_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: str
) -> None:
    name = line.split("=")[0]
    sentence = f"There is no setting {name}; did you mean DEALWIRE_DATA_DIR?"
    (tmp_path / ".env").write_text(line)
    with pytest.raises(UsageError, match=re.escape(sentence)):
        load_settings()
    (tmp_path / ".env").unlink()
    monkeypatch.setenv(*line.split("="))
    with pytest.raises(UsageError, match=re.escape(sentence)):
        load_settings()
    monkeypatch.setenv("DEALWIRE_ZZZ", "1")
    monkeypatch.delenv(name)
    with pytest.raises(UsageError, match="There is no setting DEALWIRE_ZZZ; there are: DEALWIRE_DATA_DIR, "):
        load_settings()


def test_values_out_of_bounds_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DEALWIRE_ALLOW_PRIVATE_ADDRESSES", "perhaps")
    with pytest.raises(UsageError, match=r"The setting DEALWIRE_ALLOW_PRIVATE_ADDRESSES is not right: .*boolean"):
        load_settings()
    monkeypatch.delenv("DEALWIRE_ALLOW_PRIVATE_ADDRESSES")
    (tmp_path / ".env").write_bytes(b"DEALWIRE_READER=\xff\xfe")
    with pytest.raises(UsageError, match=r"The file \.env in this folder cannot be read"):
        load_settings()


def test_the_command_says_it_in_one_sentence(dealwire: Dealwire) -> None:
    done = dealwire("articles", env={"DEALWIRE_DATADIR": "/tmp"})
    assert (done.status, done.out) == (2, "")
    assert done.err == "dealwire: There is no setting DEALWIRE_DATADIR; did you mean DEALWIRE_DATA_DIR?\n"
    (dealwire.folder / ".env").write_text("DEALWIRE_EMBEDING_MODEL=x\n")
    done = dealwire("articles")
    assert (done.status, done.out) == (2, "") and "did you mean DEALWIRE_EMBEDDING_MODEL?" in done.complaint
