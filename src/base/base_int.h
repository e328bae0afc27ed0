/*
 * What the files of base/ share among themselves.
 */
#ifndef BASE_BASE_INT_H
#define BASE_BASE_INT_H

#include "base/base.h"

/* The printed id, the severity and the unfilled words of a code. */
const char *message_id(enum diag_code code);
enum diag_severity message_severity(enum diag_code code);
const char *message_text(enum lang lang, enum diag_code code);

/* Writes all bytes whatever the kind of descriptor; 0 or an errno. */
int fd_write_all(int fd, const void *p, size_t n);

#endif
