"""The yearly report on paper, and its figures as a workbook: made of frozen figures alone (art. 13.8)."""
