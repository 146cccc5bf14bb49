"""What comes from the web. The only place of the project that opens a connection."""
