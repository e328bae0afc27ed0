/*
 * cli: the command line.  Commands and options are rows of tables; what each
 * prints comes from messages/.  Findings of `check` are its result and go to
 * standard output; those of other commands go to standard error.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/base.h"

/* The whole program; returns its exit status. */
int cli_main(int argc, char *argv[]);

#endif
