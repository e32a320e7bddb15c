"""Measurements, apart from the tests: nothing here passes or fails. ``make bench`` runs all of it."""
