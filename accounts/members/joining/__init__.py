"""加入申请: who asks to join a unit, and who answers."""
