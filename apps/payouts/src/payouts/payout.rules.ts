import Big from 'big.js';

/** Whether there is anything to pay out: less than a cent cannot be moved. */
export const isPayable = (usd: string): boolean => new Big(usd).gte('0.01');
