"""A building permit across commune, province and a ministry's agency."""
