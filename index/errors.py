"""The exceptions that a person may see.

    DealwireError
    ├── UsageError        the command or question was put wrongly          exit 2
    ├── UnreadableError   a file, page or feed holds no article we can read
    ├── FetchError        an address cannot or must not be fetched
    ├── StoreError        the database cannot be opened, read or written
    └── ModelError        the embedding or reading model cannot be loaded

The message of each is one plain sentence that says what to do; it is shown as it stands.
"""


class DealwireError(Exception):
    """An expected failure; ``str(error)`` is the sentence for the person."""

    exit_code = 1


class UsageError(DealwireError):
    exit_code = 2


class UnreadableError(DealwireError):
    pass


class FetchError(DealwireError):
    """``status`` is the server's, where it answered; ``retry_after`` the seconds that it asked us to wait."""

    def __init__(self, sentence: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.retry_after = retry_after


class StoreError(DealwireError):
    pass


class ModelError(DealwireError):
    pass
