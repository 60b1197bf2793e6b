"""Workbooks that people edited, brought back: what was changed, beside what stands now, and saved once somebody says so."""
