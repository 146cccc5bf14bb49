"""What do we know for certain? Tables, sessions, the queue, read-only SQL."""
