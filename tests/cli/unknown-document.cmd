make competence-sheet --subject all
