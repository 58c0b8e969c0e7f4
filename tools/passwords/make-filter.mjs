// Writes the Bloom filter of common passwords: node tools/passwords/make-filter.mjs <list, one a line> <file.json>
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const SHORTEST = 8;
const BITS_PER_ENTRY = 16;
const HASHES = 11;

const [list, target] = process.argv.slice(2);
if (!list || !target) {
  console.error('Usage: node tools/passwords/make-filter.mjs <list, one a line> <file.json>');
  process.exit(2);
}
const entries = new Set();
for (const line of readFileSync(list, 'utf8').split('\n')) {
  const password = line.trim().toLowerCase();
  if ([...password].length >= SHORTEST) entries.add(password);
}
const bits = entries.size * BITS_PER_ENTRY;
const filter = Buffer.alloc(Math.ceil(bits / 8));
for (const password of entries) {
  const hash = createHash('sha256').update(password).digest();
  const [first, step] = [hash.readUInt32LE(0), (hash.readUInt32LE(4) | 1) >>> 0];
  for (let n = 0; n < HASHES; n += 1) {
    const bit = (first + n * step) % bits;
    filter[bit >> 3] |= 1 << (bit & 7);
  }
}
const made = { entries: entries.size, bits, hashes: HASHES, filter: filter.toString('base64') };
writeFileSync(target, `${JSON.stringify(made, null, 2)}\n`);
console.log(`${entries.size} passwords, ${filter.length} bytes`);
