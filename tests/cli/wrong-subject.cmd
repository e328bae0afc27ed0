make competency-sheet --subject scale-autonomy --from samples/frameworks --from samples/chantier -o -
