"""Owns telling a by-line from prose, and the names in it. Must not guess a name where none is given."""

import re

from index.read.clean import clean_line

_PARTICLES = {"de", "del", "della", "da", "di", "du", "van", "von", "der", "den", "la", "le", "al", "el", "bin", "ibn"}
_PARTICLES |= {"and", "with", "for", "ter", "dos", "y", "e", "of", "the", "staff", "newsroom", "desk", "correspondent"}
_LEAD = re.compile(
    r"^(?:(?:story|text|words|analysis|opinion|report|written|reported|authored|submitted|posted|article)\s+)?by:?\s+"
    r"|^(?:authors?|reporters?|reporting by|reporting from [\w ]+ by|from our correspondent):?\s+",
    re.I,
)
_ROLE = re.compile(
    r"\s*(?:,|\||–|—|-|/|\()\s*(?:[\w&’'-]+ ){0,4}(?:correspondent|editor|reporter|writer|columnist|analyst|journalist"
    r"|chief|contributor|staff writer|producer|producer)s?\b.*$",
    re.I,
)
_CREDIT = re.compile(
    r"^\(?(?:(?:additional |further )?(?:reporting|writing|writ(?:ten)?|compiled|edited|editing|translation)\s+by)\b",
    re.I,
)
_PLACE = re.compile(r"\s+in\s+[A-Z][\w’' -]*(?=$|,| and )")
_SENTENCE = re.compile(r"[.!?]”?\s+\w|[!?:]")


def names(raw: str) -> str:
    """The names in a by-line: “By A and B, trade correspondents” gives “A and B”."""
    line = clean_line(raw).strip(" ,;|·•–—-")
    line = re.split(r";|\.\s+(?=[Ee]dit|[Aa]dditional)", line)[0]
    line = _LEAD.sub("", line, count=1)
    line = re.sub(r"^(?:by|von|par|por)\s+(?=[A-Z])", "", line, flags=re.I)
    line = (
        re.sub(r",?\s+(?:via|for)\s+[A-Z].*$", "", line) if raw.lower().startswith(("authored", "submitted")) else line
    )
    line = _PLACE.sub("", line)
    line = _ROLE.sub("", line)
    line = line.strip(" ,;|·•–—-()")
    return "" if "://" in line or "@" in line or len(line) > 150 else line


def is_credit(line: str) -> bool:
    """“Reporting by A in B; editing by C”."""
    return len(line) <= 300 and bool(_CREDIT.match(line))


def is_byline(line: str) -> bool:
    """A paragraph that is nothing but a by-line that says so: “By A and B”, “Authored by A via C,”."""
    line = line.strip(" |·•–—-")
    lead = _LEAD.match(line)
    return bool(lead) and len(line) <= 160 and looks_like_names(line[lead.end() :] if lead else line)


def looks_like_names(line: str) -> bool:
    """True for a few capitalised words without a sentence among them."""
    line = _ROLE.sub("", line.strip(" ,;|·•–—-()"))
    words = [word for word in re.split(r"[\s,&/]+", line) if word]
    if not 1 <= len(words) <= 12 or len(line) > 120 or _SENTENCE.search(re.sub(r"\b[A-Z][a-z]{0,2}\.", "", line)):
        return False
    if re.search(r"[.…]$", line) and not re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", line):
        return False
    capital = [word for word in words if word[0].isupper()]
    rest = [word for word in words if not word[0].isupper()]
    return bool(capital) and all(word.lower().strip(".") in _PARTICLES for word in rest) and not re.search(r"\d", line)
