"""Papers out: finance and change for the board, and the workbook."""
