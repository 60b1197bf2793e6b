"""candour bench: the numbers that DESIGN holds, measured on this machine. Timings live here and never in tests."""
