"""登录设备: where a person is signed in."""
