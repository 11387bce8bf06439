"""Pure functions: counts or frames in, numbers or frames out. One definition per measure, as docs/methods.md has it."""
