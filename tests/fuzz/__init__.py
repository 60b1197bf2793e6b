"""Mutated files for every reader: each is read or refused in words, and never anything else. See docs/security/fuzzing.md."""
