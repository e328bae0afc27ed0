make competency-sheet --subject all --from samples/chantier --date 2025-02-30
