import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { fileStore, Uploads } from '@open-cpo/files';
import { MessagingModule } from '@open-cpo/messaging';
import { Redis } from 'ioredis';
import { AuditController } from './audit/audit.controller';
import { AuditTrails } from './audit/audit-trails';
import { AccountSecurityController } from './auth/account-security.controller';
import { AccountsController } from './auth/accounts.controller';
import { ApiKeysController } from './auth/api-keys.controller';
import { CountriesController } from './auth/countries.controller';
import { InvitationsController } from './auth/invitations.controller';
import { MailSettingsController } from './auth/mail-settings.controller';
import { NewcomersController } from './auth/newcomers.controller';
import { MembersController } from './auth/members.controller';
import { PasskeyLoginController, PasskeysController } from './auth/passkeys.controller';
import { SecondFactorsController } from './auth/second-factors.controller';
import { UserDeletionController } from './auth/user-deletion.controller';
import { UserSessionsController } from './auth/user-sessions.controller';
import { UsersController } from './auth/users.controller';
import { brokerUses } from './broker';
import { ChargerSessions } from './chargers/charger-sessions';
import { ChargerSessionsController } from './chargers/charger-sessions.controller';
import { ChargersCommandsController } from './chargers/chargers-commands.controller';
import { ChargersController } from './chargers/chargers.controller';
import { GatewayConfig } from './config';
import { Exports } from './exports/exports';
import { ExportsController } from './exports/exports.controller';
import { ErrorResponder } from './http/answers/errors';
import { AnswerCache } from './http/caching/answer-cache';
import { CacheVersions, Invalidation } from './http/caching/cache-versions';
import { HttpPipeline } from './http/pipeline';
import { AccountShares, Overload } from './http/overload/overload';
import { Preconditions } from './http/preconditions';
import { ApiKeys } from './http/identity/api-keys';
import { Authorizer } from './http/identity/authorizer';
import { REDIS, REDIS_PREFIX, Revocations } from './http/identity/revocations';
import { SessionUse } from './http/identity/session-use';
import { Snapshots } from './http/identity/snapshots';
import { Tokens } from './http/identity/tokens';
import { Limits } from './http/limits/limits';
import { Lists } from './http/rows';
import { Answers } from './http/answers/answers';
import { Imports } from './imports/imports';
import { ImportsController } from './imports/imports.controller';
import { EventsController } from './notifications/events.controller';
import { Feeds } from './notifications/feeds';
import { WebhooksController } from './notifications/webhooks.controller';
import { ChargePointOrdersController } from './orders/charge-point-orders.controller';
import { FeedbackController } from './orders/feedback.controller';
import { OrderStopsController } from './orders/order-stops.controller';
import { OrdersController } from './orders/orders.controller';
import { OwnMoneyController } from './payouts/own-money.controller';
import { PayoutMethodsController } from './payouts/payout-methods.controller';
import { PayoutsController } from './payouts/payouts.controller';
import { UploadForms } from './payouts/upload-forms';
import { UploadSlots } from './payouts/upload-slots';
import { CatalogueController } from './stations/catalogue.controller';
import { CategoriesController } from './stations/categories.controller';
import { ChargePointsController } from './stations/charge-points.controller';
import { GroupsController } from './stations/groups.controller';
import { RangePricesController } from './stations/range-prices.controller';
import { SiteLimitsController } from './stations/site-limits.controller';
import { SitesController } from './stations/sites.controller';
import { MapsController } from './stations/maps.controller';
import { StatsController } from './stations/stats.controller';
import { WorkersController } from './workforce/workers.controller';

/** Milliseconds that a connection may take to end. The client waits as long even for one that was never there. */
const DISCONNECT_TIMEOUT_MS = 100;

const redis = {
  provide: REDIS,
  inject: [GatewayConfig],
  // Fails fast: while Redis is unavailable, events and memory are used.
  useFactory: ({ redisUrl = '' }: GatewayConfig): Redis => {
    const client = new Redis(redisUrl, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      commandTimeout: 1000,
      disconnectTimeout: DISCONNECT_TIMEOUT_MS,
    });
    return client.on('error', () => undefined);
  },
};
const prefix = {
  provide: REDIS_PREFIX,
  inject: [GatewayConfig],
  useFactory: (config: GatewayConfig) => config.redisPrefix,
};

const guards = {
  inject: [GatewayConfig],
  useFactory: ({ callsAtOnce }: GatewayConfig) => ({ callsAtOnce }),
};

@Module({
  imports: [MessagingModule.forRoot({ service: 'gateway', uses: brokerUses, guards }), JwtModule.register({})],
  controllers: [
    AccountsController,
    AccountSecurityController,
    UsersController,
    PasskeyLoginController,
    PasskeysController,
    SecondFactorsController,
    UserSessionsController,
    UserDeletionController,
    MembersController,
    InvitationsController,
    MailSettingsController,
    NewcomersController,
    ApiKeysController,
    CountriesController,
    CatalogueController,
    CategoriesController,
    ChargePointsController,
    GroupsController,
    RangePricesController,
    SitesController,
    SiteLimitsController,
    MapsController,
    StatsController,
    OrdersController,
    OrderStopsController,
    ChargePointOrdersController,
    FeedbackController,
    ExportsController,
    ImportsController,
    WorkersController,
    OwnMoneyController,
    PayoutMethodsController,
    PayoutsController,
    EventsController,
    WebhooksController,
    ChargersController,
    ChargersCommandsController,
    ChargerSessionsController,
    AuditController,
  ],
  providers: [
    HttpPipeline,
    Preconditions,
    Answers,
    AnswerCache,
    CacheVersions,
    Invalidation,
    Lists,
    ChargerSessions,
    Exports,
    Imports,
    fileStore(GatewayConfig),
    Authorizer,
    Tokens,
    Snapshots,
    Revocations,
    SessionUse,
    ApiKeys,
    Limits,
    AccountShares,
    Overload,
    ErrorResponder,
    redis,
    prefix,
    Uploads,
    Feeds,
    UploadForms,
    UploadSlots,
    AuditTrails,
  ],
})
export class AppModule {}
