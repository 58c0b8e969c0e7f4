import { Refusal } from '@open-cpo/contracts';

/** Part of all bytes that one network may hold: slow senders leave room for others. */
const SHARE = 1 / 4;
const RETRY_AFTER_S = 2;

/** The bytes of one request's body. */
export interface HeldBytes {
  /** @throws Refusal `service_unavailable` where there is no room for so many more */
  expect(bytes: number): void;
  /** @throws Refusal as `expect` */
  take(bytes: number): void;
  release(): void;
}

/** The bytes of request bodies that this process holds, all together and by network: a bulkhead for memory. */
export class BytesInFlight {
  private readonly byNetwork = new Map<string, number>();
  private sum = 0;

  constructor(private readonly limit: number) {}

  /** Bytes held now. */
  get total(): number {
    return this.sum;
  }

  /** An account for the body of one request that comes from a network. */
  open(network: string): HeldBytes {
    let held = 0;
    const add = (bytes: number): void => {
      held += bytes;
      this.add(network, bytes);
    };
    const expect = (bytes: number): void => this.expect(network, bytes);
    const take = (bytes: number): void => {
      expect(bytes);
      add(bytes);
    };
    return { expect, take, release: () => add(-held) };
  }

  private expect(network: string, bytes: number): void {
    if (this.sum + bytes <= this.limit && this.of(network) + bytes <= this.limit * SHARE) return;
    throw new Refusal('service_unavailable', { retryAfter: RETRY_AFTER_S, cause: 'too many bytes in flight' });
  }

  private add(network: string, bytes: number): void {
    this.sum += bytes;
    const held = this.of(network) + bytes;
    if (held > 0) this.byNetwork.set(network, held);
    else this.byNetwork.delete(network);
  }

  private of(network: string): number {
    return this.byNetwork.get(network) ?? 0;
  }
}
