"""What analyses know without the database: when a schedule runs, when an alert speaks."""
