import { Column, CreateDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';

/** What gateways must remember until the tokens in question have expired; the source of the set in Redis. */
@Entity('revocations')
@Index('revocations_until_idx', ['until'])
export class Revocation {
  /** Also the id of the event. */
  @PrimaryColumn({ type: 'uuid' }) id: string;
  /** `SessionRevoked` as published. */
  @Column({ type: 'jsonb' }) told: object;
  @Column({ type: 'timestamptz' }) until: Date;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}
