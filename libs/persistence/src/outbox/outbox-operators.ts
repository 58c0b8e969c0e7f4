import { Controller, type Type } from '@nestjs/common';
import {
  type AuditPart,
  type Caller,
  type FailingItem,
  type HandlersOf,
  isoMoment,
  type Nothing,
  outboxOf,
  type ProveAudit,
  Refusal,
  type Replayed,
  type ReplayFacts,
  type Resent,
  type ResendEvent,
  type UnsentEvent,
  type WaitingEvent,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit, type AuditEntry } from '../audit/audit';
import { AuditProof } from '../audit/audit-proof';
import { SetAside } from '../sweeps/set-aside';
import { Outbox } from './outbox';
import type { DeadRow } from './outbox-row';

const unsentOf = ({ occurredAt, id, kind, name, reason }: DeadRow): UnsentEvent => ({
  id,
  kind,
  name,
  reason,
  occurred_at: isoMoment(occurredAt),
});

const entryOf = (id: number, after: object): AuditEntry => ({
  subject: 'outbox',
  id,
  after,
});

/** The handler of a service's `outboxOf(service)`, for its controllers. */
export function outboxOperators(service: string, operations = outboxOf(service)): Type {
  @Controller()
  class OutboxHandler implements HandlersOf<typeof operations> {
    constructor(
      readonly outbox: Outbox,
      readonly audit: Audit,
      readonly proof: AuditProof,
      readonly setAside: SetAside,
    ) {}

    @Handles(operations.unsent)
    async unsent(_: Nothing): Promise<UnsentEvent[]> {
      return (await this.outbox.dead()).map(unsentOf);
    }

    @Handles(operations.parked)
    parked(_: Nothing): Promise<WaitingEvent[]> {
      return this.setAside.parked();
    }

    @Handles(operations.failing)
    failing(_: Nothing): Promise<FailingItem[]> {
      return this.setAside.failing();
    }

    @Handles(operations.resend)
    async resend({ id, by }: ResendEvent, caller: Caller): Promise<Resent> {
      if (!(await this.outbox.revive(id))) throw new Refusal('not_found');
      await this.audit.write(entryOf(id, { by }), caller);
      return { id };
    }

    @Handles(operations.replay)
    async replay({ after, by }: ReplayFacts, caller: Caller): Promise<Replayed> {
      const part = await this.outbox.replay(after ?? 0);
      await this.audit.write(entryOf(after ?? 0, { by, ...part }), caller);
      return part;
    }

    @Handles(operations.proveAudit)
    proveAudit(from: ProveAudit): Promise<AuditPart> {
      return this.proof.part(from);
    }
  }
  return OutboxHandler;
}
