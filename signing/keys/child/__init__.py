"""Scripts run alone with what isn't trusted; they import nothing of the project."""
