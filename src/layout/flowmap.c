/*
 * Flow maps (XSL 1.1, 6.4.22 to 6.4.27): which flows and static contents go into
 * which region.  Without a map, or where it says nothing of a region, a region
 * takes what bears its name.  The flows that a map assigns to the body follow
 * each other in the map's order.
 */
#include "layout/pages.h"

/* The map that a page sequence names, or NULL. */
static struct fo_node *
map_of(const struct layout *l, const struct fo_node *sequence)
{
	const char *name = fo_string(sequence->style, PR_FLOW_MAP_REFERENCE);

	return name != NULL && *name != '\0' ?
	    masters_flow_map(l->masters, name) : NULL;
}

/* The sources of the assignment whose targets name the region, or NULL. */
static struct fo_node *
sources_for(struct fo_doc *d, struct fo_node *map, const char *region)
{
	struct fo_node *a, *targets, *t;

	for (a = map != NULL ? map->first : NULL; a != NULL; a = a->next) {
		targets = fo_child_of_type(d, a, FO_FLOW_TARGET_LIST);
		for (t = targets != NULL ? targets->first : NULL; t != NULL;
		    t = t->next)
			if (str_eq(fo_string(t->style,
			    PR_REGION_NAME_REFERENCE), region))
				return fo_child_of_type(d, a, FO_FLOW_SOURCE_LIST);
	}
	return NULL;
}

const char *
flow_map_next(struct layout *l, const struct fo_node *sequence,
    const char *region, size_t i)
{
	struct fo_node *sources = sources_for(l->doc, map_of(l, sequence),
	    region);
	struct fo_node *s;

	if (sources == NULL)
		return i == 0 ? region : NULL;
	for (s = sources->first; s != NULL; s = s->next)
		if (s->type == FO_FLOW_NAME_SPECIFIER && i-- == 0)
			return fo_string(s->style, PR_FLOW_NAME_REFERENCE);
	return NULL;
}

bool
flow_map_takes(struct layout *l, const struct fo_node *sequence,
    const char *region, const char *flow)
{
	struct fo_node *sources = sources_for(l->doc, map_of(l, sequence),
	    region);
	struct fo_node *s;

	if (sources == NULL || flow == NULL)
		return str_eq(region, flow);
	for (s = sources->first; s != NULL; s = s->next)
		if (s->type == FO_FLOW_NAME_SPECIFIER &&
		    str_eq(fo_string(s->style, PR_FLOW_NAME_REFERENCE), flow))
			return true;
	return false;
}

struct fo_node *
flow_map_flow(struct layout *l, struct fo_node *sequence, const char *region,
    size_t i)
{
	const char *name = flow_map_next(l, sequence, region, i);
	struct fo_node *n = NULL;

	if (name == NULL)
		return NULL;
	while ((n = fo_child(l->doc, sequence, n)) != NULL)
		if (n->type == FO_FLOW &&
		    str_eq(fo_string(n->style, PR_FLOW_NAME), name))
			break;
	return n;
}
