// P9, the peer: a Map of order lines and one look-up a returned line, the comparison of law.md 3.
'use strict';
const rounds = require('./rounds.js');

// The same rows as tests/bench/p09_compare.cpp makes.
const lines = Number(process.argv[2]);
let state = 20261124n;
function next() {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  return Number(state >> 33n);
}

const orders = new Map();
const keys = new Array(lines);
const returned = new Array(lines);
for (let i = 0; i < lines; ++i) {
  const quantity = 1 + (next() % 60);
  const gross = quantity * (200 + (next() % 5000)) + (next() % 7);
  keys[i] = 9000000000 + i * 3;
  orders.set(keys[i], { gross, quantity, currency: 826 });
}
for (let i = 0; i < lines; ++i) {
  const key = keys[next() % lines];
  const order = orders.get(key);
  const units = 1 + (next() % order.quantity);
  const kind = next() % 10;
  const due = Math.floor((order.gross * units * 2 + order.quantity) / (order.quantity * 2));
  returned[i] = { key, units, amount: kind === 0 ? due + 500 : kind === 1 ? due + 1 : due, currency: 826 };
}

rounds(() => {
  let equal = 0, rounding = 0, over = 0, under = 0, unmatched = 0, overMinor = 0;
  for (const row of returned) {
    const order = orders.get(row.key);
    if (order === undefined || row.units <= 0 || row.units > order.quantity) { ++unmatched; continue; }
    if (order.currency !== row.currency) { ++unmatched; continue; }
    const due = Math.floor((order.gross * row.units * 2 + order.quantity) / (order.quantity * 2));
    const apart = row.amount - due;
    if (apart === 0) ++equal;
    else if (Math.abs(apart) <= Math.floor((row.units + 1) / 2)) ++rounding;
    else if (apart > 0) { ++over; overMinor += apart; } else ++under;
  }
  return equal + rounding + over + under + unmatched + overMinor;
}, 1);
