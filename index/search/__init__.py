"""Hybrid retrieval: dense and lexical candidates behind two small interfaces, fused by rank."""
