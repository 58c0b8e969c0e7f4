const value = (info: string, name: string): string | undefined =>
  new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];

/**
 * What keeps this Redis from holding a queue, by its own `INFO`: one that evicts keys loses jobs without a word, one
 * without an append-only file loses acknowledged ones when it crashes.
 */
export function redisProblems(info: string): string[] {
  const problems: string[] = [];
  const policy = value(info, 'maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') {
    problems.push(`maxmemory-policy is ${policy}; set it to noeviction`);
  }
  if (value(info, 'aof_enabled') === '0') problems.push('appendonly is no; set it to yes');
  return problems;
}
