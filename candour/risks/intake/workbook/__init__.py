"""The workbook of a register back in: what was changed in it, and what that would do to the register."""
