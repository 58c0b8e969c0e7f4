import { ApiProperty } from './documentation';

/** What enforcing the retention periods of a service has removed or erased. */
export class Retained {
  /** Rows. */
  @ApiProperty() removed: number;
}
