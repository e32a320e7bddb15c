"""What several tests need: made-up articles, and ``dealwire`` as a real process without its slow start."""
