"""Rules of boards: pure; thresholds and days are passed in."""
