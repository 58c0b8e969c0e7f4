import { Controller } from '@nestjs/common';
import {
  type Batched,
  type Caller,
  type ChangeChargePoint,
  type ChargePointForIntegration,
  type ChargePointFull,
  type ChargePointListRow,
  type ChargePointModel,
  type ChargePointRef,
  type ChargePointRow,
  type ChargePointZone,
  chargePoints,
  type CreateChargePoint,
  type Encoded,
  type FieldErrors,
  type HandlersOf,
  type ListChargePoints,
  ownerOf,
  type Page,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { CurrencyRates } from '@open-cpo/persistence';
import { StationsConfig } from '../config';
import { rateFor } from '../money/rates';
import { fullJson, integrationJson, listRowView, rowView, type Viewer } from './charge-point.views';
import { ChargePointWrites } from './charge-point.writes';
import { ChargePointsRepository } from './charge-points.repository';

@Controller()
export class ChargePointsHandler implements HandlersOf<typeof chargePoints> {
  constructor(
    private readonly repository: ChargePointsRepository,
    private readonly writes: ChargePointWrites,
    private readonly rates: CurrencyRates,
    private readonly config: StationsConfig,
  ) {}

  @Handles(chargePoints.table, { exemptFromRls: true })
  async table(input: ListChargePoints, caller: Caller): Promise<Page<ChargePointRow>> {
    const viewer = this.viewer(caller);
    const { data, meta } = await this.repository.page(input, ownerOf(caller).accountId, viewer);
    return { data: data.map((row) => rowView(row, viewer)), meta };
  }

  @Handles(chargePoints.rows, { exemptFromRls: true })
  rows(input: ListChargePoints, caller: Caller): Batched<ChargePointRow> {
    const viewer = this.viewer(caller);
    return this.repository.all(input, ownerOf(caller).accountId, viewer).map((row) => rowView(row, viewer));
  }

  @Handles(chargePoints.all, { exemptFromRls: true })
  all(input: ListChargePoints, caller: Caller): Batched<ChargePointListRow> {
    const viewer = this.viewer(caller);
    return this.repository.all(input, ownerOf(caller).accountId, viewer).map((row) => listRowView(row, viewer));
  }

  @Handles(chargePoints.full, { exemptFromRls: true })
  full(input: ListChargePoints, caller: Caller): Batched<Encoded<ChargePointForIntegration>> {
    const viewer = this.viewer(caller);
    const rows = this.repository.allWhole(input, ownerOf(caller).accountId, viewer);
    return rows.map((row) => integrationJson(row, viewer, this.config));
  }

  @Handles(chargePoints.one, { exemptFromRls: true })
  async one({ id }: ChargePointRef, caller: Caller): Promise<Encoded<ChargePointFull | ChargePointForIntegration>> {
    const row = await this.repository.one(id, ownerOf(caller).accountId);
    const json = caller.integration ? integrationJson : fullJson;
    return json(row, this.viewer(caller), this.config);
  }

  @Handles(chargePoints.zone)
  async zone({ id }: ChargePointRef, caller: Caller): Promise<ChargePointZone> {
    const { time_zone, time_zone_set } = await this.repository.one(id, ownerOf(caller).accountId);
    return { time_zone, source: time_zone_set ? 'request' : 'coordinates' };
  }

  @Handles(chargePoints.create, { finishesValidation: true })
  create(input: CreateChargePoint, caller: Caller, errors: FieldErrors): Promise<ChargePointModel> {
    return this.writes.create(input, caller, errors);
  }

  @Handles(chargePoints.change, { finishesValidation: true })
  change(input: ChangeChargePoint, caller: Caller, errors: FieldErrors): Promise<ChargePointModel> {
    return this.writes.change(input, caller, errors);
  }

  @Handles(chargePoints.remove)
  remove({ id }: ChargePointRef, caller: Caller): Promise<void> {
    return this.writes.remove(id, caller);
  }

  private viewer(caller: Caller): Viewer {
    const { ownerId, currency } = ownerOf(caller);
    return { ownerId, currency, rate: rateFor(this.rates, currency), now: new Date() };
  }
}
