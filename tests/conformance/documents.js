// Every GraphQL document of the program against the official schema, and against the rules that the schema
// does not tell (shopify.md 5.5). Also shows that each check is able to fail.
'use strict';

const graphql = require('graphql');
const { loadSchema, loadDocuments, Tally } = require('./shared');

const ALLOWED_MUTATIONS = new Set(['metafieldsSet', 'inventoryAdjustQuantities', 'inventoryMoveQuantities', 'inventoryActivate',
  'reverseFulfillmentOrderDispose', 'returnProcess', 'returnClose', 'returnReopen', 'refundCreate', 'orderUpdate', 'tagsAdd',
  'bulkOperationRunQuery', 'bulkOperationCancel']);
const IDEMPOTENT = new Set(['inventoryAdjustQuantities', 'inventoryMoveQuantities', 'inventoryActivate', 'refundCreate']);
const PAGE_MAX = 250;
const COST_MAX = 1000;
/** Inner query of the bulk operation: travels in a variable, is not paged. */
const BULK_INNER = new Set(['BulkOrders']);

const schema = loadSchema();

function literalFirst(field) {
  const argument = (field.arguments ?? []).find((one) => one.name.value === 'first' || one.name.value === 'last');
  if (!argument) return undefined;
  return argument.value.kind === 'IntValue' ? Number(argument.value.value) : NaN;
}

/** Working formula of shopify.md 3.2. */
function cost(selectionSet, type, fragments) {
  const branches = graphql.isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  return Math.max(0, ...branches.map((branch) => costOn(selectionSet, branch, fragments)));
}

function costOn(selectionSet, type, fragments) {
  let sum = 0;
  for (const selection of selectionSet.selections) {
    if (selection.kind !== 'Field') {
      const part = selection.kind === 'InlineFragment' ? selection : fragments.get(selection.name.value);
      const condition = part.typeCondition ? schema.getType(part.typeCondition.name.value) : type;
      if (condition === type || (graphql.isAbstractType(condition) && schema.isSubType(condition, type)))
        sum += costOn(part.selectionSet, type, fragments);
      continue;
    }
    const field = type.getFields?.()[selection.name.value];
    const inner = field && graphql.getNamedType(field.type);
    if (!inner || !graphql.isCompositeType(inner)) continue;
    const size = literalFirst(selection) ?? 1;
    if (inner.name.endsWith('Connection')) sum += 2 + size * (1 + nodeCost(selection.selectionSet, inner, fragments));
    else sum += size * (1 + cost(selection.selectionSet, inner, fragments));
  }
  return sum;
}

function nodeCost(selectionSet, connection, fragments) {
  let sum = 0;
  for (const selection of selectionSet.selections) {
    const inner = graphql.getNamedType(connection.getFields()[selection.name.value].type);
    if (selection.name.value === 'nodes' || selection.name.value === 'node') sum += cost(selection.selectionSet, inner, fragments);
    else if (selection.name.value === 'edges') sum += nodeCost(selection.selectionSet, inner, fragments);
  }
  return sum;
}

function operationCost(document) {
  const fragments = new Map(document.definitions.filter((one) => one.kind === 'FragmentDefinition').map((one) => [one.name.value, one]));
  const operation = document.definitions.find((one) => one.kind === 'OperationDefinition');
  const mutation = operation.operation === 'mutation';
  const root = mutation ? schema.getMutationType() : schema.getQueryType();
  return cost(operation.selectionSet, root, fragments) + (mutation ? 9 * operation.selectionSet.selections.length : 0);
}

/** Everything that is wrong with a document, as sentences. */
function faults(name, text) {
  let document;
  try {
    document = graphql.parse(text);
  } catch (error) {
    return [error.message];
  }
  const found = graphql.validate(schema, document, [...graphql.specifiedRules, graphql.NoDeprecatedCustomRule])
    .map((error) => error.message);
  if (found.length > 0) return found;
  const operations = document.definitions.filter((one) => one.kind === 'OperationDefinition');
  if (operations.length !== 1) found.push('holds more than one operation');
  const bulk = BULK_INNER.has(name);
  if (!bulk && operations[0].name?.value !== name) found.push('is not named like its file');
  if (operations[0].operation === 'mutation') lintMutation(operations[0], found);
  if (bulk) return found;
  lintPages(document, found);
  const points = operationCost(document);
  if (!(points <= COST_MAX)) found.push(`costs ${points} points`);
  return found;
}

function lintMutation(operation, found) {
  for (const field of operation.selectionSet.selections) {
    const mutation = field.name.value;
    if (!ALLOWED_MUTATIONS.has(mutation)) found.push(`${mutation} is not on the allow-list`);
    const directive = field.directives.find((one) => one.name.value === 'idempotent');
    const key = directive?.arguments.find((one) => one.name.value === 'key');
    if (IDEMPOTENT.has(mutation) && key?.value.kind !== 'Variable') found.push(`${mutation} lacks @idempotent(key: $key)`);
    if (!field.selectionSet.selections.some((one) => one.name?.value === 'userErrors')) found.push(`${mutation} does not ask for userErrors`);
  }
}

function lintPages(document, found) {
  const typeInfo = new graphql.TypeInfo(schema);
  graphql.visit(document, graphql.visitWithTypeInfo(typeInfo, {
    Field(field) {
      if (!graphql.getNamedType(typeInfo.getType()).name.endsWith('Connection')) return;
      const first = literalFirst(field);
      if (!(first >= 1 && first <= PAGE_MAX)) found.push(`${field.name.value} has no literal page size of 1 to ${PAGE_MAX}`);
    },
  }));
}

/** A check that cannot fail is no check: each of these must be found faulty. */
const BROKEN = [
  ['OrderMoney', 'query OrderMoney($id: ID!) { order(id: $id) { id nope } }', /nope/],
  ['OrderMoney', 'query OrderMoney($id: ID!) { order(id: $id) { name { x } } }', /name/],
  ['OrderMoney', 'query OrderMoney($id: String!) { order(id: $id) { id } }', /String!/],
  ['Customer', 'query Customer($id: ID!) { customer(id: $id) { id email } }', /deprecated/],
  ['X', 'query X { orders { nodes { id } } }', /page size/],
  ['X', 'query X { orders(first: 251) { nodes { id } } }', /page size/],
  ['X', 'query X($n: Int!) { orders(first: $n) { nodes { id } } }', /page size/],
  ['X', 'query X { orders(first: 100) { nodes { lineItems(first: 10) { nodes { id } } } } }', /costs 1302 points/],
  ['Y', 'query X { shop { name } }', /not named/],
  ['X', 'query X { shop { name } } query Z { shop { name } }', /more than one/],
  ['X', 'mutation X($input: RefundInput!) { refundCreate(input: $input) { refund { id } userErrors { message } } }', /@idempotent/],
  ['X', 'mutation X($id: ID!) { returnClose(id: $id) { return { id } } }', /userErrors/],
  ['X', 'mutation X($id: ID!) { returnCancel(id: $id) { return { id } userErrors { message } } }', /returnCancel/],
  ['X', 'query X { shop { name }', /Syntax Error/],
];

function main() {
  const tally = new Tally('documents');
  const documents = loadDocuments();
  for (const [name, text] of documents) {
    const found = faults(name, text);
    tally.check(found.length === 0, `${name}.graphql: ${found.join('; ')}`);
  }
  for (const [name, text, pattern] of BROKEN) {
    const found = faults(name, text);
    tally.check(found.some((sentence) => pattern.test(sentence)), `not found faulty by ${pattern}: ${text} (${found.join('; ') || 'nothing'})`);
  }
  const orders = documents.get('OrdersChanged');
  tally.check(orders !== undefined && operationCost(graphql.parse(orders)) === 642, 'OrdersChanged costs 642 points');
  tally.close(20 + BROKEN.length, `${documents.size} documents, ${BROKEN.length} broken ones found`);
}

main();
