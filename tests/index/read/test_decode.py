import pytest

from index.errors import UnreadableError
from index.read import read_bytes
from index.read.decode import decode

SAID = "“Not yet,” said Zoë Müller – the fee is 3 €."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_without_a_declaration(encoding: str) -> None:
    assert decode((SAID * 3).encode(encoding)) == SAID * 3


def test_declarations_of_page_xml_and_server() -> None:
    assert "Łódź" in decode('<meta charset="iso-8859-2"><p>Łódź'.encode("iso-8859-2"))
    assert "Łódź" in decode('<?xml version="1.0" encoding="ISO-8859-2"?><p>Łódź'.encode("iso-8859-2"))
    assert decode("Сделка подписана".encode("koi8-r"), "text/plain; charset=koi8-r") == "Сделка подписана"
    assert "“Not yet,”" in decode(
        f'<meta charset="iso-8859-1">{SAID}'.encode("cp1252")
    )  # what browsers make of latin-1


def test_a_wrong_declaration_is_not_believed() -> None:
    assert decode(f'<meta charset="iso-8859-1">{SAID}'.encode()).endswith(SAID)
    assert decode(SAID.encode("cp1252"), "text/plain; charset=utf-8") == SAID
    assert decode(SAID.encode("cp1252"), "text/plain; charset=nonsense") == SAID


def test_mojibake_is_mended() -> None:
    assert decode(SAID.encode().decode("cp1252", "replace").encode().replace("\ufffd".encode(), b"\xc2\x9d")) == SAID
    mixed = SAID.encode() * 4 + b" it\x92s late"
    assert decode(mixed).endswith("it’s late")


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 x", b"PK\x03\x04zip", b"\x89PNG\r\n", bytes(range(256)) * 8, b"MZ\x90\x00\x03\x00\x00\x00\x04" * 9],
)
def test_binary_data_named_txt(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="not text; save the article as"):
        read_bytes(data, origin="deal.txt", name="deal.txt")


def test_damaged_utf16() -> None:
    with pytest.raises(UnreadableError, match="save it again as UTF-8"):
        decode(b"\xff\xfe" + "Deal".encode("utf-16-le") + b"\x00\xd8x")
