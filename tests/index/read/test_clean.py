import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from index.read import clean_line, clean_text


@given(st.text())
def test_cleaning_twice_changes_nothing_more(raw: str) -> None:
    once = clean_text(raw)
    assert clean_text(once) == once
    assert clean_line(clean_line(raw)) == clean_line(raw)


@given(
    st.text(
        alphabet=st.sampled_from("ae\u0301 \n\r\t\u00ad\u200b\u200d\u202e\u2066\ufeff\u00a0\u2009\u2028\u0007\u0092")
    )
)
def test_clean_text_holds_nothing_invisible(raw: str) -> None:
    text = clean_text(raw)
    assert unicodedata.is_normalized("NFC", text)
    assert not any(unicodedata.category(each) in ("Cf", "Cc", "Cs") for each in text.replace("\n", ""))
    assert not any(unicodedata.category(each) == "Zs" and each != " " for each in text)
    for paragraph in text.split("\n\n"):
        assert paragraph == " ".join(paragraph.split())


def test_what_becomes_of_each_kind_of_character() -> None:
    assert clean_text("trans\u00adit\u200b fee\u00a0of 3\u202f%\ufeff") == "transit fee of 3 %"
    assert clean_text("one\r\ntwo\r\n\r\n\r\nthree \n \n four\x0cfive") == "one two\n\nthree\n\nfour\n\nfive"
    assert clean_text("cafe\u0301") == "café"
    assert clean_text("\x93quoted\x94 \x96 and so on\x85") == "“quoted” – and so on…"
