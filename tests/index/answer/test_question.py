import pytest

from index.answer.kinds import offers
from index.answer.question import Kind, understand
from index.errors import UsageError

ASKED = [
    ("when is the licence deadline?", Kind.WHEN),
    ("by when do they have to answer", Kind.WHEN),
    ("whats the cut-off for bids", Kind.WHEN),
    ("until what day is the offer good", Kind.WHEN),
    ("which month does it start", Kind.WHEN),
    ("last day to appeal?", Kind.WHEN),
    ("how long have they got to object", Kind.WHEN),
    ("how long does the loser have to appeal", Kind.WHEN),
    ("how late can a grower still pull out", Kind.WHEN),
    ("whats the latest i can sign up", Kind.WHEN),
    ("which weekday did they ink it", Kind.WHEN),
    ("do we know when they meet again", Kind.WHEN),
    ("how long can people still comment on the plan", Kind.WHEN),
    ("how long is the payback frozen, till what date?", Kind.WHEN),
    ("how long can residents write in, last day?", Kind.WHEN),
    ("the old ferry passes, usable til?", Kind.WHEN),
    ("earliest the depot can open", Kind.WHEN),
    ("last chance to order a spare", Kind.WHEN),
    ("did the court say when it rules", Kind.WHEN),
    ("is it clear yet when the lease ends", Kind.WHEN),
    ("is there any word on when they sign", Kind.WHEN),
    ("how soon after the vote does it start", Kind.WHAT),
    ("how many voted on the last day", Kind.HOW_MANY),
    ("how many will lose their jobs by what date", Kind.HOW_MANY),
    ("what did the earliest draft of the treaty say", Kind.WHAT),
    ("is the earliest offer still on the table", Kind.STATE),
    ("has the last chance passed", Kind.STATE),
    ("which company was the earliest bidder", Kind.WHO),
    ("who said when the ruling would come", Kind.WHO),
    ("why did they walk out when the date moved", Kind.WHY),
    ("did the minister say anything when asked", Kind.STATE),
    ("what did she do when the papers came out", Kind.WHAT),
    ("how long does the pact run for", Kind.HOW_LONG),
    ("how many weeks did they get", Kind.HOW_LONG),
    ("how much time is left for the council", Kind.HOW_LONG),
    ("how many ships are covered", Kind.HOW_MANY),
    ("how much did the fund pay", Kind.HOW_MANY),
    ("what percentage do they own", Kind.HOW_MANY),
    ("who runs the agency", Kind.WHO),
    ("which company filed the suit", Kind.WHO),
    ("who's paying for it", Kind.WHO),
    ("why was the vote put off", Kind.WHY),
    ("how come they walked out", Kind.WHY),
    ("is there a deal yet?", Kind.STATE),
    ("so did they sign or not", Kind.STATE),
    ("where do the talks stand", Kind.STATE),
    ("what's the latest on the merger", Kind.STATE),
    ("what stage is the treaty at", Kind.STATE),
    ("has beijing said anything in public", Kind.STATE),
    ("what will the new company be called", Kind.WHAT),
    ("which metals does china lift its ban for", Kind.WHAT),
]


@pytest.mark.parametrize(("text", "kind"), ASKED)
def test_kind(text: str, kind: Kind) -> None:
    assert understand(text).kind is kind
    assert understand(text.upper()).kind is kind, "shouting changes nothing"
    assert understand(text.replace("'", "’")).kind is kind, "nor does the kind of apostrophe"


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 10_000, "🤔🤔🤔", "?!"])
def test_no_question(text: str) -> None:
    with pytest.raises(UsageError, match="ask"):
        understand(text)


def test_white_space_is_folded() -> None:
    assert understand("  when\n\nis   it ").text == "when is it"


@pytest.mark.parametrize(
    ("kind", "yes", "no"),
    [
        (Kind.WHEN, "It lapses at the end of March.", "It may lapse if nobody objects."),
        (Kind.WHEN, "They have 30 days from the ruling to object.", "They have three objections."),
        (Kind.HOW_LONG, "The permit takes six weeks.", "The permit takes patience."),
        (Kind.HOW_MANY, "Some 212 parts are listed.", "Some parts are listed."),
        (Kind.WHO, "The agency is run by Ada Quill.", "The agency is run by a committee."),
        (Kind.WHY, "It was put off because the text was wrong.", "It was put off."),
        (Kind.STATE, "The pact was signed.", "The pact has nine chapters."),
    ],
)
def test_what_a_sentence_offers(kind: Kind, yes: str, no: str) -> None:
    assert offers(kind, yes)
    assert not offers(kind, no)
    assert offers(Kind.WHAT, no)
