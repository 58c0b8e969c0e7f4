import { startTestGateway, testBroker, type TestBroker, type TestGateway } from '@open-cpo/testing';
// eslint-disable-next-line @nx/enforce-module-boundaries -- what is forged is shown to the real gateway
import * as gatewayParts from '../../../apps/gateway/src/index';
import { SigningKey } from '../environment/signing-key';
import { forgedTokens } from './forged-tokens';

const key = new SigningKey();
const tokens = [...forgedTokens(key, 1)];

describe('a gateway that knows the key', () => {
  let broker: TestBroker;
  let gateway: TestGateway;
  beforeAll(async () => {
    broker = await testBroker();
    gateway = await startTestGateway({ broker, gateway: gatewayParts });
    gateway.auth.user();
    const jwk = { ...key.publicKey.export({ format: 'jwk' }), kid: key.kid };
    Object.defineProperty(gateway.auth, 'keys', { get: () => [jwk] });
  });
  afterAll(async () => {
    await gateway?.stop();
    await broker?.stop();
  });
  const statusOf = async (token: string): Promise<number> =>
    (await fetch(`${gateway.url}/api/user`, { headers: { authorization: `Bearer ${token}` } })).status;

  it('believes a token of it', async () => {
    // Let in, and nobody serves the resource here.
    expect(await statusOf(key.token(1))).toBe(503);
  });

  it.each(tokens)('believes none that is forged: %s', async (_how, token) => {
    expect(await statusOf(token)).toBe(401);
  });
});

it('there are many ways to forge one', () => {
  expect(tokens.length).toBeGreaterThan(30);
  expect(new Set(tokens.map(([, token]) => token)).size).toBe(tokens.length);
});
