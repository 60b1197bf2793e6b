"""What is written from the register: the paper for the board, and files of rows."""
