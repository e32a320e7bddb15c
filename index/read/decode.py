"""Owns the step from bytes to characters. Must not look at what the characters say.

Order: byte-order mark; UTF-8 if the bytes are valid UTF-8 beyond ASCII (that hardly happens by chance,
whereas wrong declarations are common); the declared encodings; windows-1252 if it fits; a detector.
"""

import codecs
import re

from index.errors import UnreadableError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"{\\rtf", "an RTF document"),
)
# What pages call an encoding and what their bytes then are (WHATWG Encoding Standard).
_LABELS = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "windows-1252": "cp1252",
    "ansi": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "utf8": "utf-8",
}
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})"""
    rb"""|<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_CONTENT_TYPE = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
# Beyond ASCII, what English news in windows-1252 is made of; a detector is worse at short texts.
_USUAL = set("‘’“”„–—…•€£¥§©®°·«»½¼¾×àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœšžÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØÚÜŒŠŽ\xa0\xad™")
_MOJIBAKE = re.compile("â[€‚„][\x80-\xbf‘’“”•–—˜™š›œžŸ¡-¿¬]|Ã[\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\xa0£§©®°«»·]")


def decode(data: bytes, content_type: str = "") -> str:
    """The characters of ``data``. Raises UnreadableError for binary data and unknown encodings."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    _refuse_binary(data)
    if wide := _wide_encoding(data):
        return _strictly(data, wide)
    declared = _declared(data, content_type)
    if not data.isascii() or "iso-2022-jp" not in declared:
        try:
            return _mend(data.decode("utf-8"))
        except UnicodeDecodeError:
            pass
    for name in declared:
        try:
            return _whatwg(data, name)
        except (UnicodeError, LookupError):
            continue
    return _undeclared(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableError(
            f"The text says it is {encoding.upper()} but is damaged; save it again as UTF-8."
        ) from None


def _refuse_binary(data: bytes) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UnreadableError(f"This is {what}, not text; save the article as text, HTML or Markdown first.")
    head = data[:4096]
    if wide := _wide_encoding(head):
        characters = head[: len(head) // 2 * 2].decode(wide, "replace")
        control = sum(character < " " and not character.isspace() for character in characters)
    else:
        control = sum(byte < 32 and byte not in b"\t\n\r\f\x0b\x1b" for byte in head) + head.count(127)
    if control > len(head) // 50 or (not wide and b"\0" in head):
        raise UnreadableError("This is binary data, not text; save the article as text, HTML or Markdown first.")


def _wide_encoding(data: bytes) -> str:
    """UTF-16 by its pattern of zero bytes, or "" if there is none."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


def _declared(data: bytes, content_type: str) -> list[str]:
    names = [match[1] for match in _CONTENT_TYPE.finditer(content_type)]
    names += [(match[1] or match[2]).decode("ascii") for match in _DECLARED.finditer(data[:4096])]
    return [name.lower() for name in names]


def _whatwg(data: bytes, name: str) -> str:
    encoding = codecs.lookup(_LABELS.get(name, name)).name
    if encoding.startswith(("utf-16", "utf-32", "utf-7")):
        raise LookupError(name)  # a declaration that could be read in ASCII cannot be true
    if encoding == "utf-8":
        return _mostly_utf8(data) or data.decode("utf-8")
    return data.decode(encoding, "as_cp1252" if encoding == "cp1252" else "strict")


def _undeclared(data: bytes) -> str:
    if text := _mostly_utf8(data):
        return text
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        pass
    else:
        high = [character for character in text if character > "\x7f"]
        if len(high) < len(text) // 10 and sum(character in _USUAL for character in high) >= 0.95 * len(high):
            return text
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is not None:
        try:
            return data.decode(best.encoding)
        except UnicodeDecodeError:
            pass
    raise UnreadableError("The encoding of this text cannot be made out; save it again as UTF-8.")


def _mostly_utf8(data: bytes) -> str:
    """UTF-8 with a few stray windows-1252 bytes (two sources pasted together, a cut last letter), or ""."""
    sound = data.decode("utf-8", "ignore")
    letters = sum(character > "\x7f" for character in sound)
    stray = len(data) - len(sound.encode("utf-8"))
    return _mend(data.decode("utf-8", "as_cp1252")) if stray * 3 <= letters else ""


def _byte_as_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in wrong), error.end


codecs.register_error("as_cp1252", _byte_as_1252)


def _mend(text: str) -> str:
    """Undo UTF-8 that was once read as windows-1252 and saved again (“â€™” for an apostrophe)."""
    if "â" not in text and "Ã" not in text and "Â" not in text:
        return text
    return _MOJIBAKE.sub(_mended, text)


def _mended(match: re.Match[str]) -> str:
    try:
        raw = b"".join(
            bytes([ord(character)]) if ord(character) < 256 else character.encode("cp1252") for character in match[0]
        )
        return raw.decode("utf-8")
    except UnicodeError:
        return match[0]
