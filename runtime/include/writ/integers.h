/*
 * Integers of a known width, also for compilers of C of 1989, which have no <stdint.h>.
 * Where there is one, these are its types.
 */
#ifndef WRIT_INTEGERS_H
#define WRIT_INTEGERS_H

#if defined(__cplusplus) || (defined(__STDC_VERSION__) && __STDC_VERSION__ >= 199901L)

#include <stdint.h>
typedef int8_t writ_int8;
typedef uint8_t writ_uint8;
typedef int16_t writ_int16;
typedef uint16_t writ_uint16;
typedef int32_t writ_int32;
typedef uint32_t writ_uint32;
typedef int64_t writ_int64;
typedef uint64_t writ_uint64;

#else

#include <limits.h>
#if UCHAR_MAX != 0xff || USHRT_MAX != 0xffff || UINT_MAX != 0xffffffff
#error "writ: this machine has no integers of 8, 16 and 32 bits"
#endif
typedef signed char writ_int8;
typedef unsigned char writ_uint8;
typedef short writ_int16;
typedef unsigned short writ_uint16;
typedef int writ_int32;
typedef unsigned int writ_uint32;
#if ULONG_MAX != 0xffffffffUL
typedef long writ_int64;
typedef unsigned long writ_uint64;
#elif defined(__GNUC__)
__extension__ typedef long long writ_int64;
__extension__ typedef unsigned long long writ_uint64;
#elif defined(_MSC_VER)
typedef __int64 writ_int64;
typedef unsigned __int64 writ_uint64;
#else
#error "writ: this compiler has no integers of 64 bits"
#endif

#endif

#endif
