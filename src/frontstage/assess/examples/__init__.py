"""Data made for examples: a file for each, and the script that makes it."""
