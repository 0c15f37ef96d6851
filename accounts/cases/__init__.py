"""What every case of a unit shares: its columns, who sees it, its pages."""
