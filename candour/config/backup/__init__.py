"""Backups: everything that Candour keeps, as one file that either database can be made from. docs/backups.md says its form."""
