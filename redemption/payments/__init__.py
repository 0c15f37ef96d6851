"""拨付登记: what the city has paid is told to the firm (ADR 0214)."""
