import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();
const base64url = (data: Uint8Array): string => Buffer.from(data).toString('base64url');

/** Bits of the flags of authenticator data (WebAuthn, section 6.1). */
const FLAGS = { present: 0x01, verified: 0x04, attested: 0x40 } as const;

/** What a test has an authenticator do wrong. */
export interface Mischief {
  readonly origin?: string;
  readonly rpId?: string;
  readonly counter?: number;
  /** No PIN and no gesture. */
  readonly unverified?: boolean;
  readonly challenge?: string;
  readonly userHandle?: string;
}

interface Options {
  readonly challenge: string;
  readonly user?: { readonly id: string };
}

/** An authenticator in software: one ES256 passkey, attestation `none`, as a browser passes its answers on. */
export class SoftAuthenticator {
  readonly id = base64url(randomBytes(16));
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;
  private counter = 0;
  private userHandle = '';

  constructor(
    private readonly origin = 'http://localhost:3000',
    private readonly rpId = 'localhost',
  ) {
    ({ privateKey: this.privateKey, publicKey: this.publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' }));
  }

  create(publicKey: object, mischief: Mischief = {}) {
    const options = publicKey as Options;
    this.userHandle = options.user?.id ?? '';
    const id = Buffer.from(this.id, 'base64url');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, id, Buffer.from(isoCBOR.encode(this.coseKey()))]);
    const authData = new Uint8Array(Buffer.concat([this.data(FLAGS.attested, mischief), attested]));
    const attestation = new Map<string, string | Uint8Array | Map<string, string>>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ]);
    return {
      ...this.ids,
      response: {
        clientDataJSON: base64url(this.clientData('webauthn.create', options, mischief)),
        attestationObject: base64url(isoCBOR.encode(attestation)),
        transports: ['internal' as const],
      },
    };
  }

  get(publicKey: object, mischief: Mischief = {}) {
    const authenticatorData = this.data(0, mischief);
    const clientData = this.clientData('webauthn.get', publicKey as Options, mischief);
    const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(clientData)]), this.privateKey);
    return {
      ...this.ids,
      response: {
        clientDataJSON: base64url(clientData),
        authenticatorData: base64url(authenticatorData),
        signature: base64url(signature),
        userHandle: mischief.userHandle ?? this.userHandle,
      },
    };
  }

  private get ids() {
    return { id: this.id, rawId: this.id, type: 'public-key' as const };
  }

  private data(flags: number, { rpId = this.rpId, counter, unverified }: Mischief): Buffer {
    this.counter = counter ?? this.counter + 1;
    const tail = Buffer.alloc(5);
    tail.writeUInt8(flags | FLAGS.present | (unverified ? 0 : FLAGS.verified));
    tail.writeUInt32BE(this.counter, 1);
    return Buffer.concat([sha256(rpId), tail]);
  }

  private clientData(type: string, { challenge }: Options, mischief: Mischief): Buffer {
    const data = { type, challenge: mischief.challenge ?? challenge, origin: mischief.origin ?? this.origin };
    return Buffer.from(JSON.stringify({ ...data, crossOrigin: false }));
  }

  /** EC2 key on P-256 for ES256 (RFC 9053). */
  private coseKey(): Map<number, number | Uint8Array> {
    const { x = '', y = '' } = this.publicKey.export({ format: 'jwk' });
    return new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
      [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
    ]);
  }
}
