make competency-sheet --subject all --from nowhere -o -
