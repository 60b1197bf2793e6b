"""Recommendations out of the house: the workbook for owners, and files of rows."""
