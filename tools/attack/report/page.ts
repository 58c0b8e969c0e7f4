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
  return `# Attack

What \`npm run attack\` found on its last whole run. It starts the production build on servers of its own (gateway and auth
twice), with an owner who attacks and another who must not notice, and sends to every operation of
[openapi.json](../openapi.json) what nobody should send. [Security](security.md) says what each part is for.

\`\`\`sh
npm run attack -- --requests ${requests} --seed ${seed}    # this run, on ${machine}
npm run attack -- --short                             # fewer requests; CI runs a short form with every change
\`\`\`

## Requests

${requestTable(tally)}

Closed: the server ended the connection without an answer, which it may where no request can be made out, or where a
body is larger than it would ever take.

## Checks

Memory is given after each of three equal parts, resident and used (heap and buffers), with the growth since the first.

${checkTable(tally)}

## Findings

${findingsText(tally)}
`;
}

export function writePage(checkout: string, tally: Tally, run: Run): void {
  writeFileSync(join(checkout, 'docs', 'attack.md'), pageOf(tally, run, `${cpus().length} cores`));
}
