import dns from 'node:dns';
import { sendMessage } from './sending';

const { Resolver } = dns.promises;
const none = (): Promise<string[]> => Promise.reject(Object.assign(new Error('no data'), { code: 'ENODATA' }));
const resolves = (...addresses: string[]): void => {
  const of = (family6: boolean): string[] => addresses.filter((address) => address.includes(':') === family6);
  const answer = (found: string[]) => (found.length > 0 ? () => Promise.resolve(found) : none);
  jest.spyOn(Resolver.prototype, 'resolve4').mockImplementation(answer(of(false)));
  jest.spyOn(Resolver.prototype, 'resolve6').mockImplementation(answer(of(true)));
};
const fails = (code: string): void => {
  const refuse = () => Promise.reject(Object.assign(new Error(code), { code }));
  jest.spyOn(Resolver.prototype, 'resolve4').mockImplementation(refuse);
  jest.spyOn(Resolver.prototype, 'resolve6').mockImplementation(refuse);
};
const send = (host = 'rebinding.example.com') =>
  sendMessage({ url: `https://${host}/`, headers: {}, body: '{}' }, { local: false, patience: 2000 });

afterEach(() => jest.restoreAllMocks());

describe('a name that leads inside', () => {
  it.each([
    ['to this machine', ['127.0.0.1']],
    ['to a private network', ['192.168.0.7']],
    ['to the metadata of a cloud', ['169.254.169.254']],
    ['to IPv4 in IPv6', ['::ffff:10.0.0.1']],
    ['with one of several addresses', ['93.184.215.14', '127.0.0.1']],
    ['by IPv6 alone, beside a public one', ['93.184.215.14', '::1']],
  ])('%s is not followed', async (_, addresses) => {
    resolves(...addresses);
    expect(await send()).toEqual({ error: 'The address is not public.' });
  });

  it('is resolved once: the connection is made to what was judged', async () => {
    resolves('127.0.0.1');
    await send();
    expect(Resolver.prototype.resolve4).toHaveBeenCalledTimes(1);
    expect(Resolver.prototype.resolve6).toHaveBeenCalledTimes(1);
  });
});

describe('a name without an address', () => {
  it.each([
    ['that does not exist', 'ENOTFOUND', { error: 'The host is not known.' }],
    ['whose servers are silent', 'ETIMEOUT', { error: 'The host is not known at the moment.' }],
    ['whose servers fail', 'ESERVFAIL', { error: 'The host is not known at the moment.' }],
  ])('%s is a failure of the endpoint', async (_, code, sent) => {
    fails(code);
    expect(await send()).toEqual(sent);
  });

  it('is no failure of the endpoint where our own name server takes no question', async () => {
    fails('ECONNREFUSED');
    expect(await send()).toEqual({ error: 'The host is not known at the moment.', tried: false });
  });
});
