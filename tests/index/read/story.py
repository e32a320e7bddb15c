"""An invented article that the layouts share, and the furniture that must not get into its text."""

TITLE = "Orvane and Keldmark agree to share the Brisa cable"
BODY = (
    "Orvane and Keldmark have agreed to share the capacity of the Brisa sea cable, ending a dispute that had kept the"
    " line dark for eleven months, the grid regulator of Orvane said on Thursday.",
    "The licence runs for nine years. Each side must name an operator by 12 May, and the first power is to flow before"
    " the end of June.",
    "“We counted every megawatt twice,” said Marit Oslander, who led the talks.",
    "A fee of 1.8 million thalers a month was left out of the text, and Keldmark’s parliament still has to vote on it.",
    "If either side misses the date, the regulator may award the capacity to Tolby Energy, the only other bidder.",
)
TEXT = "\n\n".join(BODY)
NAV = '<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/money">Money</a></li></ul></nav>'
COOKIES = (
    '<div id="onetrust-consent" class="cookie-notice"><p>We and our partners store cookies on your device to count'
    " readers. You can change your mind until Friday.</p><button>Accept</button></div>"
)
LETTER = (
    '<section class="newsletter-signup"><h3>The evening letter</h3><p>Sign up by Friday and get the first month free.</p>'
    '<form><input name="mail"><button>Subscribe</button></form></section>'
)
RELATED = (
    '<aside class="related"><h2>Related stories</h2><ul><li><a href="/1">Harbour dues rise on 1 March</a></li>'
    '<li><a href="/2">Three walks along the Brisa coast</a></li></ul></aside>'
)
FOOTER = (
    "<footer><p>© 2019 The Orvane Chronicle. All rights reserved. Complaints are answered within 10 days.</p></footer>"
)


def paragraphs(*extra: str) -> str:
    return "\n".join(f"<p>{part}</p>" for part in (*BODY, *extra))


def page(main: str, head: str = "", title: str = f"{TITLE} | The Orvane Chronicle") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{COOKIES}<header>{NAV}</header>{main}{FOOTER}</body></html>"
    )
