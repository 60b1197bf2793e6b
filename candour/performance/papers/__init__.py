"""What measures write: the performance report, files of rows, open data."""
