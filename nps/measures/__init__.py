"""Pure functions: counts or frames in, numbers or frames out. One definition per measure; methods in docs/methods.md."""
