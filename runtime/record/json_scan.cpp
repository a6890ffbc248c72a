#include "record/json_scan.h"

#include "record/json_string.h"

namespace writ::record {

namespace {

struct JsonScanner {
  std::string_view line;
  const std::vector<WantedColumn>& wanted;
  JsonRow& row;
  size_t at = 0;
  std::string path;  // of the member that is being read, "a.b"
  std::string name;  // of a member whose name held escapes
  int nesting = 0;

  bool fail(std::string_view why) {
    if (row.problem == Problem::none) {
      row.problem = Problem::bad_json;
      row.detail = std::string(why) + " at byte " + std::to_string(at + 1);
    }
    return false;
  }
  char peek() const { return at < line.size() ? line[at] : '\0'; }
  void skip_space() {
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r' || line[at] == '\n')) ++at;
  }
  bool take(char c, std::string_view why) {
    if (at >= line.size() || line[at] != c) return fail(why);
    ++at;
    return true;
  }

  bool object(bool in_path);
  bool value(bool in_path);
  bool array();
  bool string(std::string& unescaped, std::string_view& text);
  bool number(std::string_view& text);
  bool word(std::string_view expected);
  size_t wanted_index() const;
  bool is_prefix() const;
};

// nothing: not wanted.
size_t JsonScanner::wanted_index() const {
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].name == path) return i;
  }
  return nothing;
}

bool JsonScanner::is_prefix() const {
  for (const WantedColumn& want : wanted) {
    if (want.name.size() > path.size() && want.name[path.size()] == '.' && want.name.compare(0, path.size(), path) == 0) return true;
  }
  return false;
}

bool JsonScanner::string(std::string& unescaped, std::string_view& text) {
  const char* wrong = take_json_string(line, at, unescaped, text);
  return wrong ? fail(wrong) : true;
}

bool JsonScanner::number(std::string_view& text) {
  size_t begin = at;
  auto digits = [this] {
    size_t from = at;
    while (peek() >= '0' && peek() <= '9') ++at;
    return at > from;
  };
  if (peek() == '-') ++at;
  if (peek() == '0')
    ++at;
  else if (!digits())
    return fail("a value must stand");
  if (peek() == '.') {
    ++at;
    if (!digits()) return fail("a digit must follow the point");
  }
  if (peek() == 'e' || peek() == 'E') {
    ++at;
    if (peek() == '+' || peek() == '-') ++at;
    if (!digits()) return fail("a digit must stand in the exponent");
  }
  text = line.substr(begin, at - begin);
  return true;
}

bool JsonScanner::word(std::string_view expected) {
  if (line.substr(at, expected.size()) != expected) return fail("a value must stand");
  at += expected.size();
  return true;
}

bool JsonScanner::array() {
  if (++nesting > most_json_nesting) return fail("values are nested too deeply");
  ++at;
  skip_space();
  if (peek() == ']') {
    ++at;
  } else {
    for (;;) {
      if (!value(false)) return false;
      skip_space();
      if (peek() == ',') {
        ++at;
        continue;
      }
      if (!take(']', "a comma or a closing bracket must stand")) return false;
      break;
    }
  }
  --nesting;
  return true;
}

// `in_path`: `path` names this value, so it may be wanted.
bool JsonScanner::value(bool in_path) {
  skip_space();
  size_t index = in_path ? wanted_index() : nothing;
  char c = peek();
  std::string_view text;
  bool single = c != '{' && c != '[';
  if (c == '{') {
    if (!object(in_path && is_prefix())) return false;
  } else if (c == '[') {
    if (!array()) return false;
  } else if (c == '"') {
    size_t before = row.scratch.size();
    if (!string(row.scratch, text)) return false;
    if (index == nothing) row.scratch.resize(before);
  } else if (c == 't' || c == 'f') {
    std::string_view expected = c == 't' ? "true" : "false";
    if (!word(expected)) return false;
    text = expected;
  } else if (c == 'n') {
    if (!word("null")) return false;
  } else if (!number(text)) {
    return false;
  }
  if (index == nothing) return true;
  if (!single || row.seen[index]) {
    row.problem = single ? Problem::repeated_member : Problem::not_a_single_value;
    row.text = path;
    row.detail = c == '[' ? "an array" : "an object";
    return false;
  }
  row.seen[index] = 1;
  row.values[index] = text;
  return true;
}

bool JsonScanner::object(bool in_path) {
  if (++nesting > most_json_nesting) return fail("values are nested too deeply");
  if (!take('{', "an object must stand")) return false;
  skip_space();
  if (peek() == '}') {
    ++at;
    --nesting;
    return true;
  }
  size_t outer = path.size();
  for (;;) {
    skip_space();
    std::string_view member;
    name.clear();
    if (!string(name, member)) return false;
    if (in_path) {
      if (outer > 0) path += '.';
      path += member;
    }
    skip_space();
    if (!take(':', "a colon must stand")) return false;
    if (!value(in_path)) return false;
    if (in_path) path.resize(outer);
    skip_space();
    if (peek() == ',') {
      ++at;
      continue;
    }
    if (!take('}', "a comma or a closing brace must stand")) return false;
    --nesting;
    return true;
  }
}

}  // namespace

bool scan_json(std::string_view line, const std::vector<WantedColumn>& wanted, JsonRow& row) {
  row.values.assign(wanted.size(), {});
  row.seen.assign(wanted.size(), 0);
  row.scratch.clear();
  row.scratch.reserve(line.size());  // no value may move another: unescaped text is never longer than its source
  row.problem = Problem::none;
  row.text.clear();
  row.detail.clear();
  JsonScanner scanner{line, wanted, row};
  scanner.skip_space();
  if (!scanner.object(true)) return false;
  scanner.skip_space();
  return scanner.at == line.size() ? true : scanner.fail("more follows the object");
}

}  // namespace writ::record
