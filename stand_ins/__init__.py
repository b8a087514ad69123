"""Stand-ins for systems outside: programs of their own, which import nothing of ours."""
