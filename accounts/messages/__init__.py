"""消息设置 and addresses that take nothing: what a person is told, by which ways, and whether they still lead to him."""
