import { ApiProperty } from '../core/documentation';
import { Nothing } from '../core/list-query';
import { operations, read } from '../core/operation';

/** A part of an owner's money. */
export class Wallet {
  @ApiProperty({ example: 1 }) id: number;
  @ApiProperty({ example: 'Earnings' }) name: string;
  /** Two decimals. */
  @ApiProperty({ example: '341.67' }) balance: string;
  /** ISO 4217. */
  @ApiProperty({ example: 'DZD' }) currency: string;
  @ApiProperty({ example: 'earnings', enum: ['earnings', 'in_transit'] }) type: string;
  /** Whether charging can be paid with it. */
  @ApiProperty({ example: false }) payable: boolean;
  @ApiProperty({ example: false }) rechargeable: boolean;
  /** Whether it can be paid out now. */
  @ApiProperty({ example: true }) withdrawable: boolean;
}

/** What the platform owes the account, in the viewer's currency; below zero while cash business outweighs the rest. */
export class Balance {
  @ApiProperty({ example: '341.67' }) balance: string;
  @ApiProperty({ example: 'DZD' }) currency: string;
  @ApiProperty({ example: 'DZD', nullable: true, type: String }) currency_iso: string | null;
  /** Earnings, and what is on its way to the owner. */
  @ApiProperty({ type: [Wallet] }) wallets: Wallet[];
}

export const payoutsBalance = operations('payouts.balance', {
  one: read(Nothing, Balance),
});
