import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Frame } from '@open-cpo/ocpp';
import { Log, Metrics } from '@open-cpo/platform';
import { LRUCache } from 'lru-cache';
import type { WebSocket } from 'ws';
import { KeyedBatches } from '../batches/keyed-batches';
import { CommandRunner } from '../commands/command-runner';
import { ChargersConfig } from '../config';
import { Messages } from '../protocol/messages';
import { Outages } from '../protocol/outages';
import { ChargerContext } from './charger-context';
import { ChargerSocket, type SocketOwner } from './charger-socket';
import { CLOSE } from './close-codes';
import { ConnectionsRepository } from './connections.repository';
import { TokenBucket } from './token-bucket';
import type { Accepted } from './upgrades';

/** Between two looks at the rows of connected chargers: a changed credential closes its socket within this time. */
const LOOK_MS = 3000;
/** Each socket is compared with its row at least this often, also when nothing seems to have changed. */
const COMPARE_MS = 5 * 60_000;
const PING_MS = 60_000;
/** Parts of the time in which all get a ping: thousands at once would hold up everything else. */
const PING_PARTS = 60;
/** One that has sent something within this time is not asked: less than from the answer of a ping to the next. */
const RECENT_MS = 50_000;
/** A sign of life is written this often: its replica's stands for it. Replicas of the version before count one as lost after 5 min. */
const WRITE_SEEN_MS = 3 * 60_000;
/** Part of the time for ending in which sockets are closed, spread, so that chargers do not return all at once. */
const DRAIN_PART = 0.5;
const MS_PER_SOCKET = 4;
/** Transactions that a charger may begin a second, and at once after it was offline. */
const STARTS_PER_SECOND = 1;
const START_BURST = 50;
/** Chargers whose limit is remembered after their connection. */
const MAX_BUCKETS = 50_000;

/** The sockets of this process, one for each charger. */
@Injectable()
export class Sockets implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly open = new Map<number, ChargerSocket>();
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly closing = new Set<Promise<void>>();
  private readonly starts = new LRUCache<number, TokenBucket>({ max: MAX_BUCKETS });
  /** Thousands end within seconds when the process does. */
  private readonly closings = new KeyedBatches<ChargerSocket>({
    key: ({ context }) => context.id,
    together: async (sockets) => {
      await this.write(sockets, true);
      return [];
    },
    alone: (socket) => this.write([socket], true),
  });
  private looking = false;
  private pinged = 0;
  /** Sockets of which the end could not be written. */
  private unkept: ChargerSocket[] = [];
  /** What `state` of the connections said before all sockets were compared; nothing once there are others. */
  private compared?: { readonly state: string | undefined; readonly at: number };
  private readonly owner: SocketOwner = {
    handle: (socket, frame, text) => this.handle(socket, frame, text),
    closed: (socket) => this.noteClosed(socket),
    startsOf: (charger) => this.startsOf(charger),
    failed: ({ context }, error) => this.log.error('A message broke its socket', { charger: context.id, error }),
  };

  constructor(
    private readonly connections: ConnectionsRepository,
    private readonly messages: Messages,
    private readonly commands: CommandRunner,
    private readonly outages: Outages,
    private readonly config: ChargersConfig,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    metrics.read({
      gauges: {
        open_cpo_charger_connections: 'Sockets of chargers that this process holds.',
        open_cpo_charger_connections_max: 'Sockets of chargers that this process takes.',
      },
      read: () => [
        {
          values: {
            open_cpo_charger_connections: this.open.size,
            open_cpo_charger_connections_max: config.chargersMaxSockets,
          },
        },
      ],
    });
  }

  onApplicationBootstrap(): void {
    this.timers.push(setInterval(() => void this.look(), LOOK_MS).unref());
    this.timers.push(setInterval(() => this.pingNext(), PING_MS / PING_PARTS).unref());
  }

  get size(): number {
    return this.open.size;
  }

  /** Asks all for a sign of life. */
  ping(): void {
    this.open.forEach((socket) => socket.ping());
  }

  /** All are written with the next look: they may count as disconnected. */
  writeAll(): void {
    this.open.forEach((socket) => (socket.lastWritten = 0));
  }

  private pingNext(): void {
    this.pinged = (this.pinged + 1) % PING_PARTS;
    this.open.forEach((socket, id) => {
      if (id % PING_PARTS === this.pinged && Date.now() - socket.lastSeen > RECENT_MS) socket.ping();
    });
  }

  /** Takes a socket over from the one that the charger had. */
  add(socket: WebSocket, { charger, generation, protocol }: Accepted): void {
    const context = new ChargerContext(charger, generation, protocol);
    const made = new ChargerSocket({ context, socket, owner: this.owner });
    const before = this.open.get(charger.id);
    // Two upgrades of one charger can end in another order than they began.
    if (before && before.context.generation > generation) return void made.close(CLOSE.replaced, 'replaced');
    this.open.set(charger.id, made);
    this.compared = undefined;
    this.commands.serve(made);
    void before?.close(CLOSE.replaced, 'replaced');
    this.log.log('A charger has connected', { charger: charger.id, generation });
  }

  /** That of its earlier connections: one that reconnects has no more than before. */
  private startsOf(charger: number): TokenBucket {
    const bucket = this.starts.get(charger) ?? new TokenBucket(STARTS_PER_SECOND, START_BURST);
    this.starts.set(charger, bucket);
    return bucket;
  }

  /** Closes all, spread over a part of the time that the process has to end. */
  async onModuleDestroy(): Promise<void> {
    this.timers.forEach((timer) => clearInterval(timer));
    const sockets = [...this.open.values()];
    const most = this.config.shutdownSeconds * 1000 * DRAIN_PART;
    const spread = Math.min(most, sockets.length * MS_PER_SOCKET);
    const closing = sockets.map(async (socket, index) => {
      await pause((spread * index) / Math.max(1, sockets.length));
      await socket.close(CLOSE.drained, 'restarting');
    });
    await Promise.all(closing);
    await Promise.all(this.closing);
  }

  /** Closes what has no right to be open any more, here and on other replicas, and writes what is new. */
  async look(): Promise<void> {
    if (this.looking || this.open.size + this.unkept.length === 0) return;
    this.looking = true;
    try {
      await this.writeUnkept();
      await this.closeStale();
      const due = Date.now() - WRITE_SEEN_MS;
      await this.write([...this.open.values()].filter((one) => one.lastWritten < due));
    } catch (error) {
      this.log.warn('Chargers could not be looked at', { error });
    } finally {
      this.looking = false;
    }
  }

  private async writeUnkept(): Promise<void> {
    if (this.unkept.length === 0) return;
    const sockets = this.unkept;
    this.unkept = [];
    await this.write(sockets, true).catch((error: unknown) => {
      this.unkept = [...sockets, ...this.unkept];
      throw error;
    });
  }

  /** Thousands are compared only when a row may have changed since, or a socket is new. */
  private async closeStale(): Promise<void> {
    const before = this.compared;
    const state = await this.connections.state();
    if (before && before === this.compared && before.state === state && Date.now() - before.at < COMPARE_MS) return;
    this.compared = { state, at: Date.now() };
    await this.compare().catch((error: unknown) => {
      this.compared = undefined;
      throw error;
    });
  }

  private async compare(): Promise<void> {
    const sockets = new Map([...this.open]);
    const changed = await this.connections.changed([...sockets.values()].map(({ context }) => context));
    for (const { id, policy, removed, ended, replaced } of changed) {
      const socket = sockets.get(id);
      if (!socket) continue;
      if (policy) socket.context.policy = policy;
      if (removed) void socket.close(CLOSE.replaced, 'removed or locked');
      else if (ended) void socket.close(CLOSE.replaced, 'credential changed');
      else if (replaced) void socket.close(CLOSE.replaced, 'replaced');
    }
  }

  private async write(sockets: readonly ChargerSocket[], closed = false): Promise<void> {
    const sightings = sockets.map(({ context, lastSeen }) => ({
      id: context.id,
      generation: context.generation,
      seen: new Date(lastSeen),
      open: this.open.get(context.id)?.context === context,
      clock: Math.round(context.clock.measured),
      quirks: context.takeQuirks(),
    }));
    await this.connections.seen(sightings, closed).catch((error: unknown) => {
      sockets.forEach(({ context }, n) => context.keepQuirks(sightings[n]?.quirks ?? {}));
      throw error;
    });
    if (sockets.length > 0) this.outages.over();
    sockets.forEach((socket) => (socket.lastWritten = Date.now()));
  }

  private async handle(socket: ChargerSocket, frame: Frame, text: string): Promise<string | undefined> {
    const { context } = socket;
    const close = (code: number, reason: string): void => void socket.close(code, reason);
    try {
      return await this.messages.handle(context, frame, text, close);
    } catch (error) {
      this.log.error('A message broke its handling', { charger: context.id, error });
      return undefined;
    }
  }

  private noteClosed(socket: ChargerSocket): void {
    const noted = this.closed(socket).finally(() => this.closing.delete(noted));
    this.closing.add(noted);
  }

  private async closed(socket: ChargerSocket): Promise<void> {
    const { id, generation } = socket.context;
    this.commands.end(socket);
    if (this.open.get(id) === socket) this.open.delete(id);
    try {
      await this.closings.add(socket);
      this.log.log('A charger has disconnected', { charger: id, generation });
    } catch (error) {
      this.unkept.push(socket);
      this.log.warn('A disconnection was not kept', { charger: id, error });
    }
  }
}
