"""Paper: forms as PDF. Data in, bytes out; nothing here writes or asks who may."""
