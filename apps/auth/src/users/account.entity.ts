import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Owns the data; users belong to it. */
@Entity('accounts')
export class Account {
  @PrimaryGeneratedColumn() id: number;
  @Column({ name: 'country_id' }) countryId: number;
  /** ISO 4217. */
  @Column({ type: 'text' }) currency: string;
  @Column({ name: 'vat_id', type: 'text', nullable: true }) vatId: string | null;
  /** Last day on which premium features are there. */
  @Column({ name: 'subscription_ends', type: 'date', nullable: true }) subscriptionEnds: string | null;
  @Column({ name: 'locked_at', type: 'timestamptz', nullable: true }) lockedAt: Date | null;
  /** When its last owner was deleted. */
  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true }) closedAt: Date | null;
  /** Its members do nothing before they have a second factor. */
  @Column({ name: 'second_factor_required', default: false }) secondFactorRequired: boolean;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}
