import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { ApiKeysModule } from '../api-keys/api-keys.module';
import { FactsModule } from '../facts/facts.module';
import { KeysModule } from '../keys/keys.module';
import { RedisModule } from '../redis/redis.module';
import { SecurityModule } from '../security/security.module';
import { UsersModule } from '../users/users.module';
import { IdleSessions } from './idle-sessions';
import { LoginSessions } from './login-sessions.repository';
import { RevocationSet } from './revocation-set';
import { Revocations } from './revocations';
import { SessionsHandler } from './sessions.handler';
import { Sessions } from './sessions.repository';
import { TokenRefresh } from './token-refresh';
import { Tokens } from './tokens';
import { UserSessionsHandler } from './user-sessions.handler';

@Module({
  imports: [ApiKeysModule, FactsModule, JwtModule.register({}), KeysModule, RedisModule, SecurityModule, UsersModule],
  controllers: [SessionsHandler, UserSessionsHandler],
  providers: [IdleSessions, LoginSessions, Revocations, RevocationSet, Sessions, TokenRefresh, Tokens],
  exports: [Revocations, TokenRefresh, Tokens],
})
export class SessionsModule {}
