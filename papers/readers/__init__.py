"""One reader a module; each says what it read and where, none says how sure that is."""
