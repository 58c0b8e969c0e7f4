import { ApiProperty } from '../core/documentation';
import { OperatorCommand } from '../core/operators';
import { Retained } from '../core/retention';
import { list, operations, read, write } from '../core/operation';
import { Id, Pattern, Text } from '../fields';

const CURRENCY = 'The :attribute field must be an ISO 4217 code.';

/** What a worker's cash is to be changed by, as they or the owner have counted it. */
export class CorrectCash extends OperatorCommand {
  @Id() workerId: number;
  /** Added to the cash on hands; with a minus, taken from it. */
  @Pattern(/^-?(?=.*[1-9])\d{1,10}(\.\d{1,8})?$/, 'The :attribute field must be an amount other than 0.', {
    presence: 'required',
  })
  amount: string;
  /** By default the one currency in which the worker has had cash. */
  @Pattern(/^[A-Z]{3}$/, CURRENCY) currency?: string | null;
  @Text({ presence: 'required', max: 500 }) reason: string;
}

/** Cash of a worker in one currency after the command. */
export class WorkerCash {
  @ApiProperty() worker_id: number;
  @ApiProperty() currency: string;
  @ApiProperty() cash_on_hands: string;
}

export class TillQuery {
  @Id() accountId: number;
}

/** What workers have handed over to an owner in one currency. */
export class Till {
  @ApiProperty() currency: string;
  @ApiProperty() amount: string;
}

const operator = { operator: true, deadline: 20_000 } as const;

/** What the platform's own staff can do about cash; no route leads here. */
export const workforceOperators = operations('workforce.operators', {
  /** A movement of its own, with its reason; also for workers who are gone. */
  correct: write(CorrectCash, WorkerCash, { ...operator, audit: 'workers.correct-cash' }),
  till: read(TillQuery, list(Till), operator),
  /** Erases workers who are gone, and removes what is past its retention period; it happens every five minutes by itself. */
  enforceRetention: read(OperatorCommand, Retained, { ...operator, deadline: 60_000 }),
});
