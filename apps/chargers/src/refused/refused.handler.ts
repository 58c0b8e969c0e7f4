import { Controller } from '@nestjs/common';
import {
  type Caller,
  chargersRefused,
  type FieldErrors,
  type HandlersOf,
  type ListRefused,
  type NewCharger,
  ownerOf,
  Refusal,
  type RefusedEntries,
  type RefusedRef,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { maySeeCards } from '../chargers/message.views';
import { NewChargers } from '../chargers/new-chargers';
import { RefusedRepository } from './refused.repository';

const ENTRIES_PER_PAGE = 50;
const HIDDEN = '***';

/** Connections and cards that were refused. */
@Controller()
export class RefusedHandler implements HandlersOf<typeof chargersRefused> {
  constructor(
    private readonly repository: RefusedRepository,
    private readonly newChargers: NewChargers,
  ) {}

  @Handles(chargersRefused.table)
  async table({ kind, cursor, itemsPerPage }: ListRefused, caller: Caller): Promise<RefusedEntries> {
    const per_page = itemsPerPage ?? ENTRIES_PER_PAGE;
    const rows = await this.repository.table(ownerOf(caller).accountId, { kind, before: cursor, limit: per_page + 1 });
    const page = rows.slice(0, per_page);
    const cards = maySeeCards(caller);
    const data = page.map((row) => (row.kind === 'card' && !cards ? { ...row, name: HIDDEN } : row));
    return { data, meta: { per_page, next: rows.length > per_page ? String(page.at(-1)?.id) : null } };
  }

  @Handles(chargersRefused.enrol, { finishesValidation: true })
  async enrol({ id }: RefusedRef, caller: Caller, errors: FieldErrors): Promise<NewCharger> {
    const { accountId } = ownerOf(caller);
    errors.throwIfAny();
    const { kind, name, charge_point_id, charger_id } = await this.repository.owned(id, accountId);
    if (kind !== 'connection' || charge_point_id === null) {
      throw new Refusal('conflict', { message: 'A card is enrolled with its worker.' });
    }
    if (charger_id !== null) {
      throw new Refusal('conflict', { message: 'The power center has a charger: rotate its credential.' });
    }
    const made = await this.newChargers.create({ charge_point_id, identity: name }, caller, errors);
    await this.repository.forget(accountId, kind, name);
    return made;
  }
}
