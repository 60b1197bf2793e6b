"""The tracker as a workbook that owners answer in: its columns, and the writer."""
