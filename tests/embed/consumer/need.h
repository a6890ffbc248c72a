/* Ends the program with the line that failed. */
#ifndef NEED_H
#define NEED_H

#include <stdio.h>
#include <stdlib.h>

#define NEED(condition)                                               \
  do {                                                                \
    if (!(condition)) {                                               \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      exit(1);                                                        \
    }                                                                 \
  } while (0)

#endif
