#include "parse/build.h"
#include "parse/diagnostics.h"

namespace writ::parse {

namespace {

struct Lines {
  ast::Commitment commitment;
  Once once;
  bool damaged = false;
  bool says_within = false, says_before = false;
};

void add_row(Build& build, Lines& lines, Grammar::CommitmentLineContext* line, source::Span span) {
  ast::Within row;
  row.span = span;
  row.tier = name_of(build, line->name());
  row.otherwise = row.tier.text == "otherwise";
  row.none = line->NO() != nullptr;
  if (!row.none) row.amount = sum(build, line->sum());
  if (!lines.once.first(build, row.tier.written() ? "the deadline of `" + row.tier.text + "`" : "the deadline", span)) return;
  lines.says_within = lines.says_within || line->WITHIN() != nullptr;
  lines.says_before = lines.says_before || line->BEFORE() != nullptr;
  lines.commitment.before = lines.says_before;
  if (lines.says_within && lines.says_before) diag::report(build.reading.sink, mixed_deadlines, span);
  lines.commitment.within.push_back(std::move(row));
}

void add_line(Build& build, Lines& lines, Grammar::CommitmentLineContext* line) {
  const source::Span span = span_of(build, line);
  if (line->FROM() != nullptr) {
    if (!lines.once.first(build, "`from ... until`", span)) return;
    const std::vector<Grammar::ClockPointContext*> points = line->clockPoint();
    lines.commitment.from = clock_point(build, points.front());
    for (size_t i = 1; i < points.size(); ++i) lines.commitment.until.push_back(clock_point(build, points[i]));
  } else if (line->EXCUSED() != nullptr) {
    if (lines.once.first(build, "`excused when`", span)) lines.commitment.excused = expression(build, line->expr());
  } else if (line->PAUSED() != nullptr) {
    if (lines.once.first(build, "`paused while`", span)) lines.commitment.paused = expression(build, line->expr());
  } else if (line->CALENDAR() != nullptr) {
    if (lines.once.first(build, "`calendar`", span)) lines.commitment.calendar = name_of(build, line->name());
  } else {
    add_row(build, lines, line, span);
  }
}

}  // namespace

ast::ClauseItem commitment_of(Build& build, Grammar::CommitmentContext* context) {
  Lines lines;
  ast::Commitment& commitment = lines.commitment;
  commitment.name = declared_name(build, context->name(0));
  commitment.printed = text_of(build, context->STRING());
  commitment.for_ = name_of(build, context->name(1));
  commitment.where = expression(build, context->expr());
  commitment.by = name_of(build, context->name(2));
  commitment.span = span_of(build, context);
  lines.damaged = lost_a_line(build, context, Grammar::RuleCommitmentLine);
  for (Grammar::CommitmentLineContext* line : lines_of(build, context, context->commitmentLine())) {
    lines.damaged = lines.damaged || broken(line);
    if (!broken(line)) add_line(build, lines, line);
  }
  commitment.damaged = lines.damaged;
  const bool timed = commitment.from.valid();
  const bool limited = !commitment.within.empty();
  if (timed && limited) return std::move(commitment);
  if (!lines.damaged) {
    const std::string what = "the commitment `" + commitment.name.text + "`";
    if (!timed) report_missing(build, commitment.name.span, what, "from when until when its clock runs: `from ... until ...`");
    if (!limited) report_missing(build, commitment.name.span, what, "how long it may take: `within ...`");
  }
  return unread(build, context);
}

}  // namespace writ::parse
