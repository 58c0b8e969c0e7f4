import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module';
import { NoticesModule } from './notices.module';
import { ToldChanges } from './told-changes';

@Module({ imports: [NoticesModule, SessionsModule], providers: [ToldChanges] })
export class ToldChangesModule {}
