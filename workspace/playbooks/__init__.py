"""When this happens, do that: rules find facts, and each fact is acted on once."""
