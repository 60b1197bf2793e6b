"""Candour: one version of the truth for a local policing body and its force."""

__version__ = "0.1.0"
