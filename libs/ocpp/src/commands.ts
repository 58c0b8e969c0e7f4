/** What a charger can be asked to send. */
export const TRIGGERED_MESSAGES = [
  'BootNotification',
  'DiagnosticsStatusNotification',
  'FirmwareStatusNotification',
  'Heartbeat',
  'MeterValues',
  'StatusNotification',
] as const;
export type TriggeredMessage = (typeof TRIGGERED_MESSAGES)[number];

/** A command to a charger, independent of the version of the protocol. */
export type Command =
  /** `tag`: at most 20 characters. `made`: whether it is no card, but was made for this start. */
  | { readonly type: 'start'; readonly connector: number; readonly tag: string; readonly made?: boolean }
  | { readonly type: 'stop'; readonly transaction: number }
  | { readonly type: 'unlock'; readonly connector: number }
  | { readonly type: 'reset'; readonly hard: boolean }
  /** Connector 0 is the charger with all of its connectors. */
  | { readonly type: 'availability'; readonly connector: number; readonly available: boolean }
  | { readonly type: 'configure'; readonly key: string; readonly value: string }
  /** Without a key all of them. */
  | { readonly type: 'read_configuration'; readonly key?: string }
  | { readonly type: 'trigger'; readonly message: TriggeredMessage; readonly connector?: number }
  /** Forgets the cards that it has seen. */
  | { readonly type: 'clear_cache' }
  /** `until`: an instant. `made`: whether the tag is no card, but was made for this reservation. */
  | {
      readonly type: 'reserve';
      readonly connector: number;
      readonly tag: string;
      readonly made?: boolean;
      readonly reservation: number;
      readonly until: string;
    }
  | { readonly type: 'cancel_reservation'; readonly reservation: number }
  /** `full`: the entries are the whole list; otherwise they change the one that the charger has. */
  | {
      readonly type: 'local_list';
      readonly version: number;
      readonly full: boolean;
      readonly entries: readonly LocalListEntry[];
    }
  | { readonly type: 'read_local_list' }
  /** Whether a transaction goes on, and whether messages of it wait at the charger. Of 2.0.1. */
  | { readonly type: 'transaction_status'; readonly transaction: number }
  /** Asks how long a list the charger takes, and whether it uses one. */
  | { readonly type: 'read_local_list_limits' }
  /** Amperes of each phase; null takes the limit away. Connector 0 is the charger with all of its connectors. */
  | { readonly type: 'limit'; readonly connector: number; readonly amperes: number | null; readonly since: string }
  /** `from` and `until`: instants. `log`: absent: that of diagnostics. */
  | {
      readonly type: 'diagnostics';
      readonly location: string;
      readonly log?: 'security';
      readonly from?: string;
      readonly until?: string;
    }
  /** `at`: the instant at which it is fetched. `signing`: PEM, and base64; the charger verifies it by them. */
  | {
      readonly type: 'firmware';
      readonly location: string;
      readonly at: string;
      readonly signing?: { readonly certificate: string; readonly signature: string };
    };

/** A card in the list of a charger, by which it decides without a connection. */
export interface LocalListEntry {
  readonly tag: string;
  /** An instant; absent: it does not expire. */
  readonly until?: string;
  /** The last day of it, `YYYY-MM-DD`: not sent. */
  readonly day?: string;
  /** Whether it is taken out. */
  readonly removed?: boolean;
}

/** What a command is known by, beside what it says. */
export interface CommandNames {
  /** Of the command: 1 to 2^31-1. */
  readonly id: number;
  /** Of `stop`: the charger's own id of the transaction. */
  readonly transaction?: string;
}

/** A command as a call of a version of the protocol. */
export interface CommandCall {
  readonly action: string;
  readonly payload: object;
}

/** A setting of a charger as it reported it. */
export interface ConfigurationKey {
  readonly key: string;
  /** Absent where it has none, or does not tell. */
  readonly value?: string;
  readonly readonly: boolean;
}

/** What a charger answered to a command. */
export interface CommandAnswer {
  readonly accepted: boolean;
  /** In the words of the protocol, such as `Scheduled`; `Unreadable` where it said none. */
  readonly status: string;
  /** Of `read_configuration`. */
  readonly configuration?: readonly ConfigurationKey[];
  /** Whether those are all settings that the charger has. */
  readonly complete?: boolean;
  /** Keys that it does not have. */
  readonly unknown?: readonly string[];
  /** Of `read_local_list`; absent where it told none that can be one. 0: no list; -1: it has no lists. */
  readonly version?: number;
  /** Of `transaction_status`; absent where it does not tell. */
  readonly ongoing?: boolean;
  readonly queued?: boolean;
  /** Name of the file that it uploads, of `diagnostics`. */
  readonly file?: string;
}
