// The same loop for this and for wider vectors: the loader of the program takes the widest that the processor has. Private to this folder.
#pragma once

#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__)
#define WRIT_WIDE __attribute__((target_clones("default", "avx2", "arch=x86-64-v4")))
#else
#define WRIT_WIDE
#endif
