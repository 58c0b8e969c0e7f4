import { Module } from '@nestjs/common';
import { FactsModule } from '../facts/facts.module';
import { SecretsModule } from '../secrets/secrets.module';
import { AccountFactsHandler } from './account-facts.handler';
import { CurrentRights } from './current-rights';
import { Devices } from './devices.repository';
import { KnownDevices } from './known-devices.repository';
import { Snapshots } from './snapshots';
import { UserChanges } from './user-changes';
import { Users } from './users.repository';

@Module({
  imports: [FactsModule, SecretsModule],
  controllers: [AccountFactsHandler],
  providers: [CurrentRights, Devices, KnownDevices, Snapshots, UserChanges, Users],
  exports: [CurrentRights, Devices, KnownDevices, Snapshots, UserChanges, Users],
})
export class UsersModule {}
