"""What is a library, and how do its parts act together?"""
