import { Injectable } from '@nestjs/common';
import type { ChargerLimits, CurrentLimit, SharedLimit, SiteLimit } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { MAX_CONNECTORS } from '../protocol/connector-states';
import * as sql from './limit.queries';
import type { Sharer } from './shares';

/** A charger of a site with a limit. */
export interface SiteSharer extends Sharer {
  readonly site_id: number;
  readonly site_amperes: number;
  readonly account_id: number;
  /** What it is to take now; null: nothing is known of it yet. */
  readonly target: number | null;
}

/** A limit whose command has ended. */
export interface SettledLimit {
  readonly charger_id: number;
  readonly connector: number;
  readonly state: string | null;
  readonly status: string | null;
  readonly error: string | null;
}

/** A limit that is to be sent. */
export interface DueLimit {
  readonly charger_id: number;
  readonly connector: number;
  readonly account_id: number;
  readonly target: number | null;
  readonly most: number | null;
  readonly generation: number;
}

/** Limits of the current. */
@Injectable()
export class LimitsRepository {
  constructor(private readonly transactions: Transactions) {}

  /** Until the end of the transaction; false where another replica has it. */
  async lock(): Promise<boolean> {
    return (await this.transactions.first<{ locked: boolean }>(sql.LOCK))?.locked ?? false;
  }

  /** Of one account, or of all. */
  sharers(accountId: number | null = null): Promise<SiteSharer[]> {
    return this.transactions.query<SiteSharer>(sql.SHARERS, [accountId]);
  }

  /** Accounts that have something to do, apart from changed shares of these chargers. */
  async pending(sharers: readonly number[]): Promise<number[]> {
    const rows = await this.transactions.query<{ account_id: number }>(sql.PENDING, [sharers]);
    return rows.map(({ account_id }) => account_id);
  }

  async targets(
    accountId: number,
    shares: readonly { id: number; account_id: number; share: number }[],
  ): Promise<void> {
    if (shares.length > 0) await this.transactions.query(sql.SHARES, [JSON.stringify(shares)]);
    await this.transactions.query(sql.OWN_TARGETS, [shares.map(({ id }) => id), accountId]);
    await this.transactions.query(sql.ASK_AGAIN, [accountId]);
    await this.transactions.query(sql.FORGET, [accountId]);
  }

  settled(accountId: number): Promise<SettledLimit[]> {
    return this.transactions.query<SettledLimit>(sql.SETTLED, [accountId]);
  }

  async accepted({ charger_id, connector }: SettledLimit): Promise<void> {
    const cleared = await this.transactions.query(sql.CLEARED, [charger_id, connector]);
    if (cleared.length === 0) await this.transactions.query(sql.ACCEPTED, [charger_id, connector]);
  }

  async failed({ charger_id, connector }: SettledLimit, error: string, unsupported: boolean): Promise<void> {
    await this.transactions.query(sql.FAILED, [charger_id, connector, error, unsupported]);
  }

  /** At most one of each charger. */
  due(accountId: number): Promise<DueLimit[]> {
    return this.transactions.query<DueLimit>(sql.DUE, [accountId]);
  }

  async noRoom({ charger_id, connector }: DueLimit): Promise<void> {
    await this.transactions.query(sql.NO_ROOM, [charger_id, connector]);
  }

  async sent({ charger_id, connector, target, generation }: DueLimit, commandId: number): Promise<void> {
    await this.transactions.query(sql.SENT, [charger_id, connector, commandId, target, generation]);
  }

  async ofCharger(chargerId: number, accountId: number): Promise<ChargerLimits> {
    const limits = await this.transactions.query<CurrentLimit>(sql.OF_CHARGER, [chargerId, accountId]);
    const site = await this.transactions.first<Omit<ChargerLimits, 'limits'>>(sql.SITE_OF, [chargerId, accountId]);
    return { limits, site_id: site?.site_id ?? null, site_amperes: site?.site_amperes ?? null };
  }

  /** Part of the current transaction; null takes it away. False where the charger has limits of too many other connectors. */
  async set(chargerId: number, connector: number, accountId: number, amperes: number | null): Promise<boolean> {
    if (amperes === null) {
      await this.transactions.query(sql.UNSET, [chargerId, connector, accountId]);
      return true;
    }
    await this.transactions.query(sql.LOCK_CHARGER, [String(chargerId)]);
    const others = await this.transactions.first<{ n: number }>(sql.OTHER_CONNECTORS, [chargerId, connector]);
    if (connector > 0 && (others?.n ?? 0) >= MAX_CONNECTORS) return false;
    await this.transactions.query(sql.SET, [chargerId, connector, accountId, amperes]);
    return true;
  }

  async ofSite(siteId: number, accountId: number): Promise<SiteLimit> {
    const site = await this.transactions.first<{ amperes: number }>(sql.SITE, [siteId, accountId]);
    const chargers = await this.transactions.query<SharedLimit>(sql.CHARGERS_OF_SITE, [siteId, accountId]);
    return { amperes: site?.amperes ?? null, chargers };
  }

  async setSite(siteId: number, accountId: number, amperes: number, members: readonly number[]): Promise<void> {
    await this.transactions.query(sql.SET_SITE, [siteId, accountId, amperes, members]);
  }

  async removeSite(siteId: number, accountId: number): Promise<void> {
    await this.transactions.query(sql.REMOVE_SITE, [siteId, accountId]);
  }

  /** Sites whose power centers were last asked for a while ago. */
  stale(): Promise<{ site_id: number; account_id: number }[]> {
    return this.transactions.query(sql.STALE_SITES);
  }

  async members(siteId: number, accountId: number, members: readonly number[]): Promise<void> {
    await this.transactions.query(sql.MEMBERS, [siteId, accountId, members]);
  }
}
