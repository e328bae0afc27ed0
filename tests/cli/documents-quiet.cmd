documents -q
