make competency-sheet --from samples/chantier
