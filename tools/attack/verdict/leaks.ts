/** What an answer must never say: how the platform is made, or what went wrong inside. */
const INSIDE: readonly [string, RegExp][] = [
  ['a stack trace', /\n\s+at |\bat [\w.<>]+ \(?(?:file:|\/|node:)|\.[jt]s:\d+:\d+/],
  ['a path of the server', /node_modules|\/dist\/(?:apps|libs)|\/app\/|\/home\/|\/var\/|\/root\//],
  ['SQL', /\bselect\b.+\bfrom\b|\binsert into\b|\bupdate\b \w+ \bset\b|\bdelete from\b|\bsyntax error at\b/i],
  ['the database', /postgres|typeorm|QueryFailed|relation "|column "|violates|duplicate key|SQLSTATE|pg_/i],
  [
    'the broker or a library',
    /\bnats\b|jetstream|ioredis|fastify|nestjs|class-validator|bullmq|busboy|\bE(?:CONN|HOST|TIMED)[A-Z]+\b/i,
  ],
  ['a version', /(?<![\d.])v?\d+\.\d+\.\d+(?![\d.]*\d)/],
  [
    'an error’s class',
    /\b(?:Type|Range|Syntax|Reference)Error\b|Internal Server Error|Cannot read propert|undefined is not/,
  ],
];

const HEADERS = ['x-powered-by', 'server', 'x-aspnet-version'];

/** The kinds of inside knowledge in a refusal that were not in the question. */
export function leaksOf(text: string, asked: string): string[] {
  return INSIDE.filter(([, pattern]) => {
    const found = pattern.exec(text)?.[0];
    return found !== undefined && !asked.includes(found);
  }).map(([what]) => what);
}

/** Headers that tell what answers. */
export const leakingHeaders = (headers: Readonly<Record<string, unknown>>): string[] =>
  HEADERS.filter((name) => headers[name] !== undefined);
