"""Who asks, as a value (`actor`), and who may do what (`permissions`): each function of the workspace asks.

`users` may come in, by one of the `ways`, for as long as one of their `sessions` lasts.
"""
