export { deadlineOf, remaining } from './deadlines';
export { guarded, noteAnswer } from './guarded';
export { GUARD_OPTIONS, type GuardOptions, Guards } from './guards';
export type { ServiceGuard } from './service-guard';
