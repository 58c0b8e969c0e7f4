import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A country of ISO 3166-1, exactly as it is answered. Rows come with migrations and change with them only. */
@Entity('countries')
@Unique('countries_iso_key', ['iso'])
export class CountryEntity {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'countries_pkey' }) id: number;
  @Column({ type: 'text' }) name: string;
  @Column({ type: 'text' }) iso: string;
  @Column({ type: 'text' }) time_zone: string;
  /** Text, because it is answered as text and computed with nowhere. */
  @Column({ type: 'text' }) latitude: string;
  @Column({ type: 'text' }) longitude: string;
  @Column({ type: 'text' }) phone_code: string;
  @Column({ type: 'text' }) contact_number: string;
  @Column({ type: 'text' }) email: string;
  @Column({ type: 'text' }) currency: string;
  @Column({ type: 'text', nullable: true }) currency_iso: string | null;
}
