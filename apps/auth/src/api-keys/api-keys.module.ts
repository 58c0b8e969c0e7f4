import { Module } from '@nestjs/common';
import { FactsModule } from '../facts/facts.module';
import { NoticesModule } from '../notices/notices.module';
import { UsersModule } from '../users/users.module';
import { ApiKeyEnds } from './api-key-ends';
import { ApiKeysHandler } from './api-keys.handler';
import { ApiKeys } from './api-keys.repository';

@Module({
  imports: [FactsModule, NoticesModule, UsersModule],
  controllers: [ApiKeysHandler],
  providers: [ApiKeys, ApiKeyEnds],
  exports: [ApiKeys, ApiKeyEnds],
})
export class ApiKeysModule {}
