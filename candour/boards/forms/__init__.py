"""The forms of boards."""
