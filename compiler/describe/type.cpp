#include "describe/type.h"

#include <cassert>

namespace writ::describe {

namespace {

explain::Kind kind_of(ir::Kind kind) {
  switch (kind) {
    case ir::Kind::error: break;
    case ir::Kind::boolean: return explain::Kind::boolean;
    case ir::Kind::number: return explain::Kind::number;
    case ir::Kind::ratio: return explain::Kind::ratio;
    case ir::Kind::money: return explain::Kind::money;
    case ir::Kind::date: return explain::Kind::date;
    case ir::Kind::time: return explain::Kind::time;
    case ir::Kind::instant: return explain::Kind::instant;
    case ir::Kind::duration: return explain::Kind::duration;
    case ir::Kind::period: return explain::Kind::period;
    case ir::Kind::open_time: return explain::Kind::open_time;
    case ir::Kind::open_days: return explain::Kind::open_days;
    case ir::Kind::enumeration: return explain::Kind::enumeration;
    case ir::Kind::text: return explain::Kind::text;
  }
  assert(false);  // an agreement without errors has no such type
  return explain::Kind::boolean;
}

explain::Absence absence_of(ir::Absence absence) {
  switch (absence) {
    case ir::Absence::never: return explain::Absence::never;
    case ir::Absence::not_yet: return explain::Absence::not_yet;
    case ir::Absence::none: return explain::Absence::none;
  }
  return explain::Absence::never;
}

}  // namespace

explain::Type type_of(const ir::Type& type) {
  return {kind_of(type.kind),
          type.scale,
          type.percent,
          index_of(type.currency),
          index_of(type.enumeration),
          index_of(type.metric),
          absence_of(type.absence),
          type.may_be_unknown,
          type.has_range,
          type.low,
          type.high};
}

}  // namespace writ::describe
