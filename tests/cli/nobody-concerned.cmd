make activity-summary --subject all --from samples/service --dump-fo
