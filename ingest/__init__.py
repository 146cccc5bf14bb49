"""What does this file say? Sources to bytes, bytes to parsed articles; one format a module."""
