"""机时预约: an instrument has hours, closed days and places; a wish of time is part of the order (ADR 0215)."""
