/** Days from today on which a card ends; negative ones have. */
type DaysLeft = number;

/** One worker of the demo: names, e-mail, card, and the cash carried over from the paper book. */
export interface DemoWorker {
  readonly names: readonly [first: string, last: string];
  readonly email: string;
  readonly rfid: string;
  readonly days: DaysLeft;
  readonly cash?: string;
}

export interface DemoStaff {
  readonly accountId: number;
  readonly currency: string;
  readonly workers: readonly DemoWorker[];
}

/** The accounts are those of the other services' demo. */
export const DEMO_STAFF: readonly DemoStaff[] = [
  {
    accountId: 1,
    currency: 'DZD',
    workers: [
      { names: ['Yacine', 'Brahimi'], email: 'yacine@demo.test', rfid: '04A1B2C3', days: 400, cash: '12500' },
      { names: ['Lina', 'Mansouri'], email: 'lina@demo.test', rfid: '04A1B2C4', days: 200, cash: '3280.50' },
      { names: ['Karim', 'Benali'], email: 'karim@demo.test', rfid: '123131321122', days: 30 },
      { names: ['Sofia', 'Cherif'], email: 'sofia@demo.test', rfid: '123131321123', days: 700 },
      { names: ['Nadir', 'Saadi'], email: 'nadir@demo.test', rfid: '04F00DCAFE', days: -10, cash: '950' },
      { names: ['Amel', 'Toumi'], email: 'amel@demo.test', rfid: '04DEADBEEF', days: -200 },
    ],
  },
  {
    accountId: 2,
    currency: 'JOD',
    workers: [{ names: ['Rami', 'Khalil'], email: 'rami@demo.test', rfid: '04A1B2C3', days: 365, cash: '41.250' }],
  },
];

const DAY = 86_400_000;

/** The last day of a card, as `YYYY-MM-DD`. */
export const lastDay = (days: DaysLeft, today = Date.now()): string =>
  new Date(today + days * DAY).toISOString().slice(0, 10);
