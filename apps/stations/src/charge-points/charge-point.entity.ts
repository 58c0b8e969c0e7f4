import { DecimalColumn, type Earned, SearchColumn, UsdColumn } from '@open-cpo/persistence';
import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { ChargerTypeEntity } from '../catalogues/catalogues.entities';
import { SiteEntity } from '../sites/site.entity';

const optional = { type: 'text', nullable: true } as const;
const flag = { type: 'boolean', default: false } as const;
const moment = { type: 'timestamptz', precision: null } as const;

/** A power center. The property names are the columns', which the reference's GeoJSON discloses (L2212). */
@Entity('charge_points')
@Index('charge_points_identifier', ['identifier'], { unique: true, where: 'deleted_at IS NULL' })
@Index('charge_points_token', ['token'], { unique: true })
@Index('charge_points_newest', { synchronize: false })
@Index('charge_points_search', { synchronize: false })
@Index('charge_points_by_title', { synchronize: false })
@Index('charge_points_by_identifier', { synchronize: false })
@Index('charge_points_of_site', ['charging_site_id', 'id'], { where: 'charging_site_id IS NOT NULL' })
@ForeignKey(() => SiteEntity, ['charging_site_id'], ['id'], { name: 'charge_points_site', onDelete: 'SET NULL' })
@ForeignKey(() => ChargerTypeEntity, ['charge_point_type_id'], ['id'], { name: 'charge_points_type' })
export class ChargePointEntity {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'BY DEFAULT' }) id: number;
  @Column({ type: 'integer' }) account_id: number;
  @Column({ type: 'text' }) identifier: string;
  @Column({ type: 'text' }) token: string;
  @Column({ type: 'text' }) category: string;
  @Column({ type: 'text' }) title: string;
  @Column(optional) description: string | null;
  @Column({ type: 'double precision', nullable: true }) latitude: number | null;
  @Column({ type: 'double precision', nullable: true }) longitude: number | null;
  /** IANA name, from the coordinates unless a request has set it. */
  @Column({ type: 'text' }) time_zone: string;
  @Column(flag) time_zone_set: boolean;
  @Column(optional) address_line_1: string | null;
  @Column(optional) address_line_2: string | null;
  @Column(optional) address_line_3: string | null;
  @Column(optional) zipcode: string | null;
  @Column(optional) city: string | null;
  @Column(optional) state: string | null;
  @Column(optional) contact_number: string | null;
  @Column({ type: 'time', nullable: true }) open_time: string | null;
  @Column({ type: 'time', nullable: true }) close_time: string | null;
  /** A path under the public address, in place of the usual picture. */
  @Column(optional) image: string | null;
  @Column(flag) listed: boolean;
  @Column({ type: 'integer', nullable: true }) charge_point_type_id: number | null;
  @Column({ type: 'integer', nullable: true }) charging_site_id: number | null;
  @Column({ type: 'text', default: 'minutes' }) price_unit: string;
  /** As entered, so that it shows back exactly, beside what it was in USD. */
  @DecimalColumn(20, 2, { nullable: true }) price_amount: string | null;
  @Column(optional) price_currency: string | null;
  @UsdColumn({ nullable: true }) price_usd: string | null;
  @Column(optional) session_limit_type: string | null;
  @Column({ type: 'integer', default: 0 }) session_limit_value: number;
  @Column(flag) configured: boolean;
  @Column(flag) connected: boolean;
  /** All of its connectors that are in order are in use. */
  @Column(flag) busy: boolean;
  @Column(flag) reserved: boolean;
  /** All of its connectors are out of order. */
  @Column(flag) faulted: boolean;
  /** When the charger last came or went, by its own account. */
  @Column({ ...moment, nullable: true }) connection_at: Date | null;
  @UsdColumn({ default: 0 }) total_earnings_usd: string;
  /** The same by the currency that the orders were settled in, at their own rates. */
  @Column({ type: 'jsonb', default: {} }) total_earned: Earned;
  @DecimalColumn(20, 4, { default: 0 }) total_energy: string;
  @DecimalColumn(20, 4, { default: 0 }) total_sessions_time: string;
  @Column({ type: 'integer', default: 0 }) orders_count: number;
  @DecimalColumn(3, 2, { default: 0 }) rating: string;
  /** What the rating is the average of. */
  @DecimalColumn(14, 2, { default: 0 }) rating_sum: string;
  @Column({ type: 'integer', default: 0 }) rating_count: number;
  /** The local day of the last earning, and what that day has brought so far. */
  @Column({ type: 'date', nullable: true }) earning_day: string | null;
  @UsdColumn({ default: 0 }) earning_day_usd: string;
  @Column({ type: 'jsonb', default: {} }) earning_day_earned: Earned;
  @Column(moment) created_at: Date;
  @Column(moment) updated_at: Date;
  @Column({ ...moment, nullable: true }) deleted_at: Date | null;
  @SearchColumn() readonly search_text?: string;
}
