import { Injectable } from '@nestjs/common';
import { type UserChanged, userChanged } from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/events';
import { ExportRequests, ImportRequests } from '@open-cpo/persistence';

/** Ends exports and imports of users who were removed, locked out or may not have them any more. */
@Injectable()
export class UsersConsumer {
  constructor(
    private readonly exports: ExportRequests,
    private readonly imports: ImportRequests,
  ) {}

  @Consumes(userChanged, { as: 'stations-users' })
  async changed({ snapshot }: UserChanged): Promise<void> {
    await this.exports.withdraw(snapshot);
    await this.imports.withdraw(snapshot);
  }
}
