"""Questions that lean on an earlier answer, and who says what a sentence says."""

import pytest

from index.answer.followup import About, follow
from index.answer.question import Kind, understand
from index.answer.speaker import speaker

EARLIER = "when does the toll agreement start?"


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("and who said that?", About.SPEAKER), ("says who?", About.SPEAKER), ("according to whom?", About.SPEAKER),
        ("who reported this", About.SPEAKER), ("whose words are those?", About.SPEAKER),
        ("who told you?", About.SOURCE), ("source?", About.SOURCE), ("where did you read that?", About.SOURCE),
        ("which paper was it?", About.SOURCE), ("link please", About.SOURCE), ("how do you know?", About.SOURCE),
        ("when was that?", About.EVENT_DAY), ("ok, when did it happen?", About.EVENT_DAY),
        ("when was that said?", About.REPORT_DAY), ("how old is that report?", About.REPORT_DAY),
        ("is that true?", About.SURE), ("how sure are you?", About.SURE), ("who else says so?", About.OTHERS),
    ],
)  # fmt: skip
def test_about_the_quote_itself(words: str, about: About) -> None:
    assert follow(words, EARLIER).about is about


@pytest.mark.parametrize(
    ("words", "completed", "kind"),
    [
        ("why?", "why does the toll agreement start?", Kind.WHY),
        ("and for how long?", "for how long does the toll agreement start?", Kind.HOW_LONG),
        ("until when?", "until when does the toll agreement start?", Kind.WHEN),
        ("and on the islands?", "when does the toll agreement start, on the islands?", Kind.WHEN),
        ("what about the tunnel?", "when does the toll agreement start, the tunnel?", Kind.WHEN),
        ("and the price?", "what is the price: the toll agreement start?", Kind.HOW_MANY),
        ("who pays for it?", "who pays for it: the toll agreement start?", Kind.WHO),
        ("is the herring quota law yet?", "is the herring quota law yet?", Kind.STATE),
    ],
)
def test_anything_else_takes_over_the_topic(words: str, completed: str, kind: Kind) -> None:
    followed = follow(words, EARLIER)
    assert followed.about is None and followed.text.rstrip("?") == completed.rstrip("?")
    assert understand(followed.text, followed.asked_as).kind is kind


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("“We are done,” said Ola Brandt, the pilots' chair, on Monday.", "Ola Brandt"),
        ("Ola Brandt, the pilots' chair, told reporters that they were done.", "Ola Brandt"),
        ("According to two people close to the talks, they are done.", "two people close to the talks"),
        ("In a letter on Friday the port council warned that tolls would rise.", "the port council"),
        ("The tunnel, engineers said, will open in June.", "engineers"),
        ("The tunnel opened on 3 June.", None),
    ],
)
def test_who_says_so(sentence: str, name: str | None) -> None:
    found = speaker(sentence)
    assert (found and found[0]) == name


def test_a_pronoun_is_followed_back() -> None:
    before = ["The tolls rise in May.", "Mayor Ida Lund said that the tunnel was dear."]
    assert speaker("She added that nobody would pay.", before) == ("Mayor Ida Lund", 2)
