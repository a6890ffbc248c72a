#include <algorithm>

#include "parse/build.h"

namespace writ::parse {

std::vector<Place> places_of(const Build& build, const antlr4::ParserRuleContext* block, std::vector<Place> shown) {
  const size_t begin = block->start->getTokenIndex();
  const size_t end = block->stop == nullptr ? begin : block->stop->getTokenIndex();
  const auto first_behind = [&](size_t word) { return std::ranges::lower_bound(build.repeats, word, {}, [](const Repeat& repeat) { return repeat.first; }); };
  auto repeat = first_behind(begin);
  if (repeat == first_behind(end)) return shown;
  std::vector<Place> places;
  const auto add_before = [&](size_t word) {
    for (; repeat != build.repeats.end() && repeat->first < word; ++repeat) {
      places.push_back({repeat->context, build.shift + repeat->first - repeat->model});
    }
  };
  for (const Place& place : shown) {
    add_before(place.line->start->getTokenIndex());
    places.push_back(place);
    repeat = std::max(repeat, first_behind(place.line->stop->getTokenIndex()));  // those inside it are its own
  }
  add_before(end);
  return places;
}

}  // namespace writ::parse
