"""Pages of what is sent and received."""
