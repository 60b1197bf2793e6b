"""What can be asked about finance and change."""
