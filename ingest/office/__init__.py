"""Documents of office programs, and books: blocks with roles."""
