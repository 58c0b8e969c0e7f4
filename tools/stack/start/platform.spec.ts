import { probeHost } from './platform';

describe('the address of health probes', () => {
  it.each([
    [undefined, '127.0.0.1'],
    ['0.0.0.0', '127.0.0.1'],
    ['::', '127.0.0.1'],
    ['192.168.1.7', '192.168.1.7'],
  ])('for a process that listens on %s is %s', (host, probed) => {
    expect(probeHost(host)).toBe(probed);
  });
});
