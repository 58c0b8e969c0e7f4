import { ApiProperty } from '../core/documentation';
import { domainEvent } from '../core/domain-event';
import { Nothing } from '../core/list-query';
import { list, operations, read, write } from '../core/operation';
import { OperatorCommand } from '../core/operators';
import { Retained } from '../core/retention';
import { Amount, Bool, Id, Pattern, Text } from '../fields';

export class CurrencyRate {
  @ApiProperty() code: string;
  @ApiProperty() decimals: number;
  /** Units for one US dollar. */
  @ApiProperty() rate: string;
  @ApiProperty() updated_at: string;
}

export class SetRate extends OperatorCommand {
  @Pattern(/^[A-Z]{3}$/, 'The :attribute field must be an ISO 4217 code.', { presence: 'required' }) code: string;
  /** Above 0. */
  @Amount({ presence: 'required', decimals: 8, max: '999999999' }) rate: string;
}

export class AccountCommand extends OperatorCommand {
  @Id() accountId: number;
  @Text({ max: 500, presence: 'required' }) reason: string;
}

export class AccountState {
  @ApiProperty() id: number;
  @ApiProperty() locked: boolean;
  /** Users whose tokens the command concerned. */
  @ApiProperty() users: number;
}

export class DeleteUser extends OperatorCommand {
  @Id() userId: number;
  @Text({ max: 500, presence: 'required' }) reason: string;
  /** Although the account that ends with its last owner has open money. */
  @Bool() despiteMoney?: boolean | null;
}

export class DeletedUser {
  @ApiProperty() user_id: number;
  @ApiProperty() account_id: number;
  @ApiProperty() account_closed: boolean;
}

export class AccountLocked {
  @Id() account_id: number;
  /** Whether it is locked from now on. */
  @Bool({ presence: 'required' }) locked: boolean;
}

/** An account was locked or unlocked: services end what does not end with the tokens of its users. */
export const accountLocked = domainEvent('auth.accounts.locked', AccountLocked);

/** An account can have hundreds of users; operators wait. */
const operator = { operator: true, deadline: 20_000 } as const;

/** What the platform's own staff can do to accounts; no route leads here. */
export const authOperators = operations('auth.operators', {
  rates: read(Nothing, list(CurrencyRate), operator),
  /** Tells every service; amounts entered in the currency stay as they were entered. */
  setRate: write(SetRate, CurrencyRate, { ...operator, audit: 'currencies.set-rate' }),
  /** Ends all tokens of all users of the account; logins are refused until it is unlocked. */
  lockAccount: write(AccountCommand, AccountState, { ...operator, audit: 'accounts.lock' }),
  unlockAccount: write(AccountCommand, AccountState, { ...operator, audit: 'accounts.unlock' }),
  /** Erases a user at once. Refuses `conflict` for the last owner of an account with open money. */
  deleteUser: write(DeleteUser, DeletedUser, { ...operator, deadline: 60_000, audit: 'users.delete' }),
  /** Removes what is past its retention period now; it happens every five minutes by itself. */
  enforceRetention: read(OperatorCommand, Retained, { ...operator, deadline: 60_000 }),
});
