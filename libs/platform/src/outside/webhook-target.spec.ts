import { hostOf, isTarget, targetProblem } from './webhook-target';

describe('an address to send to', () => {
  it.each([
    'https://hooks.example.com/a?b=c',
    'https://hooks.example.com:8443/',
    'https://8.8.8.8/',
    'https://[2606:2800:21f:cb07::1]/',
  ])('may be %s', (url) => expect(targetProblem(url, false)).toBeUndefined());

  it.each([
    ['http://hooks.example.com', 'https'],
    ['ftp://hooks.example.com', 'https'],
    ['javascript:alert(1)', 'https'],
    ['nothing', 'URL'],
    ['https://me:secret@hooks.example.com', 'credentials'],
    ['https://hooks.example.com:22', 'port'],
    ['https://hooks.example.com:6379', 'port'],
    ['https://localhost', 'public'],
    ['https://localhost.', 'public'],
    ['https://api.localhost', 'public'],
    ['https://nats', 'public'],
    ['https://postgres.open-cpo-data.svc.cluster.local', 'public'],
    ['https://metadata.google.internal', 'public'],
    ['https://127.0.0.1', 'public'],
    ['https://2130706433', 'public'],
    ['https://0x7f.1', 'public'],
    ['https://017700000001', 'public'],
    ['https://169.254.169.254/latest/meta-data', 'public'],
    ['https://[::1]', 'public'],
    ['https://[::ffff:10.0.0.1]', 'public'],
  ])('may not be %s', (url, why) => expect(targetProblem(url, false)).toMatch(why));

  it('may be this machine where that is allowed, and no other one inside', () => {
    expect(
      ['http://127.0.0.1:8080/', 'http://localhost:1/', 'http://[::1]:9/'].map((url) => targetProblem(url, true)),
    ).toEqual(Array(3).fill(undefined));
    expect(targetProblem('http://10.0.0.1/', true)).toMatch('https');
    expect(targetProblem('https://10.0.0.1/', true)).toMatch('public');
  });

  it('is judged by what its name was resolved to', () => {
    expect([isTarget('8.8.8.8', false), isTarget('10.0.0.1', true), isTarget('127.0.0.1', false)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(isTarget('127.0.0.1', true)).toBe(true);
  });
});

describe('the host of a stored address', () => {
  it.each([
    ['https://hooks.example.com:8443/a?key=secret', 'hooks.example.com:8443'],
    ['https://0x7f.1.2.3.4.5/hook?key=secret', '?'],
  ])('%s', (address, host) => expect(hostOf(address)).toBe(host));
});
