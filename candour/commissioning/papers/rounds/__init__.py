"""What is written of grant rounds: the report, the letters, and the workbook that applications come in."""
