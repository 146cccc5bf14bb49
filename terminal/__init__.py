"""How is an answer shown? Text that is safe to print, tables, progress, JSON, exit codes."""
