import { Injectable } from '@nestjs/common';
import { type Caller, isUnavailable, sessions, userChanged, type UserSnapshot } from '@open-cpo/contracts';
import { Broadcast, Broker, Bus } from '@open-cpo/messaging';
import { LRUCache } from 'lru-cache';

/** Milliseconds for which a snapshot is taken as it is; changes arrive by event long before. */
const MAX_AGE_MS = 60_000;
/** Milliseconds for which an older one is used while auth is unavailable. */
const STALE_IF_ERROR_MS = 5 * 60_000;

interface Remembered {
  readonly snapshot: UserSnapshot;
  readonly at: number;
}

/** Who users are right now: role, currency, zone, state. */
@Injectable()
export class Snapshots {
  private readonly remembered = new LRUCache<number, Remembered>({ max: 50_000 });
  private readonly pending = new Map<number, Promise<UserSnapshot>>();
  private cutOffAt = 0;

  constructor(
    private readonly bus: Bus,
    broadcast: Broadcast,
    broker: Broker,
  ) {
    broadcast.subscribe(userChanged, ({ snapshot }) => {
      this.remembered.set(snapshot.userId, { snapshot, at: Date.now() });
    });
    // Changes while the connection is down are missed.
    broker.whenDown(() => (this.cutOffAt = Date.now()));
  }

  /** @throws Refusal `unauthenticated` when there is no such user. */
  async of(userId: number, caller: Caller): Promise<UserSnapshot> {
    const known = this.remembered.get(userId);
    if (known && known.at > this.cutOffAt && Date.now() - known.at < MAX_AGE_MS) return known.snapshot;
    try {
      return await this.ask(userId, caller);
    } catch (error) {
      const isUsable = known && Date.now() - known.at < MAX_AGE_MS + STALE_IF_ERROR_MS;
      if (isUsable && isUnavailable(error)) return known.snapshot;
      throw error;
    }
  }

  private ask(userId: number, caller: Caller): Promise<UserSnapshot> {
    const asked = this.pending.get(userId);
    if (asked) return asked;
    const at = Date.now();
    const answer = this.bus
      .call(sessions.snapshot, { userId }, caller)
      .then((snapshot) => this.remember(snapshot, at))
      .finally(() => this.pending.delete(userId));
    this.pending.set(userId, answer);
    return answer;
  }

  /** An event after the request is newer than the response. */
  private remember(snapshot: UserSnapshot, askedAt: number): UserSnapshot {
    const known = this.remembered.get(snapshot.userId);
    if (known && known.at > askedAt) return known.snapshot;
    this.remembered.set(snapshot.userId, { snapshot, at: askedAt });
    return snapshot;
  }
}
