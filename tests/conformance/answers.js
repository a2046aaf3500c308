// Starts the sandbox, sends every document of the program with sensible variables, and checks every value of
// every answer against the official schema.
//
//   node answers.js <path of counterfoil-sandbox>
'use strict';

const { spawn } = require('child_process');
const readline = require('readline');
const { randomUUID } = require('crypto');
const { loadSchema, loadDocuments, Tally } = require('./shared');
const { checkAnswer, checkBulkLine } = require('./conform');

const SEED = 11;
const TOKEN = 'shpat_sandbox';
const QUARANTINE = 'gid://shopify/Location/11';
const SELLABLE = 'gid://shopify/Location/22';
const OUTLET = 'gid://shopify/Location/33';
const DETAILED_ORDERS = 8;

const schema = loadSchema();
const documents = loadDocuments();
const tally = new Tally('answers');
const answered = new Set();
let base = '';
let values = 0;

function startSandbox(program) {
  const child = spawn(program, ['--seed', String(SEED), '--returns', '60', '--story', 'off', '--port', '0'],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  const ready = new Promise((resolve, reject) => {
    readline.createInterface({ input: child.stdout }).once('line', (line) => resolve(line));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
  });
  return { child, ready };
}

async function post(path, body, headers = {}) {
  const answer = await fetch(base + path, {
    method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) });
  return { status: answer.status, text: await answer.text() };
}

/** Sends one document; waits its turn when the shop throttles, as a client must. */
async function send(name, variables) {
  for (let attempt = 0; attempt < 40; ++attempt) {
    const { text } = await post('/shopify/admin/api/2026-07/graphql.json',
      { query: documents.get(name), variables, operationName: name }, { 'X-Shopify-Access-Token': TOKEN });
    const answer = JSON.parse(text);
    if (answer.errors?.[0]?.extensions?.code !== 'THROTTLED') return answer;
    const { requestedQueryCost, throttleStatus } = answer.extensions.cost;
    const missing = requestedQueryCost - throttleStatus.currentlyAvailable;
    await new Promise((resolve) => { setTimeout(resolve, Math.max(50, (missing / throttleStatus.restoreRate) * 1000)); });
  }
  throw new Error(`${name} stays throttled`);
}

/** Sends, checks every value, and gives `data`. */
async function ask(name, variables = {}) {
  const answer = await send(name, variables);
  tally.check(!answer.errors, `${name}: ${JSON.stringify(answer.errors)}`);
  const result = checkAnswer(schema, documents.get(name), answer.data);
  tally.check(result.faults.length === 0, `${name}: ${result.faults.join('; ')}`);
  tally.check(answer.extensions?.cost?.requestedQueryCost > 0, `${name}: says its cost`);
  values += result.values;
  answered.add(name);
  return answer.data;
}

/** A mutation that must succeed: no user error, and its object is there. */
async function write(name, variables) {
  const payload = Object.values(await ask(name, variables))[0];
  tally.check(payload && payload.userErrors.length === 0, `${name}: ${JSON.stringify(payload?.userErrors)}`);
  return payload;
}

/** The orders with returns, page by page, and a page of the others. */
async function someOrders() {
  const { orders: plain } = await ask('OrdersChanged', { q: "updated_at:>='2020-01-01T00:00:00Z' return_status:no_return" });
  const orders = [...plain.nodes];
  const sweep = 'return_status:return_requested OR return_status:in_progress OR return_status:returned';
  let after = null;
  do {
    const { orders: page } = await ask('OrdersChanged', { q: sweep, after });
    orders.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
  return orders;
}

async function readOrders(orders) {
  const interesting = orders.filter((order) => order.returnStatus !== 'NO_RETURN');
  tally.check(interesting.length > 0, 'some order has a return');
  const chosen = [...interesting.slice(0, DETAILED_ORDERS), ...orders.filter((order) => order.returnStatus === 'NO_RETURN').slice(0, 2)];
  const details = [];
  for (const { id } of chosen) {
    const { order: lines } = await ask('OrderLines', { id });
    await ask('OrderMoney', { id });
    const { order: returns } = await ask('OrderReturns', { id });
    await ask('OrderAgreements', { id, q: "happened_at:>='2020-01-01T00:00:00Z'" });
    await ask('OrderFulfillmentOrders', { id });
    details.push({ id, lines: lines.lineItems.nodes, returns: returns.returns.nodes });
  }
  return details;
}

async function writeAccount(orders) {
  for (const customerId of new Set(orders.map((order) => order.customer?.id).filter(Boolean))) {
    const { customer } = await ask('AccountMetafield', { id: customerId });
    if (!customer.metafield) continue;
    const { customer: alone } = await ask('AccountMetafieldAlone', { id: customerId });
    tally.check(alone.metafield?.value === customer.metafield.value, 'the balance is the same without companies');
    const own = { ownerId: customerId, type: 'json' };
    await write('AccountCredit', { metafields: [
      { ...own, namespace: 'sparklayer', key: 'payment_on_account', value: customer.metafield.value, compareDigest: customer.metafield.compareDigest },
      { ...own, namespace: '$app:counterfoil', key: 'receipts', value: '[]', compareDigest: customer.receipts?.compareDigest ?? null }] });
    const again = await ask('AccountMetafield', { id: customerId });
    tally.check(again.customer.receipts?.value === '[]', 'the receipts are read back');
    return;
  }
  tally.check(false, 'some customer has an account');
}

async function writeStock() {
  const { location } = await ask('LocationStock', { loc: QUARANTINE, names: ['available', 'on_hand', 'quality_control'] });
  const level = location.inventoryLevels.nodes.find((one) => one.quantities[0].quantity > 1);
  tally.check(level !== undefined, 'something is in quarantine');
  if (!level) return;
  const item = level.item.id;
  const available = level.quantities[0].quantity;
  await ask('ItemAtTwoLocations', { item, from: QUARANTINE, to: SELLABLE, names: ['available'] });
  await write('ActivateAtLocation', { item, loc: OUTLET, key: randomUUID() });
  const change = (locationId, delta, changeFromQuantity) => ({ inventoryItemId: item, locationId, delta, changeFromQuantity });
  const release = { key: randomUUID(), input: { name: 'available', reason: 'restock', referenceDocumentUri: 'gid://counterfoil/Release/1',
    changes: [change(QUARANTINE, -1, available), change(SELLABLE, 1, null)] } };
  const first = await write('ReleaseStock', release);
  const second = await write('ReleaseStock', release);
  tally.check(JSON.stringify(first) === JSON.stringify(second), 'the same key gives the same answer');
  const stale = await ask('ReleaseStock', { ...release, key: randomUUID() });
  tally.check(stale.inventoryAdjustQuantities.userErrors[0]?.code === 'CHANGE_FROM_QUANTITY_STALE', 'a stale guard is refused');
  const side = (name, changeFromQuantity) => ({ locationId: QUARANTINE, name, changeFromQuantity,
    ...(name === 'available' ? {} : { ledgerDocumentUri: 'gid://counterfoil/Hold/1' }) });
  await write('MoveState', { key: randomUUID(), input: { reason: 'quality_control', referenceDocumentUri: 'gid://counterfoil/Hold/1',
    changes: [{ inventoryItemId: item, quantity: 1, from: side('available', available - 1), to: side('quality_control', null) }] } });
}

async function writeOrders(details) {
  const first = details[0].id;
  await write('SetPo', { input: { id: first, poNumber: 'PO-4711' } });
  await write('TagOrder', { id: first, tags: ['handled'] });
  const plain = details.find((one) => one.returns.length === 0 && one.lines.some((line) => line.refundableQuantity > 0));
  const line = plain?.lines.find((one) => one.refundableQuantity > 0);
  tally.check(line !== undefined, 'some order without a return can be refunded');
  if (line)
    await write('RefundNoMoney', { key: randomUUID(), input: { orderId: plain.id, notify: false,
      refundLineItems: [{ lineItemId: line.id, quantity: 1, restockType: 'NO_RESTOCK' }] } });
}

/** Lines of open returns with something unprocessed and nothing put away yet. */
function* openLines(details) {
  for (const { returns } of details)
    for (const one of returns.filter((item) => item.status === 'OPEN'))
      for (const line of one.returnLineItems.nodes) {
        const reverse = one.reverseFulfillmentOrders.nodes.flatMap((order) => order.lineItems.nodes)
          .find((item) => item.fulfillmentLineItem?.id === line.fulfillmentLineItem?.id);
        const away = (reverse?.dispositions ?? []).reduce((sum, each) => sum + each.quantity, 0);
        if (reverse && line.unprocessedQuantity > 0 && away < reverse.totalQuantity) yield { one, line, reverse };
      }
}

async function writeReturns(details) {
  const found = openLines(details).next().value;
  tally.check(found !== undefined, 'some open return has something to put away');
  if (found) {
    await write('DisposeToQuarantine', { d: [{ reverseFulfillmentOrderLineItemId: found.reverse.id, quantity: 1,
      dispositionType: 'RESTOCKED', locationId: QUARANTINE }] });
    await write('ProcessReturnNoMoney', { input: { returnId: found.one.id, notifyCustomer: false,
      returnLineItems: [{ id: found.line.id, quantity: 1 }] } });
    await write('CloseReturn', { id: found.one.id });
    await write('ReopenReturn', { id: found.one.id });
  }
  const refused = await ask('ReopenReturn', { id: 'gid://shopify/Return/1' });
  tally.check(refused.returnReopen.userErrors.length === 1, 'an unknown return is refused');
}

async function readInBulk() {
  const inner = documents.get('BulkOrders').replace('{since}', '2020-01-01T00:00:00Z');
  const started = await write('BulkStart', { query: inner });
  let job = started.bulkOperation;
  const until = Date.now() + 20000;
  while (!['COMPLETED', 'FAILED'].includes(job.status) && Date.now() < until)
    job = (await ask('BulkPoll', { id: job.id })).bulkOperation;
  tally.check(job.status === 'COMPLETED', `the bulk operation is ${job.status}`);
  const lines = (await (await fetch(job.url)).text()).trim().split('\n');
  tally.check(String(lines.length) === job.objectCount, 'as many lines as counted');
  for (const line of lines) {
    const result = checkBulkLine(schema, inner, JSON.parse(line));
    tally.check(result.faults.length === 0, `bulk line: ${result.faults.join('; ')}`);
    values += result.values;
  }
  answered.add('BulkOrders');
  const another = await write('BulkStart', { query: inner });
  await write('BulkCancel', { id: another.bulkOperation.id });
}

/** A check that cannot fail is no check: spoiled answers must be found. */
async function findSpoiledAnswers(id) {
  for (const [kind, pattern] of [['wrong-types', / is no |no object|no list/], ['unknown-enum', /SOMETHING_NEW/]]) {
    const set = await post('/control/faults', { endpoint: 'shopify', match: 'OrderMoney', kind, times: 1 });
    tally.check(set.status === 200, `the fault ${kind} is set (${set.status})`);
    const answer = await send('OrderMoney', { id });
    const { faults } = checkAnswer(schema, documents.get('OrderMoney'), answer.data);
    tally.check(faults.some((text) => pattern.test(text)), `${kind} is found: ${faults.join('; ')}`);
  }
}

async function main() {
  const program = process.argv[2];
  if (!program) throw new Error('usage: node answers.js <path of counterfoil-sandbox>');
  const { child, ready } = startSandbox(program);
  try {
    base = /http:\/\/127\.0\.0\.1:\d+/.exec(await ready)[0];
    child.removeAllListeners('exit');
    console.log(`seed ${SEED}`);
    await ask('Setup');
    // While the bucket is full: an answer that is throttled would not show the fault.
    const [{ id: some }] = (await ask('OrdersChanged', { q: 'return_status:in_progress' })).orders.nodes;
    await findSpoiledAnswers(some);
    await ask('DraftsChanged', { q: "updated_at:>='2020-01-01T00:00:00Z'" });
    const orders = await someOrders();
    const details = await readOrders(orders);
    await writeAccount(orders);
    await writeStock();
    await writeOrders(details);
    await writeReturns(details);
    await readInBulk();
  } finally {
    child.kill('SIGTERM');
  }
  const silent = [...documents.keys()].filter((name) => !answered.has(name));
  tally.check(silent.length === 0, `without an answer: ${silent.join(' ')}`);
  tally.close(200, `${answered.size} of ${documents.size} documents answered, ${values} values`);
}

main().catch((error) => {
  console.log(`FAIL ${error.stack}`);
  process.exitCode = 1;
});
