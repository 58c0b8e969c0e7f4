import { Injectable } from '@nestjs/common';
import type { Caller } from '@open-cpo/contracts';
import { type SecurityEventKind, SecurityEvents } from '@open-cpo/platform';
import { deviceOf } from '../users/device-family';

/** Whom an event concerns, where the caller does not say it yet. */
export interface Concerned {
  readonly id: number;
  readonly accountId: number;
}

/** Security events of auth, with what is known of the caller. */
@Injectable()
export class SecurityLog {
  constructor(private readonly events: SecurityEvents) {}

  record(kind: SecurityEventKind, caller: Caller, detail?: string, user?: Concerned): void {
    const { identity, ip: address, requestId } = caller;
    const userId = user?.id ?? identity?.userId;
    const accountId = user?.accountId ?? identity?.accountId;
    this.events.record(kind, { userId, accountId, address, device: deviceOf(caller), requestId, detail });
  }
}
