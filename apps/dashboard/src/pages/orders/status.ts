const NAMES = ['open', 'completed', 'reversed'] as const;

/** The name of an order's status, for its text and colour. */
export const orderStatus = (status: number): string => NAMES[status] ?? 'open';
