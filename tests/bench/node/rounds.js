// One round for every line on stdin: prints the milliseconds that `work` took.
'use strict';
const readline = require('readline');

module.exports = function rounds(work, warmUp) {
  for (let i = 0; i < warmUp; ++i) work();
  process.stdout.write(process.version + '\n');
  readline.createInterface({ input: process.stdin }).on('line', () => {
    const start = process.hrtime.bigint();
    const kept = work();
    const millis = Number(process.hrtime.bigint() - start) / 1e6;
    if (kept === undefined) throw new Error('nothing was done');
    process.stdout.write(millis + '\n');
  });
};
