import { Controller } from '@nestjs/common';
import { type Caller, type UserSessionRef, userSessions } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

@Controller('api/user/sessions')
export class UserSessionsController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', '', {
    title: 'List own sessions',
    description: 'Lists the sessions in which the caller is logged in, with device and last use.',
    calls: userSessions.all,
    can: 'token',
    withoutSecondFactor: true,
  })
  all(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(userSessions.all, input, caller);
  }

  @Route('DELETE', '', {
    title: 'End all other sessions',
    description: 'Ends every session of the caller but the one of this token. Their tokens are refused from then on.',
    calls: userSessions.endOthers,
    can: 'token',
    withoutSecondFactor: true,
  })
  endOthers(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(userSessions.endOthers, input, caller);
  }

  @Route('DELETE', ':id', {
    title: 'End a session',
    description: 'Ends one session of the caller. Its token is refused from then on.',
    calls: userSessions.end,
    can: 'token',
    withoutSecondFactor: true,
  })
  end(@Input() input: UserSessionRef, @From() caller: Caller) {
    return this.bus.bytes(userSessions.end, input, caller);
  }
}
