/** A question about time zones whose answer a release of the time zone database has changed. */
export interface TimeZoneProbe {
  /** The release from which on the answer is right. */
  readonly release: string;
  readonly zone: string;
  readonly at: string;
  /** What the zone's clock is ahead of UTC then, in minutes. */
  readonly minutes: number;
}

const probe = (release: string, zone: string, at: string, minutes: number): TimeZoneProbe => ({
  release,
  zone,
  at,
  minutes,
});

/**
 * Changes that concern the present, oldest release first. A release that changes the clocks of a zone adds a line here;
 * its zone must be one that older releases know as well, because PostgreSQL refuses a query with an unknown zone.
 */
export const TIME_ZONE_PROBES: readonly TimeZoneProbe[] = [
  probe('2022e', 'Asia/Amman', '2024-01-01T12:00:00Z', 180),
  probe('2022f', 'America/Mexico_City', '2024-07-01T12:00:00Z', -360),
  probe('2023a', 'Africa/Cairo', '2024-07-01T12:00:00Z', 180),
  probe('2024a', 'Asia/Almaty', '2024-07-01T12:00:00Z', 300),
  probe('2025a', 'America/Asuncion', '2025-07-01T12:00:00Z', -180),
  probe('2026a', 'Europe/Chisinau', '2026-03-29T00:30:00Z', 120),
  probe('2026b', 'America/Vancouver', '2026-12-01T12:00:00Z', -420),
  probe('2026c', 'Africa/Casablanca', '2026-12-01T12:00:00Z', 0),
  probe('2026c', 'Africa/El_Aaiun', '2026-12-01T12:00:00Z', 0),
  probe('2026c', 'America/Edmonton', '2026-12-01T12:00:00Z', -360),
  probe('2026d', 'America/Inuvik', '2026-12-01T12:00:00Z', -360),
  probe('2026e', 'America/Winnipeg', '2026-12-01T12:00:00Z', -300),
  probe('2026f', 'America/Havana', '2026-12-01T12:00:00Z', -240),
];
