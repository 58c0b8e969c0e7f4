export { MAX_SESSION_DAYS, MAX_SLICES, priceSession } from './price-session';
export type { MeterValue, PricedSession, PriceRange, Session, SessionLimit, Slice, Unit } from './session';
export { closingMinute, minuteOfDay } from './time-of-day';
