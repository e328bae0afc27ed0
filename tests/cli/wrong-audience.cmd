make skills-summary --subject all --from samples/chantier --audience public
