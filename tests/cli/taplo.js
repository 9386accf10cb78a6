// What an editor is offered at places of a file, by the language server that Even Better TOML runs.
//
// node taplo.js FILE LINE:COLUMN ...   prints one JSON list of lists; lines and columns count from 0.

const fs = require("node:fs");
const path = require("node:path");
const url = require("node:url");
const { TaploLsp } = require("@taplo/lsp");

const [file, ...places] = process.argv.slice(2);
const uri = url.pathToFileURL(file).href;
const root = url.pathToFileURL(path.dirname(file)).href;
const silent = async (bytes) => bytes.length;
const environment = {
  now: () => new Date(),
  envVar: () => undefined,
  envVars: () => [],
  stdErrAtty: () => false,
  stdin: async () => new Uint8Array(),
  stdout: silent,
  stderr: silent,
  glob: () => [],
  readFile: (name) => fs.promises.readFile(name),
  writeFile: async () => {},
  urlToFilePath: (text) => url.fileURLToPath(text),
  isAbsolute: path.isAbsolute,
  cwd: () => path.dirname(file),
  findConfigFile: () => undefined,
  fetch: { fetch, Headers, Request, Response },
};

const waiting = new Map();
let server;
let number = 0;

function heard(message) {
  if (message.method && message.id !== undefined) {
    const items = message.params?.items ?? [];
    server.send({ jsonrpc: "2.0", id: message.id, result: items.map(() => null) });
  } else {
    const key = message.method ?? message.id;
    waiting.get(key)?.(message);
    waiting.delete(key);
  }
}

const answer = (key) => new Promise((resolve) => waiting.set(key, resolve));
const tell = (method, params) => server.send({ jsonrpc: "2.0", method, params });

function ask(method, params) {
  number += 1;
  const found = answer(number);
  server.send({ jsonrpc: "2.0", id: number, method, params });
  return found;
}

async function offered(place) {
  const [line, character] = place.split(":").map(Number);
  const where = { textDocument: { uri }, position: { line, character } };
  const { result } = await ask("textDocument/completion", where);
  return (result?.items ?? result ?? []).map((item) => item.label);
}

async function main() {
  server = await TaploLsp.initialize(environment, { onMessage: heard });
  const folders = [{ uri: root, name: "roadmap" }];
  const options = { configurationSection: "evenBetterToml" };
  const known = { capabilities: {}, rootUri: root, workspaceFolders: folders };
  await ask("initialize", { ...known, initializationOptions: options });
  tell("initialized", {});
  const text = fs.readFileSync(file, "utf8");
  const checked = answer("textDocument/publishDiagnostics");
  tell("textDocument/didOpen", { textDocument: { uri, languageId: "toml", version: 1, text } });
  await checked;
  const found = [];
  for (const place of places) found.push(await offered(place));
  console.log(JSON.stringify(found));
  process.exit(0);
}

main();
