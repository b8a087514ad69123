"""Load programs outside the application: they speak HTTP as people's browsers do, and know none of its code."""
