"""The pages of finance and change."""
