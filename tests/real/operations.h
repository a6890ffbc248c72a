// What the operation of a library means, said in Writ: parameters for the instants and dates of the case, and a rule for its answer.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "real/calendar_words.h"
#include "real/case.h"

namespace writ::real {

enum class Answer { truth, number, date, instant, open_time, intervals };

struct Rule {
  std::string name;
  std::string body;  // what stands behind `rule NAME`
};

struct Sentence {
  std::vector<std::pair<std::string, std::string>> params;  // name; type and value, "instant = 2015-02-26T10:12"
  std::vector<Rule> rules;                                  // one, or for intervals a start and an end each
  Answer answer = Answer::truth;
  int64_t unit = 1;              // open_time: microseconds in one of the unit in which the case states it
  bool counts_holidays = false;  // reads the two counters of write_holiday_counters
};

struct Said {
  std::optional<Sentence> sentence;
  std::string why_not;  // when there is none
};

// `prefix` begins every name of the sentence; `calendar` is the name of the case's calendar.
Said say(const Case& one, const CalendarWords& words, const std::string& prefix, const std::string& calendar);

}  // namespace writ::real
