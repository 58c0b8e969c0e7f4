import { ApiProperty } from '../core/documentation';
import { nothing, operations, read, write } from '../core/operation';
import { Id, Pattern } from '../fields';

export class HeldMethod {
  @Id() account_id: number;
  @Id() method_id: number;
}

export class MintedStop {
  /** Null when nothing waits any more. */
  @ApiProperty({ nullable: true, type: String }) token: string | null;
}

export class StopToken {
  @Pattern(/^[A-Za-z0-9_-]{40}$/, 'The :attribute field is invalid.', { presence: 'required' }) token: string;
}

/** What a link stops. */
export class StoppableMethod {
  @ApiProperty({ example: 'bank_transfer' }) method: string;
  /** Masked. */
  @ApiProperty({ example: '****0570' }) account: string;
  @ApiProperty({ example: '2025-05-14T09:02:00.000000Z' }) held_until: string;
}

/** Payouts to a payout method that was added or changed wait, and a link in the owner's mail stops them. */
export const payoutsStops = operations('payouts.stops', {
  /** For auth, which writes the mail; no route leads here. A new token ends the one before. */
  mint: write(HeldMethod, MintedStop, { audit: false, reason: 'The link is a part of the change that it can stop.' }),
  /** Refuses `not_found` for a token that is used, replaced or too late. */
  shown: read(StopToken, StoppableMethod),
  /** Refuses the method and its waiting payouts, whose money is the owner's balance again. Refuses like `shown`. */
  stop: write(StopToken, nothing, { audit: 'payout-methods.stop' }),
});
