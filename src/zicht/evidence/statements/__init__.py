"""Statements: what a source says, in whose words, and what people make of it."""
