import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type NewPasskeyCredential,
  PASSKEY_TRANSPORTS,
  type PasskeyCredential,
  type PasskeyTransport,
  Refusal,
} from '@open-cpo/contracts';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject } from '@simplewebauthn/server/helpers';
import { AuthConfig } from '../../config';
import type { UserRow } from '../../users/user.row';
import { CHALLENGE_SECONDS, type ChallengePurpose, PasskeyChallenges } from './challenges';
import type { NewPasskey, PasskeyRow } from './passkeys.repository';
import { type RelyingParty, relyingPartyOf } from './relying-party';

const NO_PASSKEYS = 'This platform has no passkeys.';
const timeout = CHALLENGE_SECONDS * 1000;
/**
 * EdDSA, ES256 and RS256 (COSE), which every supported Node verifies. Others depend on the runtime: a passkey of ML-DSA, which newer
 * ones offer first, would be useless after a change to an older one.
 */
const ALGORITHMS = [-8, -7, -257];

/** What an authenticator answered to a login. */
export interface Asserted {
  readonly counter: number;
  readonly backedUp: boolean;
  readonly challenge: string;
}

/** The two ceremonies of WebAuthn: registration and authentication. User verification makes a passkey two factors. */
@Injectable()
export class PasskeyCeremonies {
  private readonly party: RelyingParty | undefined;

  constructor(
    config: AuthConfig,
    private readonly challenges: PasskeyChallenges,
  ) {
    this.party = relyingPartyOf(config);
  }

  /** @throws Refusal `not_found` on a platform without passkeys */
  get relyingParty(): RelyingParty {
    if (!this.party) throw new Refusal('not_found', { message: NO_PASSKEYS });
    return this.party;
  }

  /** Every passkey is discoverable: a login names no user. */
  creationOptions(user: UserRow, present: readonly PasskeyRow[]): Promise<object> {
    const { name: rpName, id: rpID } = this.relyingParty;
    return generateRegistrationOptions({
      rpName,
      rpID,
      userName: user.email,
      userDisplayName: `${user.firstName} ${user.lastName}`.trim(),
      userID: new Uint8Array(userHandleOf(user.id)),
      challenge: new Uint8Array(this.challenges.issue(`registration of ${user.id}`)),
      timeout,
      attestationType: 'none',
      excludeCredentials: present.map((key) => ({ id: key.credentialId, transports: transportsOf(key.transports) })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      supportedAlgorithmIDs: ALGORITHMS,
    });
  }

  requestOptions(): Promise<object> {
    const { id: rpID } = this.relyingParty;
    const challenge = new Uint8Array(this.challenges.issue('login'));
    return generateAuthenticationOptions({ rpID, challenge, timeout, userVerification: 'required' });
  }

  /** What an authenticator has made, and the challenge that it answered; nothing when it is not to be believed. */
  async created(credential: NewPasskeyCredential, userId: number) {
    const { id: expectedRPID, origins: expectedOrigin } = this.relyingParty;
    const seen = this.seen(`registration of ${userId}`);
    const { response, ...ids } = credential;
    const transports = [...(response.transports ?? [])];
    try {
      if (!isPlain(response.attestationObject)) return undefined;
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: { ...ids, clientExtensionResults: {}, response: { ...response, transports } },
        expectedChallenge: seen.judge,
        expectedOrigin,
        expectedRPID,
        requireUserVerification: true,
      });
      if (!verified) return undefined;
      const { id: credentialId, publicKey, counter } = registrationInfo.credential;
      const backedUp = registrationInfo.credentialBackedUp;
      const made = { userId, credentialId, publicKey: Buffer.from(publicKey), counter, transports, backedUp };
      return { challenge: seen.challenge, made: made satisfies Omit<NewPasskey, 'name'> };
    } catch {
      // The library throws at whatever is wrong with what a client has sent.
      return undefined;
    }
  }

  /** Nothing when it is not the passkey, or its counter went backwards: then there is a copy. */
  async asserted(credential: PasskeyCredential, key: PasskeyRow): Promise<Asserted | undefined> {
    const { id: expectedRPID, origins: expectedOrigin } = this.relyingParty;
    const seen = this.seen('login');
    const { response, ...ids } = credential;
    const { userHandle, ...rest } = response;
    if (userHandle && !userHandleOf(key.userId).equals(Buffer.from(userHandle, 'base64url'))) return undefined;
    try {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: { ...ids, clientExtensionResults: {}, response: { ...rest, userHandle: userHandle ?? undefined } },
        expectedChallenge: seen.judge,
        expectedOrigin,
        expectedRPID,
        credential: { id: key.credentialId, publicKey: new Uint8Array(key.publicKey), counter: Number(key.counter) },
        requireUserVerification: true,
      });
      if (!verified) return undefined;
      const { newCounter: counter, credentialBackedUp: backedUp } = authenticationInfo;
      return { counter, backedUp, challenge: seen.challenge };
    } catch {
      return undefined;
    }
  }

  private seen(purpose: ChallengePurpose) {
    const seen = {
      challenge: '',
      judge: (challenge: string): boolean => {
        seen.challenge = challenge;
        return this.challenges.isValid(challenge, purpose);
      },
    };
    return seen;
  }
}

/** What stands for the user in the authenticator, for as long as the passkey lives: no name, no address, no key of ours. */
const userHandleOf = (userId: number): Buffer => createHash('sha256').update(`open-cpo user ${userId}`).digest();

/** Without attestation certificates, which would have to be looked up elsewhere. */
function isPlain(attestationObject: string): boolean {
  const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')));
  const format = decoded.get('fmt');
  return format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined);
}

const transportsOf = (known: readonly string[]): PasskeyTransport[] =>
  PASSKEY_TRANSPORTS.filter((transport) => known.includes(transport));
