"""How do I use it, and why is it so?"""
