"""Everything the bot sends unasked: claimed with a lease, sent with its id as the nonce, marked sent.

``kinds`` is what a kind of message must tell, ``send`` the way to Discord and back, ``loop`` the order of it all.
Whoever owes a message writes a row (``bot.store.deliveries.owe``) in the transaction that makes it a duty, and
wakes ``bot.deliverer``.
"""

from bot.deliveries.kinds import Kind, Outgoing
from bot.deliveries.loop import Deliverer

__all__ = ["Deliverer", "Kind", "Outgoing"]
