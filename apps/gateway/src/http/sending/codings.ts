import { LRUCache } from 'lru-cache';

/** Content codings that we speak, the better one first. */
export const CODINGS = ['br', 'gzip'] as const;
export type Coding = (typeof CODINGS)[number];

/** Few clients' headers differ. */
const known = new LRUCache<string, Coding | 'identity'>({ max: 200 });
const LONGEST = 200;

/** The coding that a client likes best of those that we speak; none when it would rather have none. */
export function codingFor(header: string | undefined): Coding | undefined {
  if (header === undefined || header.length > LONGEST) return undefined;
  const best = known.get(header) ?? judge(header);
  known.set(header, best);
  return best === 'identity' ? undefined : best;
}

function judge(header: string): Coding | 'identity' {
  const weights = new Map(header.toLowerCase().split(',').map(weighed));
  const weightOf = (coding: string): number => weights.get(coding) ?? weights.get('*') ?? 0;
  const best = CODINGS.reduce((a, b) => (weightOf(b) > weightOf(a) ? b : a));
  // Whoever prefers plain bytes to compressed ones says so.
  return weightOf(best) > 0 && weightOf(best) >= (weights.get('identity') ?? 0) ? best : 'identity';
}

function weighed(part: string): [string, number] {
  const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = weight === undefined ? 1 : Number(weight.slice(2));
  return [name, quality >= 0 && quality <= 1 ? quality : 0];
}
