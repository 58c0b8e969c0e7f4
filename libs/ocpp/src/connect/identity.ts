/**
 * Characters of an identity; the protocol allows 48 in 2.0.1, and some chargers show fewer. None is a colon, at which the
 * user name of Basic authentication ends.
 */
const IDENTITY = /^[\w.@=*+|-]{1,48}$/;

/** Whether a text can be the identity of a charger. */
export const isIdentity = (text: string): boolean => IDENTITY.test(text);

/** Whether the path of a URL is text at all. */
export function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(pathOf(url));
    return true;
  } catch {
    return false;
  }
}

const pathOf = (url: string): string => url.split(/[?#]/, 1)[0] ?? '';

/** A request for a socket, by its URL. */
export interface Address {
  /** Its path without the identity, `ocpp` for `/ocpp/<identity>`. */
  readonly path: string;
  readonly identity: string;
}

/**
 * The last segment of a path is the identity; empty segments and those before it that a charger adds are dropped. Nothing
 * for a path that cannot be decoded, or whose identity is none.
 */
export function addressOf(url: string): Address | undefined {
  const segments = pathOf(url).split('/').filter(Boolean);
  const last = segments.at(-1);
  if (last === undefined || segments.length < 2) return undefined;
  try {
    const identity = decodeURIComponent(last).trim();
    return isIdentity(identity) ? { path: segments[0] ?? '', identity } : undefined;
  } catch {
    return undefined;
  }
}
