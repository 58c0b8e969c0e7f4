import { Controller } from '@nestjs/common';
import {
  type Caller,
  ChargerSession,
  type ChargerSessionRef,
  chargerSessions,
  type StartChargerSession,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, RequestContext, Route } from '../http/route';
import { ChargerSessions } from './charger-sessions';

@Controller('api/chargers')
export class ChargerSessionsController {
  constructor(
    private readonly bus: Bus,
    private readonly sessions: ChargerSessions,
  ) {}

  @Route('POST', ':id/sessions', {
    title: 'Start a charging session',
    description:
      'Asks a charger to start a session for a driver. When none has begun within some seconds the answer is 202, and `Location` is where the session is read.',
    calls: chargerSessions.start,
    can: 'chargers.control',
    also: {
      status: 202,
      of: ChargerSession,
      when: 'Asked for by `Prefer: respond-async`, or no order yet within the wait: `Location` is where it is read.',
    },
    refusals: [
      'charger_not_connected',
      'connector_unavailable',
      'power_center_inactive',
      'start_cancelled',
      'start_rejected',
      'start_timed_out',
      'too_many_requests',
    ],
  })
  start(@Input() input: StartChargerSession, @From() caller: Caller, @RequestContext() context: RequestContext) {
    return this.sessions.start(input, caller, context);
  }

  @Route('GET', ':id/sessions/:request_id', {
    title: 'Get a requested charging session',
    description: 'Answers the state of a requested session, and its order when it has begun.',
    calls: chargerSessions.one,
    can: 'chargers.view',
  })
  one(@Input() input: ChargerSessionRef, @From() caller: Caller) {
    return this.bus.bytes(chargerSessions.one, input, caller);
  }

  @Route('DELETE', ':id/sessions/:request_id', {
    title: 'Cancel a requested charging session',
    description: 'Cancels a requested session that has not begun. One that has begun is stopped by its order.',
    calls: chargerSessions.cancel,
    can: 'chargers.control',
    refusals: ['conflict'],
  })
  cancel(@Input() input: ChargerSessionRef, @From() caller: Caller) {
    return this.bus.bytes(chargerSessions.cancel, input, caller);
  }
}
