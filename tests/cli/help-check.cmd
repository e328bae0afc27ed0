check -h
