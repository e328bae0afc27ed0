make competency-sheet --subject person-kowalczyk --date 2020-01-01 --from samples/frameworks --from samples/chantier -o -
