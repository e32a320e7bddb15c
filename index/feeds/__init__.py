"""Where articles arrive from by themselves: feeds, pages that list links, folders. Knows nothing of Discord.

    address.py   what a person named → one address for one feed
    look.py      one fetch of it → what is in it
    items.py     which of that is new, and which has changed
    turns.py     when it is looked at again
    poll.py      one turn: taken with a lease, looked at, put into the queue, given back
    folders.py   the same of a folder: files that are whole
    keep.py      turn after turn, until it is told to stop

Any number of processes do this at once; the lease decides who. What is found goes into the queue
(``index.work``), and from there into the index as any article does.
"""
