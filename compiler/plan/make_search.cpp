// The tree of a decision table. Level by level, the numbers of one subject are cut where the ranges of the boxes that are still possible begin
// and end; behind the last level the cases that hold are known, and with them what is decided. Equal nodes are made once.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "plan/guard_regions.h"

namespace writ::plan {

namespace {

using evaluate::LookUpLeaf;
using evaluate::LookUpLevel;
using evaluate::LookUpNode;
using evaluate::LookUpTable;
using evaluate::no_index;

constexpr size_t most_boxes = 1u << 20;  // of all guards
constexpr size_t work_a_box = 64;        // how often a box may be looked at, over all nodes ...
constexpr size_t spare_work = 1u << 18;  // ... and so often more
constexpr size_t most_nodes = 1u << 22;
constexpr size_t most_candidates = 1u << 21;
constexpr size_t spare_entries = 4096;  // that direct levels may have beside a few for every cut

struct HashWords {
  size_t operator()(const std::vector<uint32_t>& words) const {
    uint64_t hash = words.size();
    for (uint32_t word : words) hash = (hash ^ word) * 0x9e3779b97f4a7c15u, hash ^= hash >> 29;
    return hash;
  }
};
using Numbered = std::unordered_map<std::vector<uint32_t>, uint32_t, HashWords>;

// Numbers below cuts[0] lead to targets[0], and so on: one more target than cuts. Targets are nodes of the next level, or leaves.
struct Fork {
  std::vector<int64_t> cuts;
  std::vector<uint32_t> targets;
};

struct Level {
  uint32_t subject = 0;
  std::vector<Fork> forks;
  Numbered by_boxes, by_content;
};

struct Search {
  LookUpTable& table;
  std::vector<Box> boxes;
  std::vector<uint32_t> case_of;  // by box
  std::vector<Level> levels;
  std::map<std::pair<std::array<uint64_t, 2>, uint64_t>, uint32_t> leaves;  // by what is decided, and the guards that hold
  size_t work = 0;
};

bool add_boxes(Search& s) {
  for (uint32_t i = 0; i < s.table.cases.size(); ++i) {
    std::vector<Box> boxes;
    if (!boxes_of(s.table, s.table.cases[i], boxes) || s.boxes.size() + boxes.size() > most_boxes) return false;
    s.boxes.insert(s.boxes.end(), boxes.begin(), boxes.end());
    s.case_of.resize(s.boxes.size(), i);
  }
  return true;
}

bool bounds(const Range& range) { return range.low != INT64_MIN || range.high != INT64_MAX; }

// First what most guards name the very number of: that leaves few of them.
void order_levels(Search& s) {
  std::vector<std::array<size_t, 3>> weights;
  for (uint32_t subject = 0; subject < s.table.subjects; ++subject) {
    size_t named = 0, bounded = 0;
    for (const Box& box : s.boxes) {
      named += box[subject].low == box[subject].high ? 1 : 0;
      bounded += bounds(box[subject]) ? 1 : 0;
    }
    weights.push_back({named, bounded, most_subjects - subject});
  }
  std::sort(weights.rbegin(), weights.rend());
  for (const auto& weight : weights) {
    if (weight[1] == 0) continue;  // `is given` of numbers
    s.levels.emplace_back().subject = static_cast<uint32_t>(most_subjects - weight[2]);
  }
}

// --- Leaves -------------------------------------------------------------------------------------------------------------

bool is_overridden(const Search& s, uint32_t loser, const std::vector<uint32_t>& cases) {
  const std::vector<evaluate::LookUpOverride>& all = s.table.overrides;
  const auto before = [](const evaluate::LookUpOverride& a, uint32_t one) { return a.loser < one; };
  for (auto each = std::lower_bound(all.begin(), all.end(), loser, before); each != all.end() && each->loser == loser; ++each) {
    if (std::binary_search(cases.begin(), cases.end(), each->winner)) return true;
  }
  return false;
}

// Those that no other one overrides.
std::vector<uint32_t> winners_of(const Search& s, const std::vector<uint32_t>& cases) {
  if (s.table.overrides.empty()) return cases;
  std::vector<uint32_t> winners;
  std::copy_if(cases.begin(), cases.end(), std::back_inserter(winners), [&](uint32_t one) { return !is_overridden(s, one, cases); });
  return winners;
}

// What value::decide says where these guards are true and all others false, but for those that are overridden.
LookUpLeaf decided(const Search& s, const std::vector<uint32_t>& cases) {
  LookUpLeaf leaf;
  const auto give = [&](uint32_t result) {
    leaf.result = result;
    const evaluate::LookUpResult& one = s.table.results[result];
    if (one.number >= INT64_MIN && one.number <= INT64_MAX) leaf.number = static_cast<int64_t>(one.number);
    return leaf;
  };
  if (cases.empty() && s.table.base != no_index) return give(s.table.base);
  if (cases.empty()) {
    leaf.kind = LookUpLeaf::Kind::fault;
    leaf.fault = value::Fault::gap;
    return leaf;
  }
  uint32_t first = no_index;
  bool differ = false, open = false, unknown = false;
  for (uint32_t one : cases) {
    const uint32_t result = s.table.cases[one].result;
    if (first == no_index) first = result;
    differ |= result != first;
    open |= s.table.results[result].operand != no_index;
    unknown |= s.table.results[result].state == value::State::unknown;
  }
  if (!differ) return give(first);
  // Two different constants are surely not equal.
  leaf.kind = open ? LookUpLeaf::Kind::open : unknown ? LookUpLeaf::Kind::unknown : LookUpLeaf::Kind::fault;
  if (leaf.kind == LookUpLeaf::Kind::fault) leaf.fault = value::Fault::conflict;
  return leaf;
}

uint32_t add_leaf(Search& s, const std::vector<uint32_t>& boxes) {
  std::vector<uint32_t> cases;
  for (uint32_t box : boxes) {
    if (cases.empty() || cases.back() != s.case_of[box]) cases.push_back(s.case_of[box]);  // boxes stand in the order of cases
  }
  const std::vector<uint32_t> winners = winners_of(s, cases);
  const LookUpLeaf leaf = decided(s, winners);
  const uint64_t held = value::held_pair(winners.empty() ? 0 : winners[0] + 1, winners.size() < 2 ? 0 : winners[1] + 1);
  const uint64_t kind = static_cast<uint64_t>(leaf.kind) << 8 | static_cast<uint64_t>(leaf.fault);
  const auto [place, added] = s.leaves.emplace(std::pair{std::array<uint64_t, 2>{leaf.result, kind}, held}, static_cast<uint32_t>(s.table.leaves.size()));
  if (added) {
    s.table.leaves.push_back(leaf);
    s.table.held.push_back(held);
  }
  return place->second;
}

// --- Forks --------------------------------------------------------------------------------------------------------------

struct Edge {
  int64_t at = 0;
  uint32_t box = 0;
  bool begins = false;
};

// Calls each(first number or none, boxes) for every stretch of a subject's numbers, in ascending order.
template <class Each>
bool for_each_stretch(Search& s, uint32_t subject, const std::vector<uint32_t>& boxes, Each each) {
  std::vector<Edge> edges;
  std::vector<uint32_t> open;  // in ascending order
  for (uint32_t box : boxes) {
    const Range& range = s.boxes[box][subject];
    if (range.low == INT64_MIN)
      open.push_back(box);
    else
      edges.push_back({range.low, box, true});
    if (range.high != INT64_MAX) edges.push_back({range.high + 1, box, false});
  }
  std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.at < b.at; });
  for (size_t i = 0; i <= edges.size();) {
    s.work += open.size() + 1;
    if (s.work > s.boxes.size() * work_a_box + spare_work || !each(i == 0 ? nullptr : &edges[i - 1].at, open)) return false;
    if (i == edges.size()) break;
    const int64_t at = edges[i].at;
    for (; i < edges.size() && edges[i].at == at; ++i) {
      const auto place = std::lower_bound(open.begin(), open.end(), edges[i].box);
      if (edges[i].begins)
        open.insert(place, edges[i].box);
      else
        open.erase(place);
    }
  }
  return true;
}

std::vector<uint32_t> content_of(const Fork& fork) {
  std::vector<uint32_t> words = fork.targets;
  for (int64_t cut : fork.cuts) words.push_back(static_cast<uint32_t>(cut)), words.push_back(static_cast<uint32_t>(static_cast<uint64_t>(cut) >> 32));
  return words;
}

// The node of a level for the boxes that are possible there; a leaf behind the last level.
bool add_fork(Search& s, size_t depth, const std::vector<uint32_t>& boxes, uint32_t& index) {
  if (depth == s.levels.size()) {
    index = add_leaf(s, boxes);
    return true;
  }
  Level& level = s.levels[depth];
  const auto known = level.by_boxes.find(boxes);
  if (known != level.by_boxes.end()) {
    index = known->second;
    return true;
  }
  Fork fork;
  const bool fits = for_each_stretch(s, level.subject, boxes, [&](const int64_t* from, const std::vector<uint32_t>& open) {
    uint32_t target = 0;
    if (!add_fork(s, depth + 1, open, target)) return false;
    if (from != nullptr && fork.targets.back() == target) return true;
    if (from != nullptr) fork.cuts.push_back(*from);
    fork.targets.push_back(target);
    return true;
  });
  if (!fits) return false;
  const auto [place, added] = level.by_content.emplace(content_of(fork), static_cast<uint32_t>(level.forks.size()));
  index = place->second;
  if (added) level.forks.push_back(std::move(fork));
  level.by_boxes.emplace(boxes, index);
  return true;
}

// --- Nodes --------------------------------------------------------------------------------------------------------------

// An entry for every number from the one before the first cut to the last cut.
uint64_t entries_of(const Fork& fork) {
  if (fork.cuts.empty()) return 1;
  const uint64_t span = static_cast<uint64_t>(fork.cuts.back()) - static_cast<uint64_t>(fork.cuts.front());
  return span > UINT32_MAX ? UINT32_MAX : span + 2;
}

void choose_form(const Level& level, LookUpLevel& out) {
  out.subject = level.subject;
  uint64_t entries = 0, cuts = 0, most = 0;
  for (const Fork& fork : level.forks) {
    entries += entries_of(fork);
    cuts += fork.cuts.size();
    most = std::max<uint64_t>(most, fork.cuts.size());
  }
  out.rounds = 0;
  while (most >> out.rounds != 0) ++out.rounds;
  out.rounds = std::max(out.rounds, 1u);
  out.direct = out.rounds > 1 && entries <= 8 * cuts + spare_entries;
}

uint32_t add_direct(LookUpTable& table, const Fork& fork) {
  const uint32_t first = static_cast<uint32_t>(table.children.size());
  LookUpNode node;
  node.a = first;
  table.children.push_back(fork.targets[0]);
  if (!fork.cuts.empty()) {
    node.number = fork.cuts.front() - 1;
    for (size_t i = 0; i < fork.cuts.size(); ++i) {
      const size_t numbers = i + 1 < fork.cuts.size() ? static_cast<size_t>(fork.cuts[i + 1] - fork.cuts[i]) : 1;
      table.children.insert(table.children.end(), numbers, fork.targets[i + 1]);
    }
  }
  node.b = static_cast<uint32_t>(table.children.size()) - first - 1;
  table.nodes.push_back(node);
  return static_cast<uint32_t>(table.nodes.size() - 1);
}

using MadeNodes = std::map<std::array<uint64_t, 3>, uint32_t>;

uint32_t add_node(LookUpTable& table, MadeNodes& made, const LookUpNode& node) {
  const auto [place, added] =
      made.emplace(std::array<uint64_t, 3>{static_cast<uint64_t>(node.number), node.a, node.b}, static_cast<uint32_t>(table.nodes.size()));
  if (added) table.nodes.push_back(node);
  return place->second;
}

// A tree over the cuts [first, last) of a fork, of so many rounds on every way.
uint32_t add_search(LookUpTable& table, MadeNodes& made, const Fork& fork, size_t first, size_t last, uint32_t rounds) {
  if (rounds == 0) return fork.targets[first];
  const size_t middle = first + (last - first) / 2;
  LookUpNode node;
  if (first == last) {
    node.a = node.b = add_search(table, made, fork, first, last, rounds - 1);
  } else {
    node.number = fork.cuts[middle];
    node.a = add_search(table, made, fork, first, middle, rounds - 1);
    node.b = add_search(table, made, fork, middle + 1, last, rounds - 1);
  }
  return add_node(table, made, node);
}

// From the last level to the first, so that every target has its place already.
bool lay_out(Search& s, uint32_t root) {
  LookUpTable& table = s.table;
  std::vector<uint32_t> places;  // of the forks of the level behind
  for (size_t depth = s.levels.size(); depth-- > 0;) {
    LookUpLevel form;
    choose_form(s.levels[depth], form);
    MadeNodes made;
    std::vector<uint32_t> here;
    for (Fork& fork : s.levels[depth].forks) {
      if (depth + 1 < s.levels.size()) {
        for (uint32_t& target : fork.targets) target = places[target];
      }
      here.push_back(form.direct ? add_direct(table, fork) : add_search(table, made, fork, 0, fork.cuts.size(), form.rounds));
      if (table.nodes.size() > most_nodes) return false;
    }
    places = std::move(here);
    table.levels.insert(table.levels.begin(), form);
  }
  table.root = s.levels.empty() ? root : places[root];
  return true;
}

// --- Candidates ---------------------------------------------------------------------------------------------------------

// Where there are too many, none are noted, and every case is asked.
void note_candidates(Search& s) {
  LookUpTable& table = s.table;
  if (s.levels.empty()) return;
  const uint32_t subject = table.narrowing = s.levels.front().subject;
  Search lists{table, {}, {}, {}, {}, 0};  // its boxes: a range of one subject each
  std::vector<uint32_t> all, absent;
  for (uint32_t i = 0; i < table.cases.size(); ++i) {
    const Possible possible = possible_by(table, table.cases[i], subject);
    if (possible.absent) absent.push_back(i);
    for (const Range& range : possible.ranges) {
      all.push_back(static_cast<uint32_t>(lists.boxes.size()));
      lists.boxes.emplace_back()[subject] = range;
      lists.case_of.push_back(i);
    }
  }
  const bool fits = for_each_stretch(lists, subject, all, [&](const int64_t* from, const std::vector<uint32_t>& open) {
    if (from != nullptr) table.cuts.push_back(*from);
    table.first_candidate.push_back(static_cast<uint32_t>(table.candidates.size()));
    for (uint32_t box : open) table.candidates.push_back(lists.case_of[box]);
    return table.candidates.size() <= most_candidates;
  });
  if (!fits) {
    table.cuts.clear(), table.first_candidate.clear(), table.candidates.clear();
    return;
  }
  table.first_candidate.push_back(static_cast<uint32_t>(table.candidates.size()));
  table.candidates.insert(table.candidates.end(), absent.begin(), absent.end());
  table.first_candidate.push_back(static_cast<uint32_t>(table.candidates.size()));
}

// Every row is decided by the whole rule.
void leave_open(LookUpTable& table) {
  table.levels.clear(), table.nodes.clear(), table.children.clear(), table.leaves.clear();
  table.root = 0;
  table.leaves.emplace_back().kind = LookUpLeaf::Kind::open;
  table.held.assign(1, 0);
}

}  // namespace

void make_search(LookUpTable& table) {
  Search s{table, {}, {}, {}, {}, 0};
  const bool boxed = add_boxes(s);
  order_levels(s);
  std::vector<uint32_t> all(s.boxes.size());
  for (uint32_t i = 0; i < all.size(); ++i) all[i] = i;
  uint32_t root = 0;
  if (!boxed || !add_fork(s, 0, all, root) || !lay_out(s, root)) leave_open(table);
  for (const LookUpLeaf& leaf : table.leaves) table.open |= leaf.kind == LookUpLeaf::Kind::open;
  note_candidates(s);
}

}  // namespace writ::plan
