import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import UnreadableError
from index.read import find_files, read_bytes, read_path

from .story import TEXT, page


def test_a_folder_in_order_without_hidden_files_and_backups(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.md",
        "sub/c.html",
        "sub/.d.txt",
        ".git/e.txt",
        "f.txt~",
        "#g.txt",
        "h.jpg",
        "i.txt.bak",
        "J.TXT",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT)
    found = find_files([tmp_path])
    assert [str(path.relative_to(tmp_path)) for path in found.paths] == ["J.TXT", "a.md", "b.txt", "sub/c.html"]
    assert [path.name for path in found.skipped] == ["h.jpg"]
    assert not found.failures
    assert find_files([tmp_path, tmp_path / "b.txt"]).paths == found.paths  # each once
    assert find_files([tmp_path / "h.jpg"]).paths == [tmp_path / "h.jpg"]  # named is read


def test_symlink_loops_and_dangling_links(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text(TEXT)
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    found = find_files([tmp_path])
    assert [path.name for path in found.paths] == ["a.txt"]
    assert [
        "link to something that does not exist" in each.error or "back to itself" in each.error
        for each in found.failures
    ] == [True, True]


def test_missing_paths_folders_and_pipes(tmp_path: Path) -> None:
    [failure] = find_files([tmp_path / "nothing.txt"]).failures
    assert failure.error == f"There is nothing at {tmp_path / 'nothing.txt'}; check the path."
    with pytest.raises(UnreadableError, match="There is nothing at"):
        read_path(tmp_path / "nothing.txt")
    with pytest.raises(UnreadableError, match="is a folder"):
        read_path(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableError, match="not a file but a device, pipe or socket"):
        read_path(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableError, match="not a file but a device, pipe or socket"):
        read_path("/dev/zero")
    assert find_files([tmp_path]).skipped == [tmp_path / "pipe.txt"]
    (tmp_path / "empty").mkdir()
    assert "holds no articles" in find_files([tmp_path / "empty"]).failures[0].error


def test_empty_large_and_wordless_files(tmp_path: Path) -> None:
    for content in (b"", b" \n\n", b"\xef\xbb\xbf\n"):
        (tmp_path / "a.txt").write_bytes(content)
        with pytest.raises(UnreadableError, match="is empty"):
            read_path(tmp_path / "a.txt")
    (tmp_path / "big.html").write_bytes(b"<p>" + b"x" * 50 * 1024 * 1024)
    with pytest.raises(UnreadableError, match="larger than an article can be \\(50 MB, the limit is 10 MB\\)"):
        read_path(tmp_path / "big.html")
    with pytest.raises(UnreadableError, match="larger"):
        read_bytes((tmp_path / "big.html").read_bytes(), origin="x")
    (tmp_path / "a.txt").write_text("… — …\n\n***")
    with pytest.raises(UnreadableError, match="no words"):
        read_path(tmp_path / "a.txt")


def test_no_permission(tmp_path: Path) -> None:
    locked = tmp_path / "locked.txt"
    locked.write_text(TEXT)
    locked.chmod(0)
    if os.geteuid() != 0:
        with pytest.raises(UnreadableError, match="no permission to read"):
            read_path(locked)
        return
    # Root may read everything, so somebody else tries.
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == 0 and folder != Path("/") and str(folder).startswith("/tmp/"):
            folder.chmod(0o755)
    code = (
        "import os, sys; import index.read, index.read.plain; os.setgid(65534); os.setuid(65534)\n"
        "try: index.read.read_path(sys.argv[1])\n"
        "except index.errors.UnreadableError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(locked)], capture_output=True, text=True, cwd=Path(__file__).parents[3]
    )
    assert done.stdout.strip() == f"There is no permission to read {locked}; give yourself the right to read it.", (
        done.stderr
    )


HUB = "<main>" + "".join(
    f'<article><h3><a href="/{n}">A headline of the day, number {n}</a></h3><p>A teaser that says what happened in story {n}.</p></article>'
    for n in range(9)
)


@pytest.mark.parametrize(
    ("markup", "sentence"),
    [
        (page("<main><form><input></form></main>"), "no article on this page"),
        (page(HUB), "no article on this page"),
        ("<html><body><p>Please enable JavaScript to continue.</p></body></html>", "wants JavaScript"),
        ("<html></html>", "no article on this page"),
    ],
)
def test_pages_without_an_article(markup: str, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        read_bytes(markup.encode(), origin="x.html", name="x.html")


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys, index.read; print([m for m in ('trafilatura','feedparser','markdown_it','lxml','aiohttp','yaml',"
        "'charset_normalizer') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[3])
    assert done.stdout.strip() == "[]", done.stderr
