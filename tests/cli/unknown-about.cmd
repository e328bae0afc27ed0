make competency-sheet --subject person-kowalczyk --about evaluation-x --from samples/frameworks --from samples/chantier -o -
