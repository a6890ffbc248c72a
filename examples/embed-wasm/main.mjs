// A program in JavaScript that carries an agreement: three tickets as columns, what they come to, and why one of them came out so. It prints what
// examples/embed-c prints, from the same agreement.
import { readFile } from "node:fs/promises";
import { given, notYet, open } from "../../runtime/wasm/writ.mjs";

const rules = await open(await readFile(process.argv[2]), "helpdesk");

// What the rule set is: its record, field by field.
const about = rules.describe();
console.log(about.title);
for (const field of about.records[0].fields) console.log(`  ${field.name}${field.may_be_not_yet ? ", or not yet" : ""}`);

// Names as the numbers that columns are in the order of, or filled with.
const ticket = rules.find("record", "Ticket");
const [opened, answered, priority] = ["opened", "answered", "priority"].map((name) => rules.find("field", name, ticket));
const [answer, owed] = ["Answer", "owed_in_all"].map((name) => rules.find("definition", name));
const wordsOf = (name) => about.enums.find((each) => each.name === name).words;
const [urgent, normal] = ["urgent", "normal"].map((word) => wordsOf("Priority").indexOf(word));

const second = 1000000n;
const totals = rules.totals(1777892400n * second); // 2026-05-04 12:00 in London

// Facts in columns of seconds and codes. `opened` is filled where the rule set reads it; arrays of JavaScript are copied there for the call.
const rows = 3;
const instants = rules.column(BigInt64Array, rows);
instants.values.set([1775143800n, 1776175200n, 1776261600n]);
const columns = [];
columns[opened] = { values: instants, unit: second };
columns[answered] = { values: BigInt64Array.of(1775557200n, 1776179700n, 0n), states: Uint8Array.of(given, given, notYet), unit: second };
columns[priority] = Int8Array.of(normal, urgent, urgent);

// Outcomes come back as a column, too.
const outcome = rules.column(Int8Array, rows);
totals.update(0, { record: ticket, rows, columns }, [{ definition: answer, values: outcome }]);
outcome.values.forEach((code, i) => console.log(`ticket ${i + 1}: ${wordsOf("CommitmentOutcome")[code]}`));

// What all tickets come to.
totals.closePass(0);
const results = totals.finish();
console.log(`owed for ${rules.periodWords(owed, 3)}: ${rules.words(owed, results.value(owed, 3))}`);

// One ticket that is in no total, and why it comes out so.
const one = totals.oneCase(ticket);
const numbers = [];
numbers[opened] = 1775143800n * second;
numbers[answered] = 1775557200n * second;
numbers[priority] = BigInt(urgent);
one.row({ numbers });
console.log(`\n${one.explain().trimEnd()}`);

for (const each of [one, results, totals, instants, outcome, rules]) each.free();
