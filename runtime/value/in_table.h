#pragma once
// The functions of value/clock.h over the rows that a table has: a table of some years knows nothing of the others here. Private to this folder.

#include "value/clock.h"

namespace writ::value {

namespace in_table {

Answer is_open(const CalendarTable& table, Instant t);
Amount open_between(const CalendarTable& table, Instant a, Instant b);
Moment add_open(const CalendarTable& table, Instant t, int64_t amount);

}  // namespace in_table

// What some years tell is what all years tell; what they do not tell, all years are asked. `look` gives something that is known or not.
template <class Look, class... Of>
auto ask(Look look, const CalendarTable& table, Of... of) {
  for (const CalendarTable* asked = &table;; asked = &all_years(*asked)) {
    const auto answer = look(*asked, of...);
    if (answer.known || !asked->others) return answer;
  }
}

}  // namespace writ::value
