// P1, the peer: JSON.parse of the page and a map to plain objects with amounts in minor units.
'use strict';
const fs = require('fs');
const rounds = require('./rounds.js');

const text = fs.readFileSync(process.argv[2], 'utf8');

function minor(set) {
  const amount = set.presentmentMoney.amount;
  const dot = amount.indexOf('.');
  return dot < 0 ? Number(amount) * 100 : Number(amount.slice(0, dot)) * 100 + Number((amount.slice(dot + 1) + '00').slice(0, 2));
}

function line(node) {
  return {
    id: node.id.slice(node.id.lastIndexOf('/') + 1), sku: node.sku, title: node.name, quantity: node.quantity,
    current: node.currentQuantity, refundable: node.refundableQuantity, unfulfilled: node.unfulfilledQuantity,
    variant: node.variant.legacyResourceId, item: node.variant.inventoryItem.id, tracked: node.variant.inventoryItem.tracked,
    original: minor(node.originalUnitPriceSet), unit: minor(node.discountedUnitPriceAfterAllDiscountsSet),
    net: minor(node.priceAfterAllDiscountsBeforeTaxesSet),
    taxes: node.taxLines.map((tax) => ({ rate: tax.rate, amount: minor(tax.priceSet) })),
    attributes: node.customAttributes,
  };
}

function order(node) {
  return {
    id: node.legacyResourceId, gid: node.id, name: node.name, created: Date.parse(node.createdAt), updated: Date.parse(node.updatedAt),
    processed: Date.parse(node.processedAt), cancelled: node.cancelledAt === null ? null : Date.parse(node.cancelledAt),
    closed: node.closed, edited: node.edited, test: node.test, financial: node.displayFinancialStatus,
    fulfilment: node.displayFulfillmentStatus, returns: node.returnStatus, unpaid: node.unpaid, gateways: node.paymentGatewayNames,
    po: node.poNumber, note: node.note, tags: node.tags, source: node.sourceName, taxesIncluded: node.taxesIncluded,
    currency: node.presentmentCurrencyCode, attributes: node.customAttributes, outstanding: minor(node.totalOutstandingSet),
    total: minor(node.currentTotalPriceSet), refunded: minor(node.totalRefundedSet), terms: node.paymentTerms.paymentTermsType,
    customer: node.customer.legacyResourceId, customerTags: node.customer.tags, company: node.purchasingEntity.company.name,
    lines: node.lineItems.nodes.map(line),
  };
}

let kept;
rounds(() => {
  kept = JSON.parse(text).data.orders.nodes.map(order);
  return kept.length;
}, 30);
