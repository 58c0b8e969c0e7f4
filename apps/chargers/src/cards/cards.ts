import { Injectable } from '@nestjs/common';
import { type CardState, localDay, workforceWorkers } from '@open-cpo/contracts';
import { Bus, internalCaller } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { Log } from '@open-cpo/platform';
import type { StartOfTag } from '../commands/command.rows';
import { CommandsRepository, type Shown } from '../commands/commands.repository';
import { MADE_TAG } from '../commands/tags';
import { RefusedRepository } from '../refused/refused.repository';
import type { ChargerContext } from '../sockets/charger-context';
import { Partner, type PartnerAnswer } from './partner';

/** Milliseconds that the workforce service is waited for. */
const PATIENCE_MS = 3000;

const REMEMBER = `
  insert into known_cards as k (account_id, tag, known_at) values ($1, $2, now())
  on conflict (account_id, tag) do update set known_at = excluded.known_at
  where k.known_at < now() - interval '10 minutes'`;
const FORGET = 'delete from known_cards where account_id = $1 and tag = $2';
const KNOWN = `
  select 1 from known_cards where account_id = $1 and tag = $2 and known_at > now() - interval '24 hours'`;

/** What a card may do at a charger, in the words of OCPP. */
export interface Verdict {
  readonly status: 'Accepted' | 'Invalid' | 'Expired' | 'Blocked';
  /** Whether it is the card of a worker, who takes cash. Nothing where that could not be asked. */
  readonly worker?: boolean;
  /** Where it is no card: the start from afar that the tag was made for. */
  readonly remote?: StartOfTag;
}

const REFUSED: Readonly<Record<CardState, Verdict['status']>> = {
  known: 'Accepted',
  expired: 'Expired',
  removed: 'Blocked',
  unknown: 'Invalid',
};

/** Judges cards by the workers of the account and the policy of the charger. */
@Injectable()
export class Cards {
  constructor(
    private readonly bus: Bus,
    private readonly transactions: Transactions,
    private readonly commands: CommandsRepository,
    private readonly refused: RefusedRepository,
    private readonly partner: Partner,
    private readonly log: Log,
  ) {}

  /**
   * By when the card was shown, and received: epoch milliseconds. A one-time tag shows that the clock of the charger is behind.
   * Not part of a transaction: it asks another service.
   */
  async judge(context: ChargerContext, tag: string | undefined, at: number, receivedAt = at): Promise<Verdict> {
    const remote = tag === undefined ? undefined : await this.startOf(context, tag, { at, receivedAt });
    if (remote) return { status: remote.cancelled ? 'Invalid' : 'Accepted', worker: false, remote };
    const state = tag === undefined ? 'unknown' : await this.stateOf(context, tag, at);
    if (state === 'known') return { status: 'Accepted', worker: true };
    const status = await this.byPolicy(context, tag, state, at);
    if (state !== undefined && tag !== undefined && status !== 'Accepted') await this.refused.card(context, tag, state);
    return { status, worker: state === undefined ? undefined : false };
  }

  /** Of a card that is no worker's. */
  private async byPolicy(
    context: ChargerContext,
    tag: string | undefined,
    state: CardState | undefined,
    at: number,
  ): Promise<Verdict['status']> {
    if (context.policy === 'anybody') return 'Accepted';
    const answer =
      context.policy === 'partner' && tag !== undefined ? await this.ofPartner(context, tag, at) : undefined;
    return answer ?? REFUSED[state ?? 'unknown'];
  }

  /** Nothing where the partner could not be asked, and has not accepted the card lately. */
  private async ofPartner(context: ChargerContext, tag: string, at: number): Promise<PartnerAnswer | undefined> {
    const { accountId, chargePointId, identity } = context;
    const answer = await this.partner.ask({
      card: tag,
      account_id: accountId,
      charge_point_id: chargePointId,
      identity,
      at: new Date(at).toISOString(),
    });
    // No tag has a blank: it is no card of a worker.
    const params = [accountId, `partner ${tag}`];
    if (answer === undefined) return (await this.transactions.query(KNOWN, params)).length > 0 ? 'Accepted' : undefined;
    await this.transactions.query(answer === 'Accepted' ? REMEMBER : FORGET, params);
    if (answer === 'Accepted') await this.refused.forget(accountId, 'card', tag);
    return answer;
  }

  /** In the transaction in which a session may begin: the start may have been withdrawn since the card was judged. */
  async current(verdict: Verdict): Promise<Verdict> {
    const { remote, status } = verdict;
    if (!remote || status !== 'Accepted' || !(await this.commands.isCancelled(remote))) return verdict;
    return { ...verdict, status: 'Invalid' };
  }

  /** The start of this charger that a tag was made for. */
  private async startOf(
    { accountId, id, clock }: ChargerContext,
    tag: string,
    shown: Shown,
  ): Promise<StartOfTag | undefined> {
    const start = MADE_TAG.test(tag) ? await this.commands.startOf(accountId, id, tag, shown) : undefined;
    if (start?.shown_at) clock.learn(shown.at - clock.offset, start.shown_at);
    return start;
  }

  /** Nothing where it could not be asked, and was not known lately. */
  private async stateOf(
    { accountId, timeZone }: ChargerContext,
    tag: string,
    at: number,
  ): Promise<CardState | undefined> {
    try {
      const question = { accountId, rfid: tag, day: localDay(timeZone, at) };
      const { state } = await this.bus.call(workforceWorkers.byCard, question, internalCaller({}, PATIENCE_MS));
      await this.transactions.query(state === 'known' ? REMEMBER : FORGET, [accountId, tag]);
      if (state === 'known') await this.refused.forget(accountId, 'card', tag);
      return state;
    } catch (error) {
      this.log.warn('A card is judged by what was known of it', { error });
      return (await this.transactions.query(KNOWN, [accountId, tag])).length > 0 ? 'known' : undefined;
    }
  }
}
