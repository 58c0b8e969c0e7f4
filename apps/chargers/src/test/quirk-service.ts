import { once } from 'node:events';
import {
  chargerCommands,
  chargers,
  chargersRefused,
  type ChangeCharger,
  type CreateCharger,
  type NewCharger,
  type SendCommand,
} from '@open-cpo/contracts';
import { type ChargerOptions, type SimulatedCharger, until } from '@open-cpo/testing';
import type { WebSocket } from 'ws';
import { Dispatcher } from '../commands/dispatcher';
import { Reminders } from '../commands/reminders';
import { StandardSettings } from '../commands/standard-settings';
import type { ChargerSocket } from '../sockets/charger-socket';
import { Sockets } from '../sockets/sockets';
import { type Chargers, owner } from './chargers';
import type { Dialogue, PlayedCharger } from './quirk-player';

/** A charger at the service, for dialogues. */
export async function atService(
  service: Chargers,
  chargePointId: number,
  { policy, identity, change }: Dialogue,
): Promise<PlayedCharger> {
  await service.chargePoint(chargePointId);
  const input: Partial<CreateCharger> = { ...(policy ? { policy } : {}), ...(identity ? { identity } : {}) };
  const charger = await service.make(chargePointId, input);
  if (change) await changed(service, { id: charger.id, ...change });
  return new ServiceCharger(service, charger);
}

const changed = (service: Chargers, change: ChangeCharger) => service.bus.call(chargers.change, change, owner());

class ServiceCharger implements PlayedCharger {
  readonly identity: string;
  readonly password: string;
  readonly address: string;
  readonly url: string;
  private readonly id: number;
  private commandId = 0;

  constructor(
    private readonly service: Chargers,
    private readonly charger: NewCharger,
  ) {
    this.id = charger.id;
    this.identity = charger.identity;
    this.password = charger.credential.password;
    this.address = charger.credential.url;
    this.url = service.url;
  }

  connect(more: Partial<ChargerOptions>): Promise<SimulatedCharger> {
    return this.service.connect(this.charger, more);
  }

  async command(input: Omit<SendCommand, 'id'>): Promise<void> {
    const { bus } = this.service;
    this.commandId = (await bus.call(chargerCommands.send, { id: this.id, ...input }, owner())).id;
  }

  /** What is kept of the charger becomes older, and what looks at that every minute does so. */
  async pass(minutes: number): Promise<void> {
    await this.settled();
    const { app } = this.service.service;
    for (let n = 0; n < minutes; n += 1) await this.ping();
    await this.service.db.query(OLDER, [this.id, minutes]);
    await app.get(Dispatcher).sweep();
    await app.get(Reminders).run();
    await app.get(StandardSettings).run();
  }

  async settled(): Promise<void> {
    await until(async () => {
      const [row] = await this.service.db.query<{ n: number }>(OPEN, [this.id]);
      return row?.n === 0;
    }, 'the commands to be answered');
  }

  /** The service answers when it has stored: nothing shows that it will not. */
  silence(): Promise<void> {
    return new Promise(() => undefined);
  }

  async eventually(check: () => Promise<void>): Promise<void> {
    let last: unknown;
    const holds = (): Promise<boolean> =>
      check().then(
        () => true,
        (error: unknown) => {
          last = error;
          return false;
        },
      );
    await until(holds, 'what should be shown').catch((error: unknown) => {
      throw last instanceof Error ? last : error;
    });
  }

  async published(): Promise<(readonly [string, unknown])[]> {
    const events = (await this.service.published(this.charger)).filter(({ subject }) => subject.includes('.session.'));
    return events.map(({ subject, payload }) => [String(subject.split('.')[2]), payload] as const);
  }

  shown(): Promise<unknown> {
    return this.service.bus.call(chargers.one, { id: this.id }, owner());
  }

  commanded(): Promise<unknown> {
    return this.service.bus.call(chargerCommands.one, { id: this.id, command_id: this.commandId }, owner());
  }

  async settings(): Promise<{ key: string; value: string | null }[]> {
    return (await this.service.bus.call(chargerCommands.configuration, { id: this.id }, owner())).settings;
  }

  async refused(): Promise<string[]> {
    const { data } = await this.service.bus.call(chargersRefused.table, { itemsPerPage: 100 }, owner());
    return data.filter(({ name }) => name === this.identity).map(({ reason }) => reason);
  }

  /** A minute, with the answer to the ping where there is one. */
  private async ping(): Promise<void> {
    const sockets = this.service.service.app.get(Sockets);
    const { open } = sockets as unknown as { open: Map<number, ChargerSocket> };
    const socket = open.get(this.id);
    if (!socket) return;
    const { parts } = socket as unknown as { parts: { socket: WebSocket } };
    const answered = socket.context.pings ? once(parts.socket, 'pong') : undefined;
    sockets.ping();
    await answered;
  }
}

const OLDER = `
  with charger as (update chargers set connected_at = connected_at - $2 * interval '1 minute',
      booted_at = booted_at - $2 * interval '1 minute', settings_due_at = settings_due_at - $2 * interval '1 minute'
      where id = $1),
    connector as (update connectors set reported_at = reported_at - $2 * interval '1 minute' where charger_id = $1),
    setting as (update settings set read_at = read_at - $2 * interval '1 minute' where charger_id = $1)
  update commands set created_at = created_at - $2 * interval '1 minute', expires_at = expires_at - $2 * interval '1 minute',
    sent_at = sent_at - $2 * interval '1 minute', answered_at = answered_at - $2 * interval '1 minute',
    effect_due_at = effect_due_at - $2 * interval '1 minute'
  where charger_id = $1`;

const OPEN = `select count(*)::int as n from commands where charger_id = $1 and state in ('queued', 'sent')`;
