import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import type { Journal } from '../journal/journal';
import { Pacer } from './pacer';

export interface ChargingBackEnd {
  readonly natsUrl: string;
  readonly password: string;
}

/** A charging back end as the guide describes one: it tells everything until it is acknowledged. */
export class Sessions {
  private constructor(
    private readonly nats: NatsConnection,
    private readonly journal: Journal,
    private readonly tokens: readonly string[],
  ) {}

  static async open({ natsUrl, password }: ChargingBackEnd, journal: Journal, tokens: readonly string[]) {
    const inboxPrefix = '_INBOX_charging';
    const who = { user: 'charging', pass: password, name: 'charging', inboxPrefix };
    const always = { maxReconnectAttempts: -1, reconnectTimeWait: 250, waitOnFirstConnect: true };
    return new Sessions(await connect({ servers: natsUrl, ...who, ...always }), journal, tokens);
  }

  /** Sessions without end. */
  flow(over: () => boolean): Pacer {
    return new Pacer(300, 50, () => this.one(over));
  }

  close(): Promise<void> {
    return this.nats.close();
  }

  private async one(over: () => boolean): Promise<void> {
    const session_id = randomUUID();
    const entry = this.journal.begin('session', session_id);
    const token = this.tokens[Math.floor(Math.random() * this.tokens.length)];
    const at = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
    const about = { version: 1, session_id };
    await this.publish('session.started', { ...about, token, driver_id: 1007, meter_wh: 0, time: at(30) }, over);
    await this.publish('session.metered', { ...about, meter_wh: 2500, time: at(15) }, over);
    entry.tries += 1;
    entry.acknowledged = await this.publish('session.completed', { ...about, meter_wh: 5000, time: at(1) }, over);
  }

  private async publish(subject: string, body: object, over: () => boolean): Promise<boolean> {
    const head = headers();
    head.set('Nats-Msg-Id', randomUUID());
    while (!over()) {
      try {
        const sent = { headers: head, timeout: 2000 };
        await jetstream(this.nats).publish(`charging.${subject}`, JSON.stringify(body), sent);
        return true;
      } catch {
        await pause(200);
      }
    }
    return false;
  }
}
