import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** Begins the keys of development, which everybody knows and production refuses. */
const KNOWN = 'open-cpo development call keys';
const KEY_BYTES = 32;

/** Name of the key with which calls of `from` to `to` are signed. */
const pair = (from: string, to: string): string => `${from}>${to}`;

/**
 * Pairwise keys (HMAC-SHA-256) that prove which app calls which service. A process holds the keys of the calls that it
 * makes and of those made to it, so that no service can speak for another app to a third one.
 */
export class CallKeys {
  private readonly derived = new Map<string, readonly KeyObject[]>();

  private constructor(private readonly given?: ReadonlyMap<string, readonly KeyObject[]>) {}

  /**
   * Reads `CALL_KEYS`: JSON of lists of base64 keys by pair, `{"gateway>auth":["…"]}`. The first key of a pair signs, all
   * of them are accepted. Absent: the keys of development.
   * @throws Error when it is no such text
   */
  static read(text?: string): CallKeys {
    if (text === undefined) return new CallKeys();
    const entries = Object.entries(JSON.parse(text) as Record<string, readonly string[]>);
    return new CallKeys(new Map(entries.map(([name, keys]) => [name, keys.map((key) => keyOf(name, key))])));
  }

  /** Whether the keys are this system's own. */
  get provisioned(): boolean {
    return this.given !== undefined;
  }

  /** The key that signs calls of `from` to `to`. @throws Error when this process has none */
  signing(from: string, to: string): KeyObject {
    const [key] = this.accepted(from, to);
    if (!key) throw new Error(`CALL_KEYS has no key for ${pair(from, to)}.`);
    return key;
  }

  /** The keys with which a call of `from` to `to` may be signed: none, one, or two while keys are rotated. */
  accepted(from: string, to: string): readonly KeyObject[] {
    const name = pair(from, to);
    return this.given ? (this.given.get(name) ?? []) : this.develop(name);
  }

  private develop(name: string): readonly KeyObject[] {
    const known = this.derived.get(name);
    if (known) return known;
    const keys = [createSecretKey(createHmac('sha256', KNOWN).update(name).digest())];
    this.derived.set(name, keys);
    return keys;
  }
}

function keyOf(name: string, text: string): KeyObject {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== KEY_BYTES) throw new Error(`The key of ${name} is not ${KEY_BYTES} bytes in base64.`);
  return createSecretKey(bytes);
}
