import { Controller } from '@nestjs/common';
import {
  type Batched,
  type Caller,
  type ChargePointOrder,
  type ChargePointOrdersRef,
  Encoded,
  type HandlersOf,
  isoMoment,
  type ListOrders,
  type Order,
  type OrderReadings,
  type OrderRef,
  orders,
  type OrdersOfChargePoint,
  ownerOf,
  type Page,
  Refusal,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Accounts } from '../accounts/accounts';
import { ChargePointsRepository } from '../charge-points/charge-points.repository';
import { chargePointOrderView, orderJson } from './order.views';
import { OrdersRepository } from './orders.repository';

@Controller()
export class OrdersHandler implements HandlersOf<typeof orders> {
  constructor(
    private readonly repository: OrdersRepository,
    private readonly chargePoints: ChargePointsRepository,
    private readonly accounts: Accounts,
  ) {}

  @Handles(orders.table, { exemptFromRls: true })
  async table(input: ListOrders, caller: Caller): Promise<Encoded<Page<Order>>> {
    const viewer = this.accounts.viewer(caller);
    const { data, meta } = await this.repository.page(input, ownerOf(caller).accountId);
    const rows = data.map((row) => orderJson(row, viewer).json);
    return new Encoded(`{"data":[${rows.join(',')}],"meta":${JSON.stringify(meta)}}`);
  }

  @Handles(orders.all, { exemptFromRls: true })
  all(input: ListOrders, caller: Caller): Batched<Encoded<Order>> {
    const viewer = this.accounts.viewer(caller);
    return this.repository.all(input, ownerOf(caller).accountId).map((row) => orderJson(row, viewer));
  }

  @Handles(orders.one, { exemptFromRls: true })
  async one({ orderID }: OrderRef, caller: Caller): Promise<Encoded<Order>> {
    const row = await this.repository.one(orderID, ownerOf(caller).accountId);
    if (!row) throw new Refusal('not_found');
    return orderJson(row, this.accounts.viewer(caller));
  }

  @Handles(orders.readings)
  async readings({ orderID }: OrderRef, caller: Caller): Promise<OrderReadings> {
    const found = await this.repository.readings(orderID, ownerOf(caller).accountId);
    if (!found) throw new Refusal('not_found');
    const readings = found.map(({ at, energy }) => ({ at: isoMoment(at), energy }));
    return { total: found[0]?.total ?? 0, readings };
  }

  @Handles(orders.ofChargePoint)
  async *ofChargePoint({ chargePointID }: OrdersOfChargePoint, caller: Caller): AsyncGenerator<Encoded<Order>> {
    const { accountId } = ownerOf(caller);
    const owner = await this.chargePoints.owner(chargePointID);
    if (owner?.account_id !== accountId || owner.removed) throw new Refusal('not_found');
    const viewer = this.accounts.viewer(caller);
    for await (const row of this.repository.ofChargePoint(chargePointID, accountId)) yield orderJson(row, viewer);
  }

  @Handles(orders.ofPowerCenter)
  async *ofPowerCenter({ id }: ChargePointOrdersRef, caller: Caller): AsyncGenerator<ChargePointOrder> {
    const { accountId } = ownerOf(caller);
    const owner = await this.chargePoints.owner(id);
    if (!owner || owner.removed) throw new Refusal('not_found');
    if (owner.account_id !== accountId) throw new Refusal('forbidden');
    const viewer = this.accounts.viewer(caller);
    for await (const row of this.repository.ofChargePoint(id, accountId)) yield chargePointOrderView(row, viewer);
  }
}
