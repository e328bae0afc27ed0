make competency-sheet --subject
