import { Module } from '@nestjs/common';
import { fileStore } from '@open-cpo/files';
import { WorkerConfig } from '../config';
import { ImportsProcessor } from './imports.processor';

@Module({ providers: [ImportsProcessor, fileStore(WorkerConfig)] })
export class ImportsModule {}
