import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An event of a provider, stored once. */
@Entity('provider_events')
export class ProviderEventEntity {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'provider_events_pkey' }) id: string;
  @Column({ type: 'text' }) type: string;
  @Column({ type: 'timestamptz', precision: null, default: () => 'now()' }) taken_at: Date;
}
