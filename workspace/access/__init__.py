"""Who asks, as a value (`actor`), and who may do what (`permissions`): each function of the workspace asks."""
