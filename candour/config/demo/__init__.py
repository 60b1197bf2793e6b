"""The demo: an invented office and an invented force with two years of history, dated back from today."""
