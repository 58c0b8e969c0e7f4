import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const LIFE = 24 * 60 * 60;
const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = (): number => Math.floor(Date.now() / 1000);

export interface TokenParts {
  readonly header?: Record<string, unknown>;
  readonly claims?: Record<string, unknown>;
}

/** The platform's own signing key: with it any token can be made, also one that auth would never issue. */
export class SigningKey {
  readonly kid = randomUUID();
  readonly publicKey: KeyObject;
  private readonly privateKey: KeyObject;

  constructor() {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.privateKey = pair.privateKey;
    this.publicKey = pair.publicKey;
  }

  /** Writes the file that auth reads. */
  keep(file: string): void {
    const key = { ...this.privateKey.export({ format: 'jwk' }), kid: this.kid, alg: 'ES256', use: 'sig' };
    writeFileSync(file, JSON.stringify({ keys: [key] }), { mode: 0o600 });
  }

  /** A token of a user, good for a day unless its parts say otherwise. */
  token(userId: number, { header = {}, claims = {} }: TokenParts = {}): string {
    const iat = now();
    const usual = {
      iss: 'open-cpo',
      iat,
      exp: iat + LIFE,
      jti: randomUUID(),
      data: { user_id: userId, user_type: 1 },
    };
    const head = { alg: 'ES256', typ: 'JWT', kid: this.kid, ...header };
    const signed = `${base64(head)}.${base64({ ...usual, ...claims })}`;
    const key = { key: this.privateKey, dsaEncoding: 'ieee-p1363' as const };
    return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
  }
}
