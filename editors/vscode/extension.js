// Starts `factum lsp` and lets it serve claim, fact and vocabulary files, and drafts where they are wanted.
"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

/** @type {LanguageClient | undefined} */
let client;

exports.activate = async function activate() {
  const settings = vscode.workspace.getConfiguration("factum");
  const languages = ["factum-claims", "factum-facts", "factum-vocab"];
  if (settings.get("drafts")) {
    languages.push("markdown", "html", "plaintext");
  }
  client = new LanguageClient(
    "factum",
    "factum",
    { command: settings.get("path"), args: ["lsp"] },
    { documentSelector: languages.map((language) => ({ scheme: "file", language })) },
  );
  await client.start();
};

exports.deactivate = async function deactivate() {
  await client?.stop();
};
