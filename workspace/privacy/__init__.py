"""What people may ask about their data: `erase` forgets somebody, `export` hands it out, `retention` ends it."""
