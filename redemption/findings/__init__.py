"""What was checked in a claim, with the figures, their sources and places: for the desk, and for the unit before 申请."""
