"""PDFs: words with their places, put into reading order."""
