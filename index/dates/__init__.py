"""The grammar of dates: what an English text says of time, as days of the calendar.

Knows nothing of Discord, articles or deals, and needs the standard library alone. The files read in
this order: tokens → words, parts, guards → days, periods, offsets, repeats (what a
form means) → forms_days, forms_periods, forms_offsets (the table) → grammar → context, tense, order (which reading) → find → readings.
"""

from index.dates.find import find_dates
from index.dates.found import GRAMMAR_VERSION, Candidate, FoundDate, Offset, Order, TimeOfDay
from index.dates.order import is_unsettled, order_of_outlet
from index.dates.sentences import bounds, sentence_starts
from index.dates.values import calendar_span

__all__ = [
    "GRAMMAR_VERSION",
    "Candidate",
    "FoundDate",
    "Offset",
    "Order",
    "TimeOfDay",
    "bounds",
    "calendar_span",
    "find_dates",
    "is_unsettled",
    "order_of_outlet",
    "sentence_starts",
]
