import { ApiProperty } from '@nestjs/swagger';
import { Id, Ref, Text } from '../fields';
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

export class ReplayFacts extends OperatorCommand {
  /** Rows with greater ids only; absent: from the first. */
  @Ref() after?: number | null;
}

/** A part of what a service told in the last days, told again. */
export class Replayed {
  /** Facts of this part. */
  @ApiProperty() rows: number;
  /** Where to go on; null at the end. */
  @ApiProperty({ type: Number, nullable: true }) next: number | null;
}

const operator = { operator: true } as const;

/** What operators can ask every service with an outbox; persistence has the handler (`outboxOperators`). */
export const outboxOf = (service: string) =>
  operations(`${service}.outbox`, {
    /** What was given up, oldest first, a hundred at most. */
    unsent: read(Nothing, list(UnsentEvent), operator),
    resend: write(ResendEvent, Resent, operator),
    /** Tells again, in order, what was told already and is still kept: consumers that handled it do nothing. */
    replay: write(ReplayFacts, Replayed, operator),
  });
