import { Module } from '@nestjs/common';
import { outboxOperators } from '@open-cpo/persistence';
import { CurrenciesModule } from '../currencies/currencies.module';
import { SessionsModule } from '../sessions/sessions.module';
import { UsersModule } from '../users/users.module';
import { AccountLocks } from './account-locks';
import { OperatorsHandler } from './operators.handler';

@Module({
  imports: [CurrenciesModule, SessionsModule, UsersModule],
  controllers: [OperatorsHandler, outboxOperators('auth')],
  providers: [AccountLocks],
})
export class OperatorsModule {}
