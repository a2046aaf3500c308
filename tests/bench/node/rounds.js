// One round for every line on stdin: prints the milliseconds of processor time that `work` took, the collector's included.
'use strict';
const readline = require('readline');

module.exports = function rounds(work, warmUp) {
  for (let i = 0; i < warmUp; ++i) work();
  process.stdout.write(process.version + '\n');
  readline.createInterface({ input: process.stdin }).on('line', () => {
    const start = process.cpuUsage();
    const kept = work();
    const took = process.cpuUsage(start);
    const millis = (took.user + took.system) / 1e3;
    if (kept === undefined) throw new Error('nothing was done');
    process.stdout.write(millis + '\n');
  });
};
