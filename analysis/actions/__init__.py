"""Writes of this app: what people keep, and what the clock does for them."""
