"""Who opened which restricted record, kept beside the history. See docs/adr/0045."""
