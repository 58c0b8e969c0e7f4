import { Controller, type Type } from '@nestjs/common';
import {
  type Caller,
  type HandlersOf,
  isoMoment,
  type Nothing,
  outboxOf,
  Refusal,
  type Replayed,
  type ReplayFacts,
  type Resent,
  type ResendEvent,
  type UnsentEvent,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '../audit/audit';
import { Outbox } from './outbox';

/** The handler of a service's `outboxOf(service)`, for its controllers. */
export function outboxOperators(service: string): Type {
  const operations = outboxOf(service);

  @Controller()
  class OutboxHandler implements HandlersOf<typeof operations> {
    constructor(
      readonly outbox: Outbox,
      readonly audit: Audit,
    ) {}

    @Handles(operations.unsent)
    async unsent(_: Nothing): Promise<UnsentEvent[]> {
      const rows = await this.outbox.dead();
      return rows.map(({ occurredAt, id, kind, name, reason }) => {
        return { id, kind, name, reason, occurred_at: isoMoment(occurredAt) };
      });
    }

    @Handles(operations.resend)
    async resend({ id, by }: ResendEvent, caller: Caller): Promise<Resent> {
      if (!(await this.outbox.revive(id))) throw new Refusal('not_found');
      await this.audit.write({ action: 'outbox.resend', subject: 'outbox', id, after: { by } }, caller);
      return { id };
    }

    @Handles(operations.replay)
    async replay({ after, by }: ReplayFacts, caller: Caller): Promise<Replayed> {
      const part = await this.outbox.replay(after ?? 0);
      await this.audit.write(
        { action: 'outbox.replay', subject: 'outbox', id: after ?? 0, after: { by, ...part } },
        caller,
      );
      return part;
    }
  }
  return OutboxHandler;
}
