"""What is written in a cell, as a value: scores, dates, numbers, words and ids, as Ibis expressions over text.

Patterns are read alike by Python's `re`, which looks at a sample, and by RE2, which reads the whole column.
"""
