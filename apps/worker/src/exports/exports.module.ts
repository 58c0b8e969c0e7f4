import { Module } from '@nestjs/common';
import { fileStore } from '@open-cpo/files';
import { WorkerConfig } from '../config';
import { ExportsProcessor } from './exports.processor';
import { OldFiles } from './old-files';

@Module({ providers: [ExportsProcessor, OldFiles, fileStore(WorkerConfig)] })
export class ExportsModule {}
