import { composeSteps } from './compose';
import { imageSteps } from './images';
import { platformSteps } from './platform';
import type { Step } from './step';

/** Everything that is shown, in order: each stands on those before it. */
export const steps: readonly Step[] = [...imageSteps, ...platformSteps, ...composeSteps];
