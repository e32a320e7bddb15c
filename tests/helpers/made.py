"""Small distinct articles, the same for the same number: short news of invented firms, each unlike the others."""

import random
from pathlib import Path

_FIRMS = "Aldbrook Bexmoor Carrowdale Dunnethy Elverby Farrowgate Gantsworth Hollinside Ipsbury Jorvanger Kelmarsh Lunsdown Mardale Norrholt Oakenfirth Penhallick Quernmore Ravensay Skelwick Tarnbridge Ulverholm Varnsey Wexcombe Yarrowmouth".split()
_TRADES = "ferries tramways quarries orchards foundries breweries sawmills dairies granaries shipyards tanneries glassworks ropeworks saltpans windmills kilns printworks potteries".split()
_PEOPLE = "Abney Birkett Corrigan Dahl Eastham Fairlie Grundy Hesketh Ingram Jessop Kirwan Lomax Musgrave Nettleton Orrell Pickard Quayle Rigby Sorley Thwaite Unsworth Vickers Wragg Yelland".split()
_ROLES = (
    "chairwoman treasurer minister regulator mediator surveyor commissioner shareholder harbourmaster spokesman".split()
)
_DEEDS = "bought sold leased merged mortgaged insured surveyed closed reopened refused valued divided".split()
_PLACES = "Alder Basin|Brine Quay|Cotter Hill|Dray Lane|Eel Sound|Fold Green|Gull Rock|Hay Wharf|Iron Gate|Jetty Row|Kiln End|Lime Street|Mill Race|North Sluice".split(
    "|"
)
_WHYS = "because insurers asked|after a quiet vote|against union advice|with borrowed money|without any ceremony|on a wet morning|under new rules|for a token sum|despite two lawsuits|ahead of winter".split(
    "|"
)
_MONTHS = "January February March April May June July August September October November December".split()


def text(number: int, version: int = 0) -> str:
    """One or two sentences; another version says something else."""
    pick = random.Random(1_000_003 * number + version)
    firm, other = pick.sample(_FIRMS, 2)
    first = (
        f"{firm} {pick.choice(_DEEDS)} {pick.randrange(3, 990)} {pick.choice(_TRADES)} near {pick.choice(_PLACES)} "
        f"{pick.choice(_WHYS)}, {pick.choice(_ROLES)} {pick.choice(_PEOPLE)} told {other} clerks."
    )
    second = (
        f"Bids numbered {pick.randrange(1000, 99999)} close {pick.randrange(1, 29)} {pick.choice(_MONTHS)} "
        f"{pick.randrange(2026, 2031)}, {pick.choice(_PEOPLE)} added."
    )
    return f"{first} {second}" if pick.random() < 0.5 else first


def title(number: int) -> str:
    pick = random.Random(number)
    return f"{pick.choice(_FIRMS)} {pick.choice(_TRADES)} notice {number}"


def write(folder: Path, number: int, version: int = 0) -> Path:
    """The article as a Markdown file with its front matter; the path is the same for every version."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{number:04}.md"
    day = f"{2020 + number % 6}-{1 + number % 12:02}-{1 + number % 28:02}"
    path.write_text(
        f"---\ntitle: {title(number)}\ndate: {day}\nsource: The {_PLACES[number % len(_PLACES)]} Post\n---\n\n"
        f"{text(number, version)}\n",
        encoding="utf-8",
    )
    return path
