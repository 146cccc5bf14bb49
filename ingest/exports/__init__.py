"""What other programs give out: saved links, articles saved with them, references, tables."""
