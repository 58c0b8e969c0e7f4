import { Controller } from '@nestjs/common';
import { type Caller, chargerLimits, type LimitedSite, type SetSiteLimit } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

/** The current that the chargers of a site share. */
@Controller('api/charging-sites')
export class SiteLimitsController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', ':id/limit', {
    title: 'Get the limit of the current of a site',
    description: 'Answers the limit of a site in amperes, and the chargers that share it.',
    calls: chargerLimits.site,
    can: 'chargers.view',
  })
  site(@Input() input: LimitedSite, @From() caller: Caller) {
    return this.bus.bytes(chargerLimits.site, input, caller);
  }

  @Route('PUT', ':id/limit', {
    title: 'Limit the current of a site',
    description:
      'Sets or removes the limit of a site in amperes. It is shared among the chargers of its power centers by smart charging.',
    calls: chargerLimits.changeSite,
    can: 'chargers.control',
  })
  changeSite(@Input() input: SetSiteLimit, @From() caller: Caller) {
    return this.bus.bytes(chargerLimits.changeSite, input, caller);
  }
}
