#include "fuzz/mutate.h"

#include <cctype>
#include <iterator>

namespace writ::fuzz {

namespace {

struct Piece {
  size_t begin = 0, end = 0;
};

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Words with digits and letters, and single signs. Numbers keep their dots, dates their dashes.
std::vector<Piece> words_of(const std::string& text) {
  std::vector<Piece> words;
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i++;
    if (std::isspace(static_cast<unsigned char>(text[begin])) != 0) continue;
    if (is_word(text[begin])) {
      const bool number = std::isdigit(static_cast<unsigned char>(text[begin])) != 0;
      while (i < text.size() && (is_word(text[i]) || (number && (text[i] == '.' || text[i] == '-' || text[i] == ':' || text[i] == ',') && i + 1 < text.size() &&
                                                      is_word(text[i + 1]) && text[i - 1] != text[i])))
        ++i;
    }
    words.push_back({begin, i});
  }
  return words;
}

std::vector<Piece> lines_of(const std::string& text) {
  std::vector<Piece> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t found = text.find('\n', begin);
    const size_t end = found == std::string::npos ? text.size() : found + 1;
    lines.push_back({begin, end});
    begin = end;
  }
  return lines;
}

int kind(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0 ? 0 : is_word(c) ? 1 : 2; }

template <class T>
const T& any(const std::vector<T>& all, std::mt19937& random) {
  return all[random() % all.size()];
}

std::string text_of(const std::string& text, Piece piece) { return text.substr(piece.begin, piece.end - piece.begin); }

// Another word of the same kind, if one is found soon: a number for a number is more often still an agreement.
std::string word_like(char first, const std::string& text, std::mt19937& random) {
  const std::vector<Piece> words = words_of(text);
  Piece found = any(words, random);
  for (int tries = 0; tries < 8 && kind(text[found.begin]) != kind(first); ++tries) found = any(words, random);
  return text_of(text, found);
}

void change_word(std::string& text, const std::string& other, std::mt19937& random) {
  static const char* const extremes[] = {"0",
                                         "1",
                                         "999999999999999999",
                                         "170141183460469231731687303715884105727",
                                         "0.000000001",
                                         "9999-12-31",
                                         "0001-01-01",
                                         "2026-02-30",
                                         "2026-03-29T01:30",
                                         "100%",
                                         "24:00",
                                         "none",
                                         "not yet",
                                         "unknown",
                                         "as_of"};
  const std::vector<Piece> words = words_of(text), others = words_of(other);
  if (words.empty() || others.empty()) return;
  const Piece at = any(words, random);
  std::string by;
  switch (random() % 10) {
    case 0: break;                                                                      // left out
    case 1: by = text_of(text, at) + " " + text_of(text, at); break;                    // twice
    case 2: by = text_of(text, at) + " " + text_of(other, any(others, random)); break;  // one more
    case 3: by = text_of(other, any(others, random)); break;
    case 4: by = word_like(text[at.begin], other, random); break;
    case 5:
    case 6: by = extremes[random() % std::size(extremes)]; break;
    default: by = word_like(text[at.begin], text, random);
  }
  text.replace(at.begin, at.end - at.begin, by);
}

void change_line(std::string& text, const std::string& other, std::mt19937& random) {
  const std::vector<Piece> lines = lines_of(text), others = lines_of(other);
  if (lines.empty() || others.empty()) return;
  const Piece at = any(lines, random);
  switch (random() % 4) {
    case 0: text.erase(at.begin, at.end - at.begin); break;
    case 1: text.insert(any(lines, random).begin, text_of(text, at)); break;
    case 2: text.insert(at.begin, text_of(other, any(others, random))); break;
    default: text.replace(at.begin, at.end - at.begin, text_of(other, any(others, random)));
  }
}

}  // namespace

std::string change_bytes(std::string bytes, const std::vector<std::string>& seeds, std::mt19937& random) {
  const std::string interesting[] = {"\"", "\"\"", "\n", "\r\n", "\r", ",", "\\u0000", "{", "}", "[", "\\", std::string(1, '\0'), "\xFF", "9999999999999999999",
                                     "%",  "T",    "-"};
  for (size_t changes = 1 + random() % 4; changes > 0; --changes) {
    size_t at = bytes.empty() ? 0 : random() % (bytes.size() + 1);
    switch (random() % 6) {
      case 0: bytes.insert(at, interesting[random() % std::size(interesting)]); break;
      case 1: bytes.erase(at, random() % 8); break;
      case 2:
        if (at < bytes.size()) bytes[at] = static_cast<char>(random());
        break;
      case 3: bytes.insert(at, bytes.substr(at, random() % 64)); break;
      case 4: {
        const std::string& other = any(seeds, random);
        size_t from = random() % (other.size() + 1);
        bytes.insert(at, other.substr(from, random() % 128));
        break;
      }
      default: bytes.resize(at);
    }
  }
  return bytes;
}

std::string change_words(std::string text, const std::vector<std::string>& seeds, std::mt19937& random) {
  for (size_t changes = random() % 3 == 0 ? 3 : 1; changes > 0; --changes) {
    const std::string& other = any(seeds, random);
    if (random() % 3 == 0)
      change_line(text, other, random);
    else
      change_word(text, other, random);
  }
  return text;
}

}  // namespace writ::fuzz
