// What both conformance programs use: the schema, the documents, the tally.
'use strict';

const fs = require('fs');
const path = require('path');
const zlib = require('zlib');
const graphql = require('graphql');

const DOCUMENTS = path.resolve(__dirname, '../../resources/graphql');

function loadSchema() {
  const file = path.join(__dirname, 'shopify-admin-2026-07.subset.json.gz');
  return graphql.buildClientSchema(JSON.parse(zlib.gunzipSync(fs.readFileSync(file))).data);
}

/** Name -> text of every document. */
function loadDocuments() {
  const documents = new Map();
  for (const file of fs.readdirSync(DOCUMENTS).filter((name) => name.endsWith('.graphql')).sort())
    documents.set(file.replace(/\.graphql$/, ''), fs.readFileSync(path.join(DOCUMENTS, file), 'utf8'));
  return documents;
}

class Tally {
  constructor(title) {
    this.title = title;
    this.checks = 0;
    this.failures = 0;
  }

  check(holds, text) {
    this.checks += 1;
    if (holds) return;
    this.failures += 1;
    console.log(`FAIL ${text}`);
  }

  /** Ends the program; a run that checked less than it must is a failure. */
  close(least, note) {
    if (this.checks < least) {
      this.failures += 1;
      console.log(`FAIL only ${this.checks} checks ran, at least ${least} are expected`);
    }
    console.log(`${this.title}: ${note}, ${this.checks} checks, ${this.failures} failed`);
    process.exitCode = this.failures === 0 ? 0 : 1;
  }
}

module.exports = { loadSchema, loadDocuments, Tally };
