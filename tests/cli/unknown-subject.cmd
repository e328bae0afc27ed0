make competency-sheet --subject person-kowalzyk --from samples/frameworks --from samples/chantier -o -
