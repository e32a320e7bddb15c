"""Reading question and sentence together: does this sentence answer that, where, and does anything?

Owns the reading model. Pure computing: no database, no asyncio, no decision; ``index.answer`` decides.

    shape.py     what goes in and comes out
    windows.py → tokens.py → network.py → spans.py     from candidates to readings
    weights.py   the file of trained weights        shipped.py, hub.py   the two readers
    train.py, training/                             how the weights were made; never imported at use
"""

from index.reader.shape import Candidate, Reader, Reading

__all__ = ["Candidate", "Reader", "Reading", "load_reader"]


def load_reader(name: str | None = None) -> Reader:
    """The shipped reader, or a sentence-transformers CrossEncoder by folder or hub name.

    Takes seconds and loads torch: call it once, off the event loop. Raises ModelError.
    """
    # Imported here: the command line must start without torch.
    if name is None:
        from index.reader.shipped import shipped

        return shipped()
    from index.reader.hub import from_hub

    return from_hub(name)
