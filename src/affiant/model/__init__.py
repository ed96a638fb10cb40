"""Frozen values, one noun per file. No input, no output, no clock."""
