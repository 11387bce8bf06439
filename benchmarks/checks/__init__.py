"""The worlds of docs/methods.md, check by check."""
