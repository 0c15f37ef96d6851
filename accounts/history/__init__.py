"""登录记录: what is written of every way in, and how its list is narrowed."""
