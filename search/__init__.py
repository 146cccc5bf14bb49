"""Where does it say that? Text to terms, queries to trees, hits to passages."""
