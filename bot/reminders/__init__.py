"""When somebody is told of a deadline: pure reckoning, and what binds it to the database and to Discord.

leads.py      how long ahead, as people say it
times.py      the moment at which a day is due: hour, zone, clock changes
repeats.py    deadlines that come round again
words.py      a deadline of somebody's own, out of their words
subject.py    what a reminder is about, and finding it again in the articles
agendas.py    each server's deadlines, linked once
entries.py    the articles' deadlines and people's own as one list
calendar.py   deadlines as an iCalendar file
calendars.py  which deadlines of a place stand in it
wishes.py     a wish to be reminded, from its words to its row
plan.py       which reminders are due at a moment, and when the next one is
source.py     the loop's side: what is due becomes a delivery
since.py      what has happened since the sentence was written
moves.py      what became of a deadline in newer articles
follow.py     newer articles move reminders along, and people are told
telling.py    what a reminder's message says at this moment
kind.py       how it is sent, and what follows
actions.py    done, snoozed, seen, wanted by others
own.py        what becomes of reminders when people change or dispute their deadline
"""
