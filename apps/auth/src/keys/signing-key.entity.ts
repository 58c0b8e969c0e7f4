import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** A signing key that a development system made for itself; a production system has its keys in a file. */
@Entity('signing_keys')
export class SigningKey {
  @PrimaryColumn({ type: 'text' }) kid: string;
  /** The private JWK, sealed. */
  @Column({ type: 'bytea' }) sealed: Buffer;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}
