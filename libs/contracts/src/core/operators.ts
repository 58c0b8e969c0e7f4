import { ApiProperty } from './documentation';
import { Id, Ref, Text } from '../fields';
import { Nothing } from './list-query';
import { list, operations, read, write } from './operation';

/** An operator's command; `by` goes into the audit log. */
export class OperatorCommand {
  /** Who gave it, as the operator's own machine knows them. */
  @Text({ presence: 'required', max: 100 }) by: string;
}

/** An event or a job that could not be handed over, and was dead-lettered in the service's outbox. */
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

/** A part of a service's events of the last days, published again. */
export class Replayed {
  /** Events of this part. */
  @ApiProperty() rows: number;
  /** Where to go on; null at the end. */
  @ApiProperty({ type: Number, nullable: true }) next: number | null;
}

export class ProveAudit {
  /** Where the part before ended; absent: from the first entry. */
  @Ref() chain?: number | null;
  @Ref() seq?: number | null;
}

/** A part of the audit log, gone through. */
export class AuditPart {
  /** Entries of this part. */
  @ApiProperty() entries: number;
  /** The first thing that does not agree. */
  @ApiProperty({ type: String, nullable: true }) discrepancy: string | null;
  /** Where to go on; null at the end. */
  @ApiProperty({ type: Number, nullable: true }) next_chain: number | null;
  @ApiProperty({ type: Number, nullable: true }) next_seq: number | null;
  /** At the end: `chain:entries:hash` of each chain, to be kept elsewhere and compared later. */
  @ApiProperty({ type: String, nullable: true }) heads: string | null;
}

/** An event that failed, or during which a process ended; it is tried again apart from the others. */
export class WaitingEvent {
  @ApiProperty() consumer: string;
  @ApiProperty() subject: string;
  @ApiProperty() event_id: string;
  @ApiProperty() attempts: number;
  @ApiProperty() reason: string;
  @ApiProperty() next_try_at: string;
}

/** An item that a sweep could not deal with; it is tried again, and the others go on. */
export class FailingItem {
  @ApiProperty() sweep: string;
  @ApiProperty() item: string;
  @ApiProperty() failures: number;
  @ApiProperty() reason: string;
  @ApiProperty() failing_since: string;
  @ApiProperty() next_try_at: string;
}

const operator = { operator: true } as const;

/** What operators can ask every service with a database; persistence has the handler (`outboxOperators`). */
export const outboxOf = (service: string) =>
  operations(`${service}.outbox`, {
    /** What was given up, oldest first, a hundred at most. */
    unsent: read(Nothing, list(UnsentEvent), operator),
    /** Events in the retry lanes of the service's consumers, oldest first, a hundred at most. */
    parked: read(Nothing, list(WaitingEvent), operator),
    /** Items that sweeps of the service could not deal with, oldest first, a hundred at most. */
    failing: read(Nothing, list(FailingItem), operator),
    resend: write(ResendEvent, Resent, { ...operator, audit: 'outbox.resend' }),
    /** Publishes stored events again, in their order; consumers that handled them do nothing. */
    replay: write(ReplayFacts, Replayed, { ...operator, audit: 'outbox.replay' }),
    /** Goes through the next part of the audit log. */
    proveAudit: read(ProveAudit, AuditPart, operator),
  });
