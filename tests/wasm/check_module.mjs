// node check_module.mjs MODULE MOST_BYTES NAME HEADER...: the module is small, imports nothing, and shows the functions of the headers, its rule set and what
// a host needs to put facts into its memory, and no more.
import { readFileSync } from "node:fs";

const [path, most, name, ...headers] = process.argv.slice(2);
const bytes = readFileSync(path), module = new WebAssembly.Module(bytes);
const wrong = [];
if (bytes.length > Number(most)) wrong.push(`${path} has ${bytes.length} bytes; the bar is ${most}`);
for (const each of WebAssembly.Module.imports(module)) wrong.push(`it imports ${each.module}.${each.name}`);
const declared = headers.flatMap((header) => [...readFileSync(header, "utf8").matchAll(/^[a-z][\w *]*[ *](writ_\w+)\(/gm)].map((match) => match[1]));
if (declared.length < 50) wrong.push(`only ${declared.length} functions were found in the headers`);
const wanted = new Set([...declared, `${name}_rules`, "memory", "malloc", "free", "_initialize"]);
const shown = new Set(WebAssembly.Module.exports(module).map((each) => each.name));
for (const each of wanted) if (!shown.has(each)) wrong.push(`it does not show ${each}`);
for (const each of shown) if (!wanted.has(each)) wrong.push(`it shows ${each}`);
console.log(wrong.length > 0 ? wrong.join("\n") : `${bytes.length} bytes, ${shown.size} exports`);
process.exitCode = wrong.length > 0 ? 1 : 0;
