"""Owns choosing the article's paragraphs among all that a pruned page holds.

trafilatura judges which paragraphs are the article. Around it: paragraphs are rendered by us, so that
none is doubled and line breaks part them (blocks.py); what trafilatura dropped from the midst of the
body is put back; short articles, which it gives up on, are found by where the prose stands.
"""

import logging
import re
from typing import Any

from index.read.blocks import HEADINGS, Block, blocks
from index.read.clean import squeeze
from index.read.furniture import is_caption, is_furniture

SENTENCE = re.compile(r"\w[^.!?…]{20,}[.!?…]")
_END = re.compile(r"[.!?:][”’\"')\]]*$")
_STANDFIRST = re.compile(
    r"stand-?first|\b(?:article|post|entry|story)?[-_]*(?:dek|deck|lede|lead|intro|summary|sub-?title|sub-?head)", re.I
)


def choose(tree: Any) -> list[Block]:
    """The article's blocks, in the page's order, each once."""
    every = [block for block in blocks(tree) if not is_furniture(block.text) and not is_caption(block.text)]
    kept = _judged(tree)
    marked = [_is_in(block, kept) for block in every]
    size = sum(len(block.text) for block, mark in zip(every, marked, strict=True) if mark)
    dense = _dense(every)
    if size < 400 and sum(len(block.text) for block in dense) > 1.2 * size:
        chosen = set(map(id, dense))
        marked = [id(block) in chosen for block in every]
    firm = [number for number, mark in enumerate(marked) if mark]
    if not firm or _is_hub(every[max(firm[0] - 1, 0) : firm[-1] + 1]):
        return []
    return _unique(_trimmed(_completed(every, marked)))


def _judged(tree: Any) -> tuple[str, set[str]]:
    """What trafilatura takes for the article: as one squeezed string, and as its squeezed lines."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found: Any = trafilatura.bare_extraction(
        tree, fast=True, include_comments=False, include_tables=True, with_metadata=False, deduplicate=False
    )
    text = (found.text if found is not None else "") or ""
    lines = {squeeze(line) for line in text.split("\n")}
    return squeeze(text), lines


def _is_in(block: Block, kept: tuple[str, set[str]]) -> bool:
    key = squeeze(block.text)
    return key in kept[1] or (len(key) > 30 and key in kept[0])


def _dense(every: list[Block]) -> list[Block]:
    """The blocks below the element that gathers the most prose: for pages too short for trafilatura."""
    score: dict[Any, float] = {}
    for block in every:
        unlinked = len(block.text) - block.linked
        if unlinked < 40 or block.linked > 0.5 * len(block.text) or not SENTENCE.search(block.text):
            continue
        holder = (
            block.element if block.tag in ("div", "td", "body", "section", "article") else block.element.getparent()
        )
        for share in (1.0, 0.6, 0.3):
            if holder is None:
                break
            score[holder] = score.get(holder, 0) + unlinked * share
            holder = holder.getparent()
    if not score:
        return []
    top = max(score, key=lambda element: score[element])
    return [block for block in every if _below(block.element, top) and block.linked < 0.5 * len(block.text)]


def _completed(every: list[Block], marked: list[bool]) -> list[tuple[Block, bool]]:
    """The marked blocks and what was dropped between or beside them, with whether it was marked."""
    holder = _holder(every, marked)
    inside = [_below(block.element, holder) for block in every]
    firm = [number for number, mark in enumerate(marked) if mark and inside[number]]
    if not firm:
        firm = [number for number, mark in enumerate(marked) if mark]
    first, last = firm[0], firm[-1]
    parents = {every[number].element.getparent() for number in firm}
    done: list[tuple[Block, bool]] = []
    titles = {
        number for number, block in enumerate(every) if block.tag in HEADINGS and block.linked > 0.8 * len(block.text)
    }
    for number, block in enumerate(every):
        prose = block.linked <= 0.5 * len(block.text)
        if len(titles) > 1 and (
            number in titles or (number - 1 in titles and _in_card(block, every[number - 1], holder))
        ):
            continue  # linked headlines and their teasers
        if block.linked > 0.9 * len(block.text) and not _END.search(block.text):
            continue  # a link to another story, in a paragraph of its own
        if marked[number] and (inside[number] or (number < first and prose and SENTENCE.search(block.text))):
            if prose or block.tag not in ("li", "div", *HEADINGS):
                done.append((block, True))
        elif number < first and prose and _is_standfirst(block):
            done.append((block, True))
        elif not inside[number] or not prose or block.tag in ("td", "th", "dt"):
            continue
        elif first < number < last or (block.element.getparent() in parents and SENTENCE.search(block.text)):
            done.append((block, False))
    return done


def _in_card(block: Block, title: Block, holder: Any) -> bool:
    """True if the paragraph shares a box of its own with the linked headline above it."""
    box = title.element.getparent()
    return box is not holder and _below(block.element, box)


def _is_standfirst(block: Block) -> bool:
    """The paragraph under the headline; many outlets do not repeat in the body what it says."""
    hint = " ".join(each.get("class") or "" for each in (block.element, block.element.getparent()))
    return bool(_STANDFIRST.search(hint)) and bool(SENTENCE.search(block.text))


def _is_hub(parts: list[Block]) -> bool:
    """A front page or a list of stories: linked headlines, each with a teaser or none."""
    linked = [block.tag in HEADINGS and block.linked > 0.8 * len(block.text) for block in parts]
    prose = sum(not link and bool(SENTENCE.search(block.text)) for link, block in zip(linked, parts, strict=True))
    return sum(linked) >= 4 and prose <= 1.5 * sum(linked) + 1


def _holder(every: list[Block], marked: list[bool]) -> Any:
    """The innermost element that holds nearly all that is marked."""
    weight: dict[Any, int] = {}
    order: list[Any] = []
    total = 0
    for block, mark in zip(every, marked, strict=True):
        if not mark:
            continue
        total += len(block.text)
        for element in (block.element, *block.element.iterancestors()):
            if element not in weight:
                order.append(element)
            weight[element] = weight.get(element, 0) + len(block.text)
    enough = [element for element in order if weight[element] >= 0.9 * total]
    return max(enough, key=lambda element: sum(1 for _ in element.iterancestors()))


def _below(element: Any, holder: Any) -> bool:
    return element is holder or holder in element.iterancestors()


def _trimmed(parts: list[tuple[Block, bool]]) -> list[Block]:
    """Without headings that head nothing, such as a box's title whose box was dropped."""
    done: list[Block] = []
    for number, (block, mark) in enumerate(parts):
        after = parts[number + 1][0] if number + 1 < len(parts) else None
        if block.tag in HEADINGS and (after is None or (after.tag in HEADINGS and not mark)):
            continue
        done.append(block)
    while done and done[-1].tag in HEADINGS:
        done.pop()
    return done


def _unique(parts: list[Block]) -> list[Block]:
    """Each paragraph once; a pull quote that repeats a sentence of a paragraph goes too."""
    done: list[Block] = []
    keys = [squeeze(block.text) for block in parts]
    seen: set[str] = set()
    for number, (block, key) in enumerate(zip(parts, keys, strict=True)):
        if len(key) > 20:
            if key in seen:
                continue
            quoted = block.tag in ("blockquote", "div", "section") or block.element.getparent().tag == "blockquote"
            if quoted and any(
                key in other for place, other in enumerate(keys) if place != number and len(other) > len(key)
            ):
                continue
        seen.add(key)
        done.append(block)
    return done
