"""Pages of papers as pictures, and the data of invoices as a table, made by a process that may be killed (ADR 0124)."""
