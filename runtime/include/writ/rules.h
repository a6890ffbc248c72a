/*
 * Rule sets that were compiled ahead of time: opening one, asking what it is, one case at a time, and explanations.
 *
 * `writ build AGREEMENT --target object|static|shared --name NAME` makes an artefact of which C sees one function:
 *
 *   const writ_rules* NAME_rules(void);
 *
 * An artefact and this library need neither the agreement's text nor the compiler. Texts are UTF-8. Functions that write a text into memory of
 * the caller write at most `capacity` bytes, the last of them 0, and set `*size` to what the whole text needs with its 0; memory may be null where
 * capacity is 0. Names and words that are given back as pointers live as long as the evaluator.
 */
#ifndef WRIT_RULES_H
#define WRIT_RULES_H

#include <writ/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct writ_rules writ_rules; /* an artefact, in the memory of the program; immutable */

#define WRIT_NOWHERE 0xffffffffu /* no such index */

/* Opens a rule set with the code for this processor. After a failure `*out` is an evaluator that can only tell the reason (null where memory ran
 * out); it, too, must be freed. An evaluator may be shared by threads. */
writ_status writ_open(const writ_rules* rules, writ_evaluator** out);
/* The level of processor whose code is used: of x86-64 1, 3 or 4. */
writ_uint32 writ_level(const writ_evaluator* evaluator);

/* In words. */
const char* writ_status_text(writ_status status);
/* Why the last function with this evaluator failed that made no use of totals (writ_open, writ_totals_new, writ_load, descriptions); threads that
 * share an evaluator share this text. */
writ_status writ_error(const writ_evaluator* evaluator, char* text, size_t capacity, size_t* size);
/* Why the last function with these totals failed. */
writ_status writ_totals_error(const writ_totals* totals, char* text, size_t capacity, size_t* size);

#ifdef __cplusplus
}
#endif

#endif
