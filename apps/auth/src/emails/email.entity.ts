import type { EmailTemplate, Language } from '@open-cpo/contracts';
import { Check, Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** `mute`: written like any other, so that it costs the same, and not sent. */
export type EmailState = 'waiting' | 'sent' | 'failed' | 'mute';

/** An e-mail that was asked for. The queue can be wiped and is filled again from here. */
@Entity('emails')
@Index('emails_waiting_idx', ['id'], { where: `state = 'waiting'` })
@Index('emails_recipient_idx', ['recipient', 'createdAt'])
@Index('emails_sealed_idx', ['expiresAt'], { where: 'params is not null' })
@Check('emails_state_check', `state in ('waiting', 'sent', 'failed', 'mute')`)
export class Email {
  @PrimaryGeneratedColumn() id: number;
  @Column({ type: 'text' }) recipient: string;
  @Column({ type: 'text' }) template: EmailTemplate;
  /** Sealed, because it holds codes; nothing is left of it once the mail is out or too old. */
  @Column({ type: 'bytea', nullable: true }) params: Buffer | null;
  @Column({ type: 'text' }) language: Language;
  @Column({ type: 'text', default: 'waiting' }) state: EmailState;
  @Column({ name: 'dedupe_key', type: 'uuid' }) dedupeKey: string;
  @Column({ type: 'text', nullable: true }) reason: string | null;
  @Column({ name: 'expires_at', type: 'timestamptz' }) expiresAt: Date;
  @Column({ name: 'settled_at', type: 'timestamptz', nullable: true }) settledAt: Date | null;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}
