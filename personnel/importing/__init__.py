"""Records of people from outside, read and judged; nothing here writes."""
