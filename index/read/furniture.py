"""Owns lines that stand in an article's column but are not the article: “Advertisement”, “Read more: …”.

Judges single short paragraphs by their words alone, so it is strict: a line is furniture only if it
could hardly open a paragraph of news.
"""

import re

_SHARE = (
    r"share|save|print|e-?mail|tweet|like|copy\ link|comments?|listen|gift|bookmark|reddit|whatsapp|facebook|x|twitter"
    r"|linkedin|messenger"
)
# Who speaks in furniture, and to whom. “US” is a country.
_WHO = r"(?:you|yours?|we|ours?|(?-i:us))"
_LEGAL = r"(?:terms\ (?:of\ (?:use|service)|(?:and|&)\ conditions)|privacy\ (?:policy|notice|statement))"
_NAME = r"[A-ZÀ-ÖØ-Þ\d][\w.&’'-]*"
_NAMES = rf"(?-i:{_NAME}(?:[\s,|/·•©]+(?:{_NAME}|&|and|at|by|de|file|for|in|of|on|the|van|via|von))*)"
_WHOLE = re.compile(
    r"""(?:
      advertisement|advertising|sponsored(?:\ content)?|continue\ reading.{0,40}
    | story\ continues\ below(?:\ (?:this\ )?advertisement)?
    | (?:SHARE|\W)(?:[\s·|,/•]*(?:SHARE|this|article|story|on|via))*
    | (?:share|save|print|email)\ this(?:\ (?:article|story|page|post))?.{0,20}
    | (?:leave|post|add|write)\ a\ (?:comment|reply)|(?:view|show)\ comments.{0,10}
    | \d+\ (?:comments?|shares?|likes?|views?)
    | read\ (?:more|next|also|on)|see\ also|more\ (?:on\ this(?:\ story)?|stories|news)
    | related(?:\ (?:stories|articles|topics|news|content|posts))?|also\ read|you\ (?:may|might)\ also\ like.{0,20}
    | recommended(?:\ for\ you)?|most\ (?:read|popular|viewed)|trending(?:\ now)?|popular\ now
    | (?:about\ \d+\ |\d+\ |estimated\ )?min(?:ute)?s?(?:\ of)?\ (?:read|reading\ time).{0,10}
    | reading\ time:?.{0,20}|\d+\ (?:min(?:ute)?|hour)s?\ ago
    | \d{1,2}[:.]\d\d(?:\ ?[ap]\.?m\.?)?(?:\ [A-Z]{2,4})?
    | listen\ to\ (?:this\ )?(?:article|story).{0,30}|(?:watch|video|audio|gallery|photos?):?|play\ video.{0,20}
    | (?:image|photo|picture|photograph|graphic|video)(?:\s*:|\ (?:source|credit|caption|courtesy)\s*[:,]).{0,100}
    | getty\ images(?:[\s,|/·•©]+NAMES)?|file\ (?:photo|picture|image).{0,20}
    | (?:sign|log)\ (?:up|in|out)(?:\ now)?|subscribe(?:\ now)?|register(?:\ now)?
    | already\ (?:a\ subscriber|registered|have\ an\ account)(?:(?:[?:.!]|\ (?:sign|log)\ ?in\b).{0,40})?
    | (?:back\ to\ top|top|skip\ to\ (?:main\ )?content|menu|search|home|close|next|previous|advert)
    | (?:filed\ under|tags?|topics?|categories|keywords)\s*:.{0,160}|posted\ in\ NAMES
    | (?:(?-i:FOLLOW\ US|[Ff]ollow\ us)|follow\ me)\b.{0,90}|download\ (?:our|the)\ .{0,30}\bapp\b.{0,40}
    | join\ (?:our|us\ on)\ .{0,70}
    | (?:©|copyright:?\s*(?:©|\(c\)|\d{4}\b)|\(c\)\s*(?:copyright\b|\d{4}\b)).{0,160}|copyright:?(?:\ (?:by\ |the\ )?NAMES)?
    | all\ rights\ reserved.{0,80}|.{0,80}\ all\ rights\ reserved\.?
    | our\ standards:.{0,80}|.{0,40}opens\ new\ tab
    | LEGAL(?:[\s,|/·•&]+(?:LEGAL|about|accessibility|advertise|and|apply|contact|cookies?|help|imprint|policy|settings|us))*
    | LEGAL\b(?=.*\bWHO\b).{0,60}
    | the\ post\ .{3,250}\ (?:appeared\ first\ on|first\ appeared\ on)\ .{2,80}
    | click\ here\ (?:to|for)\b.{0,100}|thank\ you\ for\ (?:reading|subscribing|signing\ up).{0,60}
    )\W*""".replace("SHARE", _SHARE)
    .replace("NAMES", _NAMES)
    .replace("LEGAL", _LEGAL)
    .replace("WHO", _WHO),
    re.I | re.X,
)
_LEAD = re.compile(
    r"""(?:
      (?:read\ (?:more|also|next)|also\ read|see\ also|related(?:\ (?:story|article|coverage))?|more|watch|listen
      |go\ deeper)\s*:\s*(?=\S)
    | (?:sign\ up|subscribe)\s+(?:now\ )?(?:for|to|by|here|today|and)\b
    | (?:get|receive|have)\ (?:our|the|all\ the|your|these|more)\ .{0,60}
      \b(?:newsletter|headlines|inbox|e-?mails?|briefing|alerts)\b
    | (?:never|don['’]t)\ miss\ (?:a|an|any|out)\b(?:\ (?:beat|story|stories|thing|update|updates)\b|\W*$
      |.*\b(?:ours?|(?-i:us)|subscri\w+|sign(?:ing)?\ up|newsletters?|inbox|app|alerts?)\b)
    | (?:this|the|our)\ (?:web)?site\ uses\ cookies|we\ (?:and\ our\ partners\ )?use\ cookies
    | by\ (?:continuing|clicking|signing\ (?:up|in)|subscribing|registering|reading\ on)\b.{0,60}
      \b(?:you|(?-i:I))\ (?:\w+\ ){0,3}(?:agree|accept|consent)
    | we\ and\ our\ partners\ (?:store|use|process)|your\ privacy\ (?:matters|is\ important)|accept\ (?:all\ )?cookies
    | to\ (?:continue|keep)\ reading(?:\W*$|[,:.…]|\ (?:for|subscribe|sign|log|register|please|th(?:is|e)\ (?:article|story))\b)
    | unlock\ this
    | this\ (?:article|content|story)\ is\ (?:only\ )?(?:for|available\ to)\ (?:our\ )?subscribers
    | become\ a\ (?:[\w’'-]+\ ){0,3}(?:member|subscriber|supporter)\b
    | support\ (?:(?:fearless|free|good|great|honest|independent|local|our|public|quality|the|trusted|your),?\ ){0,3}journalism\b
    | support\ (?:our|the|this|us)\b.{0,40}\bwith\ a\ (?:\w+\ )?donation\b
    | please\ (?:log\ in|sign\ in|subscribe|enable|turn\ on|disable|consider)\b
    | enter\ your\ e-?mail|your\ e-?mail\ address
    )""",
    re.I | re.X,
)
_CREDIT = re.compile(
    r"(?:/ ?(?:AP|AFP|Reuters|Getty(?: Images)?|EPA|Bloomberg)(?: Photo)?"
    # A credit opens with a capital or behind a stop, and names somebody: “the bigger picture: it lapses” does neither.
    r"|(?:(?:^|[.!?…(\[|–—-] ?)|\b(?=(?-i:[PI])))(?:photo(?:graph)?|image|picture)(?: credit)?(?: by)?: ?NAMES"
    r"|\((?:AP|AFP|Reuters)? ?Photo[^)]*\))\.?$".replace("NAMES", _NAMES),
    re.I,
)


def is_furniture(line: str) -> bool:
    """True for a line that is not part of the article, wherever it stands."""
    if len(line) > 320:
        return False
    if not re.search(r"\w", line):
        return True
    return bool(_WHOLE.fullmatch(line)) or (bool(_LEAD.match(line)) and len(line) <= 240)


def is_caption(line: str) -> bool:
    """A caption that has lost its figure: ends in a picture credit."""
    return len(line) <= 260 and bool(_CREDIT.search(line))
