import type { Language } from '@open-cpo/contracts';
import { Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * A registration that waits for its e-mail address to be proven. There is no account before that, so that no one can
 * prepare one with a password of theirs at somebody else's address.
 */
@Entity('registrations')
@Index('registrations_email_idx', ['email', 'createdAt'])
export class Registration {
  @PrimaryGeneratedColumn() id: number;
  @Column({ type: 'text' }) email: string;
  @Column({ name: 'password_hash', type: 'text' }) passwordHash: string;
  /** Some bits of a keyed hash of the password: finds the registration that a login means, among those of strangers. */
  @Column({ name: 'password_hint', type: 'bytea', nullable: true }) passwordHint: Buffer | null;
  @Column({ name: 'first_name', type: 'text' }) firstName: string;
  @Column({ name: 'last_name', type: 'text' }) lastName: string;
  @Column({ name: 'contact_number', type: 'text' }) contactNumber: string;
  @Column({ name: 'country_id' }) countryId: number;
  @Column({ type: 'text' }) currency: string;
  @Column({ name: 'vat_id', type: 'text', nullable: true }) vatId: string | null;
  @Column({ type: 'text' }) language: Language;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}
