"""What the tests stand on: a database of their own, as the application sees it."""
