import {
  Column,
  CreateDateColumn,
  Entity,
  JoinColumn,
  ManyToOne,
  OneToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
} from 'typeorm';

@Entity('account_balances')
export class Balance {
  @PrimaryColumn() account_id: number;
  @Column({ type: 'numeric' }) balance_usd: string;
}

@Entity('currencies')
export class Currency {
  @PrimaryColumn() code: string;
  @Column({ type: 'numeric' }) usd_rate: string;
}

@Entity('accounts')
export class LoginAccount {
  @PrimaryColumn() id: number;
  @Column() country_id: number;
  @Column({ type: 'text', nullable: true }) vat_id: string | null;
  @Column({ type: 'date', nullable: true }) subscription_ends: string | null;
  @Column({ type: 'timestamptz', nullable: true }) locked_at: Date | null;
  @ManyToOne(() => Currency)
  @JoinColumn({ name: 'currency' })
  currency: Currency;
  @OneToOne(() => Balance)
  @JoinColumn({ name: 'id', referencedColumnName: 'account_id' })
  balance: Balance | null;
}

@Entity('users')
export class LoginUserEntity {
  @PrimaryColumn() id: number;
  @Column() account_id: number;
  @ManyToOne(() => LoginAccount)
  @JoinColumn({ name: 'account_id' })
  account: LoginAccount;
  @Column() email: string;
  @Column() password_hash: string;
  @Column() credential_version: number;
  @Column() status: string;
  @Column() first_name: string;
  @Column() last_name: string;
  @Column() contact_number: string;
}

@Entity('totp_factors')
export class Totp {
  @PrimaryColumn() user_id: number;
  @Column({ type: 'timestamptz', nullable: true }) confirmed_at: Date | null;
}

@Entity('passkeys')
export class Passkey {
  @PrimaryColumn() id: number;
  @Column() user_id: number;
}

@Entity('login_sessions')
export class LoginSession {
  @PrimaryGeneratedColumn() id: number;
  @Column() user_id: number;
  @Column() method: string;
  @Column() device: string;
  @Column() address: string;
  @Column() credential_version: number;
  @Column({ type: 'timestamptz' }) ends_at: Date;
}

@Entity('sessions')
export class IssuedToken {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column() user_id: number;
  @Column({ type: 'timestamptz' }) issued_at: Date;
  @Column({ type: 'timestamptz' }) expires_at: Date;
  @Column() login_session_id: number;
}

@Entity('known_devices')
export class KnownDevice {
  @PrimaryGeneratedColumn() id: number;
  @Column() user_id: number;
  @Column() device: string;
  @Column({ type: 'bytea' }) network: Buffer;
  @CreateDateColumn({ type: 'timestamptz' }) last_seen_at: Date;
}
