import { Injectable } from '@nestjs/common';
import { type UserChanged, userChanged } from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/events';
import { ImportRequests } from '@open-cpo/persistence';

/** Ends imports of users who were removed, locked out or may not import any more. */
@Injectable()
export class UsersConsumer {
  constructor(private readonly imports: ImportRequests) {}

  @Consumes(userChanged, { as: 'workforce-users' })
  changed({ snapshot }: UserChanged): Promise<void> {
    return this.imports.withdraw(snapshot);
  }
}
