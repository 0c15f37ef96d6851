"""专家库: what experts are and whom they are near, and which of them a case may be heard by (docs/adr/0159)."""
