make --dump competency-sheet
