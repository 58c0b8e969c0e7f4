import { SearchColumn } from '@open-cpo/persistence';
import {
  Column,
  CreateDateColumn,
  Entity,
  ForeignKey,
  Index,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
} from 'typeorm';
import { CategoryEntity } from '../categories/category.entity';

const moment = { type: 'timestamptz', precision: null, default: () => 'now()' } as const;
const optional = { type: 'text', nullable: true } as const;

/** An owner's place with power centers. Those have a column for the one site that they are in. */
@Entity('charging_sites')
@Index('charging_sites_newest', { synchronize: false })
@Index('charging_sites_search', { synchronize: false })
@Index('charging_sites_category_of', ['category_id'])
@ForeignKey(() => CategoryEntity, ['category_id'], ['id'], { name: 'charging_sites_category', onDelete: 'SET NULL' })
export class SiteEntity {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'BY DEFAULT' }) id: number;
  @Column({ type: 'integer' }) account_id: number;
  @Column({ type: 'integer', nullable: true }) category_id: number | null;
  @Column({ type: 'text' }) name: string;
  @Column({ type: 'boolean', default: true }) status: boolean;
  @Column({ type: 'date', nullable: true }) start_date: string | null;
  @Column({ type: 'date', nullable: true }) end_date: string | null;
  @Column(optional) integration_code: string | null;
  @CreateDateColumn(moment) created_at: Date;
  @UpdateDateColumn(moment) updated_at: Date;
  @SearchColumn() readonly search_text?: string;
}

/** A country whose name an address shows, from auth. */
@Entity('countries')
export class CountryEntity {
  @PrimaryColumn({ type: 'integer' }) id: number;
  @Column({ type: 'text' }) name: string;
}

@Entity('site_addresses')
@Index('site_addresses_of', ['site_id'], { unique: true })
@ForeignKey(() => SiteEntity, ['site_id'], ['id'], { name: 'site_addresses_site', onDelete: 'CASCADE' })
@ForeignKey(() => CountryEntity, ['country_id'], ['id'], { name: 'site_addresses_country' })
export class SiteAddressEntity {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'BY DEFAULT' }) id: number;
  @Column({ type: 'integer' }) site_id: number;
  @Column({ type: 'integer' }) country_id: number;
  @Column({ type: 'text' }) state: string;
  @Column({ type: 'text' }) city: string;
  @Column(optional) zipcode: string | null;
  @Column({ type: 'text' }) address_line_1: string;
  @Column(optional) address_line_2: string | null;
  @Column(optional) address_line_3: string | null;
  @Column({ type: 'double precision' }) latitude: number;
  @Column({ type: 'double precision' }) longitude: number;
}
