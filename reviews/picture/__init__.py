"""工作情况: what an office has open, what it decided, how long that took, and for what it sent cases back."""
