import { redisConfig, redisUrl } from './redis';

describe('the configuration of Redis', () => {
  const lines = redisConfig('/data/redis', 6399, 'requirepass secret').split('\n');

  it.each(['bind 127.0.0.1', 'port 6399', 'requirepass secret', 'dir "/data/redis"'])('has %s', (line) => {
    expect(lines).toContain(line);
  });

  it('keeps jobs over a restart and never drops one for want of memory', () => {
    expect(lines).toEqual(expect.arrayContaining(['appendonly yes', 'appendfsync everysec']));
    expect(lines).toContain('maxmemory-policy noeviction');
  });

  it('goes with an address that a client understands', () => {
    const url = new URL(redisUrl(6399, 'secret'));
    expect([url.protocol, url.username, url.password, url.port]).toEqual(['redis:', 'admin', 'secret', '6399']);
  });
});
