"""What every case of a unit shares: its columns, who sees it, its verbs and news, its pages."""
