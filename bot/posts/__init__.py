"""New articles post themselves: from what arrived to the messages that are owed.

judge.py     does this watch want this article, and why (not)
hours.py     quiet hours, the day's cap, when a digest goes out
content.py   what a post says, as it is kept
arrange.py   an arrival: which channels, a post of its own or an earlier story's, changes and withdrawals
kinds.py     how posts and digests look when they are sent (``bot.deliveries``)
troubles.py  feeds that fail, recover or fall silent
duties.py    all of it in the background of a running bot
"""
