/*
 * A fuzz target is a file fuzz_NAME.c with these two.  `make fuzz-NAME` gives
 * it to libFuzzer; `make test` runs it briefly with driver.c.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Folders and suffixes in turn, NULL at the end: files to start from. */
extern const char *const fuzz_seeds[];

/* Must return whatever the bytes are. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#endif
