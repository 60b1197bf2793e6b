"""Registers as workbooks that people edit: what such a workbook is made of, and the writer. Apps say their columns."""
