import { type DynamicModule, Module } from '@nestjs/common';
import {
  chargerCommands,
  chargerLimits,
  chargerLocalList,
  chargerReservations,
  chargers,
  chargersAudit,
  chargerSessions,
  chargersRefused,
  outboxOf,
} from '@open-cpo/contracts';
import { EventsModule } from '@open-cpo/events';
import { MessagingModule } from '@open-cpo/messaging';
import { auditReader, outboxOperators, PersistenceModule } from '@open-cpo/persistence';
import { brokerUses } from './broker';
import { ChargersHandler } from './chargers/chargers.handler';
import { CommandsHandler } from './commands/commands.handler';
import { LimitsHandler } from './limits/limits.handler';
import { LocalListHandler } from './lists/local-list.handler';
import { RefusedHandler } from './refused/refused.handler';
import { SessionsHandler } from './sessions/sessions.handler';
import { ReservationsHandler } from './reservations/reservations.handler';
import { consumers, protocol, useCases } from './chargers.providers';
import type { ChargersConfig } from './config';
import { database } from './data-source';

/** The chargers service: speaks OCPP with chargers, and publishes their sessions as every charging back end does. */
@Module({})
export class AppModule {
  static forRoot({ databaseUrl, databasePool }: ChargersConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        MessagingModule.forRoot({
          service: 'chargers',
          uses: brokerUses,
          serves: [
            chargers,
            chargerCommands,
            chargerLimits,
            chargerLocalList,
            chargerReservations,
            chargerSessions,
            chargersRefused,
            outboxOf('chargers'),
            chargersAudit,
          ],
        }),
        EventsModule,
        PersistenceModule.forRoot(database(databaseUrl, databasePool)),
      ],
      controllers: [
        ChargersHandler,
        CommandsHandler,
        LimitsHandler,
        LocalListHandler,
        RefusedHandler,
        SessionsHandler,
        ReservationsHandler,
        outboxOperators('chargers'),
        auditReader('chargers'),
      ],
      providers: [...useCases, ...consumers, ...protocol],
    };
  }
}
