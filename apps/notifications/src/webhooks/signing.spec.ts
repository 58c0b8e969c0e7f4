import { Webhook } from 'standardwebhooks';
import { newSecret, rotated, signatureOf, signedHeaders } from './signing';

const BODY = '{"test": 2432232314}';

describe('what is sent', () => {
  it('has the signature of the standard’s own example', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    expect(signatureOf(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, BODY)).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  it('is believed by the standard’s own library, with the right secret alone', () => {
    const secret = newSecret();
    expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
    const headers = signedHeaders([{ secret }], 'event-1', BODY);
    expect(new Webhook(secret).verify(BODY, headers)).toEqual({ test: 2432232314 });
    expect(() => new Webhook(newSecret()).verify(BODY, headers)).toThrow();
    expect(() => new Webhook(secret).verify(`${BODY} `, headers)).toThrow();
    expect(() => new Webhook(secret).verify(BODY, { ...headers, 'webhook-id': 'event-2' })).toThrow();
  });

  it('is signed by both secrets while they are changed, and by no older one', () => {
    const [first, second, third] = [newSecret(), newSecret(), newSecret()];
    const now = Date.now();
    const twice = rotated(rotated([{ secret: first }], second, now + 1000), third, now + 1000);
    const headers = signedHeaders(twice, 'event-1', BODY, now);
    expect(new Webhook(second).verify(BODY, headers)).toBeDefined();
    expect(new Webhook(third).verify(BODY, headers)).toBeDefined();
    expect(() => new Webhook(first).verify(BODY, headers)).toThrow();
    const later = signedHeaders(twice, 'event-1', BODY, now + 2000);
    expect(() => new Webhook(second).verify(BODY, later)).toThrow();
    expect(new Webhook(third).verify(BODY, later)).toBeDefined();
  });
});
