"""The conversation: the command line and Discord. Only translates between people and ``index``."""
