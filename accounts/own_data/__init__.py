"""我的数据: the copy that a person takes with him, and 注销帐号."""
