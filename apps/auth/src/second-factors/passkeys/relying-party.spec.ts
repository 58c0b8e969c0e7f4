import { AuthConfig } from '../../config';
import { originProblem, relyingPartyOf } from './relying-party';

const partyOf = (settings: Partial<AuthConfig>) => relyingPartyOf(Object.assign(new AuthConfig(), settings));

describe('whom passkeys are for', () => {
  it('is by default the host of the public address', () => {
    expect(partyOf({ publicUrl: 'https://api.example.com/base' })).toEqual({
      name: 'Open CPO',
      id: 'api.example.com',
      origins: ['https://api.example.com'],
    });
  });

  it('can be a domain with several pages', () => {
    const passkeyOrigins = ['https://app.example.com', 'https://example.com:8443'];
    expect(partyOf({ passkeyRpId: 'example.com', passkeyOrigins })).toMatchObject({
      id: 'example.com',
      origins: passkeyOrigins,
    });
  });

  it.each(['http://192.0.2.7:3000', 'http://[2001:db8::1]'])('is nobody at %s, which has no name', (publicUrl) => {
    expect(partyOf({ publicUrl })).toBeUndefined();
  });

  it.each([
    ['https://app.example.com', undefined],
    ['https://example.com', undefined],
    ['https://example.com/', 'https://example.com/ is no origin'],
    ['example.com', 'example.com is no origin'],
    ['https://badexample.com', 'https://badexample.com is no page of example.com'],
    ['http://app.example.com', 'http://app.example.com is not encrypted'],
  ])('judges the origin %s', (origin, problem) => {
    expect(originProblem(origin, 'example.com')).toBe(problem);
  });

  it('works on this machine without encryption', () => {
    expect(originProblem('http://localhost:5173', 'localhost')).toBeUndefined();
  });
});
