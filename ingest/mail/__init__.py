"""Mail: one message, or a box of them."""
