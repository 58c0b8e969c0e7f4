import { Controller } from '@nestjs/common';
import { type Caller, deletions, type RequestDeletion } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

@Controller('api/user/deletion')
export class UserDeletionController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', '', {
    title: 'Show the deletion of the own user',
    description: "Answers when the caller's user will be deleted; 404 when no deletion was requested.",
    calls: deletions.one,
    can: 'token',
    withoutSecondFactor: true,
    refusals: [404],
  })
  one(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(deletions.one, input, caller);
  }

  /** With the password again. It waits, and a mail has a link that stops it. */
  @Route('POST', '', {
    title: 'Request the deletion of the own user',
    description:
      "Requests the deletion of the caller's user and personal data; the password is required. It happens some days later and can be stopped until then.",
    calls: deletions.request,
    can: 'token',
    withoutSecondFactor: true,
    limited: 'login',
    refusals: [409],
  })
  request(@Input() input: RequestDeletion, @From() caller: Caller) {
    return this.bus.bytes(deletions.request, input, caller);
  }

  @Route('DELETE', '', {
    title: 'Stop the deletion of the own user',
    description: 'Stops a requested deletion that has not happened yet.',
    calls: deletions.stop,
    can: 'token',
    withoutSecondFactor: true,
    refusals: [404],
  })
  stop(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(deletions.stop, input, caller);
  }
}
