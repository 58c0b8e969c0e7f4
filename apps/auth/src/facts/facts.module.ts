import { Module } from '@nestjs/common';
import { ImmediateFacts } from './immediate-facts';

@Module({ providers: [ImmediateFacts], exports: [ImmediateFacts] })
export class FactsModule {}
