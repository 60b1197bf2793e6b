"""A workbook of answers brought back: what each filled row would record."""
