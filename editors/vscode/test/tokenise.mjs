// Tokenises the examples as VS Code does, and looks at what becomes of words whose meaning is known.
//
//     npm install --no-save vscode-textmate@9.3.2 vscode-oniguruma@2.0.1 && node test/tokenise.mjs
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..");
const repository = join(folder, "..", "..");
// The packages may be installed elsewhere: `NODE_PATH` says where.
const require = createRequire(process.env.TOKENISE_MODULES ? join(process.env.TOKENISE_MODULES, "package.json") : import.meta.url);
const textmate = require("vscode-textmate");
const oniguruma = require("vscode-oniguruma");

const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async (scope) => {
    const grammar = manifest.contributes.grammars.find((known) => known.scopeName === scope);
    const path = join(folder, grammar.path);
    return textmate.parseRawGrammar(readFileSync(path, "utf8"), path);
  },
});

/** The tokens of a text, line by line: each with its words and its innermost scope. */
async function tokens(scope, text) {
  const grammar = await registry.loadGrammar(scope);
  let state = textmate.INITIAL;
  return text.split(/\r?\n/).map((line) => {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    return result.tokens.map((token) => [line.slice(token.startIndex, token.endIndex), token.scopes.at(-1)]);
  });
}

let seen = 0;
async function look(scope, text, wanted) {
  const lines = await tokens(scope, text);
  for (const [line, word, kind] of wanted) {
    const found = lines[line].find(([words]) => words.trim() === word);
    assert.ok(found, `line ${line}: no token \`${word}\` in ${JSON.stringify(lines[line])}`);
    assert.equal(found[1], `${kind}.factum`, `line ${line}: \`${word}\``);
    seen += 1;
  }
}

await look(
  "source.factum.claims",
  'as of 2024-12-08\ninclude "more.claims"\nHeld Aleppo no longer, ever since May  expect contradicted # so\nAleppo was both heldd and "on"\n',
  [
    [0, "as of", "keyword.control"],
    [0, "2024-12-08", "constant.numeric.date"],
    [1, "include", "keyword.control"],
    [1, '"more.claims"', "string.quoted.double"],
    [2, "no longer", "keyword.operator.mark"],
    [2, "ever since", "keyword.operator.time"],
    [2, "May", "constant.other.calendar"],
    [2, "expect", "keyword.other.expect"],
    [2, "contradicted", "constant.language.verdict"],
    [2, "# so", "comment.line.number-sign"],
    [3, "both", "keyword.operator.mark"],
    [3, '"on"', "string.quoted.double"],
  ],
);
await look("source.factum.facts", 'source gazette "a.md"\nname Ada, also Lovelace: person\nAda was born on 1815-12-10\n    > "born"\n', [
  [0, "source", "keyword.declaration"],
  [1, "name", "keyword.declaration"],
  [1, "also", "keyword.other.note"],
  [2, "on", "keyword.operator.time"],
  [2, "1815-12-10", "constant.numeric.date"],
  [3, ">", "punctuation.definition.quote"],
  [3, '"born"', "string.quoted.double"],
]);
await look("source.factum.vocab", "state control(holder: party, place)\n    say {holder} <hold> {place}\n    implies control\n", [
  [0, "state", "keyword.declaration"],
  [1, "say", "keyword.other.property"],
  [1, "{holder}", "variable.parameter.role"],
  [1, "<hold>", "entity.name.function.verb"],
  [2, "implies", "keyword.other.property"],
]);

// In the examples, every expectation, comment and declaring line is told apart from the words of statements.
const examples = { claims: [], facts: [], vocab: [] };
for (const path of ["claims/syria", "claims/apollo", "grammar/english"]) {
  for (const name of readdirSync(join(repository, path))) {
    examples[name.split(".").at(-1)]?.push(join(repository, path, name));
  }
}
for (const [ending, files] of Object.entries(examples)) {
  assert.ok(files.length > 0, `there is no example that ends in .${ending}`);
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    const lines = await tokens(`source.factum.${ending}`, text);
    text.split(/\r?\n/).forEach((line, number) => {
      const kinds = lines[number].map(([, kind]) => kind);
      const place = `${file}:${number + 1}: ${JSON.stringify(lines[number])}`;
      if (line.startsWith("#")) {
        assert.deepEqual(kinds, ["comment.line.number-sign.factum"], place);
      } else if (ending === "claims" && / expect [a-z]+/.test(line)) {
        assert.ok(kinds.includes("keyword.other.expect.factum") && kinds.includes("constant.language.verdict.factum"), place);
      } else if (ending !== "claims" && /^(kind|name|state|event|source) /.test(line)) {
        assert.equal(kinds[0], "keyword.declaration.factum", place);
      } else if (/^ +> "/.test(line)) {
        assert.ok(kinds.includes("string.quoted.double.factum"), place);
      }
      seen += kinds.length;
    });
  }
}
console.log(`${seen} tokens looked at, all as they should be`);
