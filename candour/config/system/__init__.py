"""How the installation is: for who keeps it a page, for what watches it addresses that a program reads."""
