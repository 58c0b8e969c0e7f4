import { Module } from '@nestjs/common';
import { FactsModule } from '../facts/facts.module';
import { AccountFactsHandler } from './account-facts.handler';
import { Devices } from './devices.repository';
import { Snapshots } from './snapshots';
import { UserChanges } from './user-changes';
import { Users } from './users.repository';

@Module({
  imports: [FactsModule],
  controllers: [AccountFactsHandler],
  providers: [Devices, Snapshots, UserChanges, Users],
  exports: [Devices, Snapshots, UserChanges, Users],
})
export class UsersModule {}
