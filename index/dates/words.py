"""The vocabulary of time in English, British and American. Words and numbers only; no patterns.

Everything here is lower case, as ``tokens`` lowers it.
"""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
# These are months only where they are spelt with a capital, and bare only beside other words of time.
MONTHS_THAT_ARE_WORDS = frozenset({"may", "march", "mar", "jan", "dec", "sep", "august", "apr", "jun"})
MONTHS_THAT_ARE_NAMES = frozenset({"april", "may", "june", "august", "march"})
ABBREVIATED_MONTHS = frozenset({"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"})

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon mondays", "tuesday tue tues tuesdays", "wednesday wed weds wednesdays",
            "thursday thu thur thurs thursdays", "friday fri fridays", "saturday sat saturdays", "sunday sun sundays",
        )
    )
    for name in names.split()
}  # fmt: skip
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FULL_WEEKDAYS = frozenset(name.lower() for name in WEEKDAY_NAMES)
PLURAL_WEEKDAYS = frozenset(name.lower() + "s" for name in WEEKDAY_NAMES)

ONES = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
SCALES = {"hundred": 100, "thousand": 1000}
CARDINALS = {**ONES, **TENS, "dozen": 12}

ORDINALS = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
} | {"thirtieth": 30}
SUFFIXES = frozenset({"st", "nd", "rd", "th"})

UNITS = {
    "second": "second", "seconds": "second",
    "minute": "minute", "minutes": "minute",
    "hour": "hour", "hours": "hour", "hrs": "hour",
    "day": "day", "days": "day",
    "night": "day", "nights": "day",
    "weekday": "working day", "weekdays": "working day",
    "week": "week", "weeks": "week",
    "weekend": "weekend", "weekends": "weekend",
    "fortnight": "fortnight", "fortnights": "fortnight",
    "month": "month", "months": "month",
    "quarter": "quarter", "quarters": "quarter",
    "year": "year", "years": "year", "yr": "year", "yrs": "year",
    "decade": "decade", "decades": "decade",
    "century": "century", "centuries": "century",
}  # fmt: skip
PLURAL_UNITS = frozenset(word for word in UNITS if word.endswith("s"))
# ISO 8601 duration letters as TIMEX3 writes them.
UNIT_CODES = {
    "second": "T{}S", "minute": "T{}M", "hour": "T{}H", "day": "{}D", "working day": "{}D", "week": "{}W",
    "weekend": "{}WE", "fortnight": "{}W", "month": "{}M", "quarter": "{}Q", "year": "{}Y", "decade": "{}DE",
    "century": "{}CE",
}  # fmt: skip
WORKING = frozenset({"working", "business", "trading", "banking", "court", "sitting"})

SEASONS = {"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"}

# Parts of the day: TIMEX3's code.
DAY_PARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "lunchtime": "AF", "midday": "MI",
    "dawn": "MO", "dusk": "EV",
}  # fmt: skip

PRESENT = frozenset({"now", "currently", "nowadays", "presently"})
PAST = frozenset({"recently", "lately", "formerly"})
FUTURE = frozenset({"soon", "shortly"})

ZONES = frozenset(
    "gmt utc bst cet cest eet eest msk ist jst kst hkt sgt aest aedt est edt et cst cdt ct mst mdt mt pst pdt pt".split()
)
# “Eastern time”, “New York time”, “local time”: up to three words before “time” are the zone's name.
ZONE_WORDS = frozenset({"eastern", "central", "pacific", "mountain", "local", "brussels", "london", "paris", "berlin"})

# A year in figures is taken for one after these words even where it might be a quantity.
YEAR_CUES = frozenset(
    "in since by of from until till to and during before after through for early late mid fiscal between year than "
    "around about beyond spring summer autumn fall winter financial over and or as the into".split()
)
