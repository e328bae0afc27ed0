make competency-sheet --subject a --subject b --from samples/genie -o x.pdf
