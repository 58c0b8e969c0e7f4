import { ApiProperty } from '@nestjs/swagger';
import { Id, Text } from '../fields';
import { Nothing } from './list-query';
import { list, operations, read, write } from './operation';

/** An operator's command; `by` goes into the audit log. */
export class OperatorCommand {
  /** Who gave it, as the operator's own machine knows them. */
  @Text({ presence: 'required', max: 100 }) by: string;
}

/** A fact or a job that could not be handed over, and was set aside in the service's outbox. */
export class UnsentEvent {
  @ApiProperty() id: number;
  @ApiProperty({ enum: ['fact', 'job'] }) kind: 'fact' | 'job';
  /** Its subject or queue. */
  @ApiProperty() name: string;
  @ApiProperty() reason: string;
  @ApiProperty() occurred_at: string;
}

export class ResendEvent extends OperatorCommand {
  @Id() id: number;
}

export class Resent {
  @ApiProperty() id: number;
}

const operator = { operator: true } as const;

/** What operators can ask every service with an outbox; persistence has the handler (`outboxOperators`). */
export const outboxOf = (service: string) =>
  operations(`${service}.outbox`, {
    /** What was given up, oldest first, a hundred at most. */
    unsent: read(Nothing, list(UnsentEvent), operator),
    resend: write(ResendEvent, Resent, operator),
  });
