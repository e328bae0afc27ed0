make competency-sheet --subject all --from samples/frameworks -o -
