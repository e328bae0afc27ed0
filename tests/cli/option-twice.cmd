make competency-sheet -s a --date 2026-01-05 --date=2026-01-06
