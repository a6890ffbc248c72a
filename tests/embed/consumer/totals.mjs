// What totals.c prints, by the module that lies beside this file.
import { readFile } from "node:fs/promises";
import { given, notYet, open } from "./writ.mjs";

const bytes = await readFile(new URL("desk.wasm", import.meta.url));
if (WebAssembly.Module.imports(new WebAssembly.Module(bytes)).length !== 0) throw new Error("the module imports something");
const rules = await open(bytes, "desk");
const ticket = rules.find("record", "Ticket"), back = rules.find("definition", "back"), total = rules.find("definition", "total");
const words = rules.describe().enums.find((each) => each.name === "Priority").words;
const [urgent, normal] = ["urgent", "normal"].map((word) => words.indexOf(word));
const second = 1000000n;

const columns = [];
const put = (name, column) => (columns[rules.find("field", name, ticket)] = column);
put("opened", { values: BigInt64Array.of(1772704800n, 1772704800n, 1772704800n, 1772704800n), unit: second });
put("answered", {
  values: BigInt64Array.of(1772708400n, 1772715600n, 1772715600n, 0n),
  states: Uint8Array.of(given, given, given, notYet),
  unit: second,
});
put("priority", Int8Array.of(urgent, urgent, normal, normal));
put("fee", Int32Array.of(10000, 20000, 30000, 12345));

const totals = rules.totals(1775001600n * second, [10n]);
const values = rules.column(BigInt64Array, 4), reasons = rules.column(Int8Array, 4);
totals.update(0, { record: ticket, rows: 4, columns }, [{ definition: back, values, reasons }]);
values.values.forEach((number, row) => console.log(`${number} by ${reasons.values[row]}`));
console.log(Buffer.from(totals.save()).toString("hex"));
totals.closePass(0);
console.log(rules.words(total, totals.finish().value(total)));
