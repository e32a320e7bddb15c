"""Sentences that people read in more than one place: the terminal and Discord say the same words."""

from datetime import date

from index.models import Answer


def in_days(day: date, today: date) -> str:
    """“in 7 days”, “today”, “3 days ago”."""
    days = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def nearest_intro(answer: Answer) -> str:
    """What stands between “the articles don't say” and the nearest quotes."""
    return "The nearest they come:" if answer.citations else "There is no article on it in the index yet."
