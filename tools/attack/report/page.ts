import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { checkTable, findingsText, requestTable } from './report';
import type { Tally } from './tally';

interface Run {
  readonly requests: number;
  readonly seed: number;
}

/** The page of docs that a whole run leaves behind. */
export function pageOf(tally: Tally, { requests, seed }: Run, machine: string): string {
  return `# Attack tests: results

The results of the last whole run of \`npm run attack\`, a security test with fuzzing. It starts the production build on its own servers
(gateway and auth twice), with an owner who attacks and another owner who must not be affected, and sends invalid and hostile
requests to every operation of [openapi.json](../openapi.json). [Security](security.md#attack-tests) describes each part.

\`\`\`sh
npm run attack -- --requests ${requests} --seed ${seed}    # this run, on ${machine}
npm run attack -- --short                             # fewer requests; CI runs a short form with every change
npm run attack -- --only 'Sockets of chargers'        # one of the stages
\`\`\`

## Requests

${requestTable(tally)}

Closed: the server closed the connection without a response, which is allowed where the bytes are no request, or where a body is larger
than any limit.

## Checks

Memory is measured after each of three equal parts, resident and used (heap and buffers), with the growth since the first.
Broken is one that grows in each part, and by more than a tenth.

${checkTable(tally)}

## Findings

${findingsText(tally)}
`;
}

export function writePage(checkout: string, tally: Tally, run: Run): void {
  writeFileSync(join(checkout, 'docs', 'attack.md'), pageOf(tally, run, `${cpus().length} cores`));
}
