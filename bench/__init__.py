"""How fast, beside the others? Each module measures one thing; results are kept in `results/`."""
