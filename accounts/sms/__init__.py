"""Text messages: written in the transaction, sent by the worker."""
