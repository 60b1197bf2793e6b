"""What is read in for agreements and rounds."""
