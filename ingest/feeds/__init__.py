"""Feeds: the entries of RSS, Atom and JSON Feed, and lists of feeds."""
