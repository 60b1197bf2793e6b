"""Recommendations out of the house: the panel's papers, the workbook for owners, and files of rows."""
