"""Where sentences start: light boundaries, only as good as dates and deadlines need them.

Must never split inside an expression of time (“Nov. 17”, “5 p.m. on Friday”, “No. 3”), because a
date torn in two is read wrongly. The product's quotes come from a full sentence splitter elsewhere.
"""

import re
from bisect import bisect_right

# Possessive and entered only at the start of a run, so that 100 kB of full stops stay linear.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’')\]]*+(?=\s)|\n\s*+")
_ABBREVIATIONS = frozenset(
    "jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "mr mrs ms dr prof st sr jr gen col lt sgt rep sen gov hon rev messrs "
    "inc ltd corp co cos bros plc llc no nos art para sec fig vol approx est vs etc al dept ave "
    "a.m p.m u.s u.k u.n e.u e.g i.e cf viz".split()
)
# “5 p.m. The vote” ends a sentence; “5 p.m. Friday” and “Nov. 17” do not.
_OPENER = re.compile(
    r"[\"“‘'(\[]?(?:The|A|An|It|He|She|They|But|And|In|On|If|That|This|Those|These|Under|After|Its|His|Her|We|I)\b"
)
_LAST_WORD = re.compile(r"[\w.]+$")


def sentence_starts(text: str) -> list[int]:
    """Offsets at which a sentence starts, ascending, the first always 0."""
    starts = [0]
    for match in _END.finditer(text):
        start = _next_start(text, match)
        if start is not None and start > starts[-1]:
            starts.append(start)
    return starts


def _next_start(text: str, match: re.Match[str]) -> int | None:
    after = match.end()
    if text[match.start()] == "\n":
        # A line that goes on in lower case is one sentence that was wrapped; a blank line always ends it.
        wrapped = text[after : after + 1].islower() and match.group().count("\n") == 1
        return after if after < len(text) and not wrapped else None
    while after < len(text) and text[after] in " \t\xa0":
        after += 1
    if after >= len(text) or text[after] in "\r\n":
        return None
    if text[after].islower() or text[after] in ",;:)%":
        return None
    if match.group()[0] == ".":
        word = _LAST_WORD.search(text, max(0, match.start() - 12), match.start())
        last = word.group().lower() if word else ""
        if last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha()):
            return after if _OPENER.match(text, after) else None
    return after


def bounds(starts: list[int], text: str, offset: int) -> tuple[int, int]:
    """The sentence around ``offset``: its start, and its end without the white space behind it."""
    index = bisect_right(starts, offset) - 1
    start = starts[index]
    end = starts[index + 1] if index + 1 < len(starts) else len(text)
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
