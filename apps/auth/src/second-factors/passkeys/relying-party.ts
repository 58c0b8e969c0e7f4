import { isIP } from 'node:net';
import type { AuthConfig } from '../../config';

/** Whom passkeys are for (WebAuthn relying party). */
export interface RelyingParty {
  readonly name: string;
  /** A domain: passkeys work on its pages and on those of domains below it. */
  readonly id: string;
  /** Pages that may ask for them. */
  readonly origins: string[];
}

/** Nothing where there are no passkeys: the public address has no name, and none is set. */
export function relyingPartyOf({ publicUrl, passkeyRpId, passkeyOrigins }: AuthConfig): RelyingParty | undefined {
  const { hostname, origin } = new URL(publicUrl);
  const id = passkeyRpId ?? hostname;
  if (isIP(id.replace(/[[\]]/g, '')) !== 0) return undefined;
  return { name: 'Open CPO', id, origins: passkeyOrigins.length > 0 ? passkeyOrigins : [origin] };
}

/** What is wrong with an origin: browsers offer passkeys on pages of the domain itself, over HTTPS or on this machine. */
export function originProblem(text: string, id: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.origin !== text) return `${text} is no origin`;
  if (url.hostname !== id && !url.hostname.endsWith(`.${id}`)) return `${text} is no page of ${id}`;
  const isLocal = url.hostname === 'localhost' || url.hostname.endsWith('.localhost');
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLocal) ? undefined : `${text} is not encrypted`;
}
