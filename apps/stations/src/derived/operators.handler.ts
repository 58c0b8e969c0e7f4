import { Controller } from '@nestjs/common';
import {
  type Caller,
  type FiguresRebuilt,
  type HandlersOf,
  type RebuildFigures,
  stationsOperators,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '@open-cpo/persistence';
import { FiguresRebuild } from './figures-rebuild';

/** Operations of the platform's staff on power centers; the broker's permissions refuse others. */
@Controller()
export class OperatorsHandler implements HandlersOf<typeof stationsOperators> {
  constructor(
    private readonly figures: FiguresRebuild,
    private readonly audit: Audit,
  ) {}

  @Handles(stationsOperators.rebuild)
  async rebuild({ after, by }: RebuildFigures, caller: Caller): Promise<FiguresRebuilt> {
    const rebuilt = await this.figures.run(after ?? 0);
    const entry = { subject: 'charge-point', id: after ?? 0 };
    if (rebuilt.corrected > 0) await this.audit.write({ ...entry, after: { ...rebuilt, by } }, caller);
    else this.audit.unchanged();
    return rebuilt;
  }
}
