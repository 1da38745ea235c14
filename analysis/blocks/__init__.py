"""What the pages of analyses show."""
