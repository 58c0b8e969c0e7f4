/** The kinds of power centers. */
export const CHARGE_POINT_CATEGORIES = ['EV_CHARGER', 'SMART_PLUG', 'SMART_METER'] as const;
export type ChargePointCategory = (typeof CHARGE_POINT_CATEGORIES)[number];

/** What a power center can be to a driver. */
export const CHARGE_POINT_STATUSES = ['available', 'busy', 'booked', 'unavailable'] as const;
export type ChargePointStatus = (typeof CHARGE_POINT_STATUSES)[number];

/** What a connector can be to a driver. */
export const CONNECTOR_STATUSES = ['available', 'busy', 'booked', 'unavailable'] as const;
export type ConnectorState = (typeof CONNECTOR_STATUSES)[number];

/** What a price is per: a minute, or a kilowatt-hour. */
export const PRICE_UNITS = ['minutes', 'energy'] as const;
export type PriceUnit = (typeof PRICE_UNITS)[number];

/** The statuses and units of the public Odoo connector, whose selection lists are closed. */
export const INTEGRATION_STATUSES = ['available', 'unavailable'] as const;
export const INTEGRATION_PRICE_UNITS = ['minutes', 'kwh'] as const;
