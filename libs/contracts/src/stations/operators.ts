import { ApiProperty } from '../core/documentation';
import { operations, write } from '../core/operation';
import { OperatorCommand } from '../core/operators';
import { Ref } from '../fields';

export class RebuildFigures extends OperatorCommand {
  /** Power centers with greater ids only; absent: from the first. */
  @Ref() after?: number | null;
}

export class FiguresRebuilt {
  /** Power centers gone through. */
  @ApiProperty() rows: number;
  /** Those whose figures were wrong, and are right now. */
  @ApiProperty() corrected: number;
  /** Where to go on; null at the end. */
  @ApiProperty({ type: Number, nullable: true }) next: number | null;
}

/** What the platform's own staff can do about power centers; no route leads here. */
export const stationsOperators = operations('stations.operators', {
  /** Recounts totals, days and ratings of the next power centers from the orders service. */
  rebuild: write(RebuildFigures, FiguresRebuilt, {
    operator: true,
    deadline: 120_000,
    audit: 'power-centers.rebuild-figures',
  }),
});
