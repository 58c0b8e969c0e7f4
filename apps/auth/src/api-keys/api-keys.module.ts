import { Module } from '@nestjs/common';
import { FactsModule } from '../facts/facts.module';
import { ApiKeysHandler } from './api-keys.handler';
import { ApiKeys } from './api-keys.repository';

@Module({ imports: [FactsModule], controllers: [ApiKeysHandler], providers: [ApiKeys], exports: [ApiKeys] })
export class ApiKeysModule {}
