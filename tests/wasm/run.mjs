// Does the jobs of a file (job.h) over modules of WebAssembly, with the same functions that the example shows, and prints what comes of them.
//   node run.mjs JOBS.json
import { readFileSync } from "node:fs";
import { open } from "../../runtime/wasm/writ.mjs";

const bytesOf = (hex) => (hex == null ? null : new Uint8Array(Buffer.from(hex, "hex")));
const hexOf = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
const types = { 1: Int8Array, 2: Int16Array, 4: Int32Array, 8: BigInt64Array };

function column({ width, values, validity, states, unit }) {
  return { values: new types[width](bytesOf(values).buffer), validity: bytesOf(validity), states: bytesOf(states), unit: BigInt(unit) };
}

function batchOf({ record, rows, first_row, columns, histories }) {
  const batch = { record, rows, firstRow: BigInt(first_row), columns: columns.map(column) };
  if (histories) {
    batch.histories = { rows: histories.rows, offsets: bytesOf(histories.offsets), tied: bytesOf(histories.tied), columns: histories.columns.map(column) };
  }
  return batch;
}

function update(rules, totals, pass, batch) {
  const columns = batch.outputs.map((definition) => ({
    definition, values: rules.column(BigInt64Array, batch.rows), states: rules.column(Uint8Array, batch.rows),
  }));
  totals.update(pass, batchOf(batch), columns);
  return columns.map(({ values, states }) => {
    const numbers = values.values.slice(), kinds = states.values.slice();
    values.free();
    states.free();
    for (let row = 0; row < batch.rows; ++row) if (kinds[row] !== 0) numbers[row] = 0n;
    return { numbers: hexOf(numbers), states: hexOf(kinds) };
  });
}

function all(get) {
  const list = [];
  for (let i = 0; ; ++i) {
    const value = get(i);
    if (value === null) return list;
    list.push(value);
  }
}
const valueHex = (value) => value && hexOf(value.bytes);

function resultsOf(results, definitions) {
  const values = Array.from({ length: definitions }, (_, d) => all((period) => valueHex(results.value(d, period))));
  const credits = all((credit) => (results.credit(credit, 0) === null ? null : all((period) => valueHex(results.credit(credit, period)))));
  const rights = all((right) => valueHex(results.right(right)));
  const records = all((record) => {
    const counts = results.records(record);
    return counts && hexOf(BigInt64Array.from(counts));
  });
  return { values, credits, rights, records };
}

function wordsOf(rules, totals, job) {
  const cases = [];
  for (let pass = 0; pass + 1 < job.passes; ++pass) {
    for (const batch of job.batches) totals.update(pass, batchOf(batch));
    totals.closePass(pass);
  }
  for (const batch of job.batches) {
    const one = totals.oneCase(batch.record);
    for (let row = 0; row < Math.min(batch.rows, job.explained_rows); ++row) {
      one.ofBatch(batchOf(batch), row);
      cases.push(one.explain());
    }
    one.free();
  }
  return { about: rules.describe(), cases };
}

function refusal(rules, bytes) {
  try {
    rules.load(bytes).free();
    return { status: 0, reason: "" };
  } catch (error) {
    if (error.status === undefined) throw error;
    return { status: error.status, reason: error.message };
  }
}

async function run(job) {
  const module = readFileSync(job.module);
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(module));
  const rules = await open(module, "tested");
  const words = new BigInt64Array(bytesOf(job.params).buffer);
  const params = Array.from({ length: words.length / 2 }, (_, i) => (words[2 * i + 1] << 64n) | BigInt.asUintN(64, words[2 * i]));
  const totals = rules.totals(BigInt(job.as_of), params);
  const out = { imports, passes: [] };
  for (let pass = 0; pass < job.passes; ++pass) {
    const outputs = job.batches.map((batch) => update(rules, totals, pass, batch));
    out.passes.push({ outputs, state: hexOf(totals.save()) });
    totals.closePass(pass);
  }
  out.closed = hexOf(totals.save());
  const acts = Object.fromEntries(Object.entries(job.acts).map(([kind, list]) => [kind, list.map((act) => ({ ...act, at: BigInt(act.at) }))]));
  const results = totals.finish(acts);
  out.results = resultsOf(results, job.definitions);
  results.free();
  totals.free();
  // Totals that were saved natively; the second time they are added to what was saved here.
  out.states = job.states.map((hex, pass) => {
    const native = rules.load(bytesOf(hex)), ours = rules.load(bytesOf(out.passes[pass].state));
    const again = hexOf(native.save());
    ours.combine(native);
    const added = hexOf(ours.save());
    native.free();
    ours.free();
    return { again, added };
  });
  out.hostile = job.hostile.map((hex) => refusal(rules, bytesOf(hex)));
  if (job.explained_rows) {
    const some = rules.totals(BigInt(job.as_of), params);
    out.words = wordsOf(rules, some, job);
    some.free();
  }
  rules.free();
  return out;
}

const answers = [];
for (const job of JSON.parse(readFileSync(process.argv[2], "utf8"))) answers.push(await run(job));
process.stdout.write(JSON.stringify(answers));
