"""Agreements as open data: OCDS 1.1, the 360Giving Data Standard, spend of a month and KPIs. Rows in, plain data out."""
