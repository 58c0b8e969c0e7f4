import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { ApiKeysModule } from '../api-keys/api-keys.module';
import { FactsModule } from '../facts/facts.module';
import { KeysModule } from '../keys/keys.module';
import { RedisModule } from '../redis/redis.module';
import { UsersModule } from '../users/users.module';
import { RevocationSet } from './revocation-set';
import { Revocations } from './revocations';
import { SessionsHandler } from './sessions.handler';
import { Sessions } from './sessions.repository';
import { Tokens } from './tokens';

@Module({
  imports: [ApiKeysModule, FactsModule, JwtModule.register({}), KeysModule, RedisModule, UsersModule],
  controllers: [SessionsHandler],
  providers: [Revocations, RevocationSet, Sessions, Tokens],
  exports: [Revocations, Tokens],
})
export class SessionsModule {}
