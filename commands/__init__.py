"""What did the person type? Read options, make one call on the library, render, exit code."""
