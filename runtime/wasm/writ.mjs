// A rule set that `writ build --target wasm` made, for JavaScript: the functions of <writ/abi.h> and <writ/rules.h> with JavaScript's own values around
// them. It needs nothing but WebAssembly, so it runs in Node, in browsers and in workers.
//
// Numbers are what they are in C: scaled integers of 64 bits (BigInt), codes and seconds of 8 to 32 bits. What a function of C reports as a failure is
// thrown as an Error with its reason.

export const given = 0, notYet = 1, none = 2, unknown = 3, fault = 4;
const nowhere = 0xffffffff;

// `bytes`: of the module, or a WebAssembly.Module that was compiled before. `name`: what the rule set was called when it was built.
export async function open(bytes, name) {
  const made = await WebAssembly.instantiate(bytes, {});
  const c = (made.instance ?? made).exports;
  c._initialize();
  return new Rules(c, name);
}

// Memory of the module that is given back at the end of one call.
class Scratch {
  blocks = [];
  constructor(c) {
    this.c = c;
  }
  room(bytes) {
    const at = this.c.malloc(Math.max(bytes, 1)) >>> 0;
    if (at === 0) throw new Error("there is not enough memory");
    this.blocks.push(at);
    new Uint8Array(this.c.memory.buffer, at, bytes).fill(0);
    return at;
  }
  copy(array) {
    const at = this.room(array.byteLength);
    new Uint8Array(this.c.memory.buffer, at, array.byteLength).set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    return at;
  }
  text(string) {
    return this.copy(new TextEncoder().encode(string + "\0"));
  }
  // A structure as [place, kind, value] each; the kinds are those of DataView.
  structure(size, members) {
    const at = this.room(size);
    const view = new DataView(this.c.memory.buffer);
    view.setUint32(at, size, true);
    for (const [place, kind, value] of members) view[`set${kind}`](at + place, value, true);
    return at;
  }
  pointer(at) {
    return new DataView(this.c.memory.buffer).getUint32(at, true);
  }
  free() {
    for (const block of this.blocks) this.c.free(block);
  }
}

function within(c, use) {
  const scratch = new Scratch(c);
  try {
    return use(scratch);
  } finally {
    scratch.free();
  }
}

function textAt(c, at) {
  if (at === 0) return null;
  const bytes = new Uint8Array(c.memory.buffer, at >>> 0);
  return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
}

// A text that a function of C writes into memory of its caller.
function textOf(c, write) {
  return within(c, (scratch) => {
    const size = scratch.room(4);
    const status = write(0, 0, size);
    if (status !== 0) throw new Error(textAt(c, c.writ_status_text(status)));
    const bytes = scratch.pointer(size), text = scratch.room(bytes);
    write(text, bytes, size);
    return textAt(c, text);
  });
}

function wide(view, at) {
  return (view.getBigInt64(at + 8, true) << 64n) | view.getBigUint64(at, true);
}

// writ_value: from lo / lowDivisor to hi / highDivisor, where the state is `given`.
function valueOf(c, scratch, get) {
  const at = scratch.room(80);
  if (get(at) !== 0) return null;
  const view = new DataView(c.memory.buffer);
  return {
    lo: wide(view, at), hi: wide(view, at + 16), lowDivisor: wide(view, at + 32), highDivisor: wide(view, at + 48),
    state: view.getUint32(at + 64, true), fault: view.getUint32(at + 68, true), point: view.getUint32(at + 72, true),
    bytes: new Uint8Array(c.memory.buffer, at, 80).slice(),
  };
}

// Numbers in the memory of the module, which the rule set reads, or writes, where they lie.
class Column {
  constructor(c, type, rows) {
    Object.assign(this, { c, type, rows, at: c.malloc(Math.max(rows * type.BYTES_PER_ELEMENT, 1)) >>> 0 });
    if (this.at === 0) throw new Error("there is not enough memory");
    this.values.fill(type === BigInt64Array ? 0n : 0);
  }
  // To be asked for again after calls of the module: its memory may have grown, which makes earlier views empty.
  get values() {
    return new this.type(this.c.memory.buffer, this.at, this.rows);
  }
  free() {
    this.c.free(this.at);
  }
}

// writ_column. `column`: an array or a Column, or { values, states, validity, unit }.
function columnMembers(scratch, column) {
  const plain = column instanceof Column || ArrayBuffer.isView(column);
  const { values, states, validity, unit = 1n } = plain ? { values: column } : column;
  const place = (array) => (array == null ? 0 : array instanceof Column ? array.at : scratch.copy(array));
  const width = (values instanceof Column ? values.type : values.constructor).BYTES_PER_ELEMENT;
  return { width, values: place(values), validity: place(validity), states: place(states), unit: BigInt(unit) };
}

function columnArray(scratch, columns) {
  const all = columns.map((column) => columnMembers(scratch, column));
  const at = scratch.room(40 * all.length);
  const view = new DataView(scratch.c.memory.buffer);
  all.forEach((column, i) => {
    const to = at + 40 * i;
    view.setUint32(to, 40, true);
    view.setUint32(to + 4, column.width, true);
    view.setUint32(to + 12, column.values, true);
    view.setUint32(to + 16, column.validity, true);
    view.setUint32(to + 20, column.states, true);
    view.setBigInt64(to + 32, column.unit, true);
  });
  return at;
}

// writ_batch: { record, rows, firstRow, columns, histories }, in the order of the fields; histories: { rows, offsets, tied, columns }.
function batchOf(scratch, batch) {
  const columns = columnArray(scratch, batch.columns);
  let histories = 0;
  if (batch.histories) {
    const { rows, offsets, tied } = batch.histories;
    const of = columnArray(scratch, batch.histories.columns);
    const places = [offsets, tied].map((array) => (array ? scratch.copy(array) : 0));
    histories = scratch.structure(24, [
      [4, "Uint32", rows], [8, "Uint32", batch.histories.columns.length], [12, "Uint32", places[0]], [16, "Uint32", places[1]], [20, "Uint32", of],
    ]);
  }
  return scratch.structure(40, [
    [4, "Uint32", batch.record], [8, "Uint32", batch.rows], [16, "BigUint64", BigInt(batch.firstRow ?? 0)], [24, "Uint32", batch.columns.length],
    [32, "Uint32", columns], [36, "Uint32", histories],
  ]);
}

class Rules {
  constructor(c, name) {
    this.c = c;
    within(c, (scratch) => {
      const out = scratch.room(4), status = c.writ_open(c[`${name}_rules`](), out);
      this.at = scratch.pointer(out);
      this.check(status);
    });
  }
  // What the rule set is: names, types, clauses. docs/howto/embed.md shows the members.
  describe() {
    return JSON.parse(textOf(this.c, (...to) => this.c.writ_describe(this.at, ...to)));
  }
  find(kind, name, ...of) {
    const index = within(this.c, (scratch) => this.c[`writ_find_${kind}`](this.at, ...of, scratch.text(name)) >>> 0);
    if (index === nowhere) throw new Error(`the rule set has no ${kind} ${name}`);
    return index;
  }
  word(enumeration, code) {
    return textAt(this.c, this.c.writ_word(this.at, enumeration, code));
  }
  periodWords(definition, period) {
    return textOf(this.c, (...to) => this.c.writ_period_words(this.at, definition, period, ...to));
  }
  words(definition, value) {
    return within(this.c, (scratch) => {
      const at = scratch.copy(value.bytes);
      return textOf(this.c, (...to) => this.c.writ_words(this.at, definition, at, ...to));
    });
  }
  column(type, rows) {
    return new Column(this.c, type, rows);
  }
  // asOf: microseconds UTC. params: in the order of the agreement, scaled integers.
  totals(asOf, params = []) {
    return this.make((scratch, out) => {
      const words = params.flatMap((n) => [BigInt.asIntN(64, n), n >> 64n]);
      const numbers = scratch.copy(BigInt64Array.from(words));
      return this.c.writ_totals_new(
        this.at, scratch.structure(24, [[8, "BigInt64", BigInt(asOf)], [16, "Uint32", params.length], [20, "Uint32", numbers]]), out);
    });
  }
  // Totals that were saved here, or by a program of any other kind that evaluates the same agreement.
  load(bytes) {
    return this.make((scratch, out) => this.c.writ_load(this.at, scratch.copy(bytes), bytes.length, out));
  }
  make(call) {
    return within(this.c, (scratch) => {
      const out = scratch.room(4);
      this.check(call(scratch, out));
      return new Totals(this, scratch.pointer(out));
    });
  }
  check(status, tell = (...to) => this.c.writ_error(this.at, ...to)) {
    if (status === 0) return;
    throw Object.assign(new Error(textOf(this.c, tell)), { status });
  }
  free() {
    this.c.writ_evaluator_free(this.at);
  }
}

class Totals {
  constructor(rules, at) {
    Object.assign(this, { rules, c: rules.c, at });
  }
  check(status) {
    this.rules.check(status, (...to) => this.c.writ_totals_error(this.at, ...to));
  }
  // outputs: { definition, values, states, reasons } each, Columns that are filled; the last two where they are wanted.
  update(pass, batch, outputs = []) {
    within(this.c, (scratch) => {
      const facts = batchOf(scratch, batch), out = scratch.room(32 * outputs.length);
      const view = new DataView(this.c.memory.buffer);
      outputs.forEach(({ definition, values, states, reasons }, i) => {
        const members = [32, definition, values.type.BYTES_PER_ELEMENT, values.at, states?.at ?? 0, reasons?.at ?? 0, reasons?.type.BYTES_PER_ELEMENT ?? 0];
        members.forEach((member, m) => view.setUint32(out + 32 * i + 4 * m, member, true));
      });
      this.check(this.c.writ_update(this.rules.at, this.at, pass, facts, out, outputs.length));
    });
  }
  combine(other) {
    this.check(this.c.writ_combine(this.rules.at, this.at, other.at));
  }
  fork() {
    return this.rules.make((_, out) => this.c.writ_fork(this.rules.at, this.at, out));
  }
  save() {
    return within(this.c, (scratch) => {
      const size = scratch.room(4);
      this.c.writ_save(this.rules.at, this.at, 0, 0, size);
      const bytes = scratch.pointer(size), at = scratch.room(bytes);
      this.check(this.c.writ_save(this.rules.at, this.at, at, bytes, size));
      return new Uint8Array(this.c.memory.buffer, at, bytes).slice();
    });
  }
  closePass(pass) {
    this.check(this.c.writ_close_pass(this.rules.at, this.at, pass));
  }
  // acts: { claims, notices, payments, exercises }, lists of { at, by, of, periodDate }.
  finish(acts = {}) {
    return within(this.c, (scratch) => {
      const lists = [acts.claims, acts.notices, acts.payments, acts.exercises].map((list) => list ?? []);
      const places = lists.map((list) => {
        const at = scratch.room(24 * list.length);
        const view = new DataView(this.c.memory.buffer);
        list.forEach((act, i) => {
          view.setBigInt64(at + 24 * i, BigInt(act.at), true);
          [act.by, act.of, act.periodDate == null ? 0 : 1, act.periodDate ?? 0].forEach((n, m) => view.setInt32(at + 24 * i + 8 + 4 * m, n, true));
        });
        return at;
      });
      const all = scratch.structure(36, [
        ...lists.map((list, i) => [4 + 4 * i, "Uint32", list.length]), ...places.map((place, i) => [20 + 4 * i, "Uint32", place]),
      ]);
      const out = scratch.room(4);
      this.check(this.c.writ_finish(this.rules.at, this.at, all, out));
      return new Results(this.rules, scratch.pointer(out));
    });
  }
  // Room for one record of a type at a time, which no total counts.
  oneCase(record) {
    return within(this.c, (scratch) => {
      const out = scratch.room(4);
      this.rules.check(this.c.writ_case_new(this.rules.at, this.at, record, out));
      return new Case(this.rules, scratch.pointer(out));
    });
  }
  free() {
    this.c.writ_totals_free(this.at);
  }
}

// Each gives null behind the last.
class Results {
  constructor(rules, at) {
    Object.assign(this, { c: rules.c, at });
  }
  value(definition, period = 0) {
    return within(this.c, (scratch) => valueOf(this.c, scratch, (out) => this.c.writ_result_value(this.at, definition, period, out)));
  }
  credit(credit, period) {
    return within(this.c, (scratch) => valueOf(this.c, scratch, (out) => this.c.writ_result_credit(this.at, credit, period, out)));
  }
  right(right) {
    return within(this.c, (scratch) => valueOf(this.c, scratch, (out) => this.c.writ_result_right(this.at, right, out)));
  }
  // Admitted, after the horizon, outside the term, undated, at fault.
  records(record) {
    return within(this.c, (scratch) => {
      const at = scratch.room(40);
      return this.c.writ_result_records(this.at, record, at) === 0 ? [...new BigInt64Array(this.c.memory.buffer, at, 5)] : null;
    });
  }
  free() {
    this.c.writ_results_free(this.at);
  }
}

class Case {
  constructor(rules, at) {
    Object.assign(this, { rules, c: rules.c, at });
  }
  check(status) {
    this.rules.check(status, (...to) => this.c.writ_case_error(this.at, ...to));
  }
  // From now on as of another instant, microseconds UTC.
  asOf(instant) {
    this.check(this.c.writ_case_as_of(this.at, BigInt(instant)));
  }
  // numbers, states: by field. history: { rows, tied, numbers, states }, row after row.
  row({ numbers, states, texts, history }) {
    within(this.c, (scratch) => {
      const words = texts ? scratch.copy(Uint32Array.from(texts, (text) => (text == null ? 0 : scratch.text(text)))) : 0;
      const places = [BigInt64Array.from(numbers), states && Uint8Array.from(states), history && BigInt64Array.from(history.numbers),
        history?.states && Uint8Array.from(history.states)].map((array) => (array ? scratch.copy(array) : 0));
      this.check(this.c.writ_case_row(this.at, scratch.structure(32, [
        [4, "Uint32", places[0]], [8, "Uint32", places[1]], [12, "Uint32", words], [16, "Uint32", history?.rows ?? 0],
        [20, "Uint32", history?.tied ? 1 : 0], [24, "Uint32", places[2]], [28, "Uint32", places[3]],
      ])));
    });
  }
  ofBatch(batch, row) {
    within(this.c, (scratch) => this.check(this.c.writ_case_of_batch(this.at, batchOf(scratch, batch), row)));
  }
  value(definition) {
    return within(this.c, (scratch) => valueOf(this.c, scratch, (out) => this.c.writ_case_value(this.at, definition, out)));
  }
  explain() {
    return textOf(this.c, (...to) => this.c.writ_case_explain(this.at, 0, ...to));
  }
  // The same, to be read by a program.
  explanation() {
    return JSON.parse(textOf(this.c, (...to) => this.c.writ_case_explain(this.at, 1, ...to)));
  }
  free() {
    this.c.writ_case_free(this.at);
  }
}
