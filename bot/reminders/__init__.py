"""When somebody is told of a deadline: pure reckoning, and what binds it to the database and to Discord.

leads.py      how long ahead, as people say it
times.py      the moment at which a day is due: hour, zone, clock changes
repeats.py    deadlines that come round again
words.py      a deadline of somebody's own, out of their words
subject.py    what a reminder is about, and finding it again in the articles
plan.py       which reminders are due at a moment, and when the next one is
moves.py      what became of a deadline in newer articles
source.py     the loop's side: what is due becomes a delivery
follow.py     newer articles move reminders along
kind.py       how a reminder's message is made, and what follows once it is sent
calendar.py   iCalendar
"""
