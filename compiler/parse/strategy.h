// What the generated parser does when a line does not fit: report once, skip that line, read on.
#pragma once
#include <antlr4-runtime.h>

#include "parse/mistakes.h"

namespace writ::parse {

class Strategy : public antlr4::DefaultErrorStrategy {
 public:
  explicit Strategy(Reading& reading) : reading_(reading) {}

  void reset(antlr4::Parser*) override { reported_ = false; }
  antlr4::Token* recoverInline(antlr4::Parser* parser) override;
  void recover(antlr4::Parser* parser, std::exception_ptr error) override;
  void sync(antlr4::Parser* parser) override;
  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) override;
  bool inErrorRecoveryMode(antlr4::Parser*) override { return reported_; }
  void reportMatch(antlr4::Parser*) override {}

 private:
  Reading& reading_;
  bool reported_ = false;  // this line's mistake, while the rules around it are left
  bool broke_off_ = false;
};

}  // namespace writ::parse
