import { Controller, type DynamicModule, Inject, Module } from '@nestjs/common';
import {
  type ApiKeyCheck,
  type ApiKeyOwner,
  type HandlersOf,
  type PublicKey,
  Refusal,
  sessions,
  type UserRef,
  type UserSnapshot,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { TestAuth } from './auth';

/** Answers what gateways ask auth, from what a test has said. */
@Controller()
export class SessionsHandler implements HandlersOf<typeof sessions> {
  constructor(@Inject(TestAuth) private readonly auth: TestAuth) {}

  @Handles(sessions.keys)
  async keys(): Promise<PublicKey[]> {
    this.auth.asked.push('keys');
    return this.auth.keys;
  }

  @Handles(sessions.snapshot)
  async snapshot({ userId }: UserRef): Promise<UserSnapshot> {
    this.auth.asked.push(`snapshot ${userId}`);
    const user = this.auth.users.get(userId);
    if (!user) throw new Refusal('unauthenticated');
    return user;
  }

  @Handles(sessions.apiKey)
  async apiKey({ key }: ApiKeyCheck): Promise<ApiKeyOwner> {
    this.auth.asked.push(`api key ${key.split('|')[0]}`);
    const owner = this.auth.apiKeys.get(key);
    if (!owner) throw new Refusal('api_key_invalid');
    return owner;
  }

  @Handles(sessions.used)
  async used(): Promise<void> {
    this.auth.asked.push('used');
  }
}

@Module({ controllers: [SessionsHandler] })
export class AuthModule {
  static of(auth: TestAuth): DynamicModule {
    return { module: AuthModule, providers: [{ provide: TestAuth, useValue: auth }] };
  }
}
