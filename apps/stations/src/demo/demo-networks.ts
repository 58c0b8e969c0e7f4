import { Injectable } from '@nestjs/common';
import { type Caller, type ConnectorState, FieldErrors } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { CategoryEntity } from '../categories/category.entity';
import { ChargePointWrites } from '../charge-points/charge-point.writes';
import { ChargerStates } from '../charging/charger-states';
import type { Report } from '../charging/reports';
import { DemoOrganisations } from './demo-organisations';
import type { DemoNetwork } from './networks';
import type { DemoPowerCenter, Doing } from './power-centers';

/** What the connectors of a power center are at, first to last; the last one goes for the rest. */
const CONNECTORS: Record<Doing, readonly ConnectorState[]> = {
  new: [],
  away: ['available'],
  free: ['available'],
  partly: ['busy', 'available'],
  busy: ['busy'],
  booked: ['booked'],
};

/** Loads what an account owns through the same use cases that the API has. */
@Injectable()
export class DemoNetworks {
  constructor(
    private readonly transactions: Transactions,
    private readonly writes: ChargePointWrites,
    private readonly states: ChargerStates,
    private readonly organisations: DemoOrganisations,
  ) {}

  /** All of it or nothing; an account that ever had a power center is left alone. False when it was. */
  load(network: DemoNetwork): Promise<boolean> {
    return this.transactions.run(async () => {
      const { accountId, userId, currency, timeZone } = network;
      const had = await this.transactions.first('select 1 from charge_points where account_id = $1', [accountId]);
      if (had) return false;
      const identity = { accountId, ownerId: userId, userId, currency, timeZone, role: 'owner' as const };
      const caller = internalCaller({ identity });
      for (const category of network.categories) {
        await this.transactions.manager.insert(CategoryEntity, { ...category, accountId });
      }
      for (const [index, one] of network.powerCenters.entries()) {
        await this.add(one, `DEMO-${accountId}${String(index + 1).padStart(2, '0')}`, caller);
      }
      await this.organisations.load(caller);
      return true;
    });
  }

  private async add(one: DemoPowerCenter, identifier: string, caller: Caller): Promise<void> {
    const [latitude, longitude] = one.at;
    const { title, city, state, street, category = 'EV_CHARGER' } = one;
    const created = { title, identifier, category, address_line_1: street, city, state, latitude, longitude };
    const { id, token } = await this.writes.create(created, caller, new FieldErrors());
    const [price, price_currency, price_unit] = one.price ?? [];
    const [open_time, close_time] = one.hours ?? [];
    const limit = one.limit ? { session_limit_type: 'minutes', session_limit_value: one.limit } : {};
    const settings = {
      ...(price ? { price, price_currency, price_unit } : {}),
      ...limit,
      open_time,
      close_time,
      type: one.type,
      listed: !one.private,
      connectors: one.connectors.map((kind, index) => ({ id: kind, number: index + 1 })),
      amenities: [...(one.amenities ?? [])],
    };
    await this.writes.change({ id, ...settings }, caller, new FieldErrors());
    await this.start(token, one.connectors.length, one.doing ?? 'free');
  }

  private async start(token: string, connectors: number, doing: Doing): Promise<void> {
    if (doing === 'new') return;
    const states = CONNECTORS[doing];
    const said: Report['said'][] = [{ connected: true }];
    for (let number = 1; number <= connectors; number += 1) {
      said.push({ number, status: states[Math.min(number, states.length) - 1] ?? 'available' });
    }
    if (doing === 'away') said.push({ connected: false });
    const at = new Date();
    await this.states.apply(said.map((one, index) => ({ eventId: String(index), id: null, token, at, said: one })));
  }
}
