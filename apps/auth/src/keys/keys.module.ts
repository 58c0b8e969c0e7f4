import { Module } from '@nestjs/common';
import { FactsModule } from '../facts/facts.module';
import { SecretsModule } from '../secrets/secrets.module';
import { KeyTable } from './key-table';
import { SigningKeys } from './signing-keys';

@Module({ imports: [FactsModule, SecretsModule], providers: [KeyTable, SigningKeys], exports: [KeyTable, SigningKeys] })
export class KeysModule {}
