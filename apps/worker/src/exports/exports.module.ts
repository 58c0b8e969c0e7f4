import { Module } from '@nestjs/common';
import { FileStore } from '@open-cpo/messaging';
import { ExportsProcessor } from './exports.processor';

@Module({ providers: [ExportsProcessor, FileStore] })
export class ExportsModule {}
