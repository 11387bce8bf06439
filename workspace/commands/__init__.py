"""What `python -m workspace` can do, a module for each group of commands."""
