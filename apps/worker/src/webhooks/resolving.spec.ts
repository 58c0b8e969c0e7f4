import * as dns from 'node:dns';
import { sendMessage } from './sending';

jest.mock('node:dns', () => ({ ...jest.requireActual<typeof dns>('node:dns'), lookup: jest.fn() }));

type Found = { address: string; family: number }[];
const resolves = (...addresses: string[]): void => {
  const found: Found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  (dns.lookup as unknown as jest.Mock).mockImplementation(
    (_name: string, _options: object, answer: (error: null, all: Found) => void) => answer(null, found),
  );
};
const send = () =>
  sendMessage({ url: 'https://rebinding.example.com/', headers: {}, body: '{}' }, { local: false, patience: 2000 });

describe('a name that leads inside', () => {
  it.each([
    ['to this machine', ['127.0.0.1']],
    ['to a private network', ['192.168.0.7']],
    ['to the metadata of a cloud', ['169.254.169.254']],
    ['to IPv4 in IPv6', ['::ffff:10.0.0.1']],
    ['with one of several addresses', ['93.184.215.14', '127.0.0.1']],
  ])('%s is not followed', async (_, addresses) => {
    resolves(...addresses);
    expect(await send()).toEqual({ error: 'The address is not public.' });
  });

  it('is resolved once: the connection is made to what was judged', async () => {
    resolves('127.0.0.1');
    (dns.lookup as unknown as jest.Mock).mockClear();
    await send();
    expect(dns.lookup).toHaveBeenCalledTimes(1);
  });
});
