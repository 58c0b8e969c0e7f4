import { Controller } from '@nestjs/common';
import { type Caller, type ChangeMailSettings, mailSettings } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

@Controller('api/user/mails')
export class MailSettingsController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', '', {
    title: 'Get which mails the own user gets',
    description: 'Answers which kinds of e-mails the caller receives.',
    calls: mailSettings.one,
    can: 'token',
  })
  one(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(mailSettings.one, input, caller);
  }

  @Route('PUT', '', {
    title: 'Change which mails the own user gets',
    description: 'Sets which kinds of e-mails the caller receives. E-mails about security are always sent.',
    calls: mailSettings.change,
    can: 'token',
  })
  change(@Input() input: ChangeMailSettings, @From() caller: Caller) {
    return this.bus.bytes(mailSettings.change, input, caller);
  }
}
