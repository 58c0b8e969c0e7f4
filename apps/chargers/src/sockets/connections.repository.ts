import { Injectable } from '@nestjs/common';
import { chargerConnected, chargerDisconnected, CHARGING_VERSION, type ChargerPolicy } from '@open-cpo/contracts';
import { Outbox, Transactions } from '@open-cpo/persistence';
import * as sql from './connection.queries';
import { REPLICA } from './replica';

/** A charger as its socket needs it. */
export interface KnownCharger {
  readonly id: number;
  readonly account_id: number;
  readonly charge_point_id: number;
  readonly identity: string;
  readonly secret_hash: Buffer | null;
  readonly policy: ChargerPolicy;
  readonly assume_ocpp16: boolean;
  /** Whether it proves who it is by a client certificate, and not by its password. */
  readonly certificate: boolean;
  /** Whether it gets pings. */
  readonly server_pings: boolean;
  /** Whether messages are compressed where it offers that. */
  readonly compression: boolean;
  /** What its registers are multiplied by to be Wh. */
  readonly time_zone: string;
  readonly clock_offset_ms: number;
}

/** A socket with what it was opened with. */
export interface HeldSocket {
  readonly id: number;
  readonly generation: number;
  readonly policy: ChargerPolicy;
  readonly proof: string | null;
}

/** A charger that is not as its socket has it. */
export interface ChangedCharger {
  readonly id: number;
  /** Nothing where it has no right to a socket any more. */
  readonly policy: ChargerPolicy | null;
  /** Whether there is none any more, or its account is locked. */
  readonly removed: boolean;
  readonly ended: boolean;
  readonly replaced: boolean;
}

/** What is new about a charger since it was last written. */
export interface Sighting {
  readonly id: number;
  readonly generation: number;
  readonly seen: Date;
  /** Whether its socket is open. */
  readonly open: boolean;
  readonly clock: number;
  readonly quirks: Readonly<Record<string, number>>;
}

interface Gone {
  readonly id: number;
  readonly charge_point_id: number;
  readonly disconnected_at: Date;
}

/** Which sockets there are, over all replicas: each connection of a charger has a generation, and the newest one counts. */
@Injectable()
export class ConnectionsRepository {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  find(identity: string): Promise<KnownCharger | undefined> {
    return this.transactions.first<KnownCharger>(sql.FIND, [identity], 'chargers.find');
  }

  /** The generation of a new socket; nothing when the credential was changed meanwhile. */
  async connect(
    { id, secret_hash, charge_point_id, certificate }: KnownCharger,
    protocol: string,
  ): Promise<number | undefined> {
    const params = [id, secret_hash, protocol, certificate, REPLICA];
    const again = await this.transactions.first<{ generation: number }>(sql.RECONNECT, params, 'chargers.reconnect');
    if (again) return again.generation;
    return this.transactions.run(async () => {
      const row = await this.transactions.first<{ generation: number; published: boolean }>(
        sql.CONNECT,
        params,
        'chargers.connect',
      );
      if (!row) return undefined;
      if (!row.published) await this.outbox.publish(chargerConnected, id, eventOf(charge_point_id, new Date()));
      return row.generation;
    });
  }

  /** Nothing changes when a newer socket has taken over. */
  async disconnect(sockets: readonly Pick<HeldSocket, 'id' | 'generation'>[]): Promise<void> {
    const params = [sockets.map(({ id }) => id), sockets.map(({ generation }) => generation)];
    await this.transactions.query(sql.DISCONNECT, params, 'chargers.disconnect');
  }

  /** A value that changes with whatever `changed` compares, for the chargers that this replica holds. */
  async state(): Promise<string | undefined> {
    return (await this.transactions.first<{ state: string }>(sql.STATE, [REPLICA], 'chargers.state'))?.state;
  }

  /** Of these sockets those whose charger is not as it was. */
  changed(sockets: readonly HeldSocket[]): Promise<ChangedCharger[]> {
    const column = <T>(of: (socket: HeldSocket) => T): T[] => sockets.map(of);
    const params = [
      column(({ id }) => id),
      column(({ generation }) => generation),
      column(({ proof }) => proof),
      column((one) => one.policy),
    ];
    return this.transactions.query<ChangedCharger>(sql.CHANGED, params, 'chargers.changed');
  }

  /** `closed`: their sockets are, and what was new about them is written for the last time. */
  async seen(sightings: readonly Sighting[], closed = false): Promise<void> {
    if (sightings.length === 0) return;
    await this.transactions.run(async () => {
      const rows = await this.transactions.query<{ id: number; charge_point_id: number; found: boolean }>(
        sql.SEEN,
        [JSON.stringify(sightings)],
        'chargers.seen',
      );
      const at = new Date();
      await this.outbox.publishAll(
        rows
          .filter(({ found }) => found)
          .map(({ id, charge_point_id }) => ({
            domainEvent: chargerConnected,
            aggregateId: id,
            payload: eventOf(charge_point_id, at),
          })),
      );
      // They are locked in the order of their ids by now.
      if (closed) await this.disconnect(sightings);
    });
  }

  /** Publishes the chargers that have been away for so many seconds, some at a time; answers whether there are more. */
  publishAbsent(seconds: number): Promise<boolean> {
    return this.publishGone(sql.ABSENT, [seconds]);
  }

  /** Ends the connections of replicas that have ended without a word, some at a time; answers whether there are more. */
  async endWithoutReplica(): Promise<boolean> {
    return (await this.transactions.query(sql.END_WITHOUT_REPLICA, [REPLICA])).length === sql.BATCH;
  }

  /** Publishes those whose end could not be written; looks at every charger. */
  publishLost(): Promise<boolean> {
    return this.publishGone(sql.LOST, []);
  }

  /** Says that this replica is alive. */
  async alive(): Promise<void> {
    await this.transactions.query(sql.ALIVE, [REPLICA], 'chargers.alive');
  }

  /** Forgets replicas that have ended a day ago. */
  async forgetReplicas(): Promise<void> {
    await this.transactions.query(sql.FORGET_REPLICAS, []);
  }

  private publishGone(query: string, params: readonly number[]): Promise<boolean> {
    return this.transactions.run(async () => {
      const rows = await this.transactions.query<Gone>(query, [...params]);
      await this.outbox.publishAll(
        rows.map((row) => ({
          domainEvent: chargerDisconnected,
          aggregateId: row.id,
          payload: eventOf(row.charge_point_id, row.disconnected_at),
        })),
      );
      return rows.length === sql.BATCH;
    });
  }
}

/** What a socket was opened with, as `PROOF` has it: little of it, since thousands are kept. */
export const proofOf = ({
  secret_hash,
  certificate,
}: Pick<KnownCharger, 'secret_hash' | 'certificate'>): string | null =>
  secret_hash && `${secret_hash.toString('hex', 0, sql.SECRET_BYTES)}${certificate ? ' certificate' : ''}`;

const eventOf = (charge_point_id: number, at: Date) => ({
  version: CHARGING_VERSION,
  charge_point_id,
  time: at.toISOString(),
});
