"""Who may what at every address below work/: a decision for each route, apart from the code that answers."""
