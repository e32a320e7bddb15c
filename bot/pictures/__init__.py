"""Pictures of what the index knows: pure drawing, plain data in, PNG out.

plan.py       what is on a timeline's picture: bands, numbered events, deadlines; no drawing
scale.py      days to pixels, and labels packed into rows so that none covers another
timeline.py   draws the plan with matplotlib's Agg canvas

matplotlib is imported only where something is drawn: it takes a second that no other command should wait for. Nothing
here uses ``pyplot``, whose figures are global; who draws from a server does so in a thread, one picture at a time.
"""
