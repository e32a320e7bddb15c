"""How the shipped weights were made: ``python -m index.reader.train`` runs it, the product never does."""
