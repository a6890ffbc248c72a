// Not a rival: the same agreement as a module of WebAssembly, with its columns in the module's memory. way.py says what compare.py asks.
//   node wasm_module.mjs FOLDER ROWS VARIANT WRIT AGREEMENTS
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { open } from "../../../runtime/wasm/writ.mjs";

const [folder, rowText, variant, writ, agreements] = process.argv.slice(2);
const rows = Number(rowText), module = `${folder}/${variant}.wasm`;
const outputs = [["shown_tier", Int8Array], ["Acknowledgement", Int8Array], ["Resolution", Int8Array], ["credit", Int32Array]];
try {
  execFileSync(writ, ["build", `${agreements}/${variant}.writ`, "--target", "wasm", "--name", "tickets", ...outputs.flatMap(([name]) => ["--column", name]),
    "-o", module], { stdio: ["ignore", "ignore", "pipe"] });
} catch (error) {
  console.log(`skip ${String(error.stderr ?? error.message).trim().split("\n")[0]}`);
  process.exit(0);
}
const rules = await open(readFileSync(module), "tickets");
const ticket = rules.find("record", "Ticket");

// `field`: also how it is called in the folder, but for the fee.
function column(field, type, unit = 1n) {
  const bytes = readFileSync(`${folder}/${field === "monthly_fee" ? "fee" : field}`).subarray(0, rows * type.BYTES_PER_ELEMENT);
  const from = new type(new Uint8Array(bytes).buffer), values = rules.column(type, rows);
  values.values.set(from);
  if (field !== "acknowledged" && field !== "resolved") return { values, unit };
  const bits = rules.column(Uint8Array, Math.ceil(rows / 8)), view = bits.values;
  from.forEach((second, row) => {
    if (second !== 0) view[row >> 3] |= 1 << (row & 7);
  });
  return { values, validity: bits, unit };
}
const columns = [];
for (const field of ["severity", "plan", "channel", "reopened", "client_caused", "force_majeure", "claim_delay"]) {
  columns[rules.find("field", field, ticket)] = column(field, Int8Array);
}
for (const field of ["opened", "acknowledged", "resolved"]) columns[rules.find("field", field, ticket)] = column(field, Int32Array, 1000000n);
columns[rules.find("field", "monthly_fee", ticket)] = column("monthly_fee", Int32Array);
const out = outputs.map(([name, type]) => ({ definition: rules.find("definition", name), values: rules.column(type, rows) }));

function run() {
  const totals = rules.totals(1768219200n * 1000000n);
  totals.update(0, { record: ticket, rows, columns }, out);
  totals.free();
}

function write(to) {
  mkdirSync(to, { recursive: true });
  const [tier, acknowledgement, resolution, credit] = out.map((each) => each.values.values);
  const missed = (outcomes) => outcomes.map((code) => (code === 1 ? 1 : 0));
  Object.entries({ tier, acknowledgement_missed: missed(acknowledgement), resolution_missed: missed(resolution), credit }).forEach(([name, values]) =>
    writeFileSync(`${to}/${name}`, values));
}

for (let i = 0; i < 20; ++i) run(); // until the engine has made its best code
console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const [word, to] = line.split(" ");
  if (word === "round") {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    console.log((user + system) / 1e6);
  } else if (word === "write") {
    write(to);
    console.log("written");
  } else {
    console.log(Math.round(process.resourceUsage().maxRSS / 1024));
  }
}
