// Cuts the official introspection schema of Shopify's Admin API down to what this project needs.
//
//   node prune_schema.js <shopify-admin-2026-07.json.gz>
//
// Origin of the input: npm package @shopify/dev-mcp 1.16.0, file dist/data/admin_2026-07.json.gz, ISC
// licence (see README.md beside this file). Run it again after adding a field or a document; it writes
//
//   shopify-admin-2026-07.subset.json.gz    what run.js validates documents and answers against:
//        every type our documents touch, with all of its fields that lead to such types or to leaves
//        (deprecated ones too, so that their use is seen), and every input type they can take
//   ../../app/sandbox/shopify/schema.graphql    what the sandbox executes: only the fields that our
//        documents select, a few more (EXTRA below), and the plumbing of connections
'use strict';

const fs = require('fs');
const path = require('path');
const zlib = require('zlib');
const graphql = require('graphql');

const ROOT = path.resolve(__dirname, '../..');
const DOCUMENTS = path.join(ROOT, 'resources/graphql');

/** Fields that the sandbox answers beyond those in our documents. */
const EXTRA = {
  QueryRoot: ['refund', 'return', 'draftOrder'],
  Order: ['totalPriceSet', 'metafield'],
  DraftOrder: ['name'],
  Customer: ['metafield', 'email'],
  PageInfo: ['hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor'],
};

/** Implementers of wide interfaces that matter here; other interfaces keep all of theirs. */
const IMPLEMENTERS = { Node: ['Order', 'Customer', 'DraftOrder'] };

function namedType(ref) {
  while (ref.ofType) ref = ref.ofType;
  return ref.name;
}

/** Type name -> set of fields that our documents select. */
function selectedFields(schema) {
  const selected = {};
  for (const file of fs.readdirSync(DOCUMENTS).filter((name) => name.endsWith('.graphql'))) {
    const document = graphql.parse(fs.readFileSync(path.join(DOCUMENTS, file), 'utf8'));
    const typeInfo = new graphql.TypeInfo(schema);
    graphql.visit(document, graphql.visitWithTypeInfo(typeInfo, {
      Field(node) {
        const parent = typeInfo.getParentType();
        if (!node.name.value.startsWith('__')) (selected[parent.name] ??= new Set()).add(node.name.value);
        const named = graphql.getNamedType(typeInfo.getType());
        if (graphql.isCompositeType(named)) selected[named.name] ??= new Set();
      },
      InlineFragment() {
        selected[typeInfo.getType().name] ??= new Set();
      },
    }));
  }
  return selected;
}

/** Adds the object types behind touched interfaces and unions. */
function addPossibleTypes(selected, types) {
  for (const name of Object.keys(selected)) {
    const type = types.get(name);
    for (const possible of type.possibleTypes ?? []) {
      const wanted = IMPLEMENTERS[name];
      if (wanted && !wanted.includes(possible.name)) continue;
      if (name === 'ReverseDeliveryDeliverable' || !selected[possible.name]) selected[possible.name] ??= new Set();
    }
  }
}

function inputClosure(start, types) {
  const seen = new Set();
  const queue = [...start];
  while (queue.length > 0) {
    const name = queue.pop();
    if (seen.has(name)) continue;
    seen.add(name);
    const type = types.get(name);
    if (type.kind === 'INPUT_OBJECT') queue.push(...type.inputFields.map((field) => namedType(field.type)));
  }
  return seen;
}

function isLeaf(types, name) {
  return ['SCALAR', 'ENUM'].includes(types.get(name).kind);
}

/**
 * @param keep (type, field) -> whether the field stays
 */
function prune(introspection, composite, keep) {
  const types = new Map(introspection.types.map((type) => [type.name, type]));
  const out = [];
  const leavesAndInputs = new Set(['String', 'Boolean', 'Int', 'Float', 'ID']);
  for (const name of [...composite].sort()) {
    const type = structuredClone(types.get(name));
    type.fields = type.fields?.filter((field) => keep(type, field) &&
      (composite.has(namedType(field.type)) || isLeaf(types, namedType(field.type)))) ?? null;
    type.interfaces = type.interfaces?.filter((ref) => composite.has(ref.name)) ?? null;
    type.possibleTypes = type.possibleTypes?.filter((ref) => composite.has(ref.name)) ?? null;
    for (const field of type.fields ?? []) {
      for (const arg of field.args) leavesAndInputs.add(namedType(arg.type));
      if (!composite.has(namedType(field.type))) leavesAndInputs.add(namedType(field.type));
    }
    out.push(type);
  }
  for (const directive of introspection.directives)
    for (const arg of directive.args) leavesAndInputs.add(namedType(arg.type));
  const introspectionTypes = introspection.types.filter((type) => type.name.startsWith('__'));
  for (const name of [...inputClosure(leavesAndInputs, types)].sort()) out.push(structuredClone(types.get(name)));
  const pruned = {
    queryType: introspection.queryType,
    mutationType: introspection.mutationType,
    subscriptionType: null,
    types: [...out, ...introspectionTypes],
    directives: introspection.directives,
  };
  return JSON.parse(JSON.stringify(pruned, (key, value) => (key === 'description' ? undefined : value)));
}

function main() {
  const source = process.argv[2];
  if (!source) throw new Error('usage: node prune_schema.js <shopify-admin-2026-07.json.gz>');
  const introspection = JSON.parse(zlib.gunzipSync(fs.readFileSync(source))).data.__schema;
  const types = new Map(introspection.types.map((type) => [type.name, type]));
  const selected = selectedFields(graphql.buildClientSchema({ __schema: introspection }));
  addPossibleTypes(selected, types);

  const wide = prune(introspection, new Set(Object.keys(selected)), () => true);
  graphql.buildClientSchema({ __schema: wide });
  const packed = zlib.gzipSync(JSON.stringify({ data: { __schema: wide } }), { level: 9 });
  fs.writeFileSync(path.join(__dirname, 'shopify-admin-2026-07.subset.json.gz'), packed);

  for (const [name, fields] of Object.entries(EXTRA)) fields.forEach((field) => (selected[name] ??= new Set()).add(field));
  const extraTypes = new Set(Object.keys(selected));
  for (const name of Object.keys(selected).filter((type) => type.endsWith('Connection'))) {
    ['edges', 'nodes', 'pageInfo'].forEach((field) => selected[name].add(field));
    const edge = name.replace(/Connection$/, 'Edge');
    selected[edge] = new Set(['cursor', 'node']);
    extraTypes.add(edge);
  }
  // What an interface offers, its implementers offer.
  for (const name of Object.keys(selected))
    for (const ref of types.get(name).interfaces ?? [])
      selected[ref.name]?.forEach((field) => selected[name].add(field));
  for (const name of Object.keys(selected)) if (selected[name].size === 0 && types.get(name).fields) selected[name].add('id');
  const narrow = prune(introspection, extraTypes, (type, field) => selected[type.name].has(field.name));
  const text = graphql.printSchema(graphql.buildClientSchema({ __schema: narrow }));
  fs.writeFileSync(path.join(ROOT, 'app/sandbox/shopify/schema.graphql'),
    '# Part of Shopify\'s Admin API 2026-07 that the sandbox executes. Made by tests/conformance/prune_schema.js\n' +
    '# from the official schema (ISC, Copyright 2025-present, Shopify Inc.; notice in tests/conformance/README.md).\n\n' + text + '\n');
  console.log(`${wide.types.length} types to validate against (${packed.length} bytes), ${narrow.types.length} executed`);
}

main();
