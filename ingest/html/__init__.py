"""Web pages: what the publisher says of a page, and the words on it."""
