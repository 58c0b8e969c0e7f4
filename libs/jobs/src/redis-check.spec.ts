import { redisProblems } from './redis-check';

const info = (policy: string, aof: string): string =>
  `# Memory\r\nused_memory:1\r\nmaxmemory_policy:${policy}\r\n# Persistence\r\naof_enabled:${aof}\r\n`;

describe('a Redis that is to hold the queues', () => {
  it('is fit when it evicts nothing and appends to a file', () => {
    expect(redisProblems(info('noeviction', '1'))).toEqual([]);
  });

  it.each(['allkeys-lru', 'volatile-ttl'])('is told to stop evicting by %s', (policy) => {
    expect(redisProblems(info(policy, '1'))).toEqual([`maxmemory-policy is ${policy}; set it to noeviction`]);
  });

  it('is told to append', () => {
    expect(redisProblems(info('noeviction', '0'))).toEqual(['appendonly is no; set it to yes']);
  });

  it('is told everything at once', () => {
    expect(redisProblems(info('allkeys-lfu', '0'))).toHaveLength(2);
  });

  it('is believed when a provider hides these figures', () => {
    expect(redisProblems('# Server\r\nredis_version:7.0.15\r\n')).toEqual([]);
  });
});
