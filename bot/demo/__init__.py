"""The real bot without a token: on an offline Discord, over the sample articles, with a clock that can be wound.

samples.py  the sample articles, each to land on its day
world.py    an offline server with a channel and two people, the bot, and the time
clock.py    ``/clock``, which only the demo has
page.py     the browser's side
chat.py     the same conversation in a terminal

Everything lives in a temporary folder and is gone afterwards. simcord, which plays Discord, is an extra: it is
imported here and nowhere else in ``bot``.
"""
