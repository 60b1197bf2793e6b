"""What inspections write: the report for the board, and the response that is published."""
