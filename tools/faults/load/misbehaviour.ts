/** Registers of a session as a charger reports them. */
export interface Registers {
  readonly begin: number;
  /** Spread evenly over the session. */
  readonly readings: readonly string[];
  readonly end: number;
  /** Of the readings; none is Wh. */
  readonly unit?: string;
  /** What the owner has the platform multiply registers by. */
  readonly factor?: number;
}

/** How a charger deviates from what is expected of one, in each of its sessions. */
export interface Misbehaviour {
  /** Speaks OCPP 2.0.1, and reports the events of each session in the reverse order. */
  readonly reversed?: boolean;
  /** What its clock shows when it starts. It reports sessions as they happen. */
  readonly clock?: string;
  /** Reports the state of its connector, by which its clock can be corrected. */
  readonly statuses?: boolean;
  /** Writes times without a zone. */
  readonly withoutZone?: boolean;
  readonly registers?: Registers;
  /** Flags that its orders must have. */
  readonly flags?: readonly string[];
  /** Sends each message so many more times, under new ids and over new connections, and at last another end. */
  readonly repeats?: number;
  /** Ids under which it reports the end of a session before it reports the begin. */
  readonly earlyEnds?: readonly number[];
  /** Texts that it sends in each session; `{transaction}` and `{time}` are those of the session. */
  readonly poison?: readonly string[];
  /** Frames that end the connection. */
  readonly breaking?: readonly Buffer[];
  /** Is offline for all of its sessions, and reports them afterwards in a random order. */
  readonly replay?: { readonly sessions: number; readonly readings: number };
  /** Connects again while its connection lives, and ends the session over both; the first one closes late. */
  readonly secondConnection?: boolean;
  /** Other messages that it sends at once before each session. */
  readonly chatter?: number;
}

export const WRONG_CLOCKS: readonly Misbehaviour[] = [
  { clock: '1970-01-01T00:00:00Z' },
  { clock: '2099-01-01T00:00:00Z' },
  { clock: '2099-01-01T00:00:00Z', statuses: true },
  { withoutZone: true },
];

/** Each measures `SESSION_WH`. */
export const WRONG_REGISTERS: readonly Misbehaviour[] = [
  // Restarts from 0 in the session.
  { registers: { begin: 500_000, readings: ['501250', '0'], end: 3750 }, flags: ['meter_restarted'] },
  { registers: { begin: 100_000, readings: ['101250', '-4', '105000'], end: -1 }, flags: ['end_register_rejected'] },
  { registers: { begin: -1, readings: ['100000', '102500'], end: 105_000 }, flags: ['start_register_unknown'] },
  { registers: { begin: 100_000, readings: ['101.25', '103.75'], unit: 'kWh', end: 105_000 } },
  // kWh that are said to be Wh.
  { registers: { begin: 100, readings: ['101.25', '103.75'], end: 105, factor: 1000 } },
];

const meterValues = (meterValue: string): string =>
  `[2,"p","MeterValues",{"connectorId":1,"transactionId":{transaction},"meterValue":${meterValue}}]`;

export const WRONG_MESSAGES: readonly Misbehaviour[] = [
  { repeats: 2 },
  { earlyEnds: [-1, 2_147_483_646] },
  {
    poison: [
      ...['', '{', 'null', '[]', '[2]', '[2,"p"]', '[9,"p",{}]', '[3,"p",{}]', '[4,"p","x","y",{}]'],
      ...['[2,"p","Explode",{}]', '[2,"p","StopTransaction",[{transaction}]]', '[2,"p","MeterValues",[]]'],
      '[2,"p","DataTransfer",{"vendorId":"\\u0000","data":"\\ud800"}]',
      '[2,"p","StatusNotification",{"connectorId":1e99,"status":"\\u0000","errorCode":[],"timestamp":{}}]',
      meterValues('"\\u0000"'),
      meterValues('[{"timestamp":"2026-02-30T10:00:00Z","sampledValue":[{"value":"1e99"},{"value":"NaN"},null]}]'),
      meterValues(`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`),
      meterValues('[{"timestamp":"{time}","sampledValue":[{"value":"900000000000"}]}]'),
    ],
    // Too long, and no UTF-8.
    breaking: [Buffer.alloc(300 * 1024, 'x'), Buffer.from([0xff, 0xfe])],
    flags: ['reading_rejected'],
  },
  { reversed: true },
  // 1,000 messages.
  { replay: { sessions: 10, readings: 98 } },
  { reversed: true, replay: { sessions: 4, readings: 18 } },
];
