// The entry point of every command. It only checks that Node is able to start the rest, in syntax and with imports that
// Node 12 understands: an older one would report a syntax error instead.
/** The oldest Node that can install the pinned one and the dependencies. */
const OLDEST = [20, 19];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  const needed = `Node ${OLDEST.join('.')} or later is needed to start; this is Node ${process.versions.node}.`;
  process.stderr.write(`\n✗ ${needed} Install Node 24 (https://nodejs.org).\n`);
  process.exit(1);
}

import('./bootstrap/main.mjs');
