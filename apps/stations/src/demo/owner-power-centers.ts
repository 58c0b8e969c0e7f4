import { ELSEWHERE } from './owner-elsewhere';
import { IN_ALGIERS } from './owner-in-algiers';
import { IN_THE_NORTH } from './owner-in-the-north';
import type { DemoPowerCenter } from './power-centers';

/** Account 1: most of its network in Algeria, some of it abroad. */
export const OWNER_POWER_CENTERS: readonly DemoPowerCenter[] = [...IN_ALGIERS, ...IN_THE_NORTH, ...ELSEWHERE];
