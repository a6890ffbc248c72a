#include "record/history.h"

#include <algorithm>
#include <numeric>

#include "record/problems.h"

namespace writ::record {

namespace {

// -1, 0 or 1 as row a comes before, with or after row b by what orders them. An absent order comes before every given one.
int compare_rows(const HistoryStore& store, uint32_t at, const uint32_t* order_by, const std::vector<std::string>& texts, uint32_t a, uint32_t b) {
  auto sign = [](auto x, auto y) { return x < y ? -1 : x > y ? 1 : 0; };
  const std::vector<int64_t>& instants = store.columns[at].values;
  if (int s = sign(instants[a], instants[b]); s != 0) return s;
  if (!order_by) return 0;
  const Column& order = store.columns[*order_by];
  if (!order.states.empty()) {
    bool a_given = order.states[a] == value::State::given, b_given = order.states[b] == value::State::given;
    if (!a_given || !b_given) return sign(a_given, b_given);
  }
  if (!texts.empty()) return texts[a].compare(texts[b]) < 0 ? -1 : texts[a] == texts[b] ? 0 : 1;
  return sign(order.values[a], order.values[b]);
}

template <class T>
void reorder(std::vector<T>& items, const std::vector<uint32_t>& order) {
  if (items.empty()) return;
  std::vector<T> out;
  out.reserve(order.size());
  for (uint32_t from : order) out.push_back(std::move(items[from]));
  items = std::move(out);
}

}  // namespace

void arrange(HistoryStore& store, const std::vector<uint32_t>& key_of_row, uint32_t at, const uint32_t* order_by, const std::vector<std::string>& order_texts) {
  size_t rows = key_of_row.size();
  uint32_t keys = count(store.keys);
  store.starts.assign(keys + 1, 0);
  for (uint32_t key : key_of_row) ++store.starts[key + 1];
  std::partial_sum(store.starts.begin(), store.starts.end(), store.starts.begin());
  std::vector<uint32_t> order(rows), next(store.starts.begin(), store.starts.end() - 1);
  for (uint32_t row = 0; row < rows; ++row) order[next[key_of_row[row]]++] = row;

  store.tied.assign(keys, 0);
  store.wanted.assign(keys, 0);
  store.unreadable.resize(keys);
  for (uint32_t key = 0; key < keys; ++key) {
    auto first = order.begin() + store.starts[key], last = order.begin() + store.starts[key + 1];
    std::stable_sort(first, last, [&](uint32_t a, uint32_t b) { return compare_rows(store, at, order_by, order_texts, a, b) < 0; });
    auto equal = [&](uint32_t a, uint32_t b) { return compare_rows(store, at, order_by, order_texts, a, b) == 0; };
    store.tied[key] = std::adjacent_find(first, last, equal) != last;
  }
  for (Column& column : store.columns) {
    reorder(column.values, order);
    reorder(column.states, order);
    reorder(column.texts, order);
  }
  reorder(store.origins, order);
}

void append_history(HistoryRows& rows, const HistoryStore& store, uint32_t key) {
  if (rows.offsets.empty()) rows.offsets.push_back(0);
  if (rows.columns.size() < store.columns.size()) rows.columns.resize(store.columns.size());
  uint32_t begin = 0, end = 0;
  if (key != nothing) {
    begin = store.starts[key];
    end = store.starts[key + 1];
  }
  for (size_t i = 0; i < store.columns.size(); ++i) {
    const Column& from = store.columns[i];
    Column& to = rows.columns[i];
    to.values.insert(to.values.end(), from.values.begin() + begin, from.values.begin() + end);
    if (!from.states.empty()) to.states.insert(to.states.end(), from.states.begin() + begin, from.states.begin() + end);
    if (!from.texts.empty()) to.texts.insert(to.texts.end(), from.texts.begin() + begin, from.texts.begin() + end);
  }
  rows.offsets.push_back(rows.offsets.back() + (end - begin));
  rows.tied.push_back(key == nothing ? 0 : store.tied[key]);
}

}  // namespace writ::record
