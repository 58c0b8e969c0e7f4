import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  type Caller,
  type ChargerSession,
  chargerSessions,
  type ChargerSessionState,
  type ErrorCode,
  isUnavailable,
  Refusal,
  type StartChargerSession,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { GatewayConfig } from '../config';
import { A, accepted, Answered } from '../http/answers/success';
import { isAsync } from '../http/negotiation';
import type { RequestContext } from '../http/route';

/** Milliseconds between two looks: a charger takes a second to answer, and more to begin. */
const FIRST_POLL_MS = 100;
const LAST_POLL_MS = 500;

/** Why there will be no session. */
const REFUSED: { readonly [S in ChargerSessionState]?: ErrorCode } = {
  rejected: 'start_rejected',
  failed: 'start_rejected',
  timed_out: 'start_timed_out',
  not_connected: 'charger_not_connected',
  cancelled: 'start_cancelled',
};

/** Sessions that are asked for: with the order when it is there soon, else where it will be. */
@Injectable()
export class ChargerSessions {
  constructor(
    private readonly bus: Bus,
    private readonly config: GatewayConfig,
  ) {}

  /** @throws Refusal when the charger begins none */
  async start(input: StartChargerSession, caller: Caller, context: RequestContext): Promise<Answered> {
    const reply = await this.bus.bytes(chargerSessions.start, input, caller);
    const asIt = JSON.parse(Buffer.from(reply.bytes).toString()) as ChargerSession;
    const later = isAsync(context.header('prefer'));
    const session = later && !reply.replayed ? asIt : await this.settled(asIt, caller, context, later);
    const refused = REFUSED[session.state];
    if (refused) throw new Refusal(refused);
    const value = session === asIt ? reply : { bytes: Buffer.from(JSON.stringify(session)), replayed: reply.replayed };
    if (session.order_id !== null) return new Answered(value, A);
    const headers = { location: `/api/chargers/${session.charger_id}/sessions/${session.id}` };
    return new Answered(value, accepted({ ...headers, ...(later ? { 'preference-applied': 'respond-async' } : {}) }));
  }

  /** The session once it has an order or will have none, or as it is when the wait is over; `later`: as it is now. */
  private async settled(
    begun: ChargerSession,
    caller: Caller,
    context: RequestContext,
    later: boolean,
  ): Promise<ChargerSession> {
    const until = Date.now() + this.config.sessionWait;
    const patient = { ...caller, deadline: until + this.config.requestDeadline };
    const look = { id: begun.charger_id, request_id: begun.id };
    let session = begun;
    for (let wait = FIRST_POLL_MS; isUnderWay(session); wait = Math.min(LAST_POLL_MS, wait * 1.5)) {
      if (!later) {
        if (Date.now() + wait >= until) break;
        await pause(wait);
        if (context.isAborted()) break;
      }
      session = await this.bus.call(chargerSessions.one, look, patient).catch(unless(session));
      if (later) break;
    }
    return session;
  }
}

const isUnderWay = ({ state, order_id }: ChargerSession): boolean => order_id === null && REFUSED[state] === undefined;

/** A service that is unavailable for a moment may be back before the wait is over. */
const unless =
  (last: ChargerSession) =>
  (error: unknown): ChargerSession => {
    if (isUnavailable(error)) return last;
    throw error;
  };
