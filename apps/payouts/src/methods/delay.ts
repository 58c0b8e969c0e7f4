/** As letters and responses show a moment: minutes of UTC. */
export const minuteOf = (moment: Date): string => moment.toISOString().slice(0, 16).replace('T', ' ');
