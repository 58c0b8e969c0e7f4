/** A moment as most answers write it, in UTC with six digits after the second: "2025-05-12T09:02:00.000000Z". */
export const isoMoment = (moment: Date): string => moment.toISOString().replace('Z', '000Z');
