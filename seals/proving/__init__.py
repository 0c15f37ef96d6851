"""核对: each check yields sentences, the first broken line first, some at most; what is whole yields none."""
