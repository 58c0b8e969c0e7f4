import { type DataSource, ILike, In, IsNull, type Repository } from 'typeorm';
import type { Rates, Viewer } from '../shared/amounts';
import { dayIn } from '../shared/day';
import type { OrderWithCard } from '../shared/order';
import type { Listed, Whole } from '../shared/power-center';
import type { Person } from '../shared/settings';
import { MetaDto, OrderDto, OrderPageDto, RowDto, RowPageDto, WholeDto } from './dtos';
import { ChargePoint, CurrencyRate } from './stations.entities';
import { type ChargePointCard, Day, OrderEntity } from './orders.entities';

const PAGE = 15;

/** The reads as documentation and tutorials teach them: repositories, relations, entities, DTOs. */
export class ReadsService {
  private rates: Rates = {};
  private readonly chargePoints: Repository<ChargePoint>;
  private readonly orders: Repository<OrderEntity>;
  private readonly days: Repository<Day>;

  constructor(
    private readonly stations: DataSource,
    orders: DataSource,
    private readonly pictures: string,
  ) {
    this.chargePoints = stations.getRepository(ChargePoint);
    this.orders = orders.getRepository(OrderEntity);
    this.days = orders.getRepository(Day);
  }

  async open(): Promise<void> {
    const rates = await this.stations.getRepository(CurrencyRate).find();
    this.rates = Object.fromEntries(rates.map(({ code, rate }) => [code, Number(rate)]));
  }

  async list(person: Person): Promise<RowDto[]> {
    const where = { account_id: person.accountId, deleted_at: IsNull() };
    const all = await this.chargePoints.find({ where, order: { id: 'DESC' } });
    return all.map((one) => new RowDto(listed(one), this.viewer(person), true));
  }

  async search(search: string, person: Person): Promise<RowPageDto> {
    const owned = { account_id: person.accountId, deleted_at: IsNull() };
    const pattern = ILike(`%${search}%`);
    const where = [
      { ...owned, title: pattern },
      { ...owned, identifier: pattern },
    ];
    const [all, total] = await this.chargePoints.findAndCount({ where, order: { id: 'DESC' }, take: PAGE });
    const rows = all.map((one) => new RowDto(listed(one), this.viewer(person), false));
    return new RowPageDto(rows, new MetaDto(PAGE, total));
  }

  async one(id: number, person: Person): Promise<WholeDto | undefined> {
    const found = await this.chargePoints.findOne({
      where: { id, account_id: person.accountId, deleted_at: IsNull() },
      relations: { charger_type: true, connectors: { connector_type: true }, amenities: true },
      order: { connectors: { number: 'ASC', id: 'ASC' }, amenities: { id: 'ASC' } },
    });
    return found ? new WholeDto(whole(found), this.viewer(person), this.pictures) : undefined;
  }

  async page(person: Person): Promise<OrderPageDto> {
    const [rows, total] = await this.orders.findAndCount({
      where: { account_id: person.accountId },
      relations: { charge_point: { total: true } },
      order: { id: 'DESC' },
      take: PAGE,
    });
    const today = await this.today(rows.map(({ charge_point }) => charge_point));
    const data = rows.map((row) => new OrderDto(withCard(row, today), this.viewer(person)));
    return new OrderPageDto(data, new MetaDto(PAGE, total));
  }

  /** What the power centers of a page have earned today, by their ids: one statement for all of them. */
  private async today(shown: readonly ChargePointCard[]): Promise<Map<number, string>> {
    const day = new Map(shown.map(({ id, time_zone }) => [id, dayIn(time_zone)]));
    const where = { charge_point_id: In([...day.keys()]), day: In([...new Set(day.values())]) };
    const found = await this.days.find({ where });
    const ofToday = found.filter((one) => one.day === day.get(one.charge_point_id));
    return new Map(ofToday.map(({ charge_point_id, earnings_usd }) => [charge_point_id, earnings_usd]));
  }

  private viewer({ currency }: Person): Viewer {
    return { currency, rate: this.rates[currency] ?? 1 };
  }
}

const withCard = ({ charge_point, ...row }: OrderEntity, today: ReadonlyMap<number, string>): OrderWithCard => ({
  ...row,
  card: charge_point.card,
  price: charge_point.price,
  total_earnings_usd: charge_point.total?.earnings_usd ?? '0',
  today_usd: today.get(charge_point.id) ?? '0',
});

const listed = (one: ChargePoint): Listed => ({
  ...one,
  today_usd: one.earning_day !== null && one.earning_day === dayIn(one.time_zone) ? one.earning_day_usd : '0',
});

const whole = (one: ChargePoint): Whole => ({
  ...one,
  ...listed(one),
  connectors: one.connectors.map(({ number, status, connector_type }) => ({ ...connector_type, number, status })),
});
