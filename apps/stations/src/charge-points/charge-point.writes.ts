import { Injectable } from '@nestjs/common';
import {
  type Caller,
  type ChangeChargePoint,
  type ChargePointModel,
  type CreateChargePoint,
  type FieldErrors,
  type Identity,
  ownerOf,
  Refusal,
} from '@open-cpo/contracts';
import { CurrencyRates } from '@open-cpo/persistence';
import { FiguresRepository } from '../derived/figures.repository';
import { PriceNews } from '../range-prices/price.news';
import { modelView } from './charge-point-model.view';
import { ChargePointPartsRepository } from './charge-point-parts.repository';
import { changesOf } from './charge-point.changes';
import { ChargePointChecks } from './charge-point.checks';
import { ChargePointLinks } from './charge-point.links';
import { ChargePointNews } from './charge-point.news';
import { occupancy, remount } from './charge-point.rules';
import { ChargePointsRepository } from './charge-points.repository';
import { timeZoneAt } from './time-zone';
import { microseconds, uniqid } from './uniqid';

/** Creating, changing and removing power centers. */
@Injectable()
export class ChargePointWrites {
  constructor(
    private readonly repository: ChargePointsRepository,
    private readonly parts: ChargePointPartsRepository,
    private readonly checks: ChargePointChecks,
    private readonly links: ChargePointLinks,
    private readonly news: ChargePointNews,
    private readonly prices: PriceNews,
    private readonly figures: FiguresRepository,
    private readonly rates: CurrencyRates,
  ) {}

  async create(input: CreateChargePoint, caller: Caller, errors: FieldErrors): Promise<ChargePointModel> {
    const owner = ownerOf(caller);
    await this.checks.creation(input, errors);
    errors.throwIfAny();
    const whole = await this.repository.add(created(input, owner));
    await this.news.record('create', whole.id, null, whole, caller);
    await this.news.changed(whole);
    this.prices.changed(whole.id);
    // Only what the request set is answered, as it was sent: a model that was never read back.
    const { id, identifier, token, price_unit, created_at, updated_at } = whole;
    return modelView({ ...input, id, identifier, token, price_unit, created_at, updated_at }, owner.ownerId);
  }

  async change(input: ChangeChargePoint, caller: Caller, errors: FieldErrors): Promise<ChargePointModel> {
    const { accountId, ownerId, currency, timeZone } = ownerOf(caller);
    const { id } = input;
    const before = await this.repository.oneForChange(id, accountId);
    await this.checks.change(input, before, currency, errors);
    const remounting = input.connectors === undefined ? undefined : remount(before.connectors, mounts(input));
    if (remounting) this.checks.mounting(remounting, errors);
    errors.throwIfAny();
    const changes = changesOf(input, before, { currency, timeZone, rates: this.rates });
    const nothing = Object.keys(changes).length === 0 && !remounting && input.amenities === undefined;
    if (nothing) {
      this.news.unchanged();
      return modelView(before, ownerId);
    }
    if (remounting) await this.parts.remount(id, remounting);
    if (input.amenities !== undefined) await this.parts.setAmenities(id, input.amenities ?? []);
    const changed = await this.repository.change(id, { ...changes, updated_at: new Date() });
    // Other connectors can make a busy power center an available one.
    const now = remounting && occupancy(changed.connectors.map(({ status }) => status));
    const after = now ? await this.repository.change(id, now) : changed;
    await this.news.record('update', id, before, after, caller);
    await this.news.changed(after);
    this.prices.changedBetween(before, after);
    return modelView(after, ownerId);
  }

  async remove(id: number, caller: Caller): Promise<void> {
    const before = await this.repository.oneForChange(id, ownerOf(caller).accountId);
    // A session may run where no connector is known, or on one that is not.
    const busy = before.connectors.some(({ status }) => status === 'busy') || (await this.figures.runs(id));
    if (busy) throw new Refusal('delete_refused');
    const now = new Date();
    await this.repository.change(id, { deleted_at: now, updated_at: now, charging_site_id: null });
    await this.links.cut(id);
    await this.news.record('delete', id, before, null, caller);
    await this.news.removed(before);
  }
}

/** A new power center; its token and a generated identifier contain the second of its creation (reference L2737). */
function created(input: CreateChargePoint, { accountId, timeZone }: Identity) {
  const at = microseconds();
  const createdAt = new Date(at / 1000);
  const { latitude = null, longitude = null } = input;
  return {
    ...input,
    identifier: input.identifier ?? `PS_${uniqid(at)}`,
    token: `EV_CHARGER_${uniqid(microseconds())}`,
    account_id: accountId,
    time_zone: timeZoneAt(latitude, longitude, timeZone),
    created_at: createdAt,
    updated_at: createdAt,
  };
}

const mounts = ({ connectors }: ChangeChargePoint) =>
  (connectors ?? []).map(({ id, number = null }) => ({ type_id: id, number }));
