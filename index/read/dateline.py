"""Owns the dateline that opens a wire report: “KARSTAD –”, “OSTRAND, March 3 (Agency) —”.

It is furniture, so it leaves the text, but only where it cannot be anything else: capitals or an
agency in brackets, a dash, and then the beginning of a sentence.
"""

import re

from index.models import Published
from index.read.published import from_line

_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’]+(?:[ -](?:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’]+|de|di|la|le|am))*"
_PLACE = rf"{_CAPITALS}(?:/{_CAPITALS})?(?:, (?:[A-Z][\w.’'-]+|of)(?: [A-Z][\w.’'-]+){{0,3}}?)?"
_DATE = r"(?:,? (?:(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?|[A-Z][a-z]+day))?"
_AGENCY = r"\((?:[A-Z][\w&.’'/-]*)(?: [A-Z&][\w&.’'/-]*){0,4}\)"
_DASH = r"\s*(?:[–—―]|--?(?=\s))\s*"
_NEXT = r"(?=[A-ZÀ-ÖØ-Þ0-9“\"'‘«„])"
_LINE = re.compile(
    rf"(?:(?P<place>{_PLACE}),?(?P<date>{_DATE})(?P<agency> ?{_AGENCY})?"
    rf"|(?P<mixed>[A-Z][\w.’'-]+(?:[ /-][A-Z][\w.’'-]+){{0,3}})(?P<mixed_date>{_DATE}) {_AGENCY}|{_AGENCY})"
    rf"{_DASH}{_NEXT}"
)


def split_dateline(paragraph: str) -> tuple[str, Published | None]:
    """The paragraph without its dateline, and the day in it if it has a year."""
    match = _LINE.match(paragraph)
    if not match or match.end() > 90 or not _certain(match):
        return paragraph, None
    return paragraph[match.end() :], from_line(match[0])


def _certain(match: re.Match[str]) -> bool:
    place = match["place"]
    if place is None or match["agency"] or match["date"]:
        return True
    # “US – China talks” and “EU - Japan”: two or three capitals alone are a name in the sentence.
    return len(re.sub(r"[^\w]", "", re.split(r"[,/]", place)[0])) >= 4
