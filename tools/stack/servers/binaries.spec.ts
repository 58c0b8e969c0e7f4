import { recentEnough } from './binaries';

describe('the version of nats-server', () => {
  it.each([
    ['nats-server: v2.9.10', false],
    ['nats-server: v2.10.27', true],
    ['nats-server: v2.12.1', true],
    ['nats-server: v3.0.0', true],
    ['nats-server: v1.11.0', false],
    ['', false],
  ])('%s is enough: %s', (version, enough) => {
    expect(recentEnough(version)).toBe(enough);
  });
});
