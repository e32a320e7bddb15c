"""How well the engine answers, and how its weights were fitted: not tests, but what docs/quality.md reports."""
