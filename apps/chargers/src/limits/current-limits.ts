import { Injectable } from '@nestjs/common';
import { Refusal, sites } from '@open-cpo/contracts';
import { Bus, internalCaller } from '@open-cpo/messaging';
import { ocppTime } from '@open-cpo/ocpp';
import { Transactions } from '@open-cpo/persistence';
import { Log, Periodic } from '@open-cpo/platform';
import { CommandsRepository } from '../commands/commands.repository';
import { Dispatcher } from '../commands/dispatcher';
import { type DueLimit, LimitsRepository, type SettledLimit, type SiteSharer } from './limits.repository';
import { sharesOf } from './shares';

const INTERVAL_MS = 2000;
/** Milliseconds that the stations service is waited for. */
const PATIENCE_MS = 3000;
/** Milliseconds of one look in which sites are read: limits wait meanwhile. */
const READ_MS = 10_000;
const MINUTE_MS = 60_000;

/**
 * Keeps the limits of the current at chargers as they should be. The limit of a site is divided anew whenever what charges there
 * changes; shares are lowered first, and raised when there is room.
 */
@Injectable()
export class CurrentLimits extends Periodic {
  /** Sites that could not be read the last time. */
  private unread: ReadonlySet<number> = new Set();

  constructor(
    private readonly transactions: Transactions,
    private readonly repository: LimitsRepository,
    private readonly commands: CommandsRepository,
    private readonly dispatcher: Dispatcher,
    private readonly bus: Bus,
    log: Log,
  ) {
    super(INTERVAL_MS, log);
  }

  /** Answers how many limits were sent. */
  async run(): Promise<number> {
    await this.readMembers();
    const sharers = await this.repository.sharers();
    const pending = new Set(await this.repository.pending(sharers.map(({ id }) => id)));
    const sharing = Map.groupBy(sharers, ({ account_id }) => account_id);
    let sent = 0;
    for (const accountId of new Set([...pending, ...sharing.keys()])) {
      if (this.ending) break;
      try {
        if (pending.has(accountId) || isChanged(sharing.get(accountId) ?? [])) sent += await this.runOf(accountId);
      } catch (error) {
        // Those of the other accounts are kept all the same.
        this.log.warn('Limits of an account could not be looked at', { account: accountId, error });
      }
    }
    return sent;
  }

  private runOf(accountId: number): Promise<number> {
    return this.transactions.run(async () => {
      if (!(await this.repository.lock())) return 0;
      for (const one of await this.repository.settled(accountId)) await this.settle(one);
      const sharers = await this.repository.sharers(accountId);
      await this.repository.targets(accountId, divided(sharers));
      return this.send(accountId, sharers);
    });
  }

  /** The power centers of a site. @throws Refusal `not_found`, `forbidden`, or `unavailable` */
  async membersOf(siteId: number, accountId: number): Promise<readonly number[]> {
    const caller = internalCaller({}, PATIENCE_MS);
    return (await this.bus.call(sites.members, { id: siteId, accountId }, caller)).charge_point_ids;
  }

  /** Each by itself: chargers of a site that cannot be read keep their shares. */
  private async readMembers(): Promise<void> {
    const until = Date.now() + READ_MS;
    const stale = await this.repository.stale();
    const failed = new Map<number, unknown>();
    // Those that failed the last time come last: while they do, the others are read.
    const inTurn = [false, true].flatMap((late) => stale.filter(({ site_id }) => this.unread.has(site_id) === late));
    for (const { site_id, account_id } of inTurn) {
      if (this.ending || Date.now() > until) break;
      await this.readSite(site_id, account_id).catch((error: unknown) => failed.set(site_id, error));
    }
    this.unread = new Set(failed.keys());
    const [error] = failed.values();
    if (error) this.log.warn('Power centers of sites could not be asked for', { sites: [...failed.keys()], error });
  }

  private async readSite(siteId: number, accountId: number): Promise<void> {
    const members = await this.membersOf(siteId, accountId).catch((error: unknown) => {
      if (error instanceof Refusal && ['not_found', 'forbidden'].includes(error.code)) return undefined;
      throw error;
    });
    if (members) await this.repository.members(siteId, accountId, members);
    else await this.repository.removeSite(siteId, accountId);
  }

  private async settle(limit: SettledLimit): Promise<void> {
    const { state, status, error } = limit;
    if (state === 'accepted') return this.repository.accepted(limit);
    const isUnsupported = state === 'failed' && /^(NotSupported|NotImplemented)\b/.test(error ?? '');
    await this.repository.failed(limit, error ?? status ?? 'No answer came in time.', isUnsupported);
  }

  private async send(accountId: number, sharers: readonly SiteSharer[]): Promise<number> {
    const rooms = new SiteRooms(sharers);
    let sent = 0;
    for (const due of await this.repository.due(accountId)) {
      if (!rooms.take(due)) {
        await this.repository.noRoom(due);
        continue;
      }
      await this.command(due);
      sent += 1;
    }
    return sent;
  }

  private async command(due: DueLimit): Promise<void> {
    const { charger_id: chargerId, account_id: accountId, connector, target: amperes } = due;
    // The clock of a charger may be behind.
    const since = ocppTime(Date.now() - MINUTE_MS);
    const command = { type: 'limit', connector, amperes, since } as const;
    const id = await this.commands.add({ accountId, chargerId, command, state: 'queued' });
    await this.repository.sent(due, id);
    this.dispatcher.dispatchAfterCommit(id, chargerId);
  }
}

/** What the chargers of each site take at most together. */
class SiteRooms {
  private readonly sites: ReadonlyMap<number, SiteSharer>;
  private readonly taken = new Map<number, number>();

  constructor(sharers: readonly SiteSharer[]) {
    this.sites = new Map(sharers.map((one) => [one.id, one]));
    for (const { site_id, most } of sharers) this.taken.set(site_id, this.of(site_id) + (most ?? 0));
  }

  /** Whether there is room for a limit; it is taken then. Lower ones always fit, and one of which nothing is known has to come. */
  take({ charger_id, connector, target, most }: DueLimit): boolean {
    const site = connector === 0 ? this.sites.get(charger_id) : undefined;
    if (!site) return true;
    const more = Math.max(0, (target ?? 0) - (most ?? 0));
    const all = this.of(site.site_id) + more;
    if (most !== null && more > 0 && all > site.site_amperes) return false;
    this.taken.set(site.site_id, all);
    return true;
  }

  private of(site: number): number {
    return this.taken.get(site) ?? 0;
  }
}

function divided(sharers: readonly SiteSharer[]): { id: number; account_id: number; share: number }[] {
  const sitesById = Map.groupBy(sharers, ({ site_id }) => site_id);
  return [...sitesById.values()].flatMap((chargers) => {
    const shares = sharesOf(chargers[0]?.site_amperes ?? 0, chargers);
    return chargers.map(({ id, account_id }) => ({ id, account_id, share: shares.get(id) ?? 0 }));
  });
}

function isChanged(sharers: readonly SiteSharer[]): boolean {
  const targets = new Map(sharers.map(({ id, target }) => [id, target]));
  return divided(sharers).some(({ id, share }) => targets.get(id) !== share);
}
