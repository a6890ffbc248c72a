// Our words as the generated parser takes them: a word knows its index in Reading::tokens, also where the parser is not shown all of them.
#pragma once
#include <antlr4-runtime.h>

#include "parse/token.h"

namespace writ::parse {

class Word : public antlr4::Token {
 public:
  Word(const parse::Token& token, size_t index) : token_(&token), index_(index) {}

  size_t getType() const override { return token_->type; }
  size_t getTokenIndex() const override { return index_; }
  size_t getLine() const override { return token_->line; }
  size_t getCharPositionInLine() const override { return token_->column; }
  size_t getChannel() const override { return DEFAULT_CHANNEL; }
  size_t getStartIndex() const override { return token_->begin; }
  size_t getStopIndex() const override { return token_->end - 1; }
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  antlr4::CharStream* getInputStream() const override { return nullptr; }
  std::string getText() const override { return ""; }  // asked for messages of ANTLR's own, which nobody sees
  std::string toString() const override { return ""; }

 private:
  const parse::Token* token_;
  size_t index_;
};

// The last word is the end of the text. Reading::tokens stay as they are while the parser reads.
class Words : public antlr4::TokenStream {
 public:
  explicit Words(const Reading& reading) {
    words_.reserve(reading.tokens.size());
    for (size_t i = 0; i < reading.tokens.size(); ++i) words_.emplace_back(reading.tokens[i], i);
  }
  Words(const Reading& reading, const std::vector<size_t>& shown) {
    words_.reserve(shown.size());
    for (const size_t i : shown) words_.emplace_back(reading.tokens[i], i);
  }

  antlr4::Token* LT(ssize_t k) override {
    if (k < 0) return at_ < static_cast<size_t>(-k) ? nullptr : &words_[at_ - static_cast<size_t>(-k)];
    return &words_[std::min(at_ + static_cast<size_t>(k) - 1, words_.size() - 1)];
  }
  size_t LA(ssize_t k) override { return LT(k)->getType(); }
  void consume() override { at_ = std::min(at_ + 1, words_.size() - 1); }
  size_t index() override { return at_; }
  void seek(size_t index) override { at_ = std::min(index, words_.size() - 1); }
  size_t size() override { return words_.size(); }
  ssize_t mark() override { return 0; }
  void release(ssize_t) override {}
  antlr4::Token* get(size_t index) const override { return const_cast<Word*>(&words_[index]); }
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  std::string getSourceName() const override { return ""; }
  std::string getText() override { return ""; }
  std::string getText(const antlr4::misc::Interval&) override { return ""; }
  std::string getText(antlr4::RuleContext*) override { return ""; }
  std::string getText(antlr4::Token*, antlr4::Token*) override { return ""; }

 private:
  std::vector<Word> words_;
  size_t at_ = 0;
};

}  // namespace writ::parse
