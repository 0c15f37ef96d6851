"""材料箱 of a unit: papers kept once, offered in each of its forms."""
